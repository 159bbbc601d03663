import { randomUUID } from 'node:crypto';
import { StoreError, type Store } from '../../../src/ports.ts';
import { readAddress, showAddress } from './address.ts';
import { connect, type Connection } from './connection.ts';
import { createDecisions } from './decisions.ts';
import { createDeliveries } from './deliveries.ts';
import { createDocuments } from './documents.ts';
import { createDump } from './dump.ts';
import { createFeeds } from './feeds.ts';
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
  /** How long a connection may take, and how long an answer (ms); 5,000 unless given. */
  readonly connectMs?: number;
  readonly commandMs?: number;
  /** Told each time the connection is lost, and each time it is there again; the reason holds no password. */
  readonly onConnection?: (state: { readonly connected: boolean; readonly reason: string }) => void;
}

const CHANGES_KEPT = 10_000;
const TIMEOUT_MS = 5000;
const PROBE_SECONDS = 600;

/**
 * Opens the shared Store: any number of processes on one Redis. Once open it connects again by itself for ever.
 * @throws StoreError `bad_address`, `unreachable`, `refused`
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  const address = readAddress(options.url);
  const connection = connect({
    address,
    prefix: options.prefix ?? 'nh',
    connectMs: options.connectMs ?? TIMEOUT_MS,
    commandMs: options.commandMs ?? TIMEOUT_MS,
    onConnection: options.onConnection ?? (() => undefined),
  });
  try {
    await connection.ask(async (redis) => redis.connect());
  } catch (error) {
    await connection.close();
    const why = error instanceof Error ? error.message : String(error);
    const code = error instanceof StoreError ? error.code : 'unreachable';
    throw new StoreError(code, `Redis at ${showAddress(address)}: ${why}`, { cause: error });
  }
  return createRedisStore(connection, options.changesKept ?? CHANGES_KEPT);
}

/** The Store over a connection; closing the Store closes it. */
export function createRedisStore(connection: Connection, changesKept: number): Store {
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
        ['f', 'l', 'u', 'k', ...['s', 'd', 'w'].flatMap(shardsOf)].map(async (tag) => {
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
