import { expect, test } from 'vitest';
import type { Stores } from './harness.ts';
import { claimAll, claimOne, delivery, id, keysOf, PLACE } from './samples.ts';

export function enqueueCases(stores: () => Stores): void {
  test('a delivery is new once; the first story ids stand', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    const first = delivery('x', now, { storyIds: [id(1)] });
    expect(await a.enqueue([first])).toEqual([{ fresh: true, storyIds: [id(1)] }]);
    expect(await b.enqueue([{ ...first, storyIds: [id(2)] }])).toEqual([{ fresh: false, storyIds: [id(1)] }]);
    const [record] = await b.getDeliveries([first.key]);
    expect(record).toEqual({
      delivery: first,
      state: 'queued',
      attempts: 0,
      ambiguous: false,
      reason: '',
      remoteId: '',
      settledAt: null,
      boundTo: '',
    });
  });

  test('the same delivery twice in one call is one', async () => {
    const { a, harness } = stores();
    const one = delivery('x', harness.now());
    expect((await a.enqueue([one, one])).map(({ fresh }) => fresh)).toEqual([true, false]);
    expect(keysOf(await claimOne(a, harness.now()))).toEqual([one.key]);
  });

  test('nothing enqueues nothing', async () => {
    const { a, harness } = stores();
    expect(await a.enqueue([])).toEqual([]);
    expect(await claimAll(a, harness.now())).toEqual([]);
  });

  test('two clients that enqueue the same deliveries at once are each told who was first', async () => {
    const { a, b, harness } = stores();
    const all = Array.from({ length: 200 }, (_, i) => delivery(`d${i}`, harness.now()));
    const [mine, yours] = await Promise.all(
      [a, b].map(async (store) =>
        (await Promise.all(all.map(async (one) => store.enqueue([one])))).map(([answer]) => answer!.fresh),
      ),
    );
    expect(all.every((_, i) => mine![i] !== yours![i])).toBe(true);
  });

  test('an earlier time pulls a held delivery forward, with its roll', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    const held = delivery('x', now + 5000, { roll: 'daily:1' });
    await a.enqueue([held]);
    expect(await claimAll(a, now)).toEqual([]);
    await b.enqueue([{ ...held, at: now, roll: '' }]);
    const lane = await claimOne(a, now);
    expect(lane.deliveries[0]?.delivery).toEqual({ ...held, at: now, roll: '' });
  });

  test('a later time changes nothing', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const first = delivery('x', now, { roll: 'quiet' });
    await a.enqueue([first]);
    await a.enqueue([{ ...first, at: now + 5000, roll: 'daily:1' }]);
    expect((await claimOne(a, now)).deliveries[0]?.delivery).toEqual(first);
  });

  test('one that was tried keeps its time', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const [tried, other] = [delivery('x', now), delivery('y', now - 5)];
    await a.enqueue([tried]);
    const lane = await claimOne(a, now);
    const retry = { kind: 'retry', at: now + 10, reason: 'busy', ambiguous: false } as const;
    await a.settle(lane, tried.key, retry, 1000);
    await a.releaseLane(lane, 0);
    await a.enqueue([{ ...tried, at: now - 10 }, other]);
    expect(keysOf(await claimOne(a, now + 10))).toEqual([other.key, tried.key]);
  });

  test('who else asked is added while an alert is queued, each once', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const first = delivery('x', now);
    const span = { field: 'title', start: 0, end: 3 } as const;
    await a.enqueue([first]);
    await a.enqueue([
      {
        ...first,
        matched: [
          { id: 1, spans: [span] },
          { id: 2, spans: [span] },
        ],
      },
    ]);
    const lane = await claimOne(a, now);
    expect(lane.deliveries[0]?.delivery.matched).toEqual([
      { id: 1, spans: [] },
      { id: 2, spans: [span] },
    ]);
    await a.settle(lane, first.key, { kind: 'sent', remoteId: 'm1', at: now }, 1000);
    await a.enqueue([{ ...first, matched: [{ id: 3, spans: [] }] }]);
    const [record] = await a.getDeliveries([first.key]);
    expect(record?.delivery.matched.map((one) => one.id)).toEqual([1, 2]);
    expect(record?.state).toBe('sent');
  });

  test('deliveries are found in the order asked', async () => {
    const { a, b, harness } = stores();
    const [x, y] = [delivery('x', harness.now()), delivery('y', harness.now())];
    await a.enqueue([x, y]);
    const found = await b.getDeliveries([y.key, delivery('z', 0).key, x.key]);
    expect(found.map((record) => record?.delivery.key ?? null)).toEqual([y.key, null, x.key]);
  });

  test('deliveries of one place are listed by state, newest first', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const all = ['v', 'w', 'x', 'y', 'z'].map((name) => delivery(name, now));
    const elsewhere = delivery('x', now, { destination: 'slack:T1:C2' });
    await a.enqueue([...all, elsewhere]);
    const lane = (await claimAll(a, now)).find(({ destination }) => destination === PLACE)!;
    await a.settle(lane, all[0]!.key, { kind: 'dead', reason: 'refused', at: now }, 1000);
    await a.settle(lane, all[1]!.key, { kind: 'dead', reason: 'refused', at: now }, 1000);
    await a.settle(lane, all[2]!.key, { kind: 'sent', remoteId: 'm', at: now }, 1000);
    const keys = async (state: 'queued' | 'dead' | 'sent', limit = 10): Promise<string[]> =>
      (await a.listDeliveries(PLACE, state, limit)).map((record) => String(record.delivery.key));
    expect(await keys('queued')).toEqual([all[4]!.key, all[3]!.key]);
    expect(await keys('dead')).toEqual([all[1]!.key, all[0]!.key]);
    expect(await keys('dead', 1)).toEqual([all[1]!.key]);
    expect(await keys('sent')).toEqual([all[2]!.key]);
    expect(await a.listDeliveries('slack:T1:C9', 'queued', 10)).toEqual([]);
  });
}
