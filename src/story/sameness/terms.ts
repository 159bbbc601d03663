import { hashText } from './hash.ts';
import { commonness } from './background.ts';
import type { Word } from './words.ts';

/** Term hashes have this many bits: the hashing trick (Weinberger et al. 2009) bounds memory whatever the feeds hold. */
export const TERM_BITS = 20;
const TERM_MASK = 2 ** TERM_BITS - 1;

export const NAME = 1;
export const NUMBER = 2;
export const IN_TITLE = 4;
export const IN_LEAD = 8;

/** What a story is about, as a bag of hashed terms; parallel lists in ascending order of hash. */
export interface TermBag {
  readonly terms: Uint32Array;
  /** How much the story makes of each term, whatever other stories do: grows with the logarithm of its count. */
  readonly emphasis: Float32Array;
  /** NAME, NUMBER, IN_TITLE, IN_LEAD. */
  readonly flags: Uint8Array;
  /** In what part of all news the term is expected, before any has been seen. */
  readonly expected: Float32Array;
}

export interface Part {
  readonly words: readonly Word[];
  readonly weight: number;
  readonly flag: number;
}

interface Counted {
  count: number;
  flags: number;
  expected: number;
}

export function termBag(parts: readonly Part[], limit: number): TermBag {
  const counted = new Map<number, Counted>();
  for (const { words, weight, flag } of parts) {
    const told = capitalsTell(words);
    for (const word of words) {
      for (const term of termsOf(word)) {
        const key = hashText(term) & TERM_MASK;
        const seen = counted.get(key) ?? { count: 0, flags: 0, expected: commonness(term) };
        seen.count += weight;
        seen.flags |= flag | kindOf(word, told);
        counted.set(key, seen);
      }
    }
  }
  const kept = [...counted].sort((a, b) => b[1].count / b[1].expected - a[1].count / a[1].expected).slice(0, limit);
  kept.sort((a, b) => a[0] - b[0]);
  return {
    terms: Uint32Array.from(kept, ([key]) => key),
    emphasis: Float32Array.from(kept, ([, { count }]) => Math.log2(1 + count)),
    flags: Uint8Array.from(kept, ([, { flags }]) => flags),
    expected: Float32Array.from(kept, ([, { expected }]) => expected),
  };
}

const LATIN_STEM = 6;

function termsOf({ text, unspaced }: Word): string[] {
  if (!unspaced) {
    const lower = text.toLowerCase();
    if (lower.length === 1 && !/\p{N}/u.test(lower)) return [];
    return [/\p{N}/u.test(lower) ? lower : stem(lower)];
  }
  const letters = Array.from(text);
  if (letters.length === 1) return letters;
  return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
}

function stem(word: string): string {
  return word.slice(0, LATIN_STEM);
}

function kindOf({ text, opens, unspaced }: Word, capitalsTold: boolean): number {
  if (/^\p{N}/u.test(text)) return NUMBER;
  return !unspaced && !opens && capitalsTold && /^\p{Lu}/u.test(text) ? NAME : 0;
}

/** In a headline That Capitalises Its Words, and in ONE THAT SHOUTS, a capital does not tell a name. */
function capitalsTell(words: readonly Word[]): boolean {
  const spaced = words.filter(({ unspaced, text }) => !unspaced && text.length > 3);
  const capital = spaced.filter(({ text }) => /^\p{Lu}/u.test(text));
  return capital.length <= spaced.length * 0.6;
}
