/**
 * Lists of stories by key, newest first: the heads are kept here, the links in the stories themselves, as in the hash
 * chains of deflate (RFC 1951). Nothing has to be removed: a walk ends at the first story that has left the window.
 * A pointer is `number of the story * PLACES + place in its list of keys`; -1 is the end.
 */
export interface Chains {
  /** Puts an entry in front; returns the pointer to the one that was there. */
  push(key: number, number: number, place: number): number;
  /** The pointer to the newest entry for a key. */
  head(key: number): number;
}

const PLACES = 256;

/** @param bits the table has 2^bits heads of 8 bytes each; keys that end in the same bits share one */
export function createChains(bits: number): Chains {
  const heads = new Float64Array(2 ** bits).fill(-1);
  const mask = 2 ** bits - 1;
  return {
    push(key, number, place) {
      const former = heads[key & mask] ?? -1;
      heads[key & mask] = number * PLACES + place;
      return former;
    },
    head: (key) => heads[key & mask] ?? -1,
  };
}

/** The number of the story a pointer leads to; -1 at the end. */
export function storyAt(pointer: number): number {
  return Math.floor(pointer / PLACES);
}

/** The place in that story's list of keys. */
export function placeAt(pointer: number): number {
  return pointer % PLACES;
}
