import type { Words } from '../commands/words/words.ts';
import { notice, type Delivery } from '../delivery/delivery.ts';
import type { Destination } from '../subscription/destination.ts';
import type { Feed, FeedState } from './feed.ts';

/** Said once when a feed has been failing for long, or has been taken away for good. */
export function deathNotice(to: Destination, words: Words, feed: Feed, state: FeedState, now: number): Delivery {
  const since = state.failingSince ?? now;
  const why = state.lastError?.message ?? words.noReason;
  const text =
    state.stopped === '' ? words.feedDead(nameOf(feed), hours(now - since), why) : words.feedGone(nameOf(feed), why);
  return notice(to, ['feed dead', feed.id, String(since)], text, now);
}

/** Said once when such a feed can be read again. */
export function recoveryNotice(to: Destination, words: Words, feed: Feed, failedSince: number, now: number): Delivery {
  const text = words.feedBack(nameOf(feed), hours(now - failedSince));
  return notice(to, ['feed back', feed.id, String(failedSince)], text, now);
}

function nameOf(feed: Feed): string {
  return feed.title === '' ? feed.url : `${feed.title} (${feed.url})`;
}

/** At least one. */
function hours(ms: number): number {
  return Math.max(1, Math.round(ms / 3_600_000));
}
