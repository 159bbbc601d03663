import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../../src/ports.ts';
import { checkDatabase } from './connection.ts';
import { isBusy, storeErrorOf } from './store-error.ts';

/** All pages in one step, on another thread: between steps each write would make the backup begin again. */
const ALL_PAGES = 2_000_000_000;

/**
 * Writes a consistent copy of a database that may be in use. The copy appears whole or not at all.
 * @throws StoreError `exists` when there is a file at the path already
 */
export async function backupDatabase(from: string, path: string): Promise<void> {
  if (existsSync(path)) throw new StoreError('exists', `There is a file at ${path} already`);
  const unfinished = `${path}.unfinished`;
  let database: DatabaseSync | null = null;
  try {
    removeDatabase(unfinished);
    database = new DatabaseSync(from, { readOnly: true, timeout: 1000 });
    await backup(database, unfinished, { rate: ALL_PAGES });
    renameSync(unfinished, path);
  } catch (error) {
    removeDatabase(unfinished);
    const failure = storeErrorOf(error);
    if (failure instanceof StoreError) throw failure;
    throw new StoreError('unreachable', `The backup could not be written to ${path}`, { cause: error });
  } finally {
    database?.close();
  }
}

/**
 * Puts a backup in the place of a database that nobody has open; what was there is kept beside it as `.before-restore`.
 * @throws StoreError `corrupt` or `newer_version` when the backup is no good, `busy` when the database is in use,
 *   `unreachable` when a file cannot be read or written; then nothing has changed
 */
export async function restoreSqliteStore(backupPath: string, path: string): Promise<void> {
  if (!existsSync(backupPath)) throw new StoreError('unreachable', `There is no backup at ${backupPath}`);
  const unfinished = `${path}.unfinished`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    removeDatabase(unfinished);
    copyFileSync(backupPath, unfinished);
    checkDatabase(unfinished);
    if (existsSync(path)) {
      takeAlone(path);
      removeDatabase(`${path}.before-restore`);
      for (const end of ends) if (existsSync(path + end)) renameSync(path + end, `${path}.before-restore${end}`);
    }
    renameSync(unfinished, path);
  } catch (error) {
    removeDatabase(unfinished);
    const failure = storeErrorOf(error);
    if (failure instanceof StoreError) throw failure;
    throw new StoreError('unreachable', `The backup ${backupPath} could not be restored`, { cause: error });
  }
}

/** Rejects a database in use: leaving the write-ahead log needs the file alone. What is damaged is nobody's any more. */
function takeAlone(path: string): void {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { timeout: 100 });
    database.exec('PRAGMA journal_mode = DELETE');
  } catch (error) {
    if (isBusy(error)) throw error;
  } finally {
    database?.close();
  }
}

/** What SQLite calls the files of one database. */
const ends = ['', '-wal', '-shm', '-journal'];

function removeDatabase(path: string): void {
  for (const end of ends) rmSync(`${path}${end}`, { force: true });
}
