import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import type { Stores } from './harness.ts';
import { feed, id, leaseAll, outcome, putDue } from './samples.ts';

const DAY_MS = 86_400_000;

export function seenCases(stores: () => Stores): void {
  /** Remembers keys as brought by a feed. */
  async function remember(
    store: Store,
    number: number,
    keys: readonly (readonly [key: string, storyId: string])[],
    now: number,
  ): Promise<void> {
    await putDue(store, [[feed(number), now]]);
    const [lease] = await leaseAll(store, now);
    expect(await store.commitFetch(lease!, outcome(lease!, now, keys))).toBe(true);
  }

  test('are unknown until a fetch is committed, and found in the order asked', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    expect(await a.findSeen([id(1), id(2)])).toEqual([null, null]);
    await remember(
      a,
      1,
      [
        [id(11), id(21)],
        [id(12), id(12)],
      ],
      now,
    );
    const day = Math.floor(now / DAY_MS) * DAY_MS;
    const first = { storyId: id(21), feedId: id(1), lastSeen: day };
    const second = { storyId: id(12), feedId: id(1), lastSeen: day };
    expect(await b.findSeen([id(12), id(13), id(11), id(12)])).toEqual([second, null, first, second]);
    expect(await b.findSeen([])).toEqual([]);
  });

  test('keep the feed that brought them first; story and day are the newest', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await remember(a, 1, [[id(11), id(21)]], now);
    await remember(a, 2, [[id(11), id(22)]], now + 3 * DAY_MS);
    const day = Math.floor(now / DAY_MS + 3) * DAY_MS;
    expect(await a.findSeen([id(11)])).toEqual([{ storyId: id(22), feedId: id(1), lastSeen: day }]);
  });

  test('outlive the feed that brought them', async () => {
    const { a, harness } = stores();
    await remember(a, 1, [[id(11), id(21)]], harness.now());
    await a.removeFeed(id(1));
    await putDue(a, [[feed(2), 0]]);
    expect((await a.findSeen([id(11)]))[0]?.feedId).toBe(id(1));
  });

  test('of any 64 bits come back as they were', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const digest = fc.oneof(
      fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => bits.toString(16).padStart(16, '0')),
      fc.constantFrom('0000000000000000', '7fffffffffffffff', '8000000000000000', 'ffffffffffffffff'),
    );
    await putDue(a, [[feed(1), now]]);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.tuple(digest, digest), { selector: ([key]) => key }), async (keys) => {
        const [lease] = await leaseAll(a, now);
        const { feed: one, state, seen } = outcome(lease!, now, keys);
        await a.commitFetch(lease!, { feed: one, state: { ...state, nextAt: now }, seen, now });
        const found = await a.findSeen(keys.map(([key]) => key));
        expect(found.map((record) => record?.storyId)).toEqual(keys.map(([, storyId]) => storyId));
      }),
      { numRuns: 30 },
    );
  });

  test('of a document with two thousand items are remembered all', async () => {
    const { a, harness } = stores();
    const keys = Array.from({ length: 6000 }, (_, i) => [id(i + 1), id(i + 2)] as const);
    await remember(a, 1, keys, harness.now());
    const found = await a.findSeen(keys.map(([key]) => key));
    expect(found.every((record, i) => record?.storyId === keys[i]?.[1])).toBe(true);
    expect((await a.depths(harness.now())).seen).toBe(6000);
  });

  test('given twice in one commit have the last story', async () => {
    const { a, harness } = stores();
    await remember(
      a,
      1,
      [
        [id(11), id(21)],
        [id(11), id(22)],
      ],
      harness.now(),
    );
    expect((await a.findSeen([id(11)]))[0]?.storyId).toBe(id(22));
    expect((await a.depths(harness.now())).seen).toBe(1);
  });
}
