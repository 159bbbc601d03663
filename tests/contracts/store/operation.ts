import { expect, test } from 'vitest';
import { LONG_MS, SHORT_MS, type Stores } from './harness.ts';
import {
  claimOne,
  decision,
  delivery,
  entry,
  feed,
  id,
  leaseAll,
  newFeedState,
  outcome,
  putDue,
  subscription,
} from './samples.ts';

const DAY_MS = 86_400_000;
const policy = { seenMs: 45 * DAY_MS, archiveMs: 14 * DAY_MS, settledMs: 7 * DAY_MS, removedMs: 2 * DAY_MS };

export function operationCases(stores: () => Stores): void {
  test('an empty store has nothing in it and nothing due', async () => {
    const { a, harness } = stores();
    expect(await a.depths(harness.now())).toEqual({
      feeds: 0,
      subscriptions: 0,
      stories: 0,
      seen: 0,
      queued: 0,
      dead: 0,
      oldestDueFeed: null,
      oldestDueDelivery: null,
    });
  });

  test('depths tell how much there is and since when it waits', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.putFeeds([feed(1)], newFeedState(now));
    const [lease] = await leaseAll(a, now);
    await a.commitFetch(lease!, outcome(lease!, now, [[id(1), id(1)]]));
    await putDue(a, [
      [feed(2), now - 70],
      [feed(3), now - 80],
      [feed(4), now - 90],
    ]);
    await a.holdHost('host4.example', now + 10);
    await a.appendStories(0, [entry(1), entry(2)]);
    await a.putSubscriptions([subscription(), subscription({ state: 'removed', removedAt: 1 })]);
    const elsewhere = { destination: 'slack:T1:C2' };
    await a.enqueue([delivery('x', now - 50), delivery('y', now - 40), delivery('z', now + 40, elsewhere)]);
    const lane = await claimOne(a, now);
    await a.settle(lane, delivery('x', 0).key, { kind: 'dead', reason: '', at: now }, LONG_MS);
    expect(await b.depths(now)).toEqual({
      feeds: 4,
      subscriptions: 1,
      stories: 2,
      seen: 1,
      queued: 2,
      dead: 1,
      oldestDueFeed: now - 80,
      oldestDueDelivery: now - 40,
    });
  });

  test('a probe writes and reads', async () => {
    const { a, b } = stores();
    await expect(a.probe()).resolves.toBeUndefined();
    await expect(Promise.all([a.probe(), b.probe(), a.probe()])).resolves.toHaveLength(3);
  });

  test('those who watch are told what changed, until they stop', async () => {
    const { a, harness } = stores();
    const heard = new Set<string>();
    const stop = a.watch((topic) => heard.add(topic));
    await a.putFeeds([feed(1)], newFeedState(0));
    await a.enqueue([delivery('x', harness.now())]);
    await a.putSubscriptions([subscription()]);
    await expect.poll(() => [...heard].sort()).toEqual(['deliveries', 'feeds', 'subscriptions']);
    stop();
    heard.clear();
    await a.putSubscriptions([subscription()]);
    await a.probe();
    expect([...heard]).toEqual([]);
  });

  test('a sweep forgets keys that were not seen for long', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    for (const [number, days] of [48, 43, 0].entries()) {
      await putDue(a, [[feed(number + 1), 0]]);
      const [lease] = await leaseAll(a, now);
      await a.commitFetch(lease!, { ...outcome(lease!, now, [[id(number + 11), id(1)]]), now: now - days * DAY_MS });
    }
    const { swept } = await a.sweep(now, policy);
    expect(swept).toBe(1);
    const found = await a.findSeen([id(11), id(12), id(13)]);
    expect(found.map((record) => record !== null)).toEqual([false, true, true]);
    expect((await a.depths(now)).seen).toBe(2);
  });

  test('a sweep lets go of old stories and decisions', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.appendStories(0, [entry(1, { firstSeen: now - 15 * DAY_MS }), entry(2, { firstSeen: now - 13 * DAY_MS })]);
    await a.recordDecisions([decision(1, 1, { at: now - 15 * DAY_MS }), decision(2, 1, { at: now - 13 * DAY_MS })]);
    expect(await a.sweep(now, policy)).toEqual({ swept: 2 });
    expect((await a.getStories([id(1), id(2)])).map((one) => one !== null)).toEqual([false, true]);
    expect(await a.decisionsAbout({ storyId: id(1) })).toEqual([]);
    expect(await a.decisionsAbout({ groupId: id(2) })).toHaveLength(1);
    expect(await a.countDecisions([1], 0)).toEqual([1]);
  });

  test('a sweep lets go of what was settled long ago, never of what is queued', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const old = now - 8 * DAY_MS;
    const all = ['sent', 'dead', 'lately', 'queued'].map((name) => delivery(name, old));
    await a.enqueue(all);
    const lane = await claimOne(a, now);
    await a.settle(lane, all[0]!.key, { kind: 'sent', remoteId: 'm1', at: old }, LONG_MS);
    await a.settle(lane, all[1]!.key, { kind: 'dead', reason: '', at: old }, LONG_MS);
    await a.settle(lane, all[2]!.key, { kind: 'sent', remoteId: 'm2', at: now - DAY_MS }, LONG_MS);
    expect(await a.sweep(now, policy)).toEqual({ swept: 2 });
    const found = await a.getDeliveries(all.map(({ key }) => key));
    expect(found.map((record) => record?.state ?? null)).toEqual([null, null, 'sent', 'queued']);
    expect(await a.findPosted('slack:T1:C1', 'm1')).toBeNull();
    expect(await a.listDeliveries('slack:T1:C1', 'dead', 10)).toEqual([]);
    expect((await a.depths(now)).dead).toBe(0);
  });

  test('a sweep lets go of subscriptions removed long ago', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.putSubscriptions([
      subscription({ state: 'removed', removedAt: now - 3 * DAY_MS }),
      subscription({ state: 'removed', removedAt: now - DAY_MS }),
      subscription(),
    ]);
    expect(await a.sweep(now, policy)).toEqual({ swept: 1 });
    expect((await a.getSubscriptions([1, 2, 3])).map((one) => one?.id ?? null)).toEqual([null, 2, 3]);
  });

  test('a sweep lets go of documents that have expired', async () => {
    const { a, harness } = stores();
    await a.putDocument('mute', 'x', true, harness.now() + SHORT_MS);
    await a.putDocument('mute', 'y', true, harness.now() + LONG_MS);
    await a.putDocument('place', 'z', true, null);
    await harness.advance(SHORT_MS + 50);
    expect(await a.sweep(harness.now(), policy)).toEqual({ swept: 1 });
    expect(await a.listDocuments('mute')).toEqual([{ id: 'y', value: true }]);
    expect(await a.getDocument('place', 'z')).toBe(true);
  });

  test('a sweep of a thousand things and of nothing come to an end', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.appendStories(
      0,
      Array.from({ length: 1000 }, (_, i) => entry(i + 1, { firstSeen: now - 20 * DAY_MS })),
    );
    const [one, other] = await Promise.all([a.sweep(now, policy), b.sweep(now, policy)]);
    expect(one.swept + other.swept).toBe(1000);
    expect(await a.sweep(now, policy)).toEqual({ swept: 0 });
  });

  test('a closed client refuses, the other goes on', async () => {
    const { a, b } = stores();
    await a.close();
    await a.close();
    await expect(a.probe()).rejects.toMatchObject({ name: 'StoreError' });
    await expect(a.getFeed(id(1))).rejects.toMatchObject({ name: 'StoreError' });
    await expect(b.probe()).resolves.toBeUndefined();
  });

  test('what was asked for before closing is done', async () => {
    const { a, b } = stores();
    const asked = Array.from({ length: 500 }, async () => a.putSubscriptions([subscription()]));
    await a.close();
    expect(await Promise.all(asked)).toHaveLength(500);
    expect(await b.getSubscriptions([500])).not.toEqual([null]);
  });
}
