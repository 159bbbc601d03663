import type { Decision } from '../../../src/delivery/decision.ts';
import { deliveryKey, type Delivery } from '../../../src/delivery/delivery.ts';
import { newFeedState, type Feed } from '../../../src/feeds/feed.ts';
import type { DumpRecord, FeedLease, Lane, LoggedStory, Store } from '../../../src/ports.ts';
import type { Story } from '../../../src/story/story.ts';
import type { Subscription } from '../../../src/subscription/subscription.ts';
import { LONG_MS } from './harness.ts';

/** 16 hex digits for a small number, spread over all 64 bits. */
export function id(number: number): string {
  return BigInt.asUintN(64, BigInt(number) * 0x9e3779b97f4a7c15n)
    .toString(16)
    .padStart(16, '0');
}

export function feed(number: number, changes: Partial<Feed> = {}): Feed {
  const host = changes.host ?? `host${number}.example`;
  return {
    id: id(number),
    url: `https://${host}/feed/${number}`,
    host,
    title: '',
    tags: [],
    listed: true,
    followers: [],
    intervalMs: null,
    ...changes,
  };
}

export { newFeedState };

/** Puts feeds that fell due at the times given. */
export async function putDue(store: Store, due: readonly (readonly [feed: Feed, at: number])[]): Promise<void> {
  for (const [one, at] of due) await store.putFeeds([one], newFeedState(at));
}

/** Leases what is due, for long. */
export async function leaseAll(store: Store, now: number, perHost = 1, limit = 100): Promise<readonly FeedLease[]> {
  return store.leaseFeeds({ worker: 'w', now, limit, perHost, leaseMs: LONG_MS });
}

/** The outcome of a fetch that found these keys, looked at again in an hour. */
export function outcome(
  lease: FeedLease,
  now: number,
  seen: readonly (readonly [key: string, storyId: string])[] = [],
): Parameters<Store['commitFetch']>[1] {
  return {
    feed: lease.feed,
    state: { ...lease.state, nextAt: now + 3_600_000, learnt: true },
    seen: seen.map(([key, storyId]) => ({ key, storyId })),
    now,
  };
}

export function story(number: number, changes: Partial<Story> = {}): Story {
  const firstSeen = changes.firstSeen ?? 1_700_000_000_000;
  return {
    id: id(number),
    feedId: id(900_000),
    scopes: ['all'],
    title: `Ferry line reopens, part ${number}`,
    summary: 'The harbour ferry runs again after repairs.',
    body: '',
    url: `https://outlet.example/${number}`,
    source: 'The Outlet',
    author: '',
    lang: 'en',
    published: firstSeen,
    firstSeen,
    effective: firstSeen,
    ...changes,
  };
}

export function entry(number: number, changes: Partial<Story> = {}): LoggedStory {
  const first = story(number, changes);
  return { story: first, groupId: id(number), tier: 'first', like: '' };
}

export const PLACE = 'slack:T1:C1';

export function delivery(name: string, at: number, changes: Partial<Delivery> = {}): Delivery {
  const destination = changes.destination ?? PLACE;
  return {
    key: deliveryKey(destination, name),
    destination,
    kind: 'alert',
    groupId: id(1),
    storyIds: [id(1)],
    matched: [{ id: 1, spans: [] }],
    at,
    roll: '',
    text: '',
    members: [],
    createdAt: at,
    ...changes,
  };
}

/** The digest of some deliveries, in the place of the first of them. */
export function digestOf(members: readonly Delivery[], now: number): Delivery {
  const at = Math.min(...members.map((member) => member.at));
  const keys = members.map(({ key }) => key);
  return delivery(`digest ${keys.join(' ')}`, at, {
    kind: 'digest',
    groupId: '',
    storyIds: members.flatMap(({ storyIds }) => storyIds),
    text: 'quiet',
    members: keys,
    createdAt: now,
  });
}

export async function claimAll(
  store: Store,
  now: number,
  changes: Partial<Parameters<Store['claimLanes']>[0]> = {},
): Promise<readonly Lane[]> {
  const platforms = ['slack', 'discord', 'terminal'];
  return store.claimLanes({ worker: 'w', platforms, now, lanes: 16, perLane: 50, leaseMs: LONG_MS, ...changes });
}

/** Claims the one lane that is expected to be ready. */
export async function claimOne(store: Store, now: number, leaseMs = LONG_MS): Promise<Lane> {
  const [lane, other] = await claimAll(store, now, { leaseMs });
  if (!lane || other) throw new Error('One lane was expected to be ready');
  return lane;
}

export function keysOf(lane: Lane): string[] {
  return lane.deliveries.map(({ delivery: { key } }) => key);
}

export function decision(storyNumber: number, subscriptionId: number, changes: Partial<Decision> = {}): Decision {
  return {
    storyId: id(storyNumber),
    groupId: id(storyNumber),
    tier: 'first',
    subscriptionId,
    destination: PLACE,
    spans: [{ field: 'title', start: 0, end: 5 }],
    outcome: 'queued',
    reason: '',
    deliveryKey: deliveryKey(PLACE, id(storyNumber)),
    at: 1_700_000_000_000,
    ...changes,
  };
}

export function subscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: 0,
    destination: PLACE,
    scope: 'slack:T1',
    owner: 'slack:T1:U1',
    name: '',
    query: 'ferry',
    when: { kind: 'instant' },
    quiet: null,
    timeZone: null,
    state: 'active',
    pausedUntil: null,
    removedAt: null,
    createdAt: 1_700_000_000_000,
    ...changes,
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Records of a dump in an order of their own, for comparing stores of any kind. */
export function sorted(records: readonly DumpRecord[]): string[] {
  return records.map((record) => JSON.stringify(record)).sort();
}
