import { describe, expect, test } from 'vitest';
import { skipWithoutRedis, unlessMissing } from '../servers/redis.ts';
import { killAgainAndAgain } from './kills.ts';

/** The short form; `npm run faults` is the long one. */
const faultless = { lost: 0, duplicates: 0, stray: 0, outOfOrder: 0 };
const inTerminal = { chat: 'terminal', places: 1, feeds: 4, each: 5, alerts: 60, seed: 4, outageMs: 0 } as const;
const inChannels = { places: 5, feeds: 3, each: 1, alerts: 30, seed: 3, outageMs: 2000 } as const;

describe.each([
  { store: 'SQLite', skip: false },
  { store: 'Redis', skip: skipWithoutRedis },
] as const)('the program on $store', ({ store, skip }) => {
  test.skipIf(skip)(
    'killed at steps and at any moment tells every story once and in order',
    { timeout: 240_000 },
    async () => {
      const report = await killAgainAndAgain({ ...inTerminal, store });
      expect(report).toMatchObject({ alerts: 60, ...faultless });
      expect(report.kills).toBeGreaterThanOrEqual(3);
    },
  );
});

describe.skipIf(skipWithoutRedis)(`the program on Redis${unlessMissing}`, () => {
  test.each(['Discord', 'Slack'] as const)(
    'killed while %s fails and Redis goes away tells every channel every story once and in order',
    { timeout: 240_000 },
    async (chat) => {
      const report = await killAgainAndAgain({ ...inChannels, chat, store: 'Redis' });
      expect(report).toMatchObject({ alerts: 30, outage: 2, ...faultless });
      expect(report.kills).toBeGreaterThanOrEqual(2);
    },
  );
});
