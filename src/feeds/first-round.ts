import type { Feed, FeedState } from './feed.ts';

/** How the first look at all feeds after a start went. */
export interface FirstRound {
  readonly read: number;
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Gathers the first look at each feed and reports once, when all have been looked at.
 * @param expected how many feeds there are; 0 never reports
 * @returns what is to be called after each look
 */
export function firstRound(
  expected: number,
  report: (round: FirstRound) => void,
): (feed: Feed, state: FeedState) => void {
  const looked = new Map<string, { readonly name: string; readonly reason: string }>();
  let reported = expected === 0;
  return (feed, state) => {
    if (reported) return;
    looked.set(feed.id, { name: feed.title === '' ? feed.url : feed.title, reason: state.lastError?.message ?? '' });
    if (looked.size < expected) return;
    reported = true;
    const failed = [...looked.values()].filter(({ reason }) => reason !== '');
    report({ read: looked.size - failed.length, failed });
  };
}
