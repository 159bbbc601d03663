/** Integers by two others, in one typed array with open addressing. Values are not negative. */
export interface PairTable {
  readonly size: number;
  /** -1 when there is none. */
  get(first: number, second: number): number;
  set(first: number, second: number, value: number): void;
  delete(first: number, second: number): void;
  clear(): void;
}

/** Most look-ups find nothing: this many bits for each entry tell most of them at once, in memory that is near. */
const SIGNS = 8;
/** Integers of an entry: the two numbers, and the value + 1 (0 for an empty entry). */
const ENTRY = 3;
const VALUE = 2;

export function createPairTable(): PairTable {
  let entries = new Int32Array(ENTRY << 8);
  let mask = (1 << 8) - 1;
  let signs = new Int32Array((SIGNS << 8) >> 5);
  let size = 0;

  /** Where the entry of two numbers is, or an empty one for them. */
  function placeOf(hash: number, first: number, second: number): number {
    let at = hash & mask;
    while (!isFor(at * ENTRY, first, second)) at = (at + 1) & mask;
    return at * ENTRY;
  }

  function isFor(at: number, first: number, second: number): boolean {
    return entries[at + VALUE] === 0 || (entries[at] === first && entries[at + 1] === second);
  }

  function put(first: number, second: number, value: number): void {
    const hash = hashOf(first, second);
    const at = placeOf(hash, first, second);
    if (entries[at + VALUE] === 0) size++;
    const sign = hash & (signs.length * 32 - 1);
    signs[sign >>> 5] = (signs[sign >>> 5] ?? 0) | (1 << (sign & 31));
    entries[at] = first;
    entries[at + 1] = second;
    entries[at + VALUE] = value + 1;
  }

  /** Puts all entries that stand from `from` on anew, up to the first empty one. */
  function settle(from: number): void {
    for (let at = from; entries[at * ENTRY + VALUE] !== 0; at = (at + 1) & mask) {
      const [first = 0, second = 0, value = 0] = entries.subarray(at * ENTRY, at * ENTRY + ENTRY);
      entries[at * ENTRY + VALUE] = 0;
      size--;
      put(first, second, value - 1);
    }
  }

  function widen(): void {
    const old = entries;
    entries = new Int32Array(old.length * 2);
    mask = mask * 2 + 1;
    signs = new Int32Array((SIGNS * (mask + 1)) >> 5);
    size = 0;
    for (let at = 0; at < old.length; at += ENTRY) {
      if (old[at + VALUE] !== 0) put(old[at] ?? 0, old[at + 1] ?? 0, (old[at + VALUE] ?? 0) - 1);
    }
  }

  return {
    get size() {
      return size;
    },
    get(first, second) {
      const hash = hashOf(first, second);
      const sign = hash & (signs.length * 32 - 1);
      if (((signs[sign >>> 5] ?? 0) & (1 << (sign & 31))) === 0) return -1;
      return (entries[placeOf(hash, first, second) + VALUE] ?? 0) - 1;
    },
    set(first, second, value) {
      if (size * 2 > mask) widen();
      put(first, second, value);
    },
    delete(first, second) {
      const at = placeOf(hashOf(first, second), first, second);
      if (entries[at + VALUE] === 0) return;
      entries[at + VALUE] = 0;
      size--;
      settle((at / ENTRY + 1) & mask);
    },
    clear() {
      entries.fill(0);
      signs.fill(0);
      size = 0;
    },
  };
}

function hashOf(first: number, second: number): number {
  const hash = Math.imul(first ^ Math.imul(second, 0x9e3779b1), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}
