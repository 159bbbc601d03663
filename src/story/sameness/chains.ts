/**
 * Lists of stories by key, newest first, as in the hash chains of deflate (RFC 1951): a walk touches one number a step
 * and needs nothing of the stories. Stories are numbered in ascending order and forgotten in the same order.
 * An entry is `number of the story * places + place in its list of keys`; END where there is none.
 */
export interface Chains {
  /** Puts an entry in front of the chain of its key. */
  push(key: number, number: number, place: number): void;
  /** Takes the entry last put in front of the chain of its key away again. */
  pop(key: number, number: number, place: number): void;
  /** The newest entry for a key. */
  head(key: number): number;
  /** The entry before one that is still known. */
  next(entry: number): number;
  /** Forgets all stories with smaller numbers than this. */
  forgetBefore(number: number): void;
}

export const END = -1;

const BLOCK_BITS = 10;
const BLOCK_STORIES = 2 ** BLOCK_BITS;

/**
 * @param bits keys are read modulo 2^bits; 8 bytes for each such key
 * @param places how many keys a story has at most; 4 bytes for each, in blocks of 1,024 stories
 */
export function createChains(bits: number, places: number): Chains {
  const heads = new Float64Array(2 ** bits).fill(END);
  const mask = 2 ** bits - 1;
  /** Distances to the next older entries; 0 is the end. */
  const blocks = new Map<number, Uint32Array>();
  let oldest = 0;

  function known(entry: number): number {
    return entry >= oldest * places ? entry : END;
  }

  function before(entry: number): number {
    const blockNumber = Math.floor(entry / (BLOCK_STORIES * places));
    const block = blocks.get(blockNumber);
    const distance = block?.[entry - blockNumber * block.length] ?? 0;
    return distance === 0 ? END : known(entry - distance);
  }

  return {
    push(key, number, place) {
      const blockNumber = Math.floor(number / BLOCK_STORIES);
      let block = blocks.get(blockNumber);
      if (!block) {
        block = new Uint32Array(BLOCK_STORIES * places);
        blocks.set(blockNumber, block);
      }
      const entry = number * places + place;
      const former = known(heads[key & mask] ?? END);
      block[entry - blockNumber * block.length] = former === END ? 0 : entry - former;
      heads[key & mask] = entry;
    },
    pop(key, number, place) {
      const entry = number * places + place;
      if (heads[key & mask] === entry) heads[key & mask] = before(entry);
    },
    head: (key) => known(heads[key & mask] ?? END),
    next: before,
    forgetBefore(number) {
      for (let block = Math.floor(oldest / BLOCK_STORIES); (block + 1) * BLOCK_STORIES <= number; block++) {
        blocks.delete(block);
      }
      oldest = Math.max(oldest, number);
    },
  };
}
