import type { Store } from '../ports.ts';
import { feedIdOf } from '../story/identity.ts';
import { feedAt, newFeedState, type Feed } from './feed.ts';
import type { OpmlFeed } from './opml.ts';

const PAGE = 1000;

/** What bringing the Store in step with the host's file has changed. */
export interface SyncCounts {
  readonly added: number;
  readonly removed: number;
  readonly total: number;
}

/**
 * Brings the watched feeds in step with the host's OPML file: new ones are due at once, those no longer in it go, unless
 * members follow them. A feed that has moved to another address keeps it for as long as the file names the first one.
 */
export async function syncFeeds(store: Store, file: readonly OpmlFeed[], now: number): Promise<SyncCounts> {
  const wanted = new Map(file.map((one) => [feedIdOf(one.url), one]));
  const known = new Map<string, Feed>();
  for await (const feed of allFeeds(store)) known.set(feed.id, feed);

  const listed: Feed[] = [];
  let added = 0;
  for (const [id, { url, title, tags }] of wanted) {
    const before = known.get(id);
    if (!before?.listed) added++;
    const feed: Feed = { ...(before ?? feedAt(url)), tags, listed: true };
    listed.push(title === '' ? feed : { ...feed, title });
  }
  await store.putFeeds(listed, newFeedState(now));

  const dropped = [...known.values()].filter((feed) => feed.listed && !wanted.has(feed.id));
  for (const feed of dropped) {
    if (feed.followers.length === 0) await store.removeFeed(feed.id);
    else await store.putFeeds([{ ...feed, listed: false }], newFeedState(now));
  }
  return { added, removed: dropped.length, total: wanted.size };
}

async function* allFeeds(store: Store): AsyncGenerator<Feed> {
  for (let after = ''; ;) {
    const page = await store.listFeeds(after, PAGE);
    for (const { feed } of page) yield feed;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.feed.id;
  }
}
