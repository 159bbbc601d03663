import type { TermBag } from './terms.ts';

/** A story as the grouper reads it: plain text, `published` in epoch ms, `body` '' when the feed carried none. */
export interface NewStory {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly url: string;
  readonly published: number;
  /** BCP 47, or '' when unknown. */
  readonly lang: string;
}

/** What is read out of a story once, when it is first looked at. */
export interface ReadStory {
  /** Sorted hashes of its runs of three words. */
  readonly shingles: Uint32Array;
  /** Keys of its MinHash bands. */
  readonly bands: Uint32Array;
  readonly bag: TermBag;
  /** Primary language; '' when unknown. */
  readonly lang: string;
  readonly published: number;
}

/** A story of the window. */
export interface HeldStory extends ReadStory {
  readonly id: string;
  /** Its place in the order of taking in. */
  readonly number: number;
  readonly groupId: string;
}
