import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readDump, writeDump } from '../../../adapters/store/dump-file.ts';
import { openRedisStore } from '../../../adapters/store/redis/store.ts';
import type { DumpRecord, Store } from '../../../src/ports.ts';
import { claimOne, collect, decision, delivery, digestOf, entry, feed, id } from '../../contracts/store/samples.ts';
import { leaseAll, outcome, putDue, sorted, subscription } from '../../contracts/store/samples.ts';
import { skipWithoutRedis, startRedis, unlessMissing, type RedisServer } from '../../servers/redis.ts';
import { openForTest, temporaryPath } from './temporary-folder.ts';

const HOUR_MS = 3_600_000;

describe.skipIf(skipWithoutRedis)(`moving between SQLite and Redis${unlessMissing}`, () => {
  let server: RedisServer;
  let stores = 0;

  beforeAll(async () => {
    server = await startRedis();
  });

  afterAll(async () => {
    await server.close();
  });

  async function openRedis(): Promise<Store> {
    const store = await openRedisStore({ url: server.url, prefix: `move${stores++}` });
    onTestFinished(async () => store.close());
    return store;
  }

  /** Something of every kind, with a history: sent, dead, doubtful, gathered and held deliveries. */
  async function fill(store: Store, now: number): Promise<void> {
    await putDue(store, [
      [feed(1), now],
      [feed(2, { title: 'Harbour News', tags: ['sea'] }), now + HOUR_MS],
    ]);
    const [lease] = await leaseAll(store, now);
    const keys = Array.from({ length: 5000 }, (_, i) => [id(i + 1), id(i % 3 === 0 ? i + 1 : 7)] as const);
    await store.commitFetch(lease!, outcome(lease!, now, keys));
    const numbers = Array.from({ length: 1200 }, (_, i) => i + 1);
    await store.appendStories(
      0,
      numbers.map((number) => entry(number, { title: `항만 🛳️ “${number}” \u0000`, firstSeen: now - number })),
    );
    const all = Array.from({ length: 40 }, (_, i) => delivery(`d${i}`, now + (i < 30 ? 0 : HOUR_MS)));
    await store.enqueue(all);
    const lane = await claimOne(store, now);
    const sent = { kind: 'sent', remoteId: 'm1', at: now } as const;
    await store.settle(lane, all[0]!.key, sent, HOUR_MS);
    await store.settle(lane, all[1]!.key, { kind: 'dead', reason: 'refused', at: now }, HOUR_MS);
    const digest = digestOf([all[3]!, all[5]!], now);
    await store.rollUp(lane, digest);
    const gathered = digestOf([all[6]!, all[8]!], now + 1);
    await store.rollUp(lane, gathered);
    await store.settle(lane, gathered.key, { ...sent, remoteId: 'm2' }, HOUR_MS);
    await store.settle(lane, all[2]!.key, { kind: 'retry', at: now + 9, reason: 'reset', ambiguous: true }, HOUR_MS);
    await store.releaseLane(lane, 0);
    await store.recordDecisions(numbers.flatMap((n) => [decision(n, 1), decision(n, 2, { groupId: id(1) })]));
    await store.putSubscriptions(
      numbers.map((n) => subscription(n % 5 === 0 ? { state: 'removed', removedAt: n } : {})),
    );
    await store.putDocument('place', 'x', { timeZone: 'Asia/Tokyo' }, null);
    await store.putDocument('mute', 'y', true, now + HOUR_MS);
  }

  async function through(path: string, from: Store, to: Store): Promise<void> {
    const written = await writeDump(path, from.dump());
    expect(await to.load(readDump(path))).toBe(written);
  }

  async function order(store: Store, now: number): Promise<readonly string[]> {
    const lane = await claimOne(store, now);
    return lane.deliveries.map((record) => JSON.stringify(record));
  }

  test('there and back again nothing is lost and nothing is in another order', async () => {
    const now = Date.now();
    const first = await openForTest(temporaryPath(), { now: () => now });
    await fill(first, now);
    const redis = await openRedis();
    const last = await openForTest(temporaryPath(), { now: () => now });
    await through(temporaryPath('there.jsonl'), first, redis);
    await through(temporaryPath('back.jsonl'), redis, last);

    const records: readonly DumpRecord[] = await collect(first.dump());
    expect(records.length).toBeGreaterThan(9000);
    expect(sorted(await collect(redis.dump()))).toEqual(sorted(records));
    expect(sorted(await collect(last.dump()))).toEqual(sorted(records));
    const depths = await first.depths(now);
    expect(await redis.depths(now)).toEqual(depths);
    expect(await last.depths(now)).toEqual(depths);
    const log = await first.readLog(0, 2000);
    expect((await redis.readLog(0, 2000)).entries).toEqual(log.entries);
    expect((await last.readLog(0, 2000)).entries).toEqual(log.entries);
    const sending = await order(first, now + 10);
    expect(await order(redis, now + 10)).toEqual(sending);
    expect(await order(last, now + 10)).toEqual(sending);
  });
});
