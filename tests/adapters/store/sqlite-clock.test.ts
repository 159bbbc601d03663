import { expect, test } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import { claimAll, delivery, feed, leaseAll, putDue } from '../../contracts/store/samples.ts';
import { openForTest, temporaryPath } from './temporary-folder.ts';

const HOUR_MS = 3_600_000;
const LEASE_MS = 12_000;
const START = Date.UTC(2026, 10, 25, 9, 0);

/** A store with a feed and a lane on lease, and the clocks of its machine. */
async function lend(): Promise<{
  store: Store;
  clocks: { wall: number; steady: number };
  taken: () => Promise<number[]>;
}> {
  const clocks = { wall: START, steady: 7 * HOUR_MS };
  const store = await openForTest(temporaryPath(), { now: () => clocks.wall, steady: () => clocks.steady });
  // Due by whatever the clock may be set to.
  await putDue(store, [[feed(1), START - 10 * HOUR_MS]]);
  await store.enqueue([delivery('x', START - 10 * HOUR_MS)]);
  const taken = async (): Promise<number[]> => {
    const ask = { worker: 'w', now: clocks.wall, limit: 5, perHost: 5, leaseMs: LEASE_MS };
    const lanes = await claimAll(store, clocks.wall, { leaseMs: LEASE_MS });
    const holder = await store.takeLease('gateway', String(clocks.wall), clocks.wall, LEASE_MS);
    return [(await store.leaseFeeds(ask)).length, lanes.length, holder === String(clocks.wall) ? 1 : 0];
  };
  expect(await taken()).toEqual([1, 1, 1]);
  return { store, clocks, taken };
}

test.each([HOUR_MS, -HOUR_MS, 30 * 24 * HOUR_MS])('leases stand though the clock is set by %i ms', async (stepMs) => {
  const { clocks, taken } = await lend();
  clocks.wall += stepMs;
  expect(await taken()).toEqual([0, 0, 0]);
  clocks.steady += LEASE_MS;
  clocks.wall += LEASE_MS;
  expect(await taken()).toEqual([1, 1, 1]);
});

test('leases from before the machine was started are none', async () => {
  const { store, clocks, taken } = await lend();
  clocks.steady = 40_000;
  clocks.wall += 60_000;
  expect(await taken()).toEqual([1, 1, 1]);
  expect(await leaseAll(store, clocks.wall)).toEqual([]);
});
