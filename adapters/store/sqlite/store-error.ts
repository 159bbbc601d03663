import { StoreError } from '../../../src/ports.ts';

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** SQLite's primary result codes (sqlite.org/rescode.html) that say something about the world, not about our SQL. */
const failures: ReadonlyMap<number, Failure> = new Map([
  [3, { code: 'read_only', message: 'the database may not be opened for writing' }],
  [5, { code: 'busy', message: 'another process keeps the database locked' }],
  [6, { code: 'busy', message: 'the database is locked' }],
  [7, { code: 'no_memory', message: 'there is not enough memory' }],
  [8, { code: 'read_only', message: 'the database cannot be written' }],
  [10, { code: 'unreachable', message: 'the disk failed' }],
  [11, { code: 'corrupt', message: 'the database is damaged' }],
  [13, { code: 'disk_full', message: 'the disk is full' }],
  [14, { code: 'unreachable', message: 'the database file cannot be opened' }],
  [15, { code: 'busy', message: 'the database is locked' }],
  [18, { code: 'too_large', message: 'a record is too large' }],
  [26, { code: 'corrupt', message: 'the file is not a database' }],
]);

/** SQLite's primary result code of an error thrown by node:sqlite; null for any other error. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode % 256;
}

/** Another connection holds the lock that was asked for: the same may be tried again. */
export function isBusy(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === 5 || code === 6 || code === 15;
}

/** The world's failures as a `StoreError`; everything else (a fault in our SQL, a bad argument) as it is. */
export function storeErrorOf(error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const failure = failures.get(sqliteCode(error) ?? -1);
  if (!failure) return error;
  const detail = error instanceof Error ? ` (${error.message})` : '';
  return new StoreError(failure.code, `The Store failed: ${failure.message}${detail}`, { cause: error });
}
