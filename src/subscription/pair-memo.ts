/** What was found for two numbers; forgets all when it is full. */
export interface PairMemo<T> {
  get(first: number, second: number): T | null;
  set(first: number, second: number, value: T): void;
}

/** Three integers an entry, with open addressing: the numbers, and where the value stands + 1. */
const ENTRY = 3;
const MOST_ENTRIES = 1 << 16;

export function createPairMemo<T>(): PairMemo<T> {
  let entries = new Int32Array(ENTRY << 8);
  let mask = (1 << 8) - 1;
  let values: T[] = [];

  function placeOf(first: number, second: number): number {
    let at = hashOf(first, second) & mask;
    while (!isAt(at * ENTRY, first, second)) at = (at + 1) & mask;
    return at * ENTRY;
  }

  function isAt(at: number, first: number, second: number): boolean {
    return entries[at + 2] === 0 || (entries[at] === first && entries[at + 1] === second);
  }

  function widen(): void {
    const old = entries;
    const isFull = mask + 1 >= MOST_ENTRIES;
    entries = new Int32Array(isFull ? old.length : old.length * 2);
    if (isFull) {
      values = [];
      return;
    }
    mask = mask * 2 + 1;
    for (let at = 0; at < old.length; at += ENTRY) {
      if (old[at + 2] !== 0) entries.set(old.subarray(at, at + ENTRY), placeOf(old[at] ?? 0, old[at + 1] ?? 0));
    }
  }

  return {
    get(first, second) {
      const value = (entries[placeOf(first, second) + 2] ?? 0) - 1;
      return value < 0 ? null : (values[value] ?? null);
    },
    set(first, second, value) {
      if (values.length * 2 > mask) widen();
      const at = placeOf(first, second);
      entries[at] = first;
      entries[at + 1] = second;
      entries[at + 2] = values.push(value);
    },
  };
}

function hashOf(first: number, second: number): number {
  const hash = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
