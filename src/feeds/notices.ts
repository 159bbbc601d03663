import { notice, type Delivery } from '../delivery/delivery.ts';
import type { Destination } from '../subscription/destination.ts';
import type { Feed, FeedState } from './feed.ts';

/** Said once when a feed has been failing for long, or has been taken away for good. */
export function deathNotice(to: Destination, feed: Feed, state: FeedState, now: number): Delivery {
  const since = state.failingSince ?? now;
  const why = state.lastError?.message ?? 'no reason known';
  const text =
    state.stopped === ''
      ? `The feed ${nameOf(feed)} has not been readable for ${span(now - since)} (${why}). It will be tried on; nothing is lost that is still in it when it comes back.`
      : `The feed ${nameOf(feed)} is gone for good, its server says (${why}), and is no longer asked. /news feeds shows the others.`;
  return notice(to, ['feed dead', feed.id, String(since)], text, now);
}

/** Said once when such a feed can be read again. */
export function recoveryNotice(to: Destination, feed: Feed, failedSince: number, now: number): Delivery {
  const text = `The feed ${nameOf(feed)} can be read again after ${span(now - failedSince)}.`;
  return notice(to, ['feed back', feed.id, String(failedSince)], text, now);
}

function nameOf(feed: Feed): string {
  return feed.title === '' ? feed.url : `${feed.title} (${feed.url})`;
}

/** `26 hours`, `3 days`: coarse, for people. */
function span(ms: number): string {
  const hours = Math.max(1, Math.round(ms / 3_600_000));
  if (hours < 48) return `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  return `${Math.round(hours / 24)} days`;
}
