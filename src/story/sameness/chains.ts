/**
 * Lists of stories by hash bucket, newest first, kept as heads here and as links in the stories themselves. Old
 * entries need no removal: a walk ends at the first story that has left the window. A pointer is
 * `story number * stride + place`, so that an entry is found again without a search; -1 for none.
 */
export interface Chains {
  /** Puts an entry in front and returns the one it was put in front of. */
  push(bucket: number, pointer: number): number;
  head(bucket: number): number;
}

/** @param bits the table has 2^bits buckets of 8 bytes each; more keys than buckets share them */
export function createChains(bits: number): Chains {
  const heads = new Float64Array(2 ** bits).fill(-1);
  const mask = 2 ** bits - 1;
  return {
    push(bucket, pointer) {
      const former = heads[bucket & mask] ?? -1;
      heads[bucket & mask] = pointer;
      return former;
    },
    head: (bucket) => heads[bucket & mask] ?? -1,
  };
}
