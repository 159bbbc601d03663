import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openRedisStore, type RedisStoreOptions } from '../../../adapters/store/redis/store.ts';
import type { Store } from '../../../src/ports.ts';
import { claimOne, delivery, keysOf } from '../../contracts/store/samples.ts';
import { skipWithoutRedis, startRedis, unlessMissing, type RedisServer } from '../../servers/redis.ts';

describe.skipIf(skipWithoutRedis)(`opening a Redis store${unlessMissing}`, () => {
  async function server(...settings: readonly string[]): Promise<RedisServer> {
    const started = await startRedis(settings);
    onTestFinished(async () => started.close());
    return started;
  }

  async function open(options: RedisStoreOptions): Promise<Store> {
    const store = await openRedisStore({ openMs: 300, ...options });
    onTestFinished(async () => store.close());
    return store;
  }

  test('tells what it found', async () => {
    const { url, port } = await server();
    const found: unknown[] = [];
    await open({ url, onFound: (one) => found.push(one) });
    expect(found).toEqual([
      { version: expect.stringMatching(/^\d+\.\d+/u), nodes: 1, problems: [], where: `127.0.0.1:${port}` },
    ]);
  });

  test('refuses one without the append-only file', async () => {
    const { url } = await server('--appendonly', 'no');
    const opening = open({ url });
    await expect(opening).rejects.toMatchObject({ name: 'StoreError', code: 'unsafe' });
    await expect(opening).rejects.toThrow(/appendonly is no/u);
  });

  test('refuses one that throws out what it has when memory is short', async () => {
    const { url } = await server('--maxmemory-policy', 'allkeys-lru');
    await expect(open({ url })).rejects.toThrow(/maxmemory-policy is allkeys-lru/u);
  });

  test('uses it all the same where it is told to, and says what is wrong', async () => {
    const { url } = await server('--appendonly', 'no', '--maxmemory-policy', 'volatile-ttl');
    let problems: readonly string[] = [];
    const store = await open({ url, unsafe: 'warn', onFound: (found) => (problems = found.problems) });
    expect(problems).toHaveLength(2);
    await expect(store.probe()).resolves.toBeUndefined();
  });

  test('takes user and password from the address, and tells neither when they are refused', async () => {
    const { port } = await server('--requirepass', 'hunter2');
    await expect((await open({ url: `redis://:hunter2@127.0.0.1:${port}` })).probe()).resolves.toBeUndefined();
    const refused = open({ url: `redis://:swordfish@127.0.0.1:${port}`, openMs: 5000 });
    await expect(refused).rejects.toMatchObject({ code: 'refused' });
    await expect(refused).rejects.not.toThrow(/swordfish/u);
    await expect(open({ url: `redis://127.0.0.1:${port}` })).rejects.toMatchObject({ code: 'refused' });
  });

  test('says that nobody answers', async () => {
    const { url, kill } = await server();
    await kill();
    await expect(open({ url })).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
  });

  test('waits for a server that is only starting', async () => {
    const { url, kill, restart } = await server();
    await kill();
    const opening = open({ url, openMs: 10_000 });
    await restart();
    await expect((await opening).probe()).resolves.toBeUndefined();
  });

  test('keeps stores of different prefixes apart', async () => {
    const { url } = await server();
    const [one, other] = [await open({ url, prefix: 'one' }), await open({ url, prefix: 'other' })];
    await one.putDocument('place', 'x', 1, null);
    expect(await other.getDocument('place', 'x')).toBeNull();
    expect(await (await open({ url, prefix: 'one' })).getDocument('place', 'x')).toBe(1);
  });

  test('sends what is left where Redis threw something out', async () => {
    const { url } = await server('--maxmemory-policy', 'allkeys-lru');
    const store = await open({ url, unsafe: 'warn', prefix: 'p' });
    const all = ['x', 'y'].map((name) => delivery(name, 1));
    await store.enqueue(all);
    const redis = new Redis(url);
    onTestFinished(() => redis.disconnect());
    const thrownOut = (await redis.keys(`p:*:x:${all[0]!.key}`)).map(async (name) => redis.del(name));
    expect(await Promise.all(thrownOut)).toEqual([1]);
    expect(keysOf(await claimOne(store, Date.now()))).toEqual([all[1]!.key]);
  });
});
