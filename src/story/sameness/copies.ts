import { createChains, placeAt, storyAt } from './chains.ts';
import type { HeldStory, ReadStory } from './held.ts';
import { commonCount } from './shingles.ts';
import { NUMBER, TITLE } from './terms.ts';

/** Finds copies of a text among the stories held. */
export interface CopyIndex {
  /** Links for `HeldStory.bandLinks`. */
  push(story: ReadStory, number: number): Float64Array;
  /** The story with the most of its text in common, if that is enough to call them one text; else null. */
  find(story: ReadStory, comparable: (number: number) => HeldStory | undefined): HeldStory | null;
}

const HEAD_BITS = 18;
/** Boilerplate that many stories share fills a band's chain; only the newest so many of each are compared. */
const WALK = 24;

export function createCopyIndex(held: ReadonlyMap<number, HeldStory>): CopyIndex {
  const chains = createChains(HEAD_BITS);

  function* sharers(story: ReadStory): Generator<number> {
    for (const [band, key] of story.bands.entries()) {
      let pointer = chains.head(key);
      for (let step = 0; step < WALK; step++) {
        const other = held.get(storyAt(pointer));
        if (!other) break;
        if (other.bands[placeAt(pointer)] === key && placeAt(pointer) === band) yield other.number;
        pointer = other.bandLinks[placeAt(pointer)] ?? -1;
      }
    }
  }

  return {
    push: (story, number) => Float64Array.from(story.bands, (key, band) => chains.push(key, number, band)),
    find(story, comparable) {
      let best: HeldStory | null = null;
      let most = 0;
      for (const number of new Set(sharers(story))) {
        const other = comparable(number);
        const share = other ? sharedText(story, other) : 0;
        if (other && share > most) [best, most] = [other, share];
      }
      return best;
    },
  };
}

const SAME = 0.3;
const CUT_SAME = 0.8;
const CUT_SHINGLES = 20;
/** Under this many shingles a text is a headline or little more: a form filled in anew has much of it in common. */
const SHORT = 12;
const SHORT_SAME = 0.7;

/**
 * The part of their text that two stories share, 0 to 1, when it is enough to call it one text: Jaccard similarity
 * of the shingles, or for a text that was cut, how much of the shorter is in the longer. 0 when it is not enough.
 */
export function sharedText(a: ReadStory, b: ReadStory): number {
  const common = commonCount(a.shingles, b.shingles);
  const shorter = Math.min(a.shingles.length, b.shingles.length);
  const jaccard = common / (a.shingles.length + b.shingles.length - common || 1);
  if (shorter < SHORT) return jaccard >= SHORT_SAME && sameNumbers(a, b) ? jaccard : 0;
  if (jaccard >= SAME) return jaccard;
  const contained = common / shorter;
  return common >= CUT_SHINGLES && contained >= CUT_SAME ? contained : 0;
}

function sameNumbers(a: ReadStory, b: ReadStory): boolean {
  const numbers = ({ bag }: ReadStory): string =>
    bag.terms.filter((_, i) => (bag.flags[i] ?? 0) & NUMBER && (bag.flags[i] ?? 0) & TITLE).join(' ');
  return numbers(a) === numbers(b);
}
