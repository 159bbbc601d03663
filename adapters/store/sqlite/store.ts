import type { DatabaseSync } from 'node:sqlite';
import { StoreError, type Store } from '../../../src/ports.ts';
import { backupDatabase } from './backup.ts';
import { connect, openDatabase } from './connection.ts';
import { createDecisions } from './decisions.ts';
import { createDeliveries } from './deliveries.ts';
import { createDepths } from './depths.ts';
import { createDocuments } from './documents.ts';
import { createDump } from './dump.ts';
import { createFeeds } from './feeds.ts';
import { createLanes } from './lanes.ts';
import { steadyNow } from './lease.ts';
import { createSeen } from './seen.ts';
import { createStoryLog } from './story-log.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createSweep } from './sweep.ts';

export interface SqliteStoreOptions {
  /** The database file; it and its folder are made where there is none. Several processes may open one file. */
  readonly path: string;
  /** `NORMAL`: a crash of the program loses nothing, a power cut may lose the last moments; `FULL`: neither does. */
  readonly synchronous: 'NORMAL' | 'FULL';
  /** Epoch ms, for expiry; the system's clock unless given. */
  readonly now?: () => number;
  /** Whole ms of a clock that is never set, the same for all who share the file; the machine's unless given. It ends leases. */
  readonly steady?: () => number;
  /** Entries of the subscription log that are kept, at least 1; 10,000 unless given. */
  readonly changesKept?: number;
}

const CHANGES_KEPT = 10_000;

/**
 * Opens the embedded Store: one SQLite file in write-ahead mode.
 * @throws StoreError `corrupt`, `newer_version`, `read_only`, `disk_full`, `unreachable` or `busy`
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  return createSqliteStore(await openDatabase(options.path, options.synchronous), options);
}

/** The Store over a database that is open and of the newest version; closing the Store closes it. */
export function createSqliteStore(
  database: DatabaseSync,
  { path, now = Date.now, steady = steadyNow, changesKept = CHANGES_KEPT }: SqliteStoreOptions,
): Store {
  const connection = connect(path, database, { now, steady });
  const feeds = createFeeds(connection);
  const seen = createSeen(connection, feeds);
  const stories = createStoryLog(connection);
  const deliveries = createDeliveries(connection);
  const decisions = createDecisions(connection, deliveries);
  const subscriptions = createSubscriptions(connection, changesKept);
  const documents = createDocuments(connection);
  const parts = { feeds, seen, stories, deliveries, decisions, subscriptions, documents };

  return {
    ...feeds.operations,
    ...seen.operations,
    ...stories.operations,
    ...deliveries.operations,
    ...createLanes(connection),
    ...decisions.operations,
    ...subscriptions.operations,
    ...documents.operations,
    ...createSweep(connection),
    ...createDepths(connection),
    ...createDump(connection, parts),

    async probe() {
      const number = await connection.write(1, () => connection.take('probe', 1));
      const found = await connection.read(() => connection.taken('probe'));
      if (found < number) throw new StoreError('unreachable', 'What was written cannot be read back');
    },

    watch: (listener) => connection.watch(listener),

    async backup(to) {
      await backupDatabase(path, to);
    },

    async close() {
      await connection.close();
    },
  };
}
