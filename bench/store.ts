import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { randomBytes } from 'node:crypto';
import { openSqliteStore } from '../adapters/store/sqlite/store.ts';
import { deliveryKey, type Delivery } from '../src/delivery/delivery.ts';
import { newFeedState } from '../src/feeds/feed.ts';
import type { FeedLease, Lane, SeenKey, Store } from '../src/ports.ts';

/** Rows in the table of seen keys when first-seen items are measured. */
const SIZES = [100_000, 1_000_000, 5_000_000];
const FEEDS = 16;
const ITEMS_A_FEED = 50;
const ITEMS = 80_000;
const DELIVERIES = 20_000;
const LANES = 200;
const LEASE_MS = 600_000;

/** What the embedded Store bears: first-seen items a second as it grows, bytes a row, deliveries a second, longest stalls. */
export async function benchStore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'newshound-bench-'));
  const path = join(folder, 'store.db');
  try {
    const store = await openSqliteStore({ path, synchronous: 'NORMAL' });
    await store.putFeeds(
      Array.from({ length: FEEDS }, (_, i) => feed(i)),
      newFeedState(0),
    );
    await store.close();
    const rows = [];
    for (const size of SIZES) rows.push(await measureSeen(path, size));
    console.table(rows);
    console.table([await measureDeliveries(join(folder, 'deliveries.db'))]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureSeen(path: string, size: number): Promise<Readonly<Record<string, number>>> {
  fillSeen(path, size);
  const opening = performance.now();
  const store = await openSqliteStore({ path, synchronous: 'NORMAL' });
  const opened = performance.now() - opening;
  const documents = Array.from({ length: ITEMS / ITEMS_A_FEED }, newDocument);
  const stall = watchStalls();
  const start = performance.now();
  let done = 0;
  while (done < ITEMS) {
    const now = Date.now();
    const leases = await store.leaseFeeds({ worker: 'w', now, limit: FEEDS, perHost: 1, leaseMs: LEASE_MS });
    await Promise.all(leases.map(async (lease) => takeIn(store, lease, documents.pop() ?? [], now)));
    done += leases.length * ITEMS_A_FEED;
  }
  const seconds = (performance.now() - start) / 1000;
  const longest = stall();
  const { seen } = await store.depths(Date.now());
  await store.close();
  return {
    rows: seen,
    'first-seen items/s': Math.round(done / seconds),
    'bytes a row': Math.round((seenBytes(path) / seen) * 10) / 10,
    'file MB': Math.round(statSync(path).size / 1e6),
    'open ms': Math.round(opened),
    'longest stall ms': Math.round(longest),
  };
}

/** Keys and story ids as digests are: no two alike, in no order. */
function newDocument(): SeenKey[] {
  const digest = (): string => randomBytes(8).toString('hex');
  return Array.from({ length: ITEMS_A_FEED }, () => ({ key: digest(), storyId: digest() }));
}

/** One document of new items: looked up, then committed. */
async function takeIn(store: Store, lease: FeedLease, items: readonly SeenKey[], now: number): Promise<void> {
  const found = await store.findSeen(items.map(({ key }) => key));
  const seen = items.filter((_, i) => found[i] === null);
  await store.commitFetch(lease, { feed: lease.feed, state: { ...lease.state, nextAt: 0 }, seen, now });
}

/** Fills the table up to a size as random keys would, in sorted batches that are quick to write. */
function fillSeen(path: string, size: number): void {
  const database = new DatabaseSync(path);
  const present = Number(database.prepare('SELECT count(*) AS n FROM seen').get()?.['n'] ?? 0);
  const batch = 250_000;
  for (let rows = present; rows < size; rows += batch) {
    database.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${Math.min(batch, size - rows)})
      INSERT OR IGNORE INTO seen (key, story, feed, day)
      SELECT random() AS key, random(), 1 + i % 1000, 20000 FROM n ORDER BY key`);
  }
  database.exec(`
    INSERT INTO counters (name, value) VALUES ('seen', (SELECT count(*) FROM seen))
    ON CONFLICT DO UPDATE SET value = excluded.value;
    PRAGMA wal_checkpoint(TRUNCATE)`);
  database.close();
}

function seenBytes(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const bytes = database.prepare("SELECT sum(pgsize) AS bytes FROM dbstat WHERE name = 'seen'").get()?.['bytes'];
  database.close();
  return Number(bytes);
}

async function measureDeliveries(path: string): Promise<Readonly<Record<string, number>>> {
  const store = await openSqliteStore({ path, synchronous: 'NORMAL' });
  const stall = watchStalls();
  const enqueueing = performance.now();
  const all = Array.from({ length: DELIVERIES }, (_, i) => delivery(i));
  for (let i = 0; i < all.length; i += LANES) {
    await Promise.all(all.slice(i, i + LANES).map(async (one) => store.enqueue([one])));
  }
  const claiming = performance.now();
  let settled = 0;
  while (settled < DELIVERIES) {
    const ask = { worker: 'w', platforms: ['slack'], now: Date.now(), lanes: 16, perLane: 50, leaseMs: LEASE_MS };
    const lanes = await store.claimLanes(ask);
    await Promise.all(lanes.map(async (lane) => settleAll(store, lane)));
    settled += lanes.reduce((sum, lane) => sum + lane.deliveries.length, 0);
  }
  const end = performance.now();
  const longest = stall();
  await store.close();
  return {
    deliveries: settled,
    'enqueue/s': Math.round((settled / (claiming - enqueueing)) * 1000),
    'claim + settle/s': Math.round((settled / (end - claiming)) * 1000),
    'enqueue + claim + settle/s': Math.round((settled / (end - enqueueing)) * 1000),
    'bytes a delivery': Math.round(statSync(path).size / settled),
    'longest stall ms': Math.round(longest),
  };
}

async function settleAll(store: Store, lane: Lane): Promise<void> {
  for (const { delivery: one } of lane.deliveries) {
    await store.settle(lane, one.key, { kind: 'sent', remoteId: `m${one.createdAt}`, at: Date.now() }, LEASE_MS);
  }
  await store.releaseLane(lane, 0);
}

/** Measures how long the event loop was kept busy in one piece; returns what gives the longest so far and stops. */
function watchStalls(): () => number {
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

function feed(i: number): Parameters<Store['putFeeds']>[0][number] {
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

function delivery(i: number): Delivery {
  const destination = `slack:T1:C${i % LANES}`;
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

if (import.meta.main) await benchStore();
