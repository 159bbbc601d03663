import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../../../src/ports.ts';
import { startCheckpoints } from './checkpoints.ts';
import { migrate, refuseForeign, requireStore } from './migrations.ts';
import { isBusy, storeErrorOf } from './store-error.ts';
import { createWriteQueue } from './write-queue.ts';

export type Topic = 'feeds' | 'deliveries' | 'subscriptions';

/** One open database, as the parts of the Store use it. */
export interface Connection {
  readonly path: string;
  readonly database: DatabaseSync;
  /** Epoch ms by the Store's own clock: for expiry where the caller gives no time. */
  readonly now: () => number;
  /** Whole ms of a clock that is never set, for leases; see `steadyNow`. */
  readonly steady: () => number;
  readonly prepare: (sql: string) => StatementSync;
  /** Runs a synchronous look now. Its statements are not one transaction: what must agree is asked for in one statement. */
  read<T>(look: () => T): Promise<T>;
  /** Runs a synchronous change in a shared transaction; see `WriteQueue`. */
  write<T>(rows: number, operation: () => T): Promise<T>;
  /**
   * Writes many records that stand each for itself, a thousand in one transaction: what is asked for again after a failure
   * half-way changes nothing that was written before.
   */
  writeEach<T, R>(records: readonly T[], operation: (record: T) => R): Promise<R[]>;
  /** The next `count` numbers of a counter, never given before: returns the first. Only inside `write`. */
  take(counter: Counter, count: number): number;
  /** The last number given; 0 when none was. */
  taken(counter: Counter): number;
  /** Tells those who watch; to be called once the change is committed. */
  hint(topic: Topic): void;
  watch(listener: (topic: Topic) => void): () => void;
  close(): Promise<void>;
}

export type Counter = 'lease' | 'log' | 'delivery' | 'subscription' | 'change' | 'seen' | 'probe';

/** Locks are waited for on the event loop no longer than this; longer waits are on a timer. */
const LOCK_MS = 4;
const RECORDS_A_TRANSACTION = 1000;
const OPEN_FOR_MS = 15_000;
const PAUSE_MS = 20;

/**
 * Opens a database file and brings it to the newest version; makes it, and its folder, where there is none.
 * @throws StoreError `corrupt`, `newer_version`, `not_a_store`, `read_only`, `disk_full`, `unreachable`, `busy`
 */
export async function openDatabase(path: string, synchronous: 'NORMAL' | 'FULL'): Promise<DatabaseSync> {
  const until = performance.now() + OPEN_FOR_MS;
  for (;;) {
    try {
      return openNow(path, synchronous);
    } catch (error) {
      // The change to the write-ahead log and a recovery after a crash need the file alone for a moment.
      if (!isBusy(error) || performance.now() > until) throw storeErrorOf(error);
      await wait(PAUSE_MS);
    }
  }
}

function openNow(path: string, synchronous: 'NORMAL' | 'FULL'): DatabaseSync {
  makeFolder(path);
  const database = new DatabaseSync(path, { timeout: LOCK_MS });
  try {
    refuseForeign(database);
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${synchronous};
      PRAGMA cache_size = -65536;
      PRAGMA mmap_size = 1073741824;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA wal_autocheckpoint = 0;
      PRAGMA temp_store = MEMORY;
    `);
    refuseDamaged(database);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Looks whether a file is a store that could be opened, and leaves it as it is.
 * @throws StoreError `corrupt`, `newer_version`, `not_a_store`, `unreachable`
 */
export function checkDatabase(path: string): void {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: LOCK_MS });
    requireStore(database);
    refuseDamaged(database);
  } catch (error) {
    throw storeErrorOf(error);
  } finally {
    database?.close();
  }
}

function refuseDamaged(database: DatabaseSync): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (verdict !== 'ok') throw new StoreError('corrupt', `The database is damaged: ${String(verdict)}`);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw new StoreError('unreachable', `The folder of the database ${path} cannot be made`, { cause: error });
  }
}

/** Joins an open database with its write queue, clocks and listeners. */
export function connect(
  path: string,
  database: DatabaseSync,
  { now, steady }: Pick<Connection, 'now' | 'steady'>,
): Connection {
  const checkpoints = startCheckpoints(path, database);
  const queue = createWriteQueue(database, checkpoints.wrote);
  const listeners = new Set<(topic: Topic) => void>();
  const advance = database.prepare(
    'INSERT INTO counters (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value RETURNING value',
  );
  const look = database.prepare('SELECT value FROM counters WHERE name = ?');
  let open = true;
  let closing: Promise<void> | null = null;

  async function closeOnce(): Promise<void> {
    await queue.close();
    open = false;
    await checkpoints.stop();
    database.close();
  }

  const connection: Connection = {
    path,
    database,
    now,
    steady,
    prepare: (sql) => database.prepare(sql),

    async read(look) {
      if (!open) throw new StoreError('closed', 'The Store is closed');
      const until = performance.now() + OPEN_FOR_MS;
      for (;;) {
        try {
          return look();
        } catch (error) {
          if (!isBusy(error) || performance.now() > until) throw storeErrorOf(error);
          await wait(PAUSE_MS);
        }
      }
    },

    write: async (rows, operation) => queue.write(rows, operation),

    async writeEach<T, R>(records: readonly T[], operation: (record: T) => R) {
      const results: R[] = [];
      for (let i = 0; i < records.length; i += RECORDS_A_TRANSACTION) {
        const page = records.slice(i, i + RECORDS_A_TRANSACTION);
        results.push(...(await connection.write(page.length, () => page.map((record) => operation(record)))));
      }
      return results;
    },

    take: (counter, count) => Number(advance.get(counter, count)?.['value'] ?? 0) - count + 1,
    taken: (counter) => Number(look.get(counter)?.['value'] ?? 0),

    hint(topic) {
      for (const listener of listeners) listener(topic);
    },

    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    close: async () => (closing ??= closeOnce()),
  };
  return connection;
}
