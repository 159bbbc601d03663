import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { deliveryRecordOf } from '../../../adapters/store/redis/delivery-record.ts';
import { openRedisStore } from '../../../adapters/store/redis/store.ts';
import { laneShard } from '../../../adapters/store/redis/shards.ts';
import type { Store } from '../../../src/ports.ts';
import { claimAll, claimOne, delivery, digestOf, PLACE } from '../../contracts/store/samples.ts';
import { skipWithoutRedis, startRedis, unlessMissing, type RedisServer } from '../../servers/redis.ts';

const LEASE_MS = 60_000;
const HOUR_MS = 3_600_000;

describe.skipIf(skipWithoutRedis)(`deliveries in Redis${unlessMissing}`, () => {
  let server: RedisServer;
  let stores = 0;

  beforeAll(async () => {
    server = await startRedis();
  });

  afterAll(async () => {
    await server.close();
  });

  async function open(): Promise<{ store: Store; redis: Redis; shard: string }> {
    const prefix = `records${stores++}`;
    const store = await openRedisStore({ url: server.url, prefix });
    const redis = new Redis(server.url);
    onTestFinished(async () => {
      redis.disconnect();
      await store.close();
    });
    return { store, redis, shard: `${prefix}:{${laneShard(PLACE)}}` };
  }

  test('keep reasons and message ids of any length and script, and what else they hold with them', async () => {
    const { store } = await open();
    const now = Date.now();
    const one = delivery('x', now, { text: 'Zürich\n東京 \u0000', roll: 'a\nb', matched: [{ id: 7, spans: [] }] });
    await store.enqueue([one]);
    const reasons = ['short', 'über '.repeat(400), '', '理由\n'.repeat(10)];
    for (const [i, reason] of reasons.entries()) {
      const lane = await claimOne(store, now + i);
      await store.settle(lane, one.key, { kind: 'retry', at: now + i + 1, reason, ambiguous: false }, LEASE_MS);
      await store.releaseLane(lane, 0);
      expect(await store.getDeliveries([one.key])).toMatchObject([{ delivery: one, attempts: i + 1, reason }]);
    }
    const lane = await claimOne(store, now + 9);
    const remoteId = 'm'.repeat(100);
    await store.settle(lane, one.key, { kind: 'sent', remoteId, at: now + 9 }, LEASE_MS);
    const sent = { delivery: one, state: 'sent', reason: '', remoteId, settledAt: now + 9 };
    expect(await store.getDeliveries([one.key])).toMatchObject([sent]);
    expect(await store.findPosted(PLACE, remoteId)).toMatchObject(sent);
    expect(await store.findPosted(PLACE, remoteId.slice(1))).toBeNull();
  });

  test('keep what they hold when the first thing they are told is a long message id', async () => {
    const { store } = await open();
    const one = delivery('x', Date.now());
    await store.enqueue([one]);
    const lane = await claimOne(store, one.at);
    const remoteId = 'm'.repeat(100);
    await store.settle(lane, one.key, { kind: 'sent', remoteId, at: one.at }, LEASE_MS);
    expect(await store.getDeliveries([one.key])).toMatchObject([{ delivery: one, state: 'sent', remoteId }]);
  });

  test('that were posted as one message are found by it as the digest, also after a dump was loaded', async () => {
    const { store } = await open();
    const now = Date.now();
    const all = ['x', 'y'].map((name) => delivery(name, now));
    await store.enqueue(all);
    const lane = await claimOne(store, now);
    const digest = digestOf(all, now);
    await store.rollUp(lane, digest);
    await store.settle(lane, digest.key, { kind: 'sent', remoteId: 'm1', at: now }, LEASE_MS);
    const { store: other } = await open();
    await other.load(store.dump());
    for (const one of [store, other]) expect((await one.findPosted(PLACE, 'm1'))?.delivery.key).toBe(digest.key);
  });

  test('settled by a process whose clock is ahead do not keep the others from being swept', async () => {
    const { store } = await open();
    const now = Date.now();
    const all = ['x', 'y'].map((name) => delivery(name, now));
    await store.enqueue(all);
    const lane = await claimOne(store, now);
    const [ahead, right] = all.map(({ key }) => key);
    await store.settle(lane, ahead!, { kind: 'sent', remoteId: 'm1', at: now + 100 * HOUR_MS }, LEASE_MS);
    await store.settle(lane, right!, { kind: 'sent', remoteId: 'm2', at: now }, LEASE_MS);
    const policy = { seenMs: HOUR_MS, archiveMs: HOUR_MS, settledMs: HOUR_MS, removedMs: HOUR_MS };
    expect(await store.sweep(now + 2 * HOUR_MS, policy)).toEqual({ swept: 2 });
  });

  test('leave nothing of a lane behind once they are swept', async () => {
    const { store, redis, shard } = await open();
    const now = Date.now();
    await store.enqueue([delivery('x', now)]);
    const lane = await claimOne(store, now);
    await store.settle(lane, delivery('x', 0).key, { kind: 'dead', reason: 'gone', at: now }, LEASE_MS);
    await store.releaseLane(lane, now - 1);
    const policy = { seenMs: HOUR_MS, archiveMs: HOUR_MS, settledMs: 0, removedMs: HOUR_MS };
    expect(await store.sweep(now + 1, policy)).toEqual({ swept: 1 });
    const places = [await redis.exists(`${shard}:lanes`), await redis.exists(`${shard}:places`)];
    expect(places).toEqual([0, 0]);
  });

  test('that nobody waits for cost no writing: looking for them leaves the clock where it was', async () => {
    const { store, redis, shard } = await open();
    const now = Date.now();
    expect(await claimAll(store, now)).toEqual([]);
    await store.enqueue([delivery('x', now + HOUR_MS)]);
    expect(await claimAll(store, now)).toEqual([]);
    expect(await redis.exists(`${shard}:clock`)).toBe(0);
    expect(await claimAll(store, now + HOUR_MS)).toHaveLength(1);
    expect(await redis.exists(`${shard}:clock`)).toBe(1);
  });

  test('of a lease go on being lent to one only, and for no longer than that, when the clock is set back', async () => {
    const { store, redis, shard } = await open();
    const now = Date.now();
    // As if the server's clock had been an hour ahead until now.
    const shown = Buffer.alloc(16);
    shown.writeDoubleBE(now + HOUR_MS, 0);
    await redis.set(`${shard}:clock`, shown);
    await redis.hset(`${shard}:lanes`, PLACE, laneUntil(now + HOUR_MS + 600));
    await store.enqueue([delivery('x', now)]);
    expect(await claimAll(store, now)).toEqual([]);
    await expect.poll(async () => (await claimAll(store, now)).length, { timeout: 10_000 }).toBe(1);
  });
});

test('a record that is cut off or something else is said to be damaged', () => {
  for (const value of [Buffer.alloc(0), Buffer.from('q'), Buffer.alloc(38, 'q'), Buffer.alloc(80, 0)]) {
    expect(() => deliveryRecordOf([Buffer.from('key'), value])).toThrow('cannot be read');
  }
});

/** A lane on lease as lanes.lua keeps it: token, end of the lease, not to be sent to before. */
function laneUntil(ends: number): Buffer {
  const lane = Buffer.alloc(24);
  lane.writeDoubleBE(1, 0);
  lane.writeDoubleBE(ends, 8);
  return lane;
}
