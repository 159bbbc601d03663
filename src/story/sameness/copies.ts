import { createChains, END } from './chains.ts';
import type { HeldStory, ReadStory } from './held.ts';
import { differInForm } from './likeness.ts';
import { BANDS, commonCount } from './shingles.ts';

/** Finds copies of a text among the stories held. */
export interface CopyIndex {
  /** Takes a story in; numbers ascend. */
  push(story: ReadStory, number: number): void;
  /** Takes the newest story back, as if it had not been taken in. */
  retract(story: HeldStory): void;
  /** Lets go of the oldest story. */
  forget(story: HeldStory): void;
  /** The story with the most of its text in common, if that is enough to call them one text; else null. */
  find(story: ReadStory, comparable: (number: number) => HeldStory | undefined): HeldStory | null;
}

const HEAD_BITS = 20;
/** Boilerplate that many stories share fills a band's chain; only the newest so many of each are looked at. */
const WALK = 24;

export function createCopyIndex(held: ReadonlyMap<number, HeldStory>): CopyIndex {
  const chains = createChains(HEAD_BITS, BANDS);

  function* sharers(story: ReadStory): Generator<number> {
    for (const [band, key] of story.bands.entries()) {
      let entry = chains.head(key);
      for (let step = 0; step < WALK && entry !== END; step++) {
        const number = Math.floor(entry / BANDS);
        if (held.get(number)?.bands[band] === key) yield number;
        entry = chains.next(entry);
      }
    }
  }

  return {
    push(story, number) {
      for (const [band, key] of story.bands.entries()) chains.push(key, number, band);
    },
    retract({ bands, number }) {
      for (let band = bands.length - 1; band >= 0; band--) chains.pop(bands[band] ?? 0, number, band);
    },
    forget(story) {
      chains.forgetBefore(story.number + 1);
    },
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
