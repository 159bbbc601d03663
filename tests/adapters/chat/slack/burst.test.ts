import { expect, test } from 'vitest';
import { runBurst } from './burst.ts';

test('a burst of stories to many channels of four workspaces stands once in each, at no channel faster than it may', async () => {
  const { posted, wanted, ...rest } = await runBurst({
    workspaces: 4,
    channels: 20,
    subscriptions: 500,
    stories: 10,
    paceMs: 110,
    perSecond: 10,
    lanes: 32,
    limitMs: 60_000,
  });
  expect(posted).toBe(wanted);
  expect(rest).toMatchObject({ twice: 0, rateLimited: 0, violations: 0 });
  expect(rest.shortestGapMs).toBeGreaterThanOrEqual(100);
}, 90_000);
