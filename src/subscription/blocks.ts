/**
 * Blocks of 32-bit integers in one typed array, so that a million short lists cost no object each. A block has room for
 * the next of a few sizes (1, 2, 3, 4, 6, 8, 12, 16, 24 …); one that is given back is used again for the same size.
 */
export interface Blocks {
  /** All integers of all blocks. Another array after `take` may have made it longer. */
  data: Int32Array;
  /** Bytes held. */
  readonly bytes: number;
  /** The offset of a block with room for `size` integers; what stands in it is undefined. */
  take(size: number): number;
  /** @param size the size it was taken with */
  giveBack(at: number, size: number): void;
  /** Room for `size` integers that holds the first `used` of an old block, which is given back; the same block if it fits. */
  resize(at: number, used: number, oldSize: number, size: number): number;
}

const FIRST_LENGTH = 1 << 12;
const GROWTH = 1.125;
const NONE = -1;

export function createBlocks(): Blocks {
  const free = new Int32Array(64).fill(NONE);
  let end = 0;

  function take(size: number): number {
    if (size === 0) return NONE;
    const kind = kindOf(size);
    const at = free[kind] ?? NONE;
    if (at !== NONE) {
      // A free block holds the offset of the next one.
      free[kind] = blocks.data[at] ?? NONE;
      return at;
    }
    const fresh = end;
    end += roomFor(size);
    if (end > blocks.data.length) blocks.data = longer(blocks.data, Math.ceil(end * GROWTH));
    return fresh;
  }

  function giveBack(at: number, size: number): void {
    if (size === 0) return;
    const kind = kindOf(size);
    blocks.data[at] = free[kind] ?? NONE;
    free[kind] = at;
  }

  const blocks: Blocks = {
    data: new Int32Array(FIRST_LENGTH),
    get bytes() {
      return blocks.data.byteLength;
    },
    take,
    giveBack,
    resize(at, used, oldSize, size) {
      if (oldSize > 0 && size > 0 && roomFor(oldSize) === roomFor(size)) return at;
      const to = take(size);
      if (oldSize > 0) {
        if (used > 0) blocks.data.copyWithin(to, at, at + used);
        giveBack(at, oldSize);
      }
      return to;
    },
  };
  return blocks;
}

/** How many integers fit into a block taken for `size` of them. */
export function roomFor(size: number): number {
  if (size <= 4) return size;
  const half = 1 << (31 - Math.clz32(size - 1));
  const middle = half + (half >> 1);
  return size <= middle ? middle : half * 2;
}

function kindOf(size: number): number {
  if (size <= 4) return size;
  const log = 31 - Math.clz32(size - 1);
  const half = 1 << log;
  return log * 2 + (size <= half + (half >> 1) ? 1 : 2);
}

/** A column with room for at least `length` integers, its values kept. */
export function longer<T extends Int32Array | Uint8Array>(column: T, length: number): T {
  if (column.length >= length) return column;
  const more = new (column.constructor as new (length: number) => T)(length);
  more.set(column);
  return more;
}
