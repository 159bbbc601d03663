/** One entry of a feed, normalised. All strings are plain text but for the two named `…Html`. */
export interface FeedItem {
  /** The publisher's own identifier (guid, id, rdf:about); '' when there is none. */
  readonly id: string;
  readonly title: string;
  /** Absolute http(s) address; '' when there is none. */
  readonly link: string;
  /** Epoch ms, or null when the feed gives no date that can be read. */
  readonly published: number | null;
  readonly summary: string;
  readonly content: string;
  /** The markup as published, bounded in length. */
  readonly summaryHtml: string;
  readonly contentHtml: string;
  readonly author: string;
  readonly categories: readonly string[];
  /** BCP 47 as published, or ''. */
  readonly language: string;
}

/**
 * Marks of a document's source, numbers of 52 bits: equal ones stand for equal text, so that an item which is as it was
 * need not be read again.
 */
export interface SourceMarks {
  /** Of all that stands around the items, but for the times at which documents say they were made. */
  readonly frame: number;
  readonly items: ArrayLike<number>;
}

/** A feed's document, normalised, with its hints to whoever schedules the next look. */
export interface FeedDocument {
  readonly title: string;
  readonly link: string;
  readonly language: string;
  readonly items: readonly FeedItem[];
  readonly ttlMinutes?: number;
  readonly updatePeriodMs?: number;
  /** Hours (0-23, UTC) and days (0 Sunday - 6 Saturday) in which the publisher asks not to be polled. */
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly number[];
  /** WebSub: the hub and the address to subscribe to. */
  readonly hub?: string;
  readonly self?: string;
  /** Of `items`, in the same order; missing where nobody asked, or the source does not tell them apart. */
  readonly marks?: SourceMarks;
  /** The marks of items that stand in the source as they did before and were left out, as was asked. */
  readonly unchanged?: readonly number[];
}
