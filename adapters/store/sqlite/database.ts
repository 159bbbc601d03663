import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../../../src/ports.ts';
import { migrate } from './migrations.ts';

export type Row = Record<string, SQLInputValue>;

/** A database with its statements kept prepared, its transactions, and its errors said in the Store's words. */
export interface Database {
  all(sql: string, ...values: readonly SQLInputValue[]): Row[];
  get(sql: string, ...values: readonly SQLInputValue[]): Row | undefined;
  run(sql: string, ...values: readonly SQLInputValue[]): { readonly changes: number; readonly id: number };
  /** All of it or nothing. Within another it is part of that one. */
  transact<T>(work: () => T): T;
  readonly raw: DatabaseSync;
  close(): void;
}

export interface DatabaseOptions {
  readonly path: string;
  readonly synchronous: 'NORMAL' | 'FULL';
}

/** Opens a file, makes it anew where there is none, checks it and brings it to the newest schema. Throws a StoreError. */
export function openDatabase({ path, synchronous }: DatabaseOptions): Database {
  return said(() => {
    mkdirSync(dirname(path), { recursive: true });
    const raw = new DatabaseSync(path, { timeout: 5_000 });
    try {
      raw.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; PRAGMA foreign_keys = ON`);
      const [problem] = raw.prepare('PRAGMA quick_check(1)').all();
      if (problem?.['quick_check'] !== 'ok') {
        throw new StoreError(
          'corrupt',
          `The store ${path} is damaged (${String(problem?.['quick_check'])}). Restore a backup.`,
        );
      }
      migrate(raw);
    } catch (error) {
      raw.close();
      throw error;
    }
    return wrapped(raw);
  });
}

function wrapped(raw: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  let depth = 0;

  function prepared(sql: string): StatementSync {
    let statement = statements.get(sql);
    if (!statement) {
      statement = raw.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  }

  return {
    raw,
    all: (sql, ...values) => said(() => prepared(sql).all(...values) as Row[]),
    get: (sql, ...values) => said(() => prepared(sql).get(...values) as Row | undefined),
    run: (sql, ...values) =>
      said(() => {
        const { changes, lastInsertRowid } = prepared(sql).run(...values);
        return { changes: Number(changes), id: Number(lastInsertRowid) };
      }),

    transact(work) {
      if (depth > 0) return work();
      return said(() => {
        raw.exec('BEGIN IMMEDIATE');
        depth++;
        try {
          const result = work();
          raw.exec('COMMIT');
          return result;
        } catch (error) {
          // A full disk may have rolled back already.
          if (raw.isTransaction) raw.exec('ROLLBACK');
          throw error;
        } finally {
          depth--;
        }
      });
    },

    close() {
      if (raw.isOpen) raw.close();
    },
  };
}

const codes: Readonly<Record<number, readonly [code: string, words: string]>> = {
  5: ['busy', 'another process has kept the store busy for too long'],
  8: ['read_only', 'the store cannot be written: it is read-only'],
  10: ['io', 'the disk of the store failed'],
  11: ['corrupt', 'the store is damaged; restore a backup'],
  13: ['disk_full', 'the disk of the store is full'],
  14: ['unreachable', 'the file of the store cannot be opened'],
  26: ['corrupt', 'the file is no store of Newshound'],
};

/** Runs something, and says what SQLite or the file system refuses as a StoreError. */
function said<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreError || !(error instanceof Error)) throw error;
    const { errcode, code } = error as Error & { errcode?: number; code?: string };
    const [name, words] = codes[(errcode ?? 0) & 0xff] ?? [];
    if (name !== undefined && words !== undefined) throw new StoreError(name, words, { cause: error });
    if (code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR') {
      throw new StoreError('unreachable', `the folder of the store cannot be written: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}
