import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../adapters/store/sqlite/connection.ts';
import { createSqliteStore } from '../../../adapters/store/sqlite/store.ts';
import { createWriteQueue } from '../../../adapters/store/sqlite/write-queue.ts';
import type { Store } from '../../../src/ports.ts';
import { delivery, entry, feed, id, leaseAll, newFeedState, outcome, PLACE } from '../../contracts/store/samples.ts';
import { openForTest, temporaryPath } from './temporary-folder.ts';

describe('writes asked for in one turn', () => {
  function openQueue(): { database: DatabaseSync; commits: number[]; queue: ReturnType<typeof createWriteQueue> } {
    const database = new DatabaseSync(':memory:');
    onTestFinished(() => database.close());
    database.exec('CREATE TABLE t (x INTEGER PRIMARY KEY)');
    const commits: number[] = [];
    return { database, commits, queue: createWriteQueue(database, (rows) => commits.push(rows)) };
  }

  test('share one transaction, and one that fails is undone alone', async () => {
    const { database, commits, queue } = openQueue();
    const add = (x: number, fails = false): Promise<number> =>
      queue.write(1, () => {
        database.exec(`INSERT INTO t VALUES (${x})`);
        if (fails) throw new TypeError('our bug');
        return x;
      });
    const settled = await Promise.allSettled([add(1), add(2, true), add(3), add(1), add(4)]);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(database.prepare('SELECT group_concat(x) AS all_x FROM t').get()?.['all_x']).toBe('1,3,4');
    expect(commits).toEqual([5]);
  });

  test('are split into transactions of about two hundred rows', async () => {
    const { commits, queue } = openQueue();
    await Promise.all(Array.from({ length: 50 }, async () => queue.write(25, () => undefined)));
    expect(commits.every((rows) => rows <= 200)).toBe(true);
    expect(commits.reduce((sum, rows) => sum + rows, 0)).toBe(1250);
  });

  test('are done in the order asked', async () => {
    const { queue } = openQueue();
    const order: number[] = [];
    await Promise.all(Array.from({ length: 600 }, async (_, i) => queue.write(1, () => order.push(i))));
    expect(order).toEqual(Array.from({ length: 600 }, (_, i) => i));
  });

  test('are refused after closing, and what was asked before is done', async () => {
    const { queue } = openQueue();
    const before = queue.write(1, () => 'done');
    const closed = queue.close();
    await expect(queue.write(1, () => 'late')).rejects.toMatchObject({ code: 'closed' });
    expect(await before).toBe('done');
    await closed;
    await queue.close();
  });
});

describe('a commit of a fetch', () => {
  test('with a key that is none throws and leaves the lease as it was', async () => {
    const store = await openForTest(temporaryPath());
    await store.putFeeds([feed(1)], newFeedState(0));
    const [lease] = await leaseAll(store, 5);
    const bad = store.commitFetch(
      lease!,
      outcome(lease!, 5, [
        [id(1), id(1)],
        ['no digest', id(1)],
      ]),
    );
    const other = store.probe();
    await expect(bad).rejects.toThrow(TypeError);
    await other;
    expect(await store.findSeen([id(1)])).toEqual([null]);
    expect(await store.commitFetch(lease!, outcome(lease!, 5, [[id(1), id(1)]]))).toBe(true);
  });
});

describe('while another process writes', () => {
  test('a write waits on a timer and then is done', async () => {
    const path = temporaryPath();
    const store = await openForTest(path);
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    let done = false;
    const write = store.enqueue([delivery('x', 5)]).then(() => (done = true));
    let turns = 0;
    for (; turns < 20; turns++) await wait(2);
    expect(done).toBe(false);
    expect(await store.listDeliveries(PLACE, 'queued', 5)).toEqual([]);
    other.exec('COMMIT');
    other.close();
    await write;
    expect(await store.listDeliveries(PLACE, 'queued', 5)).toHaveLength(1);
  });
});

describe('on a full disk', () => {
  /** A store that may not grow beyond a few pages. */
  async function openCramped(): Promise<{ store: Store; database: DatabaseSync }> {
    const path = temporaryPath();
    const database = await openDatabase(path, 'NORMAL');
    const store = createSqliteStore(database, { path, synchronous: 'NORMAL' });
    onTestFinished(async () => store.close());
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    database.exec(`PRAGMA max_page_count = ${pages + 40}`);
    return { store, database };
  }

  test('writes are refused, nothing acknowledged is lost, and it goes on when there is room', async () => {
    const { store, database } = await openCramped();
    const kept: number[] = [];
    async function fillUp(): Promise<void> {
      for (let i = 1; i < 2000; i++) {
        await store.appendStories(kept.length, [entry(i, { body: 'ferry '.repeat(300) })]);
        kept.push(i);
      }
    }
    await expect(fillUp()).rejects.toMatchObject({ name: 'StoreError', code: 'disk_full' });
    expect(kept.length).toBeGreaterThan(10);
    const { entries, position } = await store.readLog(0, 5000);
    expect(entries.map((one) => one.story.id)).toEqual(kept.map(id));
    expect(position).toBe(kept.length);
    database.exec('PRAGMA max_page_count = 100000');
    expect(await store.appendStories(position, [entry(9999)])).toEqual({ position: position + 1 });
  });

  test('of writes asked for together each is whole or refused', async () => {
    const { store } = await openCramped();
    const bodies = Array.from({ length: 100 }, (_, i) => delivery(`d${i}`, 5, { text: 'ferry '.repeat(400) }));
    const settled = await Promise.allSettled(bodies.map(async (one) => store.enqueue([one])));
    const found = await store.getDeliveries(bodies.map(({ key }) => key));
    expect(settled.some(({ status }) => status === 'rejected')).toBe(true);
    expect(found.map((record) => record !== null)).toEqual(settled.map(({ status }) => status === 'fulfilled'));
  });
});

describe('with a long write-ahead log', () => {
  test('everything stays readable while the log is copied', async () => {
    const path = temporaryPath();
    const store = await openForTest(path);
    let position = 0;
    for (let page = 0; page < 40; page++) {
      const entries = Array.from({ length: 400 }, (_, i) => entry(page * 400 + i + 1));
      position = (await store.appendStories(position, entries))?.position ?? -1;
    }
    expect(position).toBe(16_000);
    expect(await store.getStories([id(1), id(16_000)])).toEqual([entry(1), entry(16_000)]);
    await store.close();
    const again = await openForTest(path);
    expect((await again.depths(0)).stories).toBe(16_000);
  });
});
