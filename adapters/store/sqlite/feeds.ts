import type { FeedLease, Store } from '../../../src/ports.ts';
import type { Feed, FeedState } from '../../../src/feeds/feed.ts';
import type { Database, Row } from './database.ts';
import { fromKey, toKey } from './keys.ts';

type Part = Pick<
  Store,
  | 'putFeeds'
  | 'removeFeed'
  | 'getFeed'
  | 'listFeeds'
  | 'leaseFeeds'
  | 'extendFeeds'
  | 'holdHost'
  | 'releaseFeeds'
  | 'findSeen'
  | 'commitFetch'
>;

const DAY_MS = 86_400_000;

/** Feeds, their leases, and the identity keys of their items. */
export function feedOperations(db: Database, now: () => number, changed: () => void): Part {
  const feedNumbers = new Map<string, number>();

  function numberOf(id: string): number {
    let number = feedNumbers.get(id);
    if (number === undefined) {
      number = Number(db.get('SELECT number FROM feeds WHERE id = ?', id)?.['number'] ?? 0);
      feedNumbers.set(id, number);
    }
    return number;
  }

  function settleHost(host: string): void {
    const row = db.get(
      'SELECT min(next_at) AS due FROM feeds INDEXED BY feeds_due WHERE host = ? AND next_at IS NOT NULL',
      host,
    );
    db.run(
      'INSERT INTO hosts (host, due_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET due_at = excluded.due_at',
      host,
      row?.['due'] ?? null,
    );
  }

  function write(number: number, feed: Feed, state: FeedState): void {
    const before = db.get('SELECT host FROM feeds WHERE number = ?', number);
    db.run(
      'UPDATE feeds SET feed = ?, state = ?, host = ?, next_at = ? WHERE number = ?',
      JSON.stringify(feed),
      JSON.stringify(state),
      feed.host,
      state.stopped === '' ? state.nextAt : null,
      number,
    );
    if (before && before['host'] !== feed.host) settleHost(String(before['host']));
    settleHost(feed.host);
  }

  /** The number of a leased feed, or null when the lease was lost. */
  function held({ feed, token }: FeedLease): number | null {
    const row = db.get(
      'SELECT number FROM feeds WHERE id = ? AND token = ? AND lease_until > 0 AND removed = 0',
      feed.id,
      Number(token),
    );
    return row ? Number(row['number']) : null;
  }

  return {
    async putFeeds(feeds, initial) {
      db.transact(() => {
        for (const feed of feeds) {
          const row = db.get('SELECT number, removed, state FROM feeds WHERE id = ?', feed.id);
          if (!row) {
            db.run(
              'INSERT INTO feeds (id, feed, state, host, next_at) VALUES (?, ?, ?, ?, ?)',
              feed.id,
              JSON.stringify(feed),
              JSON.stringify(initial),
              feed.host,
              initial.nextAt,
            );
            settleHost(feed.host);
          } else if (row['removed'] === 1) {
            db.run('UPDATE feeds SET removed = 0, lease_until = 0 WHERE number = ?', row['number'] ?? 0);
            write(Number(row['number']), feed, initial);
          } else {
            write(Number(row['number']), feed, JSON.parse(String(row['state'])) as FeedState);
          }
        }
      });
      changed();
    },

    async removeFeed(id) {
      return db.transact(() => {
        // The row stays, so that the number in its identity keys stays its own.
        const { changes } = db.run(
          'UPDATE feeds SET removed = 1, next_at = NULL, lease_until = 0 WHERE id = ? AND removed = 0',
          id,
        );
        const row = db.get('SELECT host FROM feeds WHERE id = ?', id);
        if (row) settleHost(String(row['host']));
        return changes > 0;
      });
    },

    async getFeed(id) {
      const row = db.get('SELECT feed, state FROM feeds WHERE id = ? AND removed = 0', id);
      return row ? watched(row) : null;
    },

    async listFeeds(after, limit) {
      return db
        .all('SELECT feed, state FROM feeds WHERE id > ? AND removed = 0 ORDER BY id LIMIT ?', after, limit)
        .map(watched);
    },

    async leaseFeeds({ now: at, limit, perHost, leaseMs }) {
      return db.transact(() => {
        const leases: FeedLease[] = [];
        // A host whose feeds are all on lease stays in the list; there are never more of those than feeds on lease.
        const hosts = db.all(
          'SELECT host FROM hosts WHERE due_at <= ? AND hold_until <= ? ORDER BY due_at LIMIT ?',
          at,
          at,
          limit * 2 + 64,
        );
        for (const { host = '' } of hosts) {
          if (leases.length >= limit) break;
          const leased = db.get('SELECT count(*) AS n FROM feeds WHERE host = ? AND lease_until > ?', host, at);
          const room = Math.min(perHost - Number(leased?.['n'] ?? 0), limit - leases.length);
          if (room <= 0) continue;
          const due = db.all(
            'SELECT number, feed, state FROM feeds INDEXED BY feeds_due WHERE host = ? AND next_at <= ? AND lease_until <= ? ORDER BY next_at LIMIT ?',
            host,
            at,
            at,
            room,
          );
          for (const row of due) {
            const token = db.get(
              'UPDATE feeds SET lease_until = ?, token = token + 1 WHERE number = ? RETURNING token',
              at + leaseMs,
              row['number'] ?? 0,
            );
            leases.push({ ...watched(row), token: String(token?.['token']) });
          }
        }
        return leases;
      });
    },

    async extendFeeds(leases, at, leaseMs) {
      db.transact(() => {
        for (const lease of leases) {
          db.run(
            'UPDATE feeds SET lease_until = ? WHERE id = ? AND token = ? AND lease_until > 0',
            at + leaseMs,
            lease.feed.id,
            Number(lease.token),
          );
        }
      });
    },

    async holdHost(host, until) {
      db.run(
        'INSERT INTO hosts (host, hold_until) VALUES (?, ?) ON CONFLICT DO UPDATE SET hold_until = max(hold_until, excluded.hold_until)',
        host,
        until,
      );
    },

    async releaseFeeds(leases) {
      db.transact(() => {
        for (const { feed, token } of leases) {
          db.run('UPDATE feeds SET lease_until = 0 WHERE id = ? AND token = ?', feed.id, Number(token));
        }
      });
      changed();
    },

    async findSeen(keys) {
      const found = keys.map((key) =>
        db.get(
          'SELECT CAST(seen.story AS TEXT) AS story, seen.day, feeds.id FROM seen JOIN feeds ON feeds.number = seen.feed WHERE key = ?',
          toKey(key),
        ),
      );
      return found.map((row) =>
        row
          ? { storyId: fromKey(row['story']), feedId: String(row['id']), lastSeen: Number(row['day']) * DAY_MS }
          : null,
      );
    },

    async commitFetch(lease, { feed, state, seen, now: at }) {
      return db.transact(() => {
        const number = held(lease);
        if (number === null) return false;
        const day = Math.floor(at / DAY_MS);
        for (const { key, storyId } of seen) {
          db.run(
            'INSERT INTO seen (key, story, feed, day) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET story = excluded.story, day = excluded.day',
            toKey(key),
            toKey(storyId),
            numberOf(lease.feed.id),
            day,
          );
        }
        db.run('UPDATE feeds SET lease_until = 0 WHERE number = ?', number);
        write(number, feed, state);
        return true;
      });
    },
  };
}

function watched(row: Row): { feed: Feed; state: FeedState } {
  return { feed: JSON.parse(String(row['feed'])) as Feed, state: JSON.parse(String(row['state'])) as FeedState };
}
