import { lettersOfSurfaces, lengthOf, startOfSurface } from './surface-table.ts';

/**
 * A set of words and beginnings of words of ASCII letters and digits that plain surfaces (`isPlain`) are looked up in without
 * a string being made of them. It can hold more than it was given (one in some dozens), never less: a Bloom filter with one bit.
 */
export interface WordSieve {
  /** Adds a word in any case; one with another character than letters and digits of ASCII is no plain word and left out. */
  add(word: string): void;
  /** Adds a word and all that it begins with. */
  addBeginnings(word: string): void;
  /** Whether it may hold what a plain surface begins with, of so many letters (at most all). */
  mayHold(surface: number, letters: number): boolean;
  /** Whether it may hold a beginning of a plain surface, or all of it. */
  mayHoldBeginning(surface: number): boolean;
  /** More was added than it can tell apart well: one with more bits is to be made. */
  readonly full: boolean;
}

const BASIS: number = 0x811c9dc5;
const PRIME = 0x01000193;
const BITS_A_WORD = 16;

/** @param words how many it is to hold, beginnings counted */
export function createWordSieve(words: number): WordSieve {
  const mask = 2 ** Math.ceil(Math.log2(Math.max(words, 64) * BITS_A_WORD)) - 1;
  const bits = new Int32Array((mask + 1) >>> 5);
  const most = (mask + 1) / BITS_A_WORD;
  let held = 0;
  let shortest = 0x7fffffff;
  let longest = 0;

  function set(hash: number): void {
    const bit = placeOf(hash);
    const before = bits[bit >>> 5] ?? 0;
    const after = before | (1 << (bit & 31));
    if (after === before) return;
    bits[bit >>> 5] = after;
    held++;
  }

  function has(hash: number): boolean {
    const bit = placeOf(hash);
    return ((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  function placeOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & mask;
  }

  function addFrom(word: string, least: number): void {
    if (!/^[a-z\d]+$/iu.test(word)) return;
    let hash = BASIS;
    for (let i = 0; i < word.length; i++) {
      hash = mixed(hash, word.charCodeAt(i));
      if (i + 1 >= least) set(hash);
    }
    shortest = Math.min(shortest, Math.max(1, least));
    longest = Math.max(longest, word.length);
  }

  return {
    add: (word) => addFrom(word, word.length),
    addBeginnings: (word) => addFrom(word, 1),
    mayHold(surface, count) {
      if (count > longest) return false;
      const letters = lettersOfSurfaces();
      const start = startOfSurface(surface);
      let hash = BASIS;
      for (let at = start; at < start + count; at++) hash = mixed(hash, letters[at] ?? 0);
      return has(hash);
    },
    mayHoldBeginning(surface) {
      const letters = lettersOfSurfaces();
      const start = startOfSurface(surface);
      const most = start + Math.min(longest, lengthOf(surface));
      let hash = BASIS;
      for (let at = start; at < most; at++) {
        hash = mixed(hash, letters[at] ?? 0);
        if (at + 1 - start >= shortest && has(hash)) return true;
      }
      return false;
    },
    get full() {
      return held > most;
    },
  };
}

/** The next step of the hash FNV-1a, capitals and small letters alike; digits have the bit that makes them so. */
function mixed(hash: number, unit: number): number {
  return Math.imul(hash ^ (unit | 32), PRIME);
}
