import { randomBytes } from 'node:crypto';
import { deliveryKey, type Delivery } from '../src/delivery/delivery.ts';
import type { Feed } from '../src/feeds/feed.ts';
import type { FeedLease, Lane, SeenKey, Store } from '../src/ports.ts';

/** The load that stores are measured with: the same for all of them. */
export const FEEDS = 16;
const ITEMS_A_FEED = 50;
const LANES = 200;
export const LEASE_MS = 600_000;

/** Takes in documents of new items, each looked up and then committed. Returns how many items. */
export async function takeInItems(store: Store, items: number): Promise<number> {
  const documents = Array.from({ length: Math.ceil(items / ITEMS_A_FEED) }, newDocument);
  let done = 0;
  while (done < items) {
    const now = Date.now();
    const leases = await store.leaseFeeds({ worker: 'w', now, limit: FEEDS, perHost: 1, leaseMs: LEASE_MS });
    await Promise.all(leases.map(async (lease) => takeIn(store, lease, documents.pop() ?? [], now)));
    done += leases.length * ITEMS_A_FEED;
  }
  return done;
}

/** Keys and story ids as digests are: no two alike, in no order. */
function newDocument(): SeenKey[] {
  const digest = (): string => randomBytes(8).toString('hex');
  return Array.from({ length: ITEMS_A_FEED }, () => ({ key: digest(), storyId: digest() }));
}

async function takeIn(store: Store, lease: FeedLease, items: readonly SeenKey[], now: number): Promise<void> {
  const found = await store.findSeen(items.map(({ key }) => key));
  const seen = items.filter((_, i) => found[i] === null);
  await store.commitFetch(lease, { feed: lease.feed, state: { ...lease.state, nextAt: 0 }, seen, now });
}

/** Enqueues deliveries one a call, as many calls at once as there are lanes. */
export async function enqueueAll(store: Store, deliveries: readonly Delivery[]): Promise<void> {
  for (let i = 0; i < deliveries.length; i += LANES) {
    await Promise.all(deliveries.slice(i, i + LANES).map(async (one) => store.enqueue([one])));
  }
}

/** Claims lanes and settles each delivery as sent until this many are. */
export async function sendAll(store: Store, count: number, lanes = 16, platform = 'slack'): Promise<void> {
  let settled = 0;
  while (settled < count) {
    const ask = { worker: 'w', platforms: [platform], now: Date.now(), lanes, perLane: 50, leaseMs: LEASE_MS };
    const claimed = await store.claimLanes(ask);
    await Promise.all(claimed.map(async (lane) => sendLane(store, lane)));
    settled += claimed.reduce((sum, lane) => sum + lane.deliveries.length, 0);
  }
}

async function sendLane(store: Store, lane: Lane): Promise<void> {
  await settleLane(store, lane);
  await store.releaseLane(lane, 0);
}

/** Settles a lane's deliveries as sent, one after the other. */
export async function settleLane(store: Store, lane: Lane): Promise<void> {
  for (const { delivery: one } of lane.deliveries) {
    await store.settle(lane, one.key, { kind: 'sent', remoteId: `m${one.createdAt}`, at: Date.now() }, LEASE_MS);
  }
}

/** Measures how long the event loop was kept busy in one piece; returns what gives the longest so far and stops. */
export function watchStalls(): () => number {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

export function feed(i: number): Feed {
  const host = `host${i}.example`;
  const id = i.toString(16).padStart(16, '0');
  return {
    id,
    url: `https://${host}/`,
    host,
    title: '',
    tags: [],
    listed: true,
    followers: [],
    intervalMs: null,
  };
}

export function delivery(i: number, platform = 'slack'): Delivery {
  const destination = `${platform}:T1:C${i % LANES}`;
  const storyId = i.toString(16).padStart(16, '0');
  return {
    key: deliveryKey(destination, storyId),
    destination,
    kind: 'alert',
    groupId: storyId,
    storyIds: [storyId],
    matched: [{ id: 1 + (i % 500), spans: [{ field: 'title', start: 4, end: 9 }] }],
    at: Date.now(),
    roll: '',
    text: '',
    members: [],
    createdAt: i,
  };
}
