import { expect, test } from 'vitest';
import type { Stores } from './harness.ts';
import { subscription } from './samples.ts';

export function subscriptionCases(stores: () => Stores): void {
  test('are given numbers from 1 and returned as written', async () => {
    const { a, b } = stores();
    const [first, second] = await a.putSubscriptions([subscription(), subscription({ query: 'tram' })]);
    expect([first?.id, second?.id]).toEqual([1, 2]);
    expect(await b.getSubscriptions([2, 3, 1])).toEqual([second, null, first]);
    expect(second).toEqual(subscription({ id: 2, query: 'tram' }));
  });

  test('are given different numbers by two clients at once', async () => {
    const { a, b } = stores();
    const written = await Promise.all(
      Array.from({ length: 100 }, async (_, i) => (i % 2 === 0 ? a : b).putSubscriptions([subscription()])),
    );
    const ids = written.flatMap((some) => some.map((one) => one.id)).sort((x, y) => x - y);
    expect(ids).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  });

  test('are changed in place', async () => {
    const { a } = stores();
    const [first] = await a.putSubscriptions([subscription()]);
    const changed = { ...first!, query: 'tram', destination: 'slack:T1:C2' };
    expect(await a.putSubscriptions([changed])).toEqual([changed]);
    expect(await a.getSubscriptions([1])).toEqual([changed]);
    expect(await a.subscriptionsAt('slack:T1:C1')).toEqual([]);
    expect(await a.subscriptionsAt('slack:T1:C2')).toEqual([changed]);
  });

  test('keep any text as it is, and can be changed and moved all the same', async () => {
    const { a, b } = stores();
    const [odd] = await a.putSubscriptions([
      subscription({ name: '항만 \u0000 \ud83d "\n"', destination: 'slack:T1:C"\n', owner: '\udc00' }),
    ]);
    expect(await b.getSubscriptions([1])).toEqual([odd]);
    expect(await b.subscriptionsAt('slack:T1:C"\n')).toEqual([odd]);
    const [moved] = await b.putSubscriptions([{ ...odd!, destination: 'slack:T1:C2' }]);
    expect(await a.subscriptionsAt('slack:T1:C"\n')).toEqual([]);
    expect(await a.subscriptionsOf(odd!.owner)).toEqual([moved]);
    expect((await a.changes(0, 10))?.changes.map((change) => change.subscription)).toEqual([odd, moved]);
  });

  test('of a place and of a member are found by id, without the removed ones', async () => {
    const { a, b } = stores();
    const [one, two, three] = await a.putSubscriptions([
      subscription(),
      subscription({ owner: 'slack:T1:U2', state: 'paused' }),
      subscription({ destination: 'slack:T1:C2' }),
      subscription({ state: 'removed', removedAt: 5 }),
    ]);
    expect(await b.subscriptionsAt('slack:T1:C1')).toEqual([one, two]);
    expect(await b.subscriptionsOf('slack:T1:U1')).toEqual([one, three]);
    expect(await b.subscriptionsOf('slack:T1:U9')).toEqual([]);
  });

  test('are listed by id, page by page, without the removed ones', async () => {
    const { a } = stores();
    await a.putSubscriptions(
      Array.from({ length: 12 }, (_, i) =>
        subscription(i % 4 === 3 ? { state: 'removed', removedAt: 1 } : { state: i % 2 === 0 ? 'active' : 'paused' }),
      ),
    );
    const first = await a.listSubscriptions(0, 5);
    expect(first.map((one) => one.id)).toEqual([1, 2, 3, 5, 6]);
    const second = await a.listSubscriptions(6, 5);
    expect(second.map((one) => one.id)).toEqual([7, 9, 10, 11]);
    expect(await a.listSubscriptions(11, 5)).toEqual([]);
  });

  test('never have a number that was given before, though it was swept', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.putSubscriptions([subscription({ state: 'removed', removedAt: now - 10 })]);
    await a.sweep(now, { seenMs: 1, archiveMs: 1, settledMs: 1, removedMs: 5 });
    expect(await a.getSubscriptions([1])).toEqual([null]);
    expect((await b.putSubscriptions([subscription()]))[0]?.id).toBe(2);
  });

  test('put with a number of their own are not met by later ones', async () => {
    const { a } = stores();
    await a.putSubscriptions([subscription({ id: 7 })]);
    expect((await a.putSubscriptions([subscription()]))[0]?.id).toBe(8);
  });

  test('log every change in order', async () => {
    const { a, b } = stores();
    expect(await a.changesPosition()).toBe(0);
    expect(await a.changes(0, 10)).toEqual({ changes: [], position: 0 });
    const [first] = await a.putSubscriptions([subscription()]);
    const [second] = await b.putSubscriptions([subscription({ query: 'tram' })]);
    const [changed] = await a.putSubscriptions([{ ...first!, state: 'paused' }]);
    const log = await b.changes(0, 10);
    expect(log?.changes.map((change) => change.subscription)).toEqual([first, second, changed]);
    const seqs = log?.changes.map((change) => change.seq) ?? [];
    expect(seqs).toEqual(seqs.toSorted((x, y) => x - y));
    expect(log?.position).toBe(seqs.at(-1));
    expect(await a.changesPosition()).toBe(log?.position);
    expect(await a.changes(log!.position, 10)).toEqual({ changes: [], position: log!.position });
    const page = await a.changes(0, 2);
    expect(page?.changes).toHaveLength(2);
    expect(await a.changes(page!.position, 2)).toEqual({ changes: log!.changes.slice(2), position: log!.position });
  });

  test('say when the log no longer reaches back', async () => {
    const { a, harness } = stores();
    await a.putSubscriptions([subscription()]);
    const position = await a.changesPosition();
    for (let i = 0; i < harness.changesKept; i++) await a.putSubscriptions([subscription({ id: 1 })]);
    expect((await a.changes(position, 10_000))?.changes).toHaveLength(harness.changesKept);
    await a.putSubscriptions([subscription({ id: 1 })]);
    expect(await a.changes(position, 10)).toBeNull();
    expect(await a.changes(0, 10)).toBeNull();
    expect(await a.changes((await a.changesPosition()) + 1, 10)).toBeNull();
    expect(await a.changes(position + 1, 10_000)).not.toBeNull();
  });
}
