import { describe, expect, onTestFinished, test } from 'vitest';
import { skipWithoutRedis, startRedis, unlessMissing } from '../servers/redis.ts';
import { contestClaims } from './claims.ts';

describe.skipIf(skipWithoutRedis)(`many clients${unlessMissing}`, () => {
  // The full form, 8 clients and 100,000 claims, is part of `npm run bench -- store`.
  test('that claim the same stories at once are each first with their own', { timeout: 120_000 }, async () => {
    const server = await startRedis();
    onTestFinished(async () => server.close());
    const report = await contestClaims(server.url, 4, 400);
    expect(report).toMatchObject({ claims: 1600, wrong: 0 });
    expect(report.refused).toBeGreaterThan(0);
  });
});
