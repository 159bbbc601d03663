import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { restoreSqliteStore } from '../../../adapters/store/sqlite/backup.ts';
import { collect, delivery, entry, id, sorted, subscription } from '../../contracts/store/samples.ts';
import { openForTest, temporaryPath } from './temporary-folder.ts';

describe('a backup', () => {
  test('is a store of its own with everything in it, made while it is written to', async () => {
    const path = temporaryPath();
    const store = await openForTest(path);
    await store.appendStories(
      0,
      Array.from({ length: 2000 }, (_, i) => entry(i + 1)),
    );
    const before = sorted(await collect(store.dump()));
    const copy = join(dirname(path), 'copy.db');
    const writes = Array.from({ length: 50 }, async (_, i) => store.enqueue([delivery(`d${i}`, 5)]));
    await Promise.all([store.backup(copy), ...writes]);
    const records = sorted(await collect((await openForTest(copy)).dump()));
    expect(records).toEqual(expect.arrayContaining(before));
  });

  test('is never written over a file, and a failed one leaves nothing behind', async () => {
    const path = temporaryPath();
    const store = await openForTest(path);
    const taken = join(dirname(path), 'taken.db');
    writeFileSync(taken, 'something');
    await expect(store.backup(taken)).rejects.toMatchObject({ code: 'exists' });
    await expect(store.backup(join(dirname(path), 'no', 'such', 'folder.db'))).rejects.toMatchObject({
      name: 'StoreError',
      code: 'unreachable',
    });
    expect(readdirSync(dirname(path)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});

describe('a restore', () => {
  test('puts a backup in the place of the store and keeps the former beside it', async () => {
    const path = temporaryPath();
    const copy = join(dirname(path), 'copy.db');
    const store = await openForTest(path);
    await store.appendStories(0, [entry(1)]);
    await store.backup(copy);
    await store.appendStories(1, [entry(2)]);
    await store.close();
    await restoreSqliteStore(copy, path);
    const restored = await openForTest(path);
    expect((await restored.getStories([id(1), id(2)])).map((one) => one !== null)).toEqual([true, false]);
    const former = await openForTest(`${path}.before-restore`);
    expect((await former.depths(0)).stories).toBe(2);
    expect(existsSync(copy)).toBe(true);
  });

  test('makes a store where there was none, and in the place of a damaged one', async () => {
    const path = temporaryPath();
    const copy = join(dirname(path), 'copy.db');
    const store = await openForTest(path);
    await store.putSubscriptions([subscription()]);
    await store.backup(copy);
    const elsewhere = join(dirname(path), 'new', 'folder', 'elsewhere.db');
    await restoreSqliteStore(copy, elsewhere);
    expect((await (await openForTest(elsewhere)).getSubscriptions([1]))[0]?.id).toBe(1);
    const damaged = join(dirname(path), 'damaged.db');
    writeFileSync(damaged, 'no database '.repeat(500));
    await restoreSqliteStore(copy, damaged);
    expect((await (await openForTest(damaged)).getSubscriptions([1]))[0]?.id).toBe(1);
  });

  test('is refused while the store is in use', async () => {
    const path = temporaryPath();
    const copy = join(dirname(path), 'copy.db');
    const store = await openForTest(path);
    await store.backup(copy);
    await store.putSubscriptions([subscription()]);
    await expect(restoreSqliteStore(copy, path)).rejects.toMatchObject({ code: 'busy' });
    await expect(store.probe()).resolves.toBeUndefined();
    expect((await store.getSubscriptions([1]))[0]?.id).toBe(1);
  });

  test('of what is no backup changes nothing', async () => {
    const path = temporaryPath();
    const store = await openForTest(path);
    await store.putSubscriptions([subscription()]);
    await store.close();
    const wrong = join(dirname(path), 'wrong.db');
    await expect(restoreSqliteStore(wrong, path)).rejects.toMatchObject({ code: 'unreachable' });
    writeFileSync(wrong, 'no database '.repeat(500));
    await expect(restoreSqliteStore(wrong, path)).rejects.toMatchObject({ code: 'corrupt' });
    writeFileSync(wrong, '');
    await expect(restoreSqliteStore(wrong, path)).rejects.toMatchObject({ code: 'not_a_store' });
    expect((await (await openForTest(path)).getSubscriptions([1]))[0]?.id).toBe(1);
  });
});
