/** What was found for a text; what has not been asked for in a while is forgotten. */
export interface Recent<T> {
  get(text: string): T | undefined;
  set(text: string, value: T): void;
}

/** @param most this many are kept for sure, at most twice as many in all */
export function createRecent<T>(most: number): Recent<T> {
  let young = new Map<string, T>();
  let old = new Map<string, T>();

  function set(text: string, value: T): void {
    if (young.size >= most) [old, young] = [young, new Map()];
    young.set(text, value);
  }

  return {
    get(text) {
      const known = young.get(text);
      if (known !== undefined || old.size === 0) return known;
      const before = old.get(text);
      if (before !== undefined) set(text, before);
      return before;
    },
    set,
  };
}
