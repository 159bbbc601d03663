import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openRedisStore, type RedisStoreOptions } from '../../adapters/store/redis/store.ts';
import type { Lane, Store } from '../../src/ports.ts';
import { claimAll, claimOne, delivery, feed, id, leaseAll, newFeedState } from '../contracts/store/samples.ts';
import { outcome, PLACE, putDue, subscription } from '../contracts/store/samples.ts';
import { skipWithoutRedis, startRedis, unlessMissing, type RedisServer } from '../servers/redis.ts';
import { startRedisGroup } from '../servers/redis-sentinel.ts';
import { startTcpProxy, type TcpProxy } from '../servers/tcp-proxy.ts';

const COMMAND_MS = 400;
const LEASE_MS = 60_000;

/** What a Store over Redis does when the network or the server fails. */
describe.skipIf(skipWithoutRedis)(`a Redis store in trouble${unlessMissing}`, () => {
  async function start(): Promise<{ server: RedisServer; proxy: TcpProxy; store: Store }> {
    const server = await startRedis();
    const proxy = await startTcpProxy(server.port);
    onTestFinished(async () => {
      await proxy.close();
      await server.close();
    });
    return { server, proxy, store: await open(proxy.port) };
  }

  async function open(port: number, options: Partial<RedisStoreOptions> = {}): Promise<Store> {
    const url = `redis://127.0.0.1:${port}`;
    const store = await openRedisStore({ url, commandMs: COMMAND_MS, connectMs: COMMAND_MS, ...options });
    onTestFinished(async () => store.close());
    return store;
  }

  async function usableAgain(store: Store): Promise<void> {
    await expect.poll(async () => store.probe().then(() => 'usable', String), { timeout: 10_000 }).toBe('usable');
  }

  const unreachable = { name: 'StoreError', code: 'unreachable' };

  test('says that nobody listens, and goes on by itself once somebody does', async () => {
    const { proxy } = await start();
    const told: boolean[] = [];
    const store = await open(proxy.port, { onConnection: ({ connected }) => told.push(connected) });
    await proxy.set('refuse');
    await expect.poll(() => told).toEqual([true, false]);
    await expect(store.probe()).rejects.toMatchObject(unreachable);
    await expect(store.enqueue([delivery('x', 1)])).rejects.toMatchObject(unreachable);
    await proxy.set('pass');
    await usableAgain(store);
    expect(told).toEqual([true, false, true]);
    expect(await store.getDeliveries([delivery('x', 1).key])).toEqual([null]);
  });

  test('gives up on a network that swallows everything, and goes on once it does not', async () => {
    const { proxy, store } = await start();
    await proxy.set('silent');
    const [first, second] = await Promise.allSettled([store.probe(), store.leaseFeeds(askFor(Date.now()))]);
    expect(first).toMatchObject({ status: 'rejected', reason: unreachable });
    expect(second).toMatchObject({ status: 'rejected', reason: unreachable });
    await proxy.set('pass');
    await usableAgain(store);
  });

  test('works over a slow network', async () => {
    const { proxy, store } = await start();
    proxy.delay(50);
    const now = Date.now();
    await store.enqueue([delivery('x', now)]);
    expect((await claimOne(store, now)).deliveries).toHaveLength(1);
  });

  test('takes connections that are reset again and again', async () => {
    const { proxy, store } = await start();
    const all = Array.from({ length: 150 }, (_, i) => delivery(`d${i}`, 1));
    const shaking = setInterval(() => proxy.reset(), 30);
    for (const one of all) {
      // Enqueueing again what may have been enqueued is one delivery.
      while (!(await store.enqueue([one]).then(() => true, isUnreachable))) await wait(5);
      await wait(1);
    }
    clearInterval(shaking);
    await usableAgain(store);
    const lane = await claimOne(store, Date.now());
    const rest = await store.listDeliveries(PLACE, 'queued', 1000);
    expect(rest.toReversed().map((record) => record.delivery.key)).toEqual(all.map(({ key }) => key));
    expect(lane.deliveries[0]?.delivery.key).toBe(all[0]?.key);
  });

  test('settles what was posted though the answer was cut off', async () => {
    const { proxy, store } = await start();
    const { lane, one } = await claimed(store);
    await proxy.set('cut');
    const settling = store.settle(lane, one.key, { kind: 'sent', remoteId: 'm1', at: 5 }, LEASE_MS);
    await wait(100);
    await proxy.set('pass');
    expect(await settling).toBe(true);
    const [record] = await store.getDeliveries([one.key]);
    expect(record).toMatchObject({ state: 'sent', remoteId: 'm1', attempts: 1 });
  });

  test('settles what was posted once Redis is back', async () => {
    const { server, store } = await start();
    const { lane, one } = await claimed(store);
    await server.kill();
    const settling = store.settle(lane, one.key, { kind: 'sent', remoteId: 'm1', at: 5 }, LEASE_MS);
    await wait(300);
    await server.restart();
    expect(await settling).toBe(true);
    expect((await store.getDeliveries([one.key]))[0]?.state).toBe('sent');
  });

  test('can be closed while it waits for Redis to settle something', async () => {
    const { server, store } = await start();
    const { lane, one } = await claimed(store);
    await server.kill();
    const settling = store.settle(lane, one.key, { kind: 'sent', remoteId: 'm1', at: 5 }, LEASE_MS);
    const settled = settling.then(() => 'settled', String);
    await store.close();
    expect(await settled).toMatch(/^StoreError/u);
  });

  test('has everything that was acknowledged after kill -9', async () => {
    const { server, store } = await start();
    const now = Date.now();
    await putDue(store, [[feed(1), now]]);
    const [lease] = await leaseAll(store, now);
    const keys = Array.from({ length: 500 }, (_, i) => [id(i + 1), id(i + 1)] as const);
    await store.commitFetch(lease!, outcome(lease!, now, keys));
    const acknowledged: string[] = [];
    const writing = (async () => {
      for (let i = 0; ; i++) {
        const one = delivery(`d${i}`, now);
        if (!(await store.enqueue([one]).then(() => true, isUnreachable))) return;
        acknowledged.push(one.key);
      }
    })();
    await expect.poll(() => acknowledged.length).toBeGreaterThan(200);
    await server.kill();
    await writing;
    await server.restart();
    await usableAgain(store);
    const found = await store.getDeliveries(acknowledged);
    expect(found.filter((record) => record === null)).toEqual([]);
    expect((await store.findSeen(keys.map(([key]) => key))).every((record) => record !== null)).toBe(true);
  });

  test('tells another process of a new subscription, also after the connection was lost', async () => {
    const { proxy, store } = await start();
    const other = await open(proxy.port);
    let heard = 0;
    other.watch((topic) => {
      if (topic === 'subscriptions') heard++;
    });
    const hears = async (): Promise<void> => {
      heard = 0;
      await expect
        .poll(
          async () => {
            await store.putSubscriptions([subscription()]).catch(() => undefined);
            return heard;
          },
          { interval: 100, timeout: 10_000 },
        )
        .toBeGreaterThan(0);
    };
    await hears();
    proxy.reset();
    await usableAgain(store);
    await hears();
  });

  test('goes on with the replica that a sentinel makes the master', { timeout: 60_000 }, async () => {
    const group = await startRedisGroup();
    onTestFinished(async () => group.close());
    const store = await openRedisStore({ url: group.url, commandMs: COMMAND_MS, connectMs: COMMAND_MS });
    onTestFinished(async () => store.close());
    await store.putSubscriptions([subscription()]);
    await wait(1000);
    await group.master.kill();
    await expect(store.probe()).rejects.toMatchObject({ name: 'StoreError' });
    await expect.poll(async () => store.probe().then(() => 'usable', String), { timeout: 30_000 }).toBe('usable');
    expect(await store.getSubscriptions([1])).toEqual([subscription({ id: 1 })]);
  });

  test('lends what is on lease to nobody whose clock is wrong', async () => {
    const { store } = await start();
    const now = Date.now();
    const YEAR_MS = 31_536_000_000;
    await store.putFeeds([feed(1)], newFeedState(now - YEAR_MS));
    await store.enqueue([delivery('x', now - YEAR_MS)]);
    const [lease] = await leaseAll(store, now);
    const lane = await claimOne(store, now);
    for (const wrong of [now + YEAR_MS, now - YEAR_MS / 2]) {
      expect(await leaseAll(store, wrong)).toEqual([]);
      expect(await claimAll(store, wrong)).toEqual([]);
    }
    expect(await store.commitFetch(lease!, outcome(lease!, now - YEAR_MS))).toBe(true);
    const sent = { kind: 'sent', remoteId: 'm', at: now + YEAR_MS } as const;
    expect(await store.settle(lane, lane.deliveries[0]!.delivery.key, sent, LEASE_MS)).toBe(true);
  });
});

function askFor(now: number): Parameters<Store['leaseFeeds']>[0] {
  return { worker: 'w', now, limit: 1, perHost: 1, leaseMs: LEASE_MS };
}

async function claimed(store: Store): Promise<{ lane: Lane; one: ReturnType<typeof delivery> }> {
  const one = delivery('x', Date.now());
  await store.enqueue([one]);
  return { lane: await claimOne(store, Date.now()), one };
}

/** False where Redis could not be reached; anything else is no answer of the world. */
function isUnreachable(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'unreachable') return false;
  throw error;
}
