import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Lane, Store } from '../../../src/ports.ts';
import type { DeliveryKey } from '../../../src/delivery/delivery.ts';
import { LONG_MS, SHORT_MS, type Stores } from './harness.ts';
import { claimAll, claimOne, delivery, keysOf, PLACE } from './samples.ts';

export function laneCases(stores: () => Stores): void {
  const names = (...given: readonly string[]): string[] => given.map((name) => String(delivery(name, 0).key));

  async function send(store: Store, lane: Lane, key: DeliveryKey, now: number, remoteId = 'm'): Promise<boolean> {
    return store.settle(lane, key, { kind: 'sent', remoteId, at: now }, LONG_MS);
  }

  test('are claimed with what is due, by time and then as enqueued', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.enqueue([
      delivery('late', now - 1),
      delivery('future', now + 1),
      delivery('first', now - 9),
      delivery('second', now - 9),
    ]);
    const lane = await claimOne(b, now);
    expect(lane.destination).toBe(PLACE);
    expect(keysOf(lane)).toEqual(names('first', 'second', 'late'));
  });

  test('with nothing due are not claimed', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now + 100)]);
    expect(await claimAll(a, now + 99)).toEqual([]);
    expect(await claimAll(a, now + 100)).toHaveLength(1);
  });

  test('give no more than asked for, and of the platforms asked for only', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const places = ['slack:T1:C1', 'slack:T1:C2', 'discord:G1:C1', 'terminal:me'];
    await a.enqueue(
      places.flatMap((destination, i) => ['x', 'y', 'z'].map((name) => delivery(name, now - i, { destination }))),
    );
    expect(await claimAll(a, now, { platforms: [] })).toEqual([]);
    const [one, ...none] = await claimAll(a, now, { platforms: ['discord'], perLane: 2 });
    expect(none).toEqual([]);
    expect(one?.destination).toBe('discord:G1:C1');
    expect(one?.deliveries).toHaveLength(2);
    const both = await claimAll(a, now, { platforms: ['slack', 'terminal'], lanes: 2 });
    expect(both.map(({ destination }) => destination)).toEqual(['terminal:me', 'slack:T1:C2']);
  });

  test('on lease are not claimed by another', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now)]);
    await claimOne(a, now);
    await a.enqueue([delivery('y', now - 5)]);
    expect(await claimAll(b, now)).toEqual([]);
  });

  test('a sent delivery is kept with the id of its message', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now), delivery('y', now)]);
    const lane = await claimOne(a, now);
    expect(await send(a, lane, delivery('x', 0).key, now + 3, 'm7')).toBe(true);
    const [record] = await b.getDeliveries(names('x'));
    expect(record).toMatchObject({ state: 'sent', attempts: 1, remoteId: 'm7', settledAt: now + 3, reason: '' });
    expect((await b.findPosted(PLACE, 'm7'))?.delivery.key).toBe(delivery('x', 0).key);
    expect(await b.findPosted(PLACE, 'm8')).toBeNull();
    expect(await b.findPosted(PLACE, '')).toBeNull();
    expect(await b.findPosted('slack:T1:C2', 'm7')).toBeNull();
    await a.releaseLane(lane, 0);
    expect(keysOf(await claimOne(b, now))).toEqual(names('y'));
  });

  test('the message of an alert that was edited is the alert', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now), delivery('edit', now, { kind: 'edit' })]);
    const lane = await claimOne(a, now);
    await send(a, lane, delivery('x', 0).key, now, 'm1');
    await send(a, lane, delivery('edit', 0).key, now, 'm1');
    expect((await a.findPosted(PLACE, 'm1'))?.delivery.kind).toBe('alert');
  });

  test('wait as a whole for one that has to be retried, in the same order', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now), delivery('y', now)]);
    const lane = await claimOne(a, now);
    const retry = { kind: 'retry', at: now + 100, reason: 'rate limited', ambiguous: false } as const;
    expect(await a.settle(lane, delivery('x', 0).key, retry, LONG_MS)).toBe(true);
    await a.releaseLane(lane, 0);
    await a.enqueue([delivery('z', now + 50)]);
    expect(await claimAll(b, now + 99)).toEqual([]);
    const again = await claimOne(b, now + 100);
    expect(keysOf(again)).toEqual(names('x', 'y', 'z'));
    expect(again.deliveries[0]).toMatchObject({
      state: 'queued',
      attempts: 1,
      reason: 'rate limited',
      ambiguous: false,
    });
  });

  test('a try that may have been posted stays doubtful through later tries', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now)]);
    for (const [i, ambiguous] of [true, false].entries()) {
      const lane = await claimOne(a, now + i);
      await a.settle(
        lane,
        delivery('x', 0).key,
        { kind: 'retry', at: now + i + 1, reason: 'reset', ambiguous },
        LONG_MS,
      );
      await a.releaseLane(lane, 0);
    }
    const [record] = (await claimOne(a, now + 2)).deliveries;
    expect(record).toMatchObject({ attempts: 2, ambiguous: true });
  });

  test('a dead delivery lets the next ones go', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now), delivery('y', now)]);
    const lane = await claimOne(a, now);
    await a.settle(lane, delivery('x', 0).key, { kind: 'dead', reason: 'channel gone', at: now + 1 }, LONG_MS);
    await a.releaseLane(lane, 0);
    const [record] = await b.getDeliveries(names('x'));
    expect(record).toMatchObject({ state: 'dead', reason: 'channel gone', settledAt: now + 1, remoteId: '' });
    expect(keysOf(await claimOne(b, now))).toEqual(names('y'));
  });

  test('of an expired lease go to another, and the first can settle nothing any more', async () => {
    const { a, b, harness } = stores();
    await a.enqueue([delivery('x', harness.now())]);
    const lost = await claimOne(a, harness.now(), SHORT_MS);
    await harness.advance(SHORT_MS + 50);
    const now = harness.now();
    const held = await claimOne(b, now);
    expect(held.token).not.toBe(lost.token);
    expect(await send(a, lost, delivery('x', 0).key, now)).toBe(false);
    await a.releaseLane(lost, now + LONG_MS);
    expect((await a.getDeliveries(names('x')))[0]?.state).toBe('queued');
    expect(await claimAll(a, now)).toEqual([]);
    expect(await send(b, held, delivery('x', 0).key, now)).toBe(true);
  });

  test('keep their lease with every settled delivery', async () => {
    const { a, b, harness } = stores();
    await a.enqueue([delivery('x', 0), delivery('y', 0)]);
    const lane = await claimOne(a, harness.now(), SHORT_MS);
    await send(a, lane, delivery('x', 0).key, harness.now());
    await harness.advance(SHORT_MS + 50);
    expect(await claimAll(b, harness.now())).toEqual([]);
    expect(await send(a, lane, delivery('y', 0).key, harness.now())).toBe(true);
  });

  test('given back can settle nothing any more', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now)]);
    const lane = await claimOne(a, now);
    await a.releaseLane(lane, 0);
    expect(await send(a, lane, delivery('x', 0).key, now)).toBe(false);
    for (const token of ['', '0', '-1', 'x']) {
      expect(await send(a, { ...lane, token }, delivery('x', 0).key, now)).toBe(false);
    }
  });

  test('a delivery settled twice stays as it was settled first', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now)]);
    const lane = await claimOne(a, now);
    await send(a, lane, delivery('x', 0).key, now, 'm1');
    expect(await a.settle(lane, delivery('x', 0).key, { kind: 'dead', reason: 'late', at: now }, LONG_MS)).toBe(true);
    expect((await a.getDeliveries(names('x')))[0]).toMatchObject({ state: 'sent', remoteId: 'm1', attempts: 1 });
  });

  test('given back with a pause wait for its end', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now), delivery('y', now)]);
    const lane = await claimOne(a, now);
    await send(a, lane, delivery('x', 0).key, now);
    await a.releaseLane(lane, now + 100);
    expect(await claimAll(b, now + 99)).toEqual([]);
    expect(keysOf(await claimOne(b, now + 100))).toEqual(names('y'));
  });

  test('given back with a shorter pause still wait for what is retried', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.enqueue([delivery('x', now)]);
    const lane = await claimOne(a, now);
    await a.settle(lane, delivery('x', 0).key, { kind: 'retry', at: now + 100, reason: '', ambiguous: false }, LONG_MS);
    await a.releaseLane(lane, now + 50);
    expect(await claimAll(a, now + 99)).toEqual([]);
    expect(await claimAll(a, now + 100)).toHaveLength(1);
  });

  test('are each lent once to two clients that claim a thousand at the same time', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    const places = Array.from({ length: 1000 }, (_, i) => `slack:T1:C${i}`);
    await a.enqueue(places.map((destination) => delivery('x', now, { destination })));
    const claimUntilNone = async (store: Store): Promise<string[]> => {
      const claimed: string[] = [];
      for (;;) {
        const lanes = await claimAll(store, now, { lanes: 23 });
        if (lanes.length === 0) return claimed;
        claimed.push(...lanes.map(({ destination }) => String(destination)));
      }
    };
    const [mine, yours] = await Promise.all([claimUntilNone(a), claimUntilNone(b)]);
    expect([...mine, ...yours].sort()).toEqual(places.toSorted());
    expect(mine.length).toBeGreaterThan(0);
    expect(yours.length).toBeGreaterThan(0);
  });

  test('send everything once and in order, whatever fails in between', async () => {
    const { a, b, harness } = stores();
    const step = fc.record({
      client: fc.constantFrom(0, 1),
      outcome: fc.constantFrom('sent', 'sent', 'retry', 'dead', 'release'),
      late: fc.integer({ min: 0, max: 3 }),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const destination = `terminal:round${round++}`;
        let now = harness.now();
        const all = Array.from({ length: 6 }, (_, i) => delivery(`d${i}`, now + (i % 3), { destination }));
        await a.enqueue(all);
        const order = all.toSorted((one, other) => one.at - other.at).map(({ key }) => key);
        const settled: DeliveryKey[] = [];
        for (const { client, outcome, late } of [...steps, ...Array.from({ length: 6 }, () => lastStep)]) {
          const store = client === 0 ? a : b;
          now += late;
          const [lane] = await claimAll(store, now, { platforms: ['terminal'] });
          const [head] = lane?.deliveries ?? [];
          if (!lane || !head) continue;
          const { key } = head.delivery;
          if (outcome === 'sent') await send(store, lane, key, now);
          if (outcome === 'dead') await store.settle(lane, key, { kind: 'dead', reason: 'x', at: now }, LONG_MS);
          if (outcome === 'retry') {
            await store.settle(lane, key, { kind: 'retry', at: now + 2, reason: 'x', ambiguous: false }, LONG_MS);
          }
          if (outcome === 'sent' || outcome === 'dead') settled.push(key);
          await store.releaseLane(lane, 0);
        }
        expect(settled).toEqual(order);
      }),
      { numRuns: 25 },
    );
  });
}

/** Late enough for whatever is waited for. */
const lastStep = { client: 0, outcome: 'sent', late: 10 } as const;
