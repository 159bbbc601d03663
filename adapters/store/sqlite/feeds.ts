import type { FeedLease, Store } from '../../../src/ports.ts';
import type { Feed, FeedState } from '../../../src/feeds/feed.ts';
import type { FeedId } from '../../../src/story/story.ts';
import { onLease, tokenOf } from './lease.ts';
import { parseStored, wholeMs } from '../stored.ts';
import type { Connection } from './connection.ts';

type FeedOperations = Pick<
  Store,
  | 'putFeeds'
  | 'removeFeed'
  | 'getFeed'
  | 'listFeeds'
  | 'leaseFeeds'
  | 'wakeFeeds'
  | 'holdHost'
  | 'extendFeeds'
  | 'releaseFeeds'
>;

/** The feeds; what stands beside the operations is for use inside a running transaction. */
export interface Feeds {
  readonly operations: FeedOperations;
  /** The feed's number when this lease still stands and its new state was written; null when it was lost. */
  commit(lease: FeedLease, feed: Feed, state: FeedState): number | null;
  /** The number of a feed id, made where there is none yet. */
  numberOf(id: FeedId): number;
  /** Writes a feed with its state, whether or not it is there already. */
  restore(feed: Feed, state: FeedState): void;
}

interface FeedRow {
  readonly id: string;
  readonly next_at: number;
  readonly feed: string;
  readonly state: string;
}

export function createFeeds(connection: Connection): Feeds {
  const { prepare } = connection;
  const findNumber = prepare('SELECT number FROM feed_numbers WHERE id = ?');
  const addNumber = prepare('INSERT INTO feed_numbers (id) VALUES (?) RETURNING number');
  const find = prepare('SELECT id, feed, state FROM feeds WHERE id = ?');
  const findHost = prepare('SELECT host FROM feeds WHERE id = ?');
  const page = prepare('SELECT id, feed, state FROM feeds WHERE id > ? ORDER BY id LIMIT ?');
  const insert = prepare('INSERT INTO feeds (id, number, host, next_at, feed, state) VALUES (?, ?, ?, ?, ?, ?)');
  const change = prepare('UPDATE feeds SET host = ?, feed = ? WHERE id = ?');
  const remove = prepare('DELETE FROM feeds WHERE id = ? RETURNING host');
  const refreshHost = prepare(`
    INSERT INTO hosts (host, next_at) VALUES (?1, (SELECT min(next_at) FROM feeds WHERE host = ?1 AND next_at IS NOT NULL))
    ON CONFLICT (host) DO UPDATE SET next_at = excluded.next_at`);
  const wakeFeeds = prepare('UPDATE feeds SET next_at = ?1 WHERE next_at > ?1');
  const wakeHosts = prepare('UPDATE hosts SET next_at = ?1 WHERE next_at > ?1');
  const hold = prepare(`
    INSERT INTO hosts (host, held_until) VALUES (?, ?)
    ON CONFLICT (host) DO UPDATE SET held_until = max(held_until, excluded.held_until)`);
  const dueHosts = prepare(
    'SELECT host, next_at FROM hosts WHERE next_at <= ?1 AND held_until <= ?1 ORDER BY next_at, host',
  );
  const leasedOf = prepare(
    `SELECT count(*) AS count FROM feeds WHERE host = ?1 AND lease_until > 0 AND ${onLease('?2')}`,
  );
  const dueFeeds = prepare(`
    SELECT id, next_at, feed, state FROM feeds
    WHERE host = ?1 AND next_at <= ?2 AND NOT ${onLease('?3')} ORDER BY next_at LIMIT ?4`);
  const lease = prepare('UPDATE feeds SET lease_token = ?1, lease_until = ?2 + ?3, lease_ms = ?3 WHERE id = ?4');
  const leased = prepare('SELECT host, number FROM feeds WHERE id = ? AND lease_token = ?');
  const commit = prepare(
    'UPDATE feeds SET host = ?, next_at = ?, feed = ?, state = ?, lease_token = 0, lease_until = 0 WHERE id = ?',
  );
  const extend = prepare('UPDATE feeds SET lease_until = ?1 + ?2, lease_ms = ?2 WHERE id = ?3 AND lease_token = ?4');
  const release = prepare('UPDATE feeds SET lease_token = 0, lease_until = 0 WHERE id = ? AND lease_token = ?');

  function numberOf(id: FeedId): number {
    const row = findNumber.get(id) ?? addNumber.get(id);
    return Number(row?.['number']);
  }

  function hostOf(id: FeedId): string | null {
    const row = findHost.get(id);
    return row ? String(row['host']) : null;
  }

  /** Adds a feed, or changes one and leaves its state. Returns the hosts whose first feed may be another now. */
  function put(feed: Feed, initial: FeedState): string[] {
    const host = hostOf(feed.id);
    if (host === null) {
      insert.run(feed.id, numberOf(feed.id), feed.host, nextAt(initial), JSON.stringify(feed), JSON.stringify(initial));
      return [feed.host];
    }
    change.run(feed.host, JSON.stringify(feed), feed.id);
    return host === feed.host ? [] : [host, feed.host];
  }

  function write(id: FeedId, host: string, feed: Feed, state: FeedState): void {
    commit.run(feed.host, nextAt(state), JSON.stringify(feed), JSON.stringify(state), id);
    refreshHost.run(host);
    if (feed.host !== host) refreshHost.run(feed.host);
  }

  /**
   * Due feeds in order, found host by host: a host's first feed tells where the host stands in the order, so that only hosts
   * which come before the last of `limit` feeds are looked into.
   */
  function dueInOrder(now: number, limit: number, perHost: number): FeedRow[] {
    const found: FeedRow[] = [];
    const steady = connection.steady();
    if (limit <= 0) return found;
    for (const { host, next_at: first } of dueHosts.iterate(now)) {
      const last = found[limit - 1];
      if (last && last.next_at <= Number(first)) break;
      const free = perHost - Number(leasedOf.get(host ?? '', steady)?.['count'] ?? 0);
      if (free <= 0) continue;
      found.push(...(dueFeeds.all(host ?? '', now, steady, free) as unknown as FeedRow[]));
      found.sort((a, b) => a.next_at - b.next_at);
      found.splice(limit);
    }
    return found;
  }

  return {
    numberOf,

    restore(feed, state) {
      const hosts = put(feed, state);
      write(feed.id, hosts[0] ?? feed.host, feed, state);
    },

    commit(held, feed, state) {
      const { id } = held.feed;
      const row = leased.get(id, tokenOf(held));
      if (!row) return null;
      write(id, String(row['host']), feed, state);
      return Number(row['number']);
    },

    operations: {
      async putFeeds(feeds, initial) {
        await connection.write(feeds.length, () => {
          const hosts = new Set(feeds.flatMap((feed) => put(feed, initial)));
          for (const host of hosts) refreshHost.run(host);
        });
        connection.hint('feeds');
      },

      async removeFeed(id) {
        const removed = await connection.write(1, () => {
          const row = remove.get(id);
          if (row) refreshHost.run(row['host'] ?? '');
          return row !== undefined;
        });
        if (removed) connection.hint('feeds');
        return removed;
      },

      async getFeed(id) {
        const row = await connection.read(() => find.get(id));
        return row ? feedOf(row as unknown as FeedRow) : null;
      },

      async listFeeds(after, limit) {
        const rows = await connection.read(() => page.all(after, limit));
        return (rows as unknown as FeedRow[]).map(feedOf);
      },

      async leaseFeeds({ now, limit, perHost, leaseMs }) {
        return connection.write(limit, () => {
          const due = dueInOrder(now, limit, perHost);
          if (due.length === 0) return [];
          const token = connection.take('lease', 1);
          for (const { id } of due) lease.run(token, connection.steady(), wholeMs(leaseMs), id);
          return due.map((row) => {
            const { feed, state } = feedOf(row);
            return { feed, state, token: String(token) };
          });
        });
      },

      async wakeFeeds(now) {
        await connection.write(1, () => {
          for (const wake of [wakeFeeds, wakeHosts]) wake.run(wholeMs(now));
        });
      },

      async holdHost(host, until) {
        await connection.write(1, () => hold.run(host, wholeMs(until)));
      },

      async extendFeeds(leases, _now, leaseMs) {
        await connection.write(leases.length, () => {
          for (const held of leases) extend.run(connection.steady(), wholeMs(leaseMs), held.feed.id, tokenOf(held));
        });
      },

      async releaseFeeds(leases) {
        await connection.write(leases.length, () => {
          for (const held of leases) release.run(held.feed.id, tokenOf(held));
        });
      },
    },
  };
}

function feedOf({ feed, state }: FeedRow): { readonly feed: Feed; readonly state: FeedState } {
  return { feed: parseStored(feed) as Feed, state: parseStored(state) as FeedState };
}

/** When to look next; null for a feed that is not looked at any more. */
function nextAt(state: FeedState): number | null {
  return state.stopped === '' ? wholeMs(state.nextAt) : null;
}
