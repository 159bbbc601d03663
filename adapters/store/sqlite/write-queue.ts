import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../../src/ports.ts';
import { isBusy, storeErrorOf } from './store-error.ts';

/** Writes that share transactions: one commit for what was asked within one turn of the event loop. */
export interface WriteQueue {
  /**
   * Runs a synchronous operation inside a transaction, in the order asked, and resolves once it is committed. All of it is
   * written or nothing: what it throws undoes it alone.
   * @param rows about how many rows it touches
   */
  write<T>(rows: number, operation: () => T): Promise<T>;
  /** Resolves when everything asked so far is settled; what is asked later is refused with code `closed`. */
  close(): Promise<void>;
}

interface Waiting {
  readonly rows: number;
  readonly operation: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Done {
  readonly settle: () => void;
  readonly reject: (error: unknown) => void;
}

/** A transaction is closed once it has this many rows or has run this long: the event loop waits for it. */
const ROWS_A_TRANSACTION = 200;
const TRANSACTION_MS = 15;
/** Another process that writes is waited for this long in all, looking again each time after a pause. */
const BUSY_FOR_MS = 15_000;
const BUSY_PAUSE_MS = 5;

/** @param onCommit hears after each commit about how many rows it wrote */
export function createWriteQueue(database: DatabaseSync, onCommit: (rows: number) => void): WriteQueue {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const save = database.prepare('SAVEPOINT one');
  const release = database.prepare('RELEASE one');
  const undo = database.prepare('ROLLBACK TO one');
  const waiting: Waiting[] = [];
  const closing: (() => void)[] = [];
  let scheduled = false;
  let closed = false;
  let busySince: number | null = null;

  function schedule(pauseMs: number): void {
    if (scheduled) return;
    scheduled = true;
    if (pauseMs === 0) setImmediate(flush);
    else setTimeout(flush, pauseMs);
  }

  function flush(): void {
    scheduled = false;
    if (waiting.length === 0) return finish();
    if (!began()) return;
    const done: Done[] = [];
    const start = performance.now();
    let rows = 0;
    do {
      const next = waiting.shift();
      if (!next) break;
      rows += next.rows;
      done.push(attempt(next));
      // A full disk may end the whole transaction: then nothing done in it stands.
      if (!database.isTransaction) break;
    } while (rows < ROWS_A_TRANSACTION && performance.now() - start < TRANSACTION_MS);
    end(done);
    onCommit(rows);
    if (waiting.length > 0) schedule(0);
    else finish();
  }

  /** Begins a transaction; while another process writes, the wait is on a timer and not on the event loop. */
  function began(): boolean {
    try {
      begin.run();
      busySince = null;
      return true;
    } catch (error) {
      busySince ??= performance.now();
      if (isBusy(error) && performance.now() - busySince < BUSY_FOR_MS) {
        schedule(BUSY_PAUSE_MS);
        return false;
      }
      busySince = null;
      for (const { reject } of waiting.splice(0)) reject(storeErrorOf(error));
      finish();
      return false;
    }
  }

  function attempt({ operation, resolve, reject }: Waiting): Done {
    try {
      save.run();
      const value = operation();
      release.run();
      return { settle: () => resolve(value), reject };
    } catch (error) {
      const failed = storeErrorOf(error);
      if (database.isTransaction) {
        undo.run();
        release.run();
      }
      return { settle: () => reject(failed), reject: () => reject(failed) };
    }
  }

  function end(done: readonly Done[]): void {
    try {
      if (!database.isTransaction) {
        throw new StoreError('disk_full', 'The Store failed: the transaction was ended by the database');
      }
      commit.run();
      for (const { settle } of done) settle();
    } catch (error) {
      if (database.isTransaction) rollback.run();
      const failed = storeErrorOf(error);
      for (const { reject } of done) reject(failed);
    }
  }

  function finish(): void {
    if (waiting.length === 0 && !scheduled) for (const resolve of closing.splice(0)) resolve();
  }

  return {
    async write<T>(rows: number, operation: () => T): Promise<T> {
      if (closed) throw new StoreError('closed', 'The Store is closed');
      return new Promise<T>((resolve, reject) => {
        waiting.push({ rows, operation, resolve: resolve as (value: unknown) => void, reject });
        schedule(0);
      });
    },

    async close() {
      closed = true;
      await new Promise<void>((resolve) => {
        closing.push(resolve);
        finish();
      });
    },
  };
}
