import { hashText } from './hash.ts';
import { expectedShare } from './background.ts';
import type { Word } from './words.ts';

/** Term hashes have this many bits: the hashing trick (Weinberger et al. 2009) bounds memory whatever the feeds hold. */
export const TERM_BITS = 20;
const TERM_MASK = 2 ** TERM_BITS - 1;
/** A story is held by its most telling terms, no more than this many. */
export const MAX_TERMS = 128;
/** Words are cut to this many letters, a stemmer for all languages (McNamee and Mayfield 2004). */
const STEM_LETTERS = 5;

/** The term was seen with a capital letter where no sentence begins. */
export const NAME = 1;
/** The term is a number. */
export const NUMBER = 2;
/** The term stands in the title. */
export const TITLE = 4;

/** What a story is about: parallel lists in ascending order of term hash, at most MAX_TERMS long. */
export interface TermBag {
  readonly terms: Uint32Array;
  /** How much the whole story makes of each term, whatever other stories do: the logarithm of its weighted count. */
  readonly emphasis: Float32Array;
  /** The same for title and lead alone; 0 for terms that stand only further down. */
  readonly headEmphasis: Float32Array;
  /** NAME, NUMBER and TITLE, added. */
  readonly flags: Uint8Array;
  /** In what part of all news each term is expected before any has been seen, 0 to 1. */
  readonly expected: Float32Array;
}

/** The words of a story by place; any may be empty. */
export interface StoryWords {
  readonly title: readonly Word[];
  readonly lead: readonly Word[];
  readonly body: readonly Word[];
}

interface Tally {
  count: number;
  headCount: number;
  flags: number;
  readonly expected: number;
}

/** How much one place of a text counts, for the whole story and for its head. */
type CountAt = (place: number) => readonly [whole: number, head: number];

/** A title says in few words what a story is about, so each of them counts for several of the text. */
const TITLE_COUNT = 2.5;
const TITLE_COUNT_IN_HEAD = 1.5;
/** "Anna Berg" is as telling as either word; in what part of all news such a pair is expected before any has been seen. */
const PAIR_SHARE = 0.0005;
/** A word expected in more of the news than this makes no name of two. */
const NAMING_SHARE = 0.01;
/** Without a lead the beginning of the body, of this many words, stands for it. */
const LEAD_WORDS = 60;

/** Counts the terms of a story. Words that only tie others together are counted as well: their weight comes out low. */
export function termBag({ title, lead, body }: StoryWords): TermBag {
  const tallies = new Map<number, Tally>();
  const leadFromBody = lead.length === 0 ? LEAD_WORDS : 0;
  tally(tallies, title, () => [TITLE_COUNT, TITLE_COUNT_IN_HEAD], TITLE);
  tally(tallies, lead, () => [1, 1], 0);
  tally(tallies, body, (i) => [1, i < leadFromBody ? 1 : 0], 0);
  tallyPairs(tallies, title, () => [1, 1]);
  tallyPairs(tallies, lead, () => [1, 1]);
  tallyPairs(tallies, body, () => [1, 0]);
  const kept = [...tallies].sort((a, b) => importance(b[1]) - importance(a[1]) || a[0] - b[0]).slice(0, MAX_TERMS);
  kept.sort((a, b) => a[0] - b[0]);
  return {
    terms: Uint32Array.from(kept, ([term]) => term),
    emphasis: Float32Array.from(kept, ([, { count }]) => Math.log2(1 + count)),
    headEmphasis: Float32Array.from(kept, ([, { headCount }]) => Math.log2(1 + headCount)),
    flags: Uint8Array.from(kept, ([, { flags }]) => flags),
    expected: Float32Array.from(kept, ([, { expected }]) => expected),
  };
}

function tally(tallies: Map<number, Tally>, words: readonly Word[], countAt: CountAt, flag: number): void {
  const capitalsTell = tellsNames(words);
  for (const [place, word] of words.entries()) {
    const [count, headCount] = countAt(place);
    const flags = flag | kindOf(word, capitalsTell);
    for (const text of termsOf(word)) {
      const entry = entryOf(tallies, text, expectedShare(text));
      entry.count += count;
      entry.headCount += headCount;
      entry.flags |= flags;
    }
  }
}

/** Counts neighbouring words with capitals, too: two reports that share a name of two words are more alike than by its parts. */
function tallyPairs(tallies: Map<number, Tally>, words: readonly Word[], countAt: CountAt): void {
  let before = '';
  for (const [place, word] of words.entries()) {
    const stem = namingStem(word);
    if (before !== '' && stem !== '') {
      const [count, headCount] = countAt(place);
      const entry = entryOf(tallies, `${before} ${stem}`, PAIR_SHARE);
      entry.count += count;
      entry.headCount += headCount;
    }
    before = stem;
  }
}

/** The stem of a word that may be part of a name, or ''. */
function namingStem(word: Word): string {
  if (word.unspaced || !/^\p{Lu}/u.test(word.text)) return '';
  const [stem = ''] = termsOf(word);
  return stem !== '' && expectedShare(stem) <= NAMING_SHARE ? stem : '';
}

function entryOf(tallies: Map<number, Tally>, text: string, expected: number): Tally {
  const term = hashText(text) & TERM_MASK;
  const known = tallies.get(term);
  if (known) return known;
  const entry = { count: 0, headCount: 0, flags: 0, expected };
  tallies.set(term, entry);
  return entry;
}

function importance({ count, headCount, expected }: Tally): number {
  return (count + headCount) / expected;
}

/** Words cut to their stems; overlapping pairs of letters where a script writes no spaces. */
function termsOf({ text, unspaced }: Word): readonly string[] {
  if (unspaced) {
    const letters = Array.from(text);
    return letters.length === 1 ? letters : letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
  }
  const lower = text.toLowerCase();
  if (/\p{N}/u.test(lower)) return [lower];
  return lower.length === 1 ? [] : [lower.slice(0, STEM_LETTERS)];
}

function kindOf({ text, opens, unspaced }: Word, capitalsTell: boolean): number {
  if (/^\p{N}/u.test(text)) return NUMBER;
  return capitalsTell && !unspaced && !opens && /^\p{Lu}/u.test(text) ? NAME : 0;
}

/** In a headline That Capitalises Its Words, and in ONE THAT SHOUTS, a capital does not tell a name. */
function tellsNames(words: readonly Word[]): boolean {
  const long = words.filter(({ unspaced, opens, text }) => !unspaced && !opens && text.length > 3);
  const capital = long.filter(({ text }) => /^\p{Lu}/u.test(text));
  return capital.length <= long.length * 0.6;
}
