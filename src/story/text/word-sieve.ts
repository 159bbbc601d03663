import { lengthOf, lettersOfSurfaces, startOfSurface } from './surface-table.ts';

/**
 * A set of words of ASCII letters and digits that plain surfaces (`isPlain`) are looked up in without a string being made of
 * them. It can hold more than it was given (one in some dozens), never less: a Bloom filter with one bit a word.
 */
export interface WordSieve {
  /** Whether it may hold a plain surface, in any case. */
  mayHold(surface: number): boolean;
}

const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const BITS_A_WORD = 16;

/** @param words in any case; those with other characters are no plain words and left out */
export function createWordSieve(words: readonly string[]): WordSieve {
  const plain = words.filter((word) => /^[a-z\d]+$/iu.test(word));
  const mask = 2 ** Math.ceil(Math.log2(Math.max(plain.length, 64) * BITS_A_WORD)) - 1;
  const bits = new Int32Array((mask + 1) >>> 5);
  let longest = 0;
  for (const word of plain) {
    let hash: number = BASIS;
    for (let i = 0; i < word.length; i++) hash = mixed(hash, word.charCodeAt(i));
    const bit = bitOf(hash, mask);
    bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
    longest = Math.max(longest, word.length);
  }
  return {
    mayHold(surface) {
      const length = lengthOf(surface);
      if (length > longest) return false;
      const letters = lettersOfSurfaces();
      const start = startOfSurface(surface);
      let hash: number = BASIS;
      for (let at = start; at < start + length; at++) hash = mixed(hash, letters[at] ?? 0);
      const bit = bitOf(hash, mask);
      return ((bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
    },
  };
}

/** The next step of the hash FNV-1a, capitals and small letters alike; digits have the bit that makes them so. */
function mixed(hash: number, unit: number): number {
  return Math.imul(hash ^ (unit | 32), PRIME);
}

function bitOf(hash: number, mask: number): number {
  return (hash ^ (hash >>> 15)) & mask;
}
