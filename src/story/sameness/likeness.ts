import { NAME, NUMBER, TITLE } from './terms.ts';
import type { TermBag } from './terms.ts';

/** A term bag with its weights in the light of what the window holds; both lists run beside `bag.terms`, length 1. */
export interface WeightedBag {
  readonly bag: TermBag;
  readonly whole: Float64Array;
  readonly head: Float64Array;
}

/** What is held: how many stories, and in how many of them each term stands. */
export interface Window {
  readonly stories: number;
  readonly frequencies: Int32Array;
}

/**
 * What is expected of terms before the window has shown it counts as much as this many stories: without it the first
 * stories of a stream would all look alike, or none.
 */
const PRIOR_STORIES = 1000;

/** TF-IDF weights, cosine-normalised; the inverse document frequency is that of the window smoothed by the expected one. */
export function weighted(bag: TermBag, { stories, frequencies }: Window): WeightedBag {
  const { terms, emphasis, headEmphasis, expected } = bag;
  const whole = new Float64Array(terms.length);
  const head = new Float64Array(terms.length);
  let wholeSquares = 0;
  let headSquares = 0;
  for (let i = 0; i < terms.length; i++) {
    const rarity = rarityOf(stories, frequencies[terms[i] ?? 0] ?? 0, expected[i] ?? 0);
    const [inWhole, inHead] = [rarity * (emphasis[i] ?? 0), rarity * (headEmphasis[i] ?? 0)];
    whole[i] = inWhole;
    head[i] = inHead;
    wholeSquares += inWhole * inWhole;
    headSquares += inHead * inHead;
  }
  scale(whole, wholeSquares);
  scale(head, headSquares);
  return { bag, whole, head };
}

function rarityOf(stories: number, frequency: number, expected: number): number {
  return Math.max(0, Math.log((stories + PRIOR_STORIES) / (frequency + PRIOR_STORIES * expected + 0.5)));
}

function scale(weights: Float64Array, squares: number): void {
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) / length;
}

/** The whole text counts for this part of the likeness, title and lead for the rest. */
const WHOLE_PART = 0.7;

/**
 * How alike two stories are in what they are about, 0 to 1: the cosines of their whole texts and of their heads. The second is
 * weighed on the way: a story is held against dozens of others, and their weights change with each story taken in.
 */
export function likeness(mine: WeightedBag, other: TermBag, { stories, frequencies }: Window): number {
  const { terms, emphasis, headEmphasis, expected } = other;
  const own = mine.bag.terms;
  let whole = 0;
  let head = 0;
  let wholeSquares = 0;
  let headSquares = 0;
  for (let i = 0, j = 0; i < terms.length; i++) {
    const term = terms[i] ?? 0;
    const rarity = rarityOf(stories, frequencies[term] ?? 0, expected[i] ?? 0);
    const inWhole = rarity * (emphasis[i] ?? 0);
    const inHead = rarity * (headEmphasis[i] ?? 0);
    wholeSquares += inWhole * inWhole;
    headSquares += inHead * inHead;
    while (j < own.length && (own[j] ?? 0) < term) j++;
    if (own[j] !== term) continue;
    whole += (mine.whole[j] ?? 0) * inWhole;
    head += (mine.head[j] ?? 0) * inHead;
  }
  const wholeLength = Math.sqrt(wholeSquares) || 1;
  const headLength = Math.sqrt(headSquares) || 1;
  return (WHOLE_PART * whole) / wholeLength + ((1 - WHOLE_PART) * head) / headLength;
}

/**
 * Whether two titles are made from one form and tell of different things: most of their words are the same, and each
 * has numbers, or names, that the other story has nowhere ("Quake of 5.1 hits A", "Quake of 6.3 hits B").
 */
export function differInForm(a: TermBag, b: TermBag): boolean {
  const shared = { words: 0, [NUMBER]: 0, [NAME]: 0 };
  forCommon(a.terms, b.terms, (i, j) => {
    const [left, right] = [a.flags[i] ?? 0, b.flags[j] ?? 0];
    if (!(left & right & TITLE)) return;
    if ((left | right) & NUMBER) shared[NUMBER]++;
    else if ((left | right) & NAME) shared[NAME]++;
    else shared.words++;
  });
  const shortest = Math.min(plainTitleWords(a), plainTitleWords(b));
  if (shared.words < 2 || shared.words < shortest * 0.6) return false;
  const differ = (kind: number): boolean => alone(a, b, kind) > 0 && alone(b, a, kind) > 0;
  return (shared[NUMBER] === 0 && differ(NUMBER)) || (shared[NAME] === 0 && differ(NAME));
}

function plainTitleWords({ flags }: TermBag): number {
  return flags.filter((flag) => flag & TITLE && !(flag & (NAME | NUMBER))).length;
}

/** How many terms of one kind stand in the title of `a` and nowhere in `b`. */
function alone(a: TermBag, b: TermBag, kind: number): number {
  const common = new Set<number>();
  forCommon(a.terms, b.terms, (i) => common.add(i));
  return a.flags.filter((flag, i) => flag & TITLE && flag & kind && !common.has(i)).length;
}

/** Calls with the places of each value that two ascending lists share. */
function forCommon(a: Uint32Array, b: Uint32Array, call: (inA: number, inB: number) => void): void {
  let j = 0;
  for (let i = 0; i < a.length; i++) {
    const value = a[i] ?? 0;
    while (j < b.length && (b[j] ?? 0) < value) j++;
    if (j === b.length) return;
    if (b[j] === value) call(i, j);
  }
}
