import { backup } from 'node:sqlite';
import type { Decision } from '../../../src/delivery/decision.ts';
import type { Feed, FeedState } from '../../../src/feeds/feed.ts';
import { StoreError, type DumpRecord, type LoggedStory, type Store, type SweepPolicy } from '../../../src/ports.ts';
import { openDatabase, type Database, type DatabaseOptions, type Row } from './database.ts';
import { deliveryOperations, recordFrom } from './deliveries.ts';
import { feedOperations } from './feeds.ts';
import { fromKey, toKey } from './keys.ts';
import { storyOperations } from './stories.ts';
import { subscriptionFrom, subscriptionOperations } from './subscriptions.ts';

const DAY_MS = 86_400_000;
const PAGE = 200;
/** The log of changes keeps this many: a follower further behind takes a snapshot. */
const CHANGES_KEPT = 10_000;

type Topic = Parameters<Parameters<Store['watch']>[0]>[0];

/**
 * The embedded store: one SQLite file, several processes may open it. Rejects with a StoreError for a file that is
 * damaged, read-only, of a later version, or no store at all.
 * @param options.now ends leases that are prolonged; the system's clock unless given
 */
export async function openSqliteStore(options: DatabaseOptions & { readonly now?: () => number }): Promise<Store> {
  const now = options.now ?? Date.now;
  const db = openDatabase(options);
  const listeners = new Set<(topic: Topic) => void>();
  const changed = (topic: Topic) => (): void => {
    for (const listener of listeners) listener(topic);
  };

  return {
    ...feedOperations(db, now, changed('feeds')),
    ...storyOperations(db),
    ...deliveryOperations(db, now, changed('deliveries')),
    ...subscriptionOperations(db, changed('subscriptions')),
    ...documentOperations(db, now),
    ...dumpOperations(db),

    async sweep(at, policy) {
      return { swept: sweep(db, at, policy) };
    },

    async depths(at) {
      const count = (sql: string): number => Number(db.get(sql)?.['n'] ?? 0);
      const due = (sql: string): number | null => {
        const value = db.get(sql, at)?.['due'];
        return value === null || value === undefined ? null : Number(value);
      };
      return {
        feeds: count('SELECT count(*) AS n FROM feeds WHERE removed = 0'),
        subscriptions: count("SELECT count(*) AS n FROM subscriptions WHERE state <> 'removed'"),
        stories: count('SELECT count(*) AS n FROM stories'),
        seen: count('SELECT count(*) AS n FROM seen'),
        queued: count("SELECT count(*) AS n FROM deliveries WHERE state = 'queued'"),
        dead: count("SELECT count(*) AS n FROM deliveries WHERE state = 'dead'"),
        oldestDueFeed: due('SELECT min(due_at) AS due FROM hosts WHERE due_at <= ?1 AND hold_until <= ?1'),
        oldestDueDelivery: due('SELECT min(due_at) AS due FROM lanes WHERE due_at <= ?1'),
      };
    },

    async probe() {
      db.run("INSERT INTO counters (name, value) VALUES ('probe', 1) ON CONFLICT DO UPDATE SET value = value + 1");
      if (db.get("SELECT value FROM counters WHERE name = 'probe'") === undefined) {
        throw new StoreError('unreachable', 'what was written to the store cannot be read back');
      }
    },

    watch(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    async backup(path) {
      await backup(db.raw, path);
    },

    async close() {
      listeners.clear();
      db.close();
    },
  };
}

function documentOperations(
  db: Database,
  now: () => number,
): Pick<Store, 'getDocument' | 'putDocument' | 'deleteDocument' | 'listDocuments' | 'runOnce' | 'tally'> {
  return {
    async getDocument(kind, id) {
      const row = db.get(
        'SELECT value FROM documents WHERE kind = ? AND id = ? AND (expires_at IS NULL OR expires_at > ?)',
        kind,
        id,
        now(),
      );
      return row ? (JSON.parse(String(row['value'])) as unknown) : null;
    },

    async putDocument(kind, id, value, expiresAt) {
      db.run(
        'INSERT INTO documents (kind, id, value, expires_at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at',
        kind,
        id,
        JSON.stringify(value),
        expiresAt,
      );
    },

    async deleteDocument(kind, id) {
      db.run('DELETE FROM documents WHERE kind = ? AND id = ?', kind, id);
    },

    async listDocuments(kind) {
      return db
        .all(
          'SELECT id, value FROM documents WHERE kind = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY id',
          kind,
          now(),
        )
        .map((row) => ({ id: String(row['id']), value: JSON.parse(String(row['value'])) as unknown }));
    },

    async runOnce(key, at, ttlMs) {
      const { changes } = db.run(
        'INSERT INTO once (key, until) VALUES (?, ?) ON CONFLICT DO UPDATE SET until = excluded.until WHERE until <= ?',
        key,
        at + ttlMs,
        at,
      );
      return changes > 0;
    },

    async tally(key, at, windowMs) {
      return db.transact(() => {
        db.run('DELETE FROM tallies WHERE key = ? AND at <= ?', key, at - windowMs);
        db.run('INSERT INTO tallies (key, at) VALUES (?, ?)', key, at);
        return Number(db.get('SELECT count(*) AS n FROM tallies WHERE key = ?', key)?.['n'] ?? 0);
      });
    },
  };
}

/** A little at a time, so that nobody waits for it. Returns how many rows went. */
function sweep(db: Database, at: number, policy: SweepPolicy): number {
  const old: readonly (readonly [table: string, where: string, before: number])[] = [
    ['seen', 'day < ?', Math.floor((at - policy.seenMs) / DAY_MS)],
    ['stories', 'first_seen < ?', at - policy.archiveMs],
    ['decisions', 'at < ?', at - policy.archiveMs],
    ['deliveries', 'settled_at < ?', at - policy.settledMs],
    ['subscriptions', "state = 'removed' AND removed_at < ?", at - policy.removedMs],
    ['documents', 'expires_at <= ?', at],
    ['once', 'until <= ?', at],
    ['tallies', 'at < ?', at - 7 * DAY_MS],
  ];
  let swept = 0;
  for (const [table, where, before] of old) {
    const key = { seen: 'key', stories: 'position', documents: 'rowid', once: 'rowid' }[table] ?? 'rowid';
    const id = table === 'documents' ? '(kind, id)' : table === 'once' ? 'key' : key;
    const columns = table === 'documents' ? 'kind, id' : id;
    for (;;) {
      const { changes } = db.run(
        `DELETE FROM ${table} WHERE ${id} IN (SELECT ${columns} FROM ${table} WHERE ${where} LIMIT ${PAGE})`,
        before,
      );
      swept += changes;
      if (changes < PAGE) break;
    }
  }
  const end = Number(db.get("SELECT seq FROM sqlite_sequence WHERE name = 'changes'")?.['seq'] ?? 0);
  return swept + db.run('DELETE FROM changes WHERE seq <= ?', end - CHANGES_KEPT).changes;
}

function dumpOperations(db: Database): Pick<Store, 'dump' | 'load'> {
  async function* pages(sql: string, key: string, first: bigint | number): AsyncGenerator<Row> {
    let after: bigint | number = first;
    for (;;) {
      const rows = db.all(sql, after, PAGE);
      yield* rows;
      const last = rows.at(-1)?.[key];
      if (rows.length < PAGE || last === undefined) return;
      after = BigInt(String(last));
    }
  }

  async function* dump(): AsyncGenerator<DumpRecord> {
    const smallest = -(2n ** 63n);
    for await (const row of pages(
      'SELECT * FROM feeds WHERE number > ? AND removed = 0 ORDER BY number LIMIT ?',
      'number',
      0,
    )) {
      yield {
        kind: 'feed',
        feed: JSON.parse(String(row['feed'])) as Feed,
        state: JSON.parse(String(row['state'])) as FeedState,
      };
    }
    const seen = `SELECT CAST(key AS TEXT) AS key, CAST(story AS TEXT) AS story, day, feeds.id AS feed FROM seen
      JOIN feeds ON feeds.number = seen.feed WHERE seen.key > ? ORDER BY seen.key LIMIT ?`;
    for await (const row of pages(seen, 'key', smallest)) {
      const record = {
        storyId: fromKey(row['story']),
        feedId: String(row['feed']),
        lastSeen: Number(row['day']) * DAY_MS,
      };
      yield { kind: 'seen', key: fromKey(row['key']), record };
    }
    for await (const row of pages(
      'SELECT position, entry FROM stories WHERE position > ? ORDER BY position LIMIT ?',
      'position',
      0,
    )) {
      yield { kind: 'story', entry: JSON.parse(String(row['entry'])) as LoggedStory };
    }
    for await (const row of pages('SELECT * FROM deliveries WHERE number > ? ORDER BY number LIMIT ?', 'number', 0)) {
      yield { kind: 'delivery', record: recordFrom(row) };
    }
    for await (const row of pages(
      'SELECT number, decision FROM decisions WHERE number > ? ORDER BY number LIMIT ?',
      'number',
      0,
    )) {
      yield { kind: 'decision', decision: JSON.parse(String(row['decision'])) as Decision };
    }
    for await (const row of pages('SELECT * FROM subscriptions WHERE id > ? ORDER BY id LIMIT ?', 'id', 0)) {
      yield { kind: 'subscription', subscription: subscriptionFrom(row) };
    }
    for (const row of db.all('SELECT * FROM documents ORDER BY kind, id')) {
      const expiresAt = row['expires_at'] === null ? null : Number(row['expires_at']);
      yield {
        kind: 'document',
        type: String(row['kind']),
        id: String(row['id']),
        value: JSON.parse(String(row['value'])) as unknown,
        expiresAt,
      };
    }
  }

  return {
    dump,
    async load(records) {
      for (const table of ['feeds', 'stories', 'deliveries', 'subscriptions']) {
        if (db.get(`SELECT 1 FROM ${table} LIMIT 1`)) {
          throw new StoreError('not_empty', 'The store already holds something; a dump is loaded into an empty one.');
        }
      }
      let loaded = 0;
      let page: DumpRecord[] = [];
      const flush = (): void => {
        db.transact(() => {
          for (const record of page) loadOne(db, record);
        });
        loaded += page.length;
        page = [];
      };
      for await (const record of records) {
        page.push(record);
        if (page.length >= PAGE) flush();
      }
      flush();
      return loaded;
    },
  };
}

function loadOne(db: Database, record: DumpRecord): void {
  switch (record.kind) {
    case 'feed': {
      const { feed, state } = record;
      const next = state.stopped === '' ? state.nextAt : null;
      db.run(
        'INSERT INTO feeds (id, feed, state, host, next_at) VALUES (?, ?, ?, ?, ?)',
        feed.id,
        JSON.stringify(feed),
        JSON.stringify(state),
        feed.host,
        next,
      );
      db.run(
        'INSERT INTO hosts (host, due_at) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET due_at = min(ifnull(due_at, ?2), ifnull(?2, due_at))',
        feed.host,
        next,
      );
      return;
    }
    case 'seen': {
      const { storyId, feedId, lastSeen } = record.record;
      const feed = db.get('SELECT number FROM feeds WHERE id = ?', feedId)?.['number'];
      if (feed === undefined) return;
      db.run(
        'INSERT INTO seen (key, story, feed, day) VALUES (?, ?, ?, ?)',
        toKey(record.key),
        toKey(storyId),
        feed,
        Math.floor(lastSeen / DAY_MS),
      );
      return;
    }
    case 'story': {
      const { story } = record.entry;
      db.run(
        'INSERT INTO stories (id, first_seen, entry) VALUES (?, ?, ?)',
        story.id,
        story.firstSeen,
        JSON.stringify(record.entry),
      );
      return;
    }
    case 'delivery': {
      const { delivery, state, attempts, ambiguous, reason, remoteId, settledAt, boundTo } = record.record;
      const { id } = db.run(
        `INSERT INTO deliveries (key, destination, delivery, state, at, place, attempts, ambiguous, reason, remote_id, settled_at, bound_to)
         VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)`,
        delivery.key,
        delivery.destination,
        JSON.stringify(delivery),
        state,
        delivery.at,
        attempts,
        Number(ambiguous),
        reason,
        remoteId,
        settledAt,
        boundTo,
      );
      db.run('UPDATE deliveries SET place = number WHERE number = ?', id);
      db.run(
        `INSERT INTO lanes (destination, platform, due_at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET due_at = min(ifnull(due_at, ?3), ifnull(?3, due_at))`,
        delivery.destination,
        delivery.destination.slice(0, delivery.destination.indexOf(':')),
        state === 'queued' ? delivery.at : null,
      );
      return;
    }
    case 'decision': {
      const { storyId, subscriptionId, groupId, at, outcome } = record.decision;
      db.run(
        'INSERT INTO decisions (story, subscription, group_id, at, alert, decision) VALUES (?, ?, ?, ?, ?, ?)',
        storyId,
        subscriptionId,
        groupId,
        at,
        Number(outcome === 'queued' || outcome === 'held'),
        JSON.stringify(record.decision),
      );
      return;
    }
    case 'subscription': {
      const { id, destination, owner, state, removedAt } = record.subscription;
      db.run(
        'INSERT INTO subscriptions (id, destination, owner, state, removed_at, subscription) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        destination,
        owner,
        state,
        removedAt,
        JSON.stringify(record.subscription),
      );
      return;
    }
    case 'document':
      db.run(
        'INSERT INTO documents (kind, id, value, expires_at) VALUES (?, ?, ?, ?)',
        record.type,
        record.id,
        JSON.stringify(record.value),
        record.expiresAt,
      );
  }
}
