import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../adapters/store/sqlite/store.ts';
import { newFeedState } from '../src/feeds/feed.ts';
import { benchRedisStore } from './store-redis.ts';
import { benchRedisScripts } from './store-scripts.ts';
import { delivery, enqueueAll, feed, FEEDS, sendAll, takeInItems, watchStalls } from './store-load.ts';

/** Rows in the table of seen keys when first-seen items are measured. */
const SIZES = [100_000, 1_000_000, 5_000_000];
const ITEMS = 80_000;
const DELIVERIES = 20_000;

/** What the Stores bear: first-seen items a second as they grow, bytes a key, deliveries a second, longest stalls. */
export async function benchStore(): Promise<void> {
  console.log('SQLite');
  await benchSqliteStore();
  console.log('Redis');
  await benchRedisStore();
  console.log('Redis, by the steps of a delivery');
  await benchRedisScripts();
}

async function benchSqliteStore(): Promise<void> {
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
  const stall = watchStalls();
  const start = performance.now();
  const done = await takeInItems(store, ITEMS);
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
  const all = Array.from({ length: DELIVERIES }, (_, i) => delivery(i));
  const enqueueing = performance.now();
  await enqueueAll(store, all);
  const claiming = performance.now();
  await sendAll(store, DELIVERIES);
  const end = performance.now();
  const longest = stall();
  await store.close();
  return {
    deliveries: DELIVERIES,
    'enqueue/s': Math.round((DELIVERIES / (claiming - enqueueing)) * 1000),
    'claim + settle/s': Math.round((DELIVERIES / (end - claiming)) * 1000),
    'enqueue + claim + settle/s': Math.round((DELIVERIES / (end - enqueueing)) * 1000),
    'bytes a delivery': Math.round(statSync(path).size / DELIVERIES),
    'longest stall ms': Math.round(longest),
  };
}

if (import.meta.main) await benchStore();
