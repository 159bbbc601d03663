import { randomBytes } from 'node:crypto';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { openRedisStore } from '../adapters/store/redis/store.ts';
import { newFeedState } from '../src/feeds/feed.ts';
import type { Store } from '../src/ports.ts';
import type { Subscription } from '../src/subscription/subscription.ts';
import { contestClaims } from '../tests/faults/claims.ts';
import { startRedis } from '../tests/servers/redis.ts';
import { sendFromClients } from './store-clients.ts';
import { delivery, enqueueAll, feed, FEEDS, sendAll, takeInItems, watchStalls } from './store-load.ts';

/** Keys there are when first-seen items are measured. */
const SIZES = [100_000, 1_000_000, 5_000_000];
const ITEMS = 80_000;
const DELIVERIES = 50_000;
const SUBSCRIPTIONS = 50_000;
const CLIENTS = 8;
const CLIENTS_AT_ONCE = [1, 2, 4];
const CLAIMS = 100_000;
const KEYS_A_COMMIT = 2000;
const KEYS_AN_ITEM = 4;

type Figures = Readonly<Record<string, number | string>>;

/** The same as for the embedded Store on a Redis of its own, and the queue against BullMQ on the same Redis. */
export async function benchRedisStore(): Promise<void> {
  // As the README has it set up: what is written stands on the disk within a second.
  const server = await startRedis(['--appendfsync', 'everysec']);
  const redis = new Redis(server.url);
  try {
    // A machine that does other work too is given time.
    const store = await openRedisStore({ url: server.url, commandMs: 60_000 });
    await store.putFeeds(
      Array.from({ length: FEEDS }, (_, i) => feed(i)),
      newFeedState(0),
    );
    const rows = [];
    for (const size of SIZES) rows.push(await measureSeen(store, redis, size));
    console.table(rows);
    await redis.flushall();
    console.table([await measureDeliveries(store, redis, 200, 16), await measureDeliveries(store, redis, 200, 200)]);
    const rates = [];
    for (const clients of CLIENTS_AT_ONCE) rates.push(await measureClients(server.url, redis, clients));
    console.table(rates);
    await redis.flushall();
    console.table([await measureBullMq(server.port, redis)]);
    await redis.flushall();
    console.table([await measureSubscriptions(store, redis)]);
    await redis.flushall();
    console.table([await measureClaims(server.url)]);
    await store.close();
  } finally {
    redis.disconnect();
    await server.close();
  }
}

async function measureSeen(store: Store, redis: Redis, size: number): Promise<Figures> {
  await fillSeen(store, size);
  const bytes = await usedBytes(redis);
  const { seen: keys } = await store.depths(Date.now());
  const stall = watchStalls();
  const start = performance.now();
  const done = await takeInItems(store, ITEMS);
  const seconds = (performance.now() - start) / 1000;
  return {
    keys,
    'first-seen items/s': Math.round(done / seconds),
    'bytes a key': Math.round((bytes / keys) * 10) / 10,
    'longest stall ms': Math.round(stall()),
  };
}

/** Fills the store as feeds do: of an item's keys one is its story's id, the others lead to it. */
async function fillSeen(store: Store, size: number): Promise<void> {
  const { seen } = await store.depths(Date.now());
  for (let keys = seen; keys < size; keys += KEYS_A_COMMIT * FEEDS) {
    const leases = await store.leaseFeeds({ worker: 'w', now: Date.now(), limit: FEEDS, perHost: 1, leaseMs: 60_000 });
    await Promise.all(
      leases.map(async (lease) => {
        const all = Array.from({ length: KEYS_A_COMMIT }, () => randomBytes(8).toString('hex'));
        const found = all.map((key, i) => ({ key, storyId: all[i - (i % KEYS_AN_ITEM)] ?? key }));
        const state = { ...lease.state, nextAt: 0 };
        await store.commitFetch(lease, { feed: lease.feed, state, seen: found, now: Date.now() });
      }),
    );
  }
}

async function measureDeliveries(store: Store, redis: Redis, lanes: number, claimed: number): Promise<Figures> {
  await redis.flushall();
  const before = await usedBytes(redis);
  const all = Array.from({ length: DELIVERIES }, (_, i) => delivery(i));
  const stall = watchStalls();
  const enqueueing = performance.now();
  await enqueueAll(store, all);
  const claiming = performance.now();
  const bytes = (await usedBytes(redis)) - before;
  const sending = performance.now();
  await sendAll(store, DELIVERIES, claimed);
  const end = performance.now();
  return {
    deliveries: DELIVERIES,
    destinations: lanes,
    'lanes at once': claimed,
    'enqueue/s': Math.round((DELIVERIES / (claiming - enqueueing)) * 1000),
    'claim + settle/s': Math.round((DELIVERIES / (end - sending)) * 1000),
    'enqueue + claim + settle/s': Math.round((DELIVERIES / (end - sending + claiming - enqueueing)) * 1000),
    'bytes a queued delivery': Math.round(bytes / DELIVERIES),
    'longest stall ms': Math.round(stall()),
  };
}

/** Several processes at once, each with destinations of its own; and what it costs the server of its one processor. */
async function measureClients(url: string, redis: Redis, clients: number): Promise<Figures> {
  await redis.flushall();
  const deliveries = DELIVERIES * 2;
  const before = await serverSeconds(redis);
  const seconds = await sendFromClients(url, clients, deliveries / clients);
  const busy = (await serverSeconds(redis)) - before;
  return {
    clients,
    deliveries,
    'enqueue + claim + settle/s': Math.round(deliveries / seconds),
    'server µs a delivery': Math.round((busy / deliveries) * 1e7) / 10,
    'server busy %': Math.round((busy / seconds) * 100),
  };
}

async function serverSeconds(redis: Redis): Promise<number> {
  const cpu = await redis.info('cpu');
  const read = (name: string): number => Number(new RegExp(`${name}:(\\S+)`, 'u').exec(cpu)?.[1] ?? 0);
  return read('used_cpu_user') + read('used_cpu_sys');
}

/** The same deliveries as jobs of BullMQ, with what it offers for speed: added in bulk, many done at once. */
async function measureBullMq(port: number, redis: Redis): Promise<Figures> {
  const connection = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
  const queue = new Queue('deliveries', { connection });
  await queue.waitUntilReady();
  const before = await usedBytes(redis);
  const all = Array.from({ length: DELIVERIES }, (_, i) => delivery(i));
  const adding = performance.now();
  for (let i = 0; i < all.length; i += 200) {
    await queue.addBulk(all.slice(i, i + 200).map((data) => ({ name: 'post', data, opts: { jobId: data.key } })));
  }
  const added = performance.now();
  const bytes = (await usedBytes(redis)) - before;
  const done = Promise.withResolvers<void>();
  let left = DELIVERIES;
  const working = performance.now();
  const worker = new Worker('deliveries', async () => undefined, { connection, concurrency: 200 });
  worker.on('completed', () => {
    if (--left === 0) done.resolve();
  });
  await done.promise;
  const end = performance.now();
  await worker.close();
  await queue.close();
  return {
    jobs: DELIVERIES,
    'add/s': Math.round((DELIVERIES / (added - adding)) * 1000),
    'work/s': Math.round((DELIVERIES / (end - working)) * 1000),
    'add + work/s': Math.round((DELIVERIES / (end - working + added - adding)) * 1000),
    'bytes a queued job': Math.round(bytes / DELIVERIES),
  };
}

async function measureSubscriptions(store: Store, redis: Redis): Promise<Figures> {
  const before = await usedBytes(redis);
  const start = performance.now();
  for (let i = 0; i < SUBSCRIPTIONS; i += 500) {
    await store.putSubscriptions(Array.from({ length: 500 }, (_, n) => subscription(i + n)));
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    subscriptions: SUBSCRIPTIONS,
    'put/s': Math.round(SUBSCRIPTIONS / seconds),
    'bytes a subscription': Math.round(((await usedBytes(redis)) - before) / SUBSCRIPTIONS),
  };
}

/** Clients in processes of their own that all claim the same stories: of each story one of them is first. */
async function measureClaims(url: string): Promise<Figures> {
  const start = performance.now();
  const { clients, claims, refused, wrong } = await contestClaims(url, CLIENTS, CLAIMS / CLIENTS);
  const seconds = (performance.now() - start) / 1000;
  return { clients, claims, refused, wrong, 'claims/s': Math.round(claims / seconds) };
}

function subscription(i: number): Subscription {
  return {
    id: 0,
    destination: `slack:T${i % 50}:C${i % 5000}`,
    scope: `slack:T${i % 50}`,
    owner: `slack:T${i % 50}:U${i % 20_000}`,
    name: '',
    query: `ferry harbour ${i % 700}`,
    when: { kind: 'instant' },
    quiet: null,
    timeZone: null,
    state: 'active',
    pausedUntil: null,
    removedAt: null,
    createdAt: 1_700_000_000_000,
  };
}

async function usedBytes(redis: Redis): Promise<number> {
  return Number(/used_memory_dataset:(\d+)/u.exec(await redis.info('memory'))?.[1] ?? 0);
}

if (import.meta.main) await benchRedisStore();
