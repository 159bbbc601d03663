import { hashPair, hashText } from './hash.ts';
import type { Word } from './words.ts';

const LENGTH = 3;

/**
 * The hashes of all runs of three words, sorted, each once; runs of three letters in scripts without spaces. A text
 * shorter than that is one shingle, an empty one has none.
 */
export function shinglesOf(words: readonly Word[]): Uint32Array {
  const units = words.flatMap(({ text, unspaced }) => (unspaced ? Array.from(text) : [text.toLowerCase()]));
  const hashes = units.map((unit) => hashText(unit));
  if (hashes.length === 0) return new Uint32Array();
  const shingles = new Set<number>();
  for (let i = 0; i + LENGTH <= Math.max(LENGTH, hashes.length); i++) {
    shingles.add(hashPair(hashPair(hashes[i] ?? 0, hashes[i + 1] ?? 0), hashes[i + 2] ?? 0));
  }
  return Uint32Array.from(shingles).sort();
}

/** How many numbers two sorted lists without repeats have in common. */
export function commonCount(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  let j = 0;
  for (const value of a) {
    while (j < b.length && (b[j] ?? 0) < value) j++;
    if (j === b.length) break;
    if (b[j] === value) common++;
  }
  return common;
}

const ROWS = 3;
export const BANDS = 42;

/**
 * The band keys of a set's MinHash signature (Broder 1997; bands as in Leskovec, Rajaraman and Ullman, chapter 3): two
 * sets of Jaccard similarity s share at least one key with the chance 1 - (1 - s^3)^42, which is 0.68 at 0.3 and 0.99
 * at 0.5. Empty for an empty set.
 */
export function bandKeys(shingles: Uint32Array): Uint32Array {
  if (shingles.length === 0) return new Uint32Array();
  const keys = new Uint32Array(BANDS);
  for (let band = 0; band < BANDS; band++) {
    let key = band;
    for (let row = 0; row < ROWS; row++) key = hashPair(key, smallest(shingles, SEEDS[band * ROWS + row] ?? 0));
    keys[band] = key;
  }
  return keys;
}

const SEEDS = Uint32Array.from({ length: BANDS * ROWS }, (_, i) => hashPair(i, 0x5bd1e995));

function smallest(values: Uint32Array, seed: number): number {
  const factor = seed | 1;
  let least = 0xffffffff;
  for (const value of values) {
    const product = Math.imul(value ^ seed, factor);
    const hash = (product ^ (product >>> 15)) >>> 0;
    if (hash < least) least = hash;
  }
  return least;
}
