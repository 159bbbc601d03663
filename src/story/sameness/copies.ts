import type { HeldStory, ReadStory } from './held.ts';
import { differInForm } from './likeness.ts';
import { BANDS, commonCount } from './shingles.ts';

/** Finds copies of a text among the stories held. */
export interface CopyIndex {
  /** Links for `HeldStory.bandLinks`. */
  push(story: ReadStory, number: number): Int32Array;
  /** The story with the most of its text in common, if that is enough to call them one text; else null. */
  find(story: ReadStory, comparable: (number: number) => HeldStory | undefined): HeldStory | null;
}

/** Each band has a table of 2^15 chains; stories whose keys end in the same bits share one. */
const HEAD_BITS = 15;
const HEAD_MASK = 2 ** HEAD_BITS - 1;
/** Boilerplate that many stories share fills a band's chain; only the newest so many of each are looked at. */
const WALK = 24;

/** Chains of stories by band key, newest first; as in `chains.ts`, a walk ends where stories have left the window. */
export function createCopyIndex(held: ReadonlyMap<number, HeldStory>): CopyIndex {
  const heads = new Int32Array(BANDS << HEAD_BITS).fill(-1);

  function* sharers(story: ReadStory): Generator<number> {
    for (const [band, key] of story.bands.entries()) {
      let number = heads[(band << HEAD_BITS) | (key & HEAD_MASK)] ?? -1;
      for (let step = 0; step < WALK; step++) {
        const other = held.get(number);
        if (!other) break;
        if (other.bands[band] === key) yield number;
        number = other.bandLinks[band] ?? -1;
      }
    }
  }

  return {
    push: (story, number) =>
      Int32Array.from(story.bands, (key, band) => {
        const bucket = (band << HEAD_BITS) | (key & HEAD_MASK);
        const former = heads[bucket] ?? -1;
        heads[bucket] = number;
        return former;
      }),
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

/** Jaccard similarity asked for, by the shingles of the shorter text: little text is soon shared by a common tail. */
const SAME: readonly (readonly [under: number, similarity: number])[] = [
  [12, 0.7],
  [80, 0.5],
  [Infinity, 0.3],
];
const CUT_SAME = 0.8;
const CUT_SHINGLES = 20;

/**
 * The part of their text that two stories share, 0 to 1, when it is enough to call it one text: Jaccard similarity
 * of the shingles, or for a text that was cut, how much of the shorter is in the longer. 0 when it is not enough, and
 * for two fillings of one form, whatever they share.
 */
export function sharedText(a: ReadStory, b: ReadStory): number {
  const common = commonCount(a.shingles, b.shingles);
  const shorter = Math.min(a.shingles.length, b.shingles.length);
  const jaccard = common / (a.shingles.length + b.shingles.length - common || 1);
  const [, asked = 1] = SAME.find(([under]) => shorter < under) ?? [];
  const contained = common >= CUT_SHINGLES ? common / shorter : 0;
  const share = jaccard >= asked ? jaccard : contained >= CUT_SAME ? contained : 0;
  return share > 0 && share < 1 && differInForm(a.bag, b.bag) ? 0 : share;
}
