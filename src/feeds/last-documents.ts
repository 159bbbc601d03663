import { hashText } from '../story/sameness/hash.ts';
import type { FeedId } from '../story/story.ts';
import type { FeedState } from './feed.ts';

/** An item that is known, as the next document can be held against it. */
export interface KnownItem {
  /** Of its source; see `SourceMarks`. */
  readonly mark: number;
  /** Hashes of its canonical address and of its guid; 0 for none. */
  readonly address: number;
  readonly guid: number;
  /** This feed brought its address first. */
  readonly own: boolean;
}

/** The last document of a feed, all of whose items are known. */
export interface LastDocument {
  readonly frame: number;
  readonly items: readonly KnownItem[];
  /** When all of its items were looked up in the Store (epoch ms). */
  readonly lookedUpAt: number;
}

/**
 * What this process remembers of last documents: items that stand in the next one as they did are neither read nor looked up
 * again. It only spares work. A document is remembered once its keys are in the Store, and counts for as long as the Store
 * names the same body as the feed's last one, whichever process read that.
 */
export interface LastDocuments {
  /** The document that this state of the feed speaks of; null where it is not remembered, or was looked up too long ago. */
  recall(feedId: FeedId, state: FeedState, now: number): LastDocument | null;
  keep(feedId: FeedId, bodyHash: string, document: LastDocument): void;
  forget(feedId: FeedId): void;
}

/** As `LastDocument`, in 17 bytes an item. */
interface Packed {
  readonly bodyHash: string;
  readonly frame: number;
  readonly lookedUpAt: number;
  readonly marks: Float64Array;
  readonly addresses: Uint32Array;
  readonly guids: Uint32Array;
  readonly own: Uint8Array;
}

/** What a feed takes beside its items, in items. */
const FEED_COST = 25;

/**
 * @param believedMs a document counts this long after all its items were looked up
 * @param mostItems how many items are remembered in all; the feeds kept longest ago are forgotten first
 */
export function createLastDocuments({
  believedMs,
  mostItems,
}: {
  readonly believedMs: number;
  readonly mostItems: number;
}): LastDocuments {
  const kept = new Map<FeedId, Packed>();
  let held = 0;

  function forget(feedId: FeedId): void {
    const former = kept.get(feedId);
    if (!former) return;
    kept.delete(feedId);
    held -= former.marks.length + FEED_COST;
  }

  return {
    forget,

    recall(feedId, { bodyHash, learnt, guidOffUntil }, now) {
      const last = kept.get(feedId);
      if (last?.bodyHash !== bodyHash || !learnt || guidOffUntil !== null) return null;
      const ageMs = now - last.lookedUpAt;
      return ageMs >= 0 && ageMs < believedMs ? unpacked(last) : null;
    },

    keep(feedId, bodyHash, document) {
      forget(feedId);
      kept.set(feedId, packed(bodyHash, document));
      held += document.items.length + FEED_COST;
      for (const oldest of kept.keys()) {
        if (held <= mostItems) break;
        forget(oldest);
      }
    },
  };
}

/** A text as it stands in a `KnownItem`: two that are told apart by it are two. 0 for ''. */
export function shortHash(text: string): number {
  return text === '' ? 0 : hashText(text) || 1;
}

function packed(bodyHash: string, { frame, lookedUpAt, items }: LastDocument): Packed {
  return {
    bodyHash,
    frame,
    lookedUpAt,
    marks: Float64Array.from(items, ({ mark }) => mark),
    addresses: Uint32Array.from(items, ({ address }) => address),
    guids: Uint32Array.from(items, ({ guid }) => guid),
    own: Uint8Array.from(items, ({ own }) => (own ? 1 : 0)),
  };
}

function unpacked({ frame, lookedUpAt, marks, addresses, guids, own }: Packed): LastDocument {
  const items = Array.from(marks, (mark, i) => ({
    mark,
    address: addresses[i] ?? 0,
    guid: guids[i] ?? 0,
    own: own[i] === 1,
  }));
  return { frame, lookedUpAt, items };
}
