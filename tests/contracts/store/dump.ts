import { expect, test } from 'vitest';
import type { DumpRecord } from '../../../src/ports.ts';
import { LONG_MS, type Stores } from './harness.ts';
import {
  claimOne,
  collect,
  decision,
  delivery,
  digestOf,
  entry,
  feed,
  id,
  keysOf,
  leaseAll,
  outcome,
  PLACE,
  putDue,
  sorted,
  subscription,
} from './samples.ts';

export function dumpCases(stores: () => Stores): void {
  /** Puts something of every kind into the store. */
  async function fill(): Promise<void> {
    const { a, harness } = stores();
    const now = harness.now();
    await putDue(a, [
      [feed(1), now],
      [feed(2, { title: 'Harbour News', tags: ['sea'] }), now + 10],
    ]);
    const [lease] = await leaseAll(a, now);
    const keys = Array.from({ length: 450 }, (_, i) => [id(i + 1), id(i % 2 === 0 ? i + 1 : 7)] as const);
    await a.commitFetch(lease!, outcome(lease!, now, keys));
    await a.appendStories(
      0,
      Array.from({ length: 230 }, (_, i) => entry(i + 1)),
    );
    const all = ['p', 'q', 'r', 's', 't'].map((name) => delivery(name, now));
    await a.enqueue(all);
    const lane = await claimOne(a, now);
    await a.settle(lane, all[0]!.key, { kind: 'sent', remoteId: 'm1', at: now }, LONG_MS);
    await a.rollUp(lane, digestOf([all[2]!, all[4]!], now));
    await a.settle(lane, all[1]!.key, { kind: 'retry', at: now + 9, reason: 'busy', ambiguous: true }, LONG_MS);
    await a.releaseLane(lane, 0);
    await a.recordDecisions([decision(1, 1), decision(2, 1, { outcome: 'held', reason: 'quiet hours' })]);
    await a.putSubscriptions([subscription(), subscription({ state: 'removed', removedAt: now })]);
    await a.putDocument('place', 'x', { timeZone: 'Asia/Tokyo' }, null);
    await a.putDocument('mute', 'y', true, now + LONG_MS);
  }

  async function* listed(records: readonly DumpRecord[]): AsyncGenerator<DumpRecord> {
    yield* records;
  }

  test('of an empty store is empty', async () => {
    const { a, harness } = stores();
    expect(await collect(a.dump())).toEqual([]);
    expect(await (await harness.another()).load(listed([]))).toBe(0);
  });

  test('loaded elsewhere is the same, though it went through JSON', async () => {
    const { a, harness } = stores();
    await fill();
    const records = await collect(a.dump());
    const kinds = new Set(records.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['feed', 'seen', 'story', 'delivery', 'decision', 'subscription', 'document']));
    const other = await harness.another();
    const lines = records.map((record) => JSON.parse(JSON.stringify(record)) as DumpRecord);
    expect(await other.load(listed(lines))).toBe(records.length);
    expect(sorted(await collect(other.dump()))).toEqual(sorted(records));
    const [mine, theirs] = [await a.depths(harness.now()), await other.depths(harness.now())];
    expect(theirs).toEqual(mine);
  });

  test('loaded elsewhere goes on in the same order and with the same numbers', async () => {
    const { a, harness } = stores();
    await fill();
    const now = harness.now() + 10;
    const other = await harness.another();
    await other.load(a.dump());
    const lanes = [await claimOne(a, now), await claimOne(other, now)] as const;
    expect(keysOf(lanes[0])).toHaveLength(3);
    expect(keysOf(lanes[1])).toEqual(keysOf(lanes[0]));
    expect((await other.readLog(0, 1000)).entries).toEqual((await a.readLog(0, 1000)).entries);
    expect((await other.putSubscriptions([subscription()]))[0]?.id).toBe(3);
    expect((await other.findPosted(PLACE, 'm1'))?.delivery.key).toBe(delivery('p', 0).key);
    expect(await other.leaseFeeds({ worker: 'w', now, limit: 9, perHost: 9, leaseMs: 1 })).toHaveLength(1);
    expect(await other.enqueue([delivery('p', now)])).toEqual([{ fresh: false, storyIds: [id(1)] }]);
  });

  test('is not loaded into a store that has something in it', async () => {
    const { a, b } = stores();
    await a.putDocument('place', 'x', 1, null);
    await expect(b.load(listed([]))).rejects.toMatchObject({ name: 'StoreError', code: 'not_empty' });
  });

  test('can be left unfinished', async () => {
    const { a, b } = stores();
    await fill();
    for await (const record of a.dump()) {
      expect(record.kind).toBe('feed');
      break;
    }
    await expect(b.probe()).resolves.toBeUndefined();
  });
}
