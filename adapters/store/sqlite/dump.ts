import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreError, type DumpRecord, type Store } from '../../../src/ports.ts';
import type { Feed, FeedState } from '../../../src/feeds/feed.ts';
import type { Subscription } from '../../../src/subscription/subscription.ts';
import { loadInPages } from '../dump-pages.ts';
import { parseStored } from '../stored.ts';
import type { Connection } from './connection.ts';
import { decisionColumns, decisionOf, type DecisionRow } from './decisions.ts';
import type { Decisions } from './decisions.ts';
import type { Deliveries } from './deliveries.ts';
import { deliveryColumns, deliveryRecordOf, type DeliveryRow } from './delivery-row.ts';
import type { Documents } from './documents.ts';
import type { Feeds } from './feeds.ts';
import { DAY_MS, recordOf, type SeenKeys, type SeenRow } from './seen.ts';
import { hexOf } from './hex-key.ts';
import { storeErrorOf } from './store-error.ts';
import { entryOf, type StoryLog, type StoryRow } from './story-log.ts';
import type { Subscriptions } from './subscriptions.ts';

interface Parts {
  readonly feeds: Feeds;
  readonly seen: SeenKeys;
  readonly stories: StoryLog;
  readonly deliveries: Deliveries;
  readonly decisions: Decisions;
  readonly subscriptions: Subscriptions;
  readonly documents: Documents;
}

const PAGE = 200;
const filled = ['feeds', 'seen', 'stories', 'deliveries', 'decisions', 'subscriptions', 'documents'];

/** Everything as records and back. A dump is of one moment: it reads on a connection of its own, in one read transaction. */
export function createDump(connection: Connection, parts: Parts): Pick<Store, 'dump' | 'load'> {
  async function* dump(): AsyncGenerator<DumpRecord> {
    const database = openSnapshot(connection.path);
    try {
      yield* records(database);
    } catch (error) {
      throw storeErrorOf(error);
    } finally {
      database.close();
    }
  }

  function loadOne(record: DumpRecord): void {
    switch (record.kind) {
      case 'feed':
        return parts.feeds.restore(record.feed, record.state);
      case 'seen': {
        const { storyId, feedId, lastSeen } = record.record;
        const number = parts.feeds.numberOf(feedId);
        return parts.seen.remember([{ key: record.key, storyId }], number, Math.floor(lastSeen / DAY_MS));
      }
      case 'story':
        return parts.stories.add(record.entry);
      case 'delivery':
        return parts.deliveries.restore(record.record);
      case 'decision':
        return parts.decisions.record(record.decision);
      case 'subscription':
        return void parts.subscriptions.put(record.subscription);
      case 'document':
        return parts.documents.put(record.type, record.id, record.value, record.expiresAt);
    }
  }

  async function loadPage(page: readonly DumpRecord[]): Promise<void> {
    await connection.write(page.length, () => {
      for (const record of page) loadOne(record);
    });
  }

  async function refuseUnlessEmpty(): Promise<void> {
    const table = await connection.read(() =>
      filled.find((name) => connection.database.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get()),
    );
    if (table !== undefined) throw new StoreError('not_empty', `The Store is not empty: there are ${table} in it`);
  }

  return {
    dump,

    async load(given) {
      await refuseUnlessEmpty();
      const loaded = await loadInPages(given, PAGE, loadPage);
      connection.hint('feeds');
      connection.hint('subscriptions');
      return loaded;
    },
  };
}

function openSnapshot(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 1000 });
    database.exec('BEGIN');
    return database;
  } catch (error) {
    throw storeErrorOf(error);
  }
}

async function* records(database: DatabaseSync): AsyncGenerator<DumpRecord> {
  const prepare = (sql: string): StatementSync => {
    const statement = database.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  };
  const first = -(2n ** 63n);

  for await (const row of pages(
    prepare('SELECT number AS at, feed, state FROM feeds WHERE number > ? ORDER BY 1 LIMIT ?'),
    first,
  )) {
    yield { kind: 'feed', feed: parseStored(row['feed']) as Feed, state: parseStored(row['state']) as FeedState };
  }
  const seen = `
    SELECT key AS at, key, story, id AS feed, day FROM seen JOIN feed_numbers ON number = feed
    WHERE key > ? ORDER BY key LIMIT ?`;
  for await (const row of pages(prepare(seen), first)) {
    const found = row as unknown as SeenRow;
    yield { kind: 'seen', key: hexOf(found.key), record: recordOf(found) };
  }
  const stories = `
    SELECT position AS at, position, group_id, alike, tier, story FROM stories WHERE position > ? ORDER BY 1 LIMIT ?`;
  for await (const row of pages(prepare(stories), first)) {
    yield { kind: 'story', entry: entryOf(row as unknown as StoryRow) };
  }
  // As enqueued: the members of a digest come before it.
  const deliveries = `SELECT sequence AS at, ${deliveryColumns} FROM deliveries WHERE sequence > ? ORDER BY 1 LIMIT ?`;
  for await (const row of pages(prepare(deliveries), first)) {
    yield { kind: 'delivery', record: deliveryRecordOf(row as unknown as DeliveryRow) };
  }
  const decisions = `
    SELECT decisions.number AS cursor, ${decisionColumns} FROM decisions JOIN lanes ON lanes.number = lane
    WHERE decisions.number > ? ORDER BY decisions.number LIMIT ?`;
  for await (const row of pages(prepare(decisions), first, 'cursor')) {
    yield { kind: 'decision', decision: decisionOf(row as unknown as DecisionRow) };
  }
  for await (const row of pages(
    prepare('SELECT id AS at, subscription FROM subscriptions WHERE id > ? ORDER BY 1 LIMIT ?'),
    first,
  )) {
    yield { kind: 'subscription', subscription: parseStored(row['subscription']) as Subscription };
  }
  yield* documents(database);
}

async function* documents(database: DatabaseSync): AsyncGenerator<DumpRecord> {
  const page = database.prepare(`
    SELECT kind, id, value, expires_at FROM documents WHERE (kind, id) > (?, ?) ORDER BY kind, id LIMIT ${PAGE}`);
  let [kind, id] = ['', ''];
  for (;;) {
    const rows = page.all(kind, id);
    for (const row of rows) {
      const expiresAt = row['expires_at'] === null ? null : Number(row['expires_at']);
      yield {
        kind: 'document',
        type: String(row['kind']),
        id: String(row['id']),
        value: parseStored(row['value']),
        expiresAt,
      };
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    [kind, id] = [String(last['kind']), String(last['id'])];
    await nextTurn();
  }
}

/** Rows in order of one whole number, page by page; the event loop is given a turn between pages. */
async function* pages(
  statement: StatementSync,
  first: bigint,
  cursor = 'at',
): AsyncGenerator<Readonly<Record<string, unknown>>> {
  let after = first;
  for (;;) {
    const rows = statement.all(after, PAGE);
    yield* rows;
    const last = rows.at(-1)?.[cursor];
    if (typeof last !== 'bigint' || rows.length < PAGE) return;
    after = last;
    await nextTurn();
  }
}
