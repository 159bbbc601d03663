import { expect, test } from 'vitest';
import type { Lane } from '../../../src/ports.ts';
import type { Delivery } from '../../../src/delivery/delivery.ts';
import { LONG_MS, SHORT_MS, type Stores } from './harness.ts';
import { claimOne, delivery, digestOf, keysOf, PLACE } from './samples.ts';

export function rollUpCases(stores: () => Stores): void {
  interface Rolled {
    readonly now: number;
    readonly lane: Lane;
    readonly digest: Delivery;
    readonly all: readonly Delivery[];
  }

  /** Five deliveries of one place of which the second and the fourth were taken up into a digest. */
  async function rollTwo(): Promise<Rolled> {
    const { a, harness } = stores();
    const now = harness.now();
    const all = ['p', 'q', 'r', 's', 't'].map((name) => delivery(name, now));
    await a.enqueue(all);
    const lane = await claimOne(a, now);
    const digest = digestOf([all[1]!, all[3]!], now + 1);
    expect(await a.rollUp(lane, digest)).toBe(true);
    return { now, lane, digest, all };
  }

  test('take the place of their first member', async () => {
    const { a, b } = stores();
    const { now, lane, digest, all } = await rollTwo();
    const members = await b.getDeliveries(digest.members);
    expect(members.map((record) => [record?.state, record?.boundTo])).toEqual([
      ['bound', digest.key],
      ['bound', digest.key],
    ]);
    await a.releaseLane(lane, 0);
    const again = await claimOne(b, now);
    expect(keysOf(again)).toEqual([all[0]!.key, digest.key, all[2]!.key, all[4]!.key]);
    expect(again.deliveries[1]?.delivery).toEqual(digest);
  });

  test('rolled up again are the same', async () => {
    const { a } = stores();
    const { now, lane, digest } = await rollTwo();
    expect(await a.rollUp(lane, digest)).toBe(true);
    await a.releaseLane(lane, 0);
    expect(keysOf(await claimOne(a, now))).toHaveLength(4);
  });

  test('sent settle their members with them', async () => {
    const { a, b } = stores();
    const { now, lane, digest, all } = await rollTwo();
    expect(await a.settle(lane, digest.key, { kind: 'sent', remoteId: 'm5', at: now + 2 }, LONG_MS)).toBe(true);
    for (const record of await b.getDeliveries(digest.members)) {
      expect(record).toMatchObject({ state: 'sent', remoteId: 'm5', settledAt: now + 2, boundTo: digest.key });
    }
    expect((await b.findPosted(PLACE, 'm5'))?.delivery.key).toBe(digest.key);
    await a.releaseLane(lane, 0);
    expect(keysOf(await claimOne(b, now))).toEqual([all[0]!.key, all[2]!.key, all[4]!.key]);
  });

  test('dead take their members with them', async () => {
    const { a } = stores();
    const { now, lane, digest } = await rollTwo();
    await a.settle(lane, digest.key, { kind: 'dead', reason: 'no permission', at: now + 2 }, LONG_MS);
    for (const record of await a.getDeliveries(digest.members)) {
      expect(record).toMatchObject({ state: 'dead', reason: 'no permission', settledAt: now + 2 });
    }
  });

  test('retried keep their members', async () => {
    const { a, b } = stores();
    const { now, lane, digest, all } = await rollTwo();
    await a.settle(lane, all[0]!.key, { kind: 'sent', remoteId: 'm', at: now }, LONG_MS);
    await a.settle(lane, digest.key, { kind: 'retry', at: now + 50, reason: 'busy', ambiguous: true }, LONG_MS);
    await a.releaseLane(lane, 0);
    const again = await claimOne(b, now + 50);
    expect(again.deliveries[0]).toMatchObject({ delivery: digest, attempts: 1, ambiguous: true });
    expect((await b.getDeliveries(digest.members)).map((record) => record?.state)).toEqual(['bound', 'bound']);
  });

  test('are not undone by a member that is enqueued again', async () => {
    const { a } = stores();
    const { now, lane, digest, all } = await rollTwo();
    expect(await a.enqueue([{ ...all[1]!, at: now - 100 }])).toEqual([{ fresh: false, storyIds: all[1]!.storyIds }]);
    await a.releaseLane(lane, 0);
    expect(keysOf(await claimOne(a, now))).toEqual([all[0]!.key, digest.key, all[2]!.key, all[4]!.key]);
  });

  test('are not made by one who lost the lane', async () => {
    const { a, b, harness } = stores();
    const all = ['x', 'y'].map((name) => delivery(name, harness.now()));
    await a.enqueue(all);
    const lost = await claimOne(a, harness.now(), SHORT_MS);
    await harness.advance(SHORT_MS + 50);
    await claimOne(b, harness.now());
    const digest = digestOf(all, harness.now());
    expect(await a.rollUp(lost, digest)).toBe(false);
    expect(await a.getDeliveries([digest.key])).toEqual([null]);
    expect((await a.getDeliveries(digest.members)).map((record) => record?.state)).toEqual(['queued', 'queued']);
  });

  test('are not made of what is no longer queued in the lane', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const all = ['x', 'y'].map((name) => delivery(name, now));
    await a.enqueue(all);
    const lane = await claimOne(a, now);
    await a.settle(lane, all[0]!.key, { kind: 'sent', remoteId: 'm', at: now }, LONG_MS);
    expect(await a.rollUp(lane, digestOf(all, now))).toBe(false);
    expect((await a.getDeliveries([all[1]!.key]))[0]?.state).toBe('queued');
  });

  test('members are listed as bound', async () => {
    const { a } = stores();
    const { digest } = await rollTwo();
    const bound = await a.listDeliveries(PLACE, 'bound', 10);
    expect(bound.map((record) => String(record.delivery.key))).toEqual(digest.members.toReversed());
  });
}
