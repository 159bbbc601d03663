import { closeSync, existsSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../../adapters/store/sqlite/migrations.ts';
import { openSqliteStore } from '../../../adapters/store/sqlite/store.ts';
import { isBusy, storeErrorOf } from '../../../adapters/store/sqlite/store-error.ts';
import { StoreError } from '../../../src/ports.ts';
import { entry, id } from '../../contracts/store/samples.ts';
import { openForTest, temporaryPath } from './temporary-folder.ts';

describe('a database file', () => {
  test('and its folder are made where there is none', async () => {
    const path = temporaryPath('deep/er/store.db');
    await openForTest(path);
    expect(existsSync(path)).toBe(true);
  });

  test('keeps everything when it is closed and opened again', async () => {
    const path = temporaryPath();
    const first = await openForTest(path);
    await first.appendStories(0, [entry(1)]);
    await first.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    const second = await openForTest(path);
    expect(await second.getStories([id(1)])).toEqual([entry(1)]);
  });

  test('is opened by several at the same time, though it is new', async () => {
    const path = temporaryPath();
    const stores = await Promise.all(Array.from({ length: 6 }, async () => openForTest(path)));
    await Promise.all(stores.map(async (store) => store.probe()));
    expect(await stores[0]?.changesPosition()).toBe(0);
  });

  test('of a later program is refused and left as it is', async () => {
    const path = temporaryPath();
    await (await openForTest(path)).close();
    execute(path, `PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    await expect(openSqliteStore({ path, synchronous: 'NORMAL' })).rejects.toMatchObject({ code: 'newer_version' });
    expect(versionOf(path)).toBe(SCHEMA_VERSION + 1);
  });

  test('of another program is refused and left as it is', async () => {
    const path = temporaryPath();
    execute(path, 'CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1');
    await expect(openSqliteStore({ path, synchronous: 'NORMAL' })).rejects.toMatchObject({ code: 'not_a_store' });
    const database = new DatabaseSync(path);
    expect(database.prepare('SELECT name FROM sqlite_schema').all()).toHaveLength(1);
    database.close();
  });

  test('that is no database is refused', async () => {
    const path = temporaryPath();
    writeFileSync(path, 'Dear diary, '.repeat(1000));
    await expect(openSqliteStore({ path, synchronous: 'NORMAL' })).rejects.toMatchObject({ code: 'corrupt' });
  });

  test('that was damaged is refused', async () => {
    const path = temporaryPath();
    const store = await openForTest(path);
    await store.appendStories(
      0,
      Array.from({ length: 500 }, (_, i) => entry(i + 1, { body: 'long '.repeat(200) })),
    );
    await store.close();
    const file = openSync(path, 'r+');
    const size = statSync(path).size;
    for (let at = 8192; at < size; at += 4096) writeSync(file, Buffer.alloc(600, 0x5a), 0, 600, at);
    closeSync(file);
    await expect(openSqliteStore({ path, synchronous: 'NORMAL' })).rejects.toMatchObject({
      name: 'StoreError',
      code: 'corrupt',
    });
  });

  test('that cannot be made is said to be unreachable', async () => {
    const path = temporaryPath();
    await expect(openSqliteStore({ path: dirname(path), synchronous: 'NORMAL' })).rejects.toMatchObject({
      code: 'unreachable',
    });
    writeFileSync(path, '');
    await expect(openSqliteStore({ path: join(path, 'x.db'), synchronous: 'NORMAL' })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});

describe('a failure of SQLite', () => {
  const failure = (errcode: number): unknown =>
    storeErrorOf(Object.assign(new Error('from SQLite'), { code: 'ERR_SQLITE_ERROR', errcode }));

  test.each([
    ['busy', 5],
    ['busy', 261],
    ['read_only', 8],
    ['read_only', 1032],
    ['unreachable', 10],
    ['unreachable', 778],
    ['corrupt', 11],
    ['corrupt', 26],
    ['disk_full', 13],
    ['unreachable', 14],
  ])('is said as %s for result code %i', (code, errcode) => {
    const error = failure(errcode);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code, cause: { errcode } });
  });

  test('that is our own stays what it is', () => {
    expect(failure(1)).not.toBeInstanceOf(StoreError);
    expect(failure(19)).not.toBeInstanceOf(StoreError);
    const bug = new TypeError('no function');
    expect(storeErrorOf(bug)).toBe(bug);
    expect(isBusy(bug)).toBe(false);
  });
});

function execute(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function versionOf(path: string): unknown {
  const database = new DatabaseSync(path);
  const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
  database.close();
  return version;
}
