import { randomUUID } from 'node:crypto';
import { StoreError, type Store } from '../../../src/ports.ts';
import { readAddress, showAddress } from './address.ts';
import { connect, type Connection } from './connection.ts';
import { createDecisions } from './decisions.ts';
import { createDeliveries } from './deliveries.ts';
import { createDocuments } from './documents.ts';
import { createDump } from './dump.ts';
import { createFeeds } from './feeds.ts';
import { inspectRedis, type RedisFindings } from './inspect.ts';
import { createLanes } from './lanes.ts';
import { createSeen, DAY_MS } from './seen.ts';
import { shardsOf } from './shards.ts';
import { createStoryLog } from './story-log.ts';
import { createSubscriptions } from './subscriptions.ts';

export interface RedisStoreOptions {
  /** `redis://`, `rediss://`, `redis+cluster://`, `redis+sentinel://` or `redis+socket://`; see `readAddress`. */
  readonly url: string;
  /** What all keys begin with; `nh` unless given. */
  readonly prefix?: string;
  /** Entries of the subscription log that are kept, at least 1; 10,000 unless given. */
  readonly changesKept?: number;
  /** How long the first connection is tried for (ms); 15,000 unless given. */
  readonly openMs?: number;
  /** How long a connection may take, and how long an answer (ms); 5,000 unless given. */
  readonly connectMs?: number;
  readonly commandMs?: number;
  /** What is done about a Redis that may lose what it is given; `refuse` unless given. */
  readonly unsafe?: 'refuse' | 'warn';
  /** Told what was found when the Store was opened, and where. */
  readonly onFound?: (found: RedisFindings & { readonly where: string }) => void;
  /** Told each time the connection is lost, and each time it is there again; the reason holds no password. */
  readonly onConnection?: (state: { readonly connected: boolean; readonly reason: string }) => void;
}

const CHANGES_KEPT = 10_000;
const OPEN_MS = 15_000;
const TIMEOUT_MS = 5000;
const PROBE_SECONDS = 600;

/**
 * Opens the shared Store: any number of processes on one Redis. Once open it connects again by itself for ever.
 * @throws StoreError `bad_address`, `unreachable`, `refused`, or `unsafe` when it may lose what it is given
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  const address = readAddress(options.url);
  const where = showAddress(address);
  const connection = connect({
    address,
    prefix: options.prefix ?? 'nh',
    openMs: options.openMs ?? OPEN_MS,
    connectMs: options.connectMs ?? TIMEOUT_MS,
    commandMs: options.commandMs ?? TIMEOUT_MS,
    onConnection: options.onConnection ?? (() => undefined),
  });
  try {
    await connection.open();
    const found = await connection.ask(inspectRedis);
    options.onFound?.({ ...found, where });
    if (found.problems.length > 0 && options.unsafe !== 'warn') throw unsafe(found.problems);
    return createRedisStore(connection, options.changesKept ?? CHANGES_KEPT);
  } catch (error) {
    await connection.close();
    const code = error instanceof StoreError ? error.code : 'unreachable';
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError(code, `Redis at ${where} cannot be used. ${why}`);
  }
}

function unsafe(problems: readonly string[]): StoreError {
  return new StoreError(
    'unsafe',
    `It is not set up to keep what it is given: ${problems.join('; ')}. Set store.redisUnsafe to warn to use it all the same.`,
  );
}

/** The Store over a connection; closing the Store closes it. */
function createRedisStore(connection: Connection, changesKept: number): Store {
  const feeds = createFeeds(connection);
  const seen = createSeen(connection, feeds);
  const stories = createStoryLog(connection);
  const deliveries = createDeliveries(connection);
  const decisions = createDecisions(connection);
  const subscriptions = createSubscriptions(connection, changesKept);
  const documents = createDocuments(connection);

  const parts = { feeds, seen, stories, deliveries, decisions, subscriptions, documents };
  const { dump, load } = createDump(connection, parts);

  const operations: Omit<Store, 'dump' | 'watch' | 'close'> = {
    load,
    ...feeds.operations,
    ...seen.operations,
    ...stories.operations,
    ...deliveries.operations,
    ...createLanes(connection),
    ...decisions.operations,
    ...subscriptions.operations,
    ...documents.operations,

    async sweep(now, policy) {
      // A key's day is the start of the day it was last seen in: it goes when the whole day is past its time.
      let swept = await seen.sweep(Math.floor((now - policy.seenMs) / DAY_MS) * DAY_MS);
      swept += await stories.sweep(now - policy.archiveMs);
      swept += await decisions.sweep(now - policy.archiveMs);
      swept += await deliveries.sweep(now - policy.settledMs);
      swept += await subscriptions.sweep(now - policy.removedMs);
      swept += await documents.sweep();
      swept += await feeds.sweep(now);
      return { swept };
    },

    async depths(now) {
      const [ofFeeds, ofDeliveries, known, logged, asked] = await Promise.all([
        feeds.depths(now),
        deliveries.depths(now),
        seen.count(),
        stories.count(),
        subscriptions.count(),
      ]);
      return { ...ofFeeds, ...ofDeliveries, seen: known, stories: logged, subscriptions: asked };
    },

    async probe() {
      // In a cluster every node that holds something is asked.
      const word = randomUUID();
      await Promise.all(
        ['f', 'l', 'u', 'k', ...shardsOf('s'), ...shardsOf('d'), ...shardsOf('w')].map(async (tag) => {
          const name = connection.key(tag, `:probe:${word}`);
          await connection.ask(async (redis) => redis.set(name, word, 'EX', PROBE_SECONDS));
          const found = await connection.ask(async (redis) => redis.getdel(name));
          if (found !== word) throw new StoreError('unreachable', 'What was written cannot be read back');
        }),
      );
    },

    async backup() {
      throw new StoreError('backup_unsupported', 'Redis keeps its own backups: copy its files, or export the store');
    },
  };

  return {
    ...whileOpen(operations, connection),
    dump,
    watch: (listener) => connection.watch(listener),
    close: async () => connection.close(),
  };
}

/** The same operations, begun only while the connection is not being closed, which waits for those under way. */
function whileOpen<T extends object>(operations: T, connection: Connection): T {
  const entries = Object.entries(operations).map(([name, operation]) => {
    const run = operation as (...given: readonly unknown[]) => Promise<unknown>;
    return [name, async (...given: readonly unknown[]) => connection.operate(async () => run(...given))] as const;
  });
  return Object.fromEntries(entries) as T;
}
