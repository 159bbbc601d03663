import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openRedisStore } from '../../../adapters/store/redis/store.ts';
import type { Store } from '../../../src/ports.ts';
import { collect, feed, id, leaseAll, outcome, putDue } from '../../contracts/store/samples.ts';
import { skipWithoutRedis, startRedis, unlessMissing, type RedisServer } from '../../servers/redis.ts';

const DAY_MS = 86_400_000;
const policy = { seenMs: 45 * DAY_MS, archiveMs: DAY_MS, settledMs: DAY_MS, removedMs: DAY_MS };

describe.skipIf(skipWithoutRedis)(`the trees of seen keys${unlessMissing}`, () => {
  let server: RedisServer;
  let stores = 0;

  beforeAll(async () => {
    server = await startRedis();
  });

  afterAll(async () => {
    await server.close();
  });

  async function open(): Promise<{ store: Store; prefix: string }> {
    const prefix = `seen${stores++}`;
    const store = await openRedisStore({ url: server.url, prefix });
    onTestFinished(async () => store.close());
    return { store, prefix };
  }

  async function remember(store: Store, feedNumber: number, keys: readonly string[], now: number): Promise<void> {
    await putDue(store, [[feed(feedNumber), 0]]);
    const [lease] = await leaseAll(store, Date.now());
    const seen = keys.map((key) => [key, key] as const);
    const { feed: one, state } = outcome(lease!, Date.now(), seen);
    await store.commitFetch(lease!, { feed: one, state, seen: seen.map(([key, storyId]) => ({ key, storyId })), now });
  }

  async function known(store: Store, keys: readonly string[]): Promise<number> {
    return (await store.findSeen(keys)).filter((record) => record !== null).length;
  }

  test('grow without a leaf that outgrows its packed form', { timeout: 60_000 }, async () => {
    const { store, prefix } = await open();
    const keys = Array.from({ length: 40_000 }, (_, i) => id(i + 1));
    for (let i = 0; i < keys.length; i += 10_000) await remember(store, 1 + i, keys.slice(i, i + 10_000), Date.now());
    expect(await known(store, keys)).toBe(keys.length);
    expect(
      await known(
        store,
        keys.map((_, i) => id(-1 - i)),
      ),
    ).toBe(0);

    const redis = new Redis(server.url);
    onTestFinished(() => redis.disconnect());
    const names = await redis.keys(`${prefix}:{s:*}:[0-9]*`);
    expect(names.length).toBeGreaterThan(keys.length / 112);
    const encodings = await Promise.all(names.map(async (name) => redis.object('ENCODING', name)));
    expect([...new Set(encodings)]).toEqual(['listpack']);
  });

  test('keep keys apart that begin alike', async () => {
    const { store } = await open();
    const keys = Array.from({ length: 500 }, (_, i) => `abcdef01${i.toString(16).padStart(8, '0')}`);
    await remember(store, 1, keys, Date.now());
    expect(await known(store, keys)).toBe(500);
    expect(await known(store, ['abcdef0100001000', 'abcdef0200000001'])).toBe(0);
    const records = await collect(store.dump());
    expect(records.flatMap((record) => (record.kind === 'seen' ? [record.key] : [])).sort()).toEqual(keys.toSorted());
  });

  test('forget what is old in every leaf and nothing else', { timeout: 60_000 }, async () => {
    const { store } = await open();
    const now = Date.now();
    const [old, young] = [0, 1].map((part) => Array.from({ length: 8000 }, (_, i) => id(2 * i + part + 1)));
    await remember(store, 1, old ?? [], now - 60 * DAY_MS);
    await remember(store, 2, young ?? [], now);
    expect(await store.sweep(now, policy)).toEqual({ swept: 8000 });
    expect(await known(store, old ?? [])).toBe(0);
    expect(await known(store, young ?? [])).toBe(8000);
    expect((await store.depths(now)).seen).toBe(8000);
    await remember(store, 3, old ?? [], now);
    expect(await known(store, [...(old ?? []), ...(young ?? [])])).toBe(16_000);
  });

  test('know the feed of a key, however many feeds there are', async () => {
    const { store } = await open();
    const feeds = Array.from({ length: 1100 }, (_, i) => feed(i + 1));
    await store.load(
      (async function* dump() {
        for (const [i, one] of feeds.entries()) {
          yield { kind: 'seen', key: id(i + 5000), record: { storyId: id(1), feedId: one.id, lastSeen: 0 } } as const;
        }
      })(),
    );
    const found = await store.findSeen(feeds.map((_, i) => id(i + 5000)));
    expect(found.map((record) => record?.feedId)).toEqual(feeds.map((one) => one.id));
  });
});
