import { describe, expect, test } from 'vitest';
import { skipWithoutRedis } from '../servers/redis.ts';
import { killAgainAndAgain } from './kills.ts';

/** The short form; `npm run faults` is the long one. */
describe.each([
  { store: 'SQLite', skip: false },
  { store: 'Redis', skip: skipWithoutRedis },
] as const)('the program on $store', ({ store, skip }) => {
  test.skipIf(skip)(
    'killed at steps and at any moment tells every story once and in order',
    { timeout: 240_000 },
    async () => {
      const report = await killAgainAndAgain({ store, feeds: 4, each: 5, alerts: 60, seed: 4 });
      expect(report).toMatchObject({ alerts: 60, lost: 0, duplicates: 0, stray: 0, outOfOrder: 0 });
      expect(report.kills).toBe(3);
    },
  );
});
