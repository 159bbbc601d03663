import type { FeedLease, Store } from '../../../src/ports.ts';
import type { Feed, FeedState } from '../../../src/feeds/feed.ts';
import type { FeedId } from '../../../src/story/story.ts';
import type { Connection } from './connection.ts';
import { pagesOf } from './shards.ts';
import { parseStored, wholeMs } from '../stored.ts';

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

export interface Feeds {
  readonly operations: FeedOperations;
  /** Whether a lease stands; if so it is kept for at least `ms` more. */
  hold(lease: FeedLease, ms: number): Promise<boolean>;
  /** Writes the new state of a feed and ends the lease; false when it was lost. */
  commit(lease: FeedLease, feed: Feed, state: FeedState): Promise<boolean>;
  /** The small number of each feed id, given where there is none yet. */
  numbersOf(ids: readonly FeedId[]): Promise<ReadonlyMap<FeedId, number>>;
  /** The feed ids that small numbers stand for; '' for a number never given. */
  named(numbers: readonly number[]): Promise<ReadonlyMap<number, FeedId>>;
  restore(feed: Feed, state: FeedState): Promise<void>;
  depths(now: number): Promise<{ readonly feeds: number; readonly oldestDueFeed: number | null }>;
  sweep(now: number): Promise<number>;
}

/** All feeds stand under one tag: what is due is one order over all hosts, and a lease is one step. */
const TAG = 'f';
const FEEDS_A_CALL = 200;

export function createFeeds(connection: Connection): Feeds {
  const { run, ask, key } = connection;
  const numbers = new Map<FeedId, number>();
  const ids = new Map<number, FeedId>();

  function learn(id: FeedId, number: number): void {
    numbers.set(id, number);
    ids.set(number, id);
  }

  return {
    async hold({ feed, token }, ms) {
      return (await run('holdFeed', TAG, [feed.id, token, ms])) === 1;
    },

    async commit({ feed: { id }, token }, feed, state) {
      const texts = [JSON.stringify(feed), JSON.stringify(state)];
      return (await run('commitFeed', TAG, [id, token, feed.host, nextAt(state), ...texts])) === 1;
    },

    async numbersOf(asked) {
      for (const page of pagesOf(
        [...new Set(asked)].filter((id) => !numbers.has(id)),
        FEEDS_A_CALL,
      )) {
        const given = (await run('numberFeeds', TAG, page)) as readonly number[];
        for (const [i, id] of page.entries()) learn(id, given[i] ?? 0);
      }
      return numbers;
    },

    async named(asked) {
      for (const page of pagesOf(
        [...new Set(asked)].filter((number) => !ids.has(number)),
        FEEDS_A_CALL,
      )) {
        const found = await ask(async (redis) => redis.hmget(key(TAG, ':named'), ...page.map(String)));
        for (const [i, number] of page.entries()) learn(found[i] ?? '', number);
      }
      return ids;
    },

    async restore(feed, state) {
      await run('restoreFeed', TAG, [feed.id, feed.host, nextAt(state), JSON.stringify(feed), JSON.stringify(state)]);
    },

    async depths(now) {
      const [feeds, oldest] = (await run('feedDepths', TAG, [now])) as readonly [number, string | null];
      return { feeds, oldestDueFeed: oldest === null ? null : Number(oldest) };
    },

    sweep: async (now) => Number(await run('sweepHolds', TAG, [now])),

    operations: {
      async putFeeds(feeds, initial) {
        for (const page of pagesOf(feeds, FEEDS_A_CALL)) {
          const each = page.flatMap((feed) => [feed.id, feed.host, JSON.stringify(feed)]);
          await run('putFeeds', TAG, [nextAt(initial), JSON.stringify(initial), ...each]);
        }
        connection.hint('feeds');
      },

      async removeFeed(id) {
        const removed = (await run('removeFeed', TAG, [id])) === 1;
        if (removed) connection.hint('feeds');
        return removed;
      },

      async getFeed(id) {
        const [feed, state] = await ask(async (redis) => redis.hmget(key(TAG, `:f:${id}`), 'feed', 'state'));
        return typeof feed === 'string' && typeof state === 'string' ? feedOf(feed, state) : null;
      },

      async listFeeds(after, limit) {
        const found = [];
        let last = after;
        while (found.length < limit) {
          const page = (await run('listFeeds', TAG, [last, Math.min(limit - found.length, FEEDS_A_CALL)])) as string[];
          for (let i = 0; i < page.length; i += 2) found.push(feedOf(page[i] ?? '', page[i + 1] ?? ''));
          if (page.length < FEEDS_A_CALL * 2) return found;
          last = found.at(-1)?.feed.id ?? '';
        }
        return found;
      },

      async leaseFeeds({ now, limit, perHost, leaseMs }) {
        const [token = '', ...found] = (await run('leaseFeeds', TAG, [now, limit, perHost, leaseMs])) as string[];
        const leases: FeedLease[] = [];
        for (let i = 0; i < found.length; i += 2) {
          const { feed, state } = feedOf(found[i] ?? '', found[i + 1] ?? '');
          leases.push({ feed, state, token });
        }
        return leases;
      },

      async wakeFeeds(now) {
        await run('wakeFeeds', TAG, [wholeMs(now)]);
      },

      async holdHost(host, until) {
        await run('holdHost', TAG, [host, wholeMs(until)]);
      },

      async extendFeeds(leases, _now, leaseMs) {
        for (const page of pagesOf(leases, FEEDS_A_CALL)) await run('extendFeeds', TAG, [leaseMs, ...held(page)]);
      },

      async releaseFeeds(leases) {
        for (const page of pagesOf(leases, FEEDS_A_CALL)) await run('releaseFeeds', TAG, held(page));
      },
    },
  };
}

function held(leases: readonly FeedLease[]): string[] {
  return leases.flatMap(({ feed, token }) => [String(feed.id), token]);
}

function feedOf(feed: string, state: string): { readonly feed: Feed; readonly state: FeedState } {
  return { feed: parseStored(feed) as Feed, state: parseStored(state) as FeedState };
}

/** When to look next; '' for a feed that is not looked at any more. */
function nextAt(state: FeedState): number | '' {
  return state.stopped === '' ? wholeMs(state.nextAt) : '';
}
