import { expect, test } from 'vitest';
import { runBurst } from './burst.ts';

const burst = { workspaces: 4, channels: 20, stories: 10, paceMs: 110, perSecond: 10, lanes: 32, limitMs: 60_000 };

test('a burst of stories to many channels of four workspaces stands once in each, at no channel faster than it may', async () => {
  const { posted, wanted, ...rest } = await runBurst({
    ...burst,
    subscriptions: 500,
    retryBaseMs: 2_000,
    faultEveryMs: 0,
    faults: 0,
  });
  expect(posted).toBe(wanted);
  expect(rest).toMatchObject({ twice: 0, failed: 0, rateLimited: 0, violations: 0 });
  expect(rest.shortestGapMs).toBeGreaterThanOrEqual(100);
}, 90_000);

test('while posts go wrong in every way nothing is lost and nothing stands twice', async () => {
  const { posted, wanted, twice, failed, lookedBack } = await runBurst({
    ...burst,
    subscriptions: 20,
    retryBaseMs: 100,
    faultEveryMs: 40,
    faults: 60,
  });
  expect({ posted, twice }).toEqual({ posted: wanted, twice: 0 });
  expect(failed).toBeGreaterThan(10);
  expect(lookedBack).toBeGreaterThan(0);
}, 90_000);
