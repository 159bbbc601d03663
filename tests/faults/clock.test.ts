import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { skipWithoutRedis } from '../servers/redis.ts';
import { end, said } from './running.ts';
import { startTrial } from './trial.ts';

const faultless = { lost: 0, duplicates: 0, stray: 0, outOfOrder: 0 };
const HOUR_MS = 3_600_000;
const TOLD_MS = 60_000;
const PRELOAD = { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'wall-clock.ts')}` };

describe.each([
  { store: 'SQLite', skip: false },
  { store: 'Redis', skip: skipWithoutRedis },
] as const)('a clock that is set by an hour, on $store', { timeout: 240_000 }, ({ store, skip }) => {
  test.skipIf(skip).each([
    { direction: 'forwards', stepMs: HOUR_MS },
    { direction: 'back', stepMs: -HOUR_MS },
  ])('$direction while alerts are posted: none is lost, doubled or late', async ({ stepMs }) => {
    const trial = await startTrial(store, 2, { chat: 'Slack', places: 4 });
    onTestFinished(async () => trial.close());
    const { news, start, allTold, judge } = trial;
    const run = start({ ...PRELOAD, WALL_CLOCK_STEP_MS: String(stepMs) });
    await said(run, 'connected to Slack');
    news.publish(2);
    await expect.poll(async () => (await judge()).lost, { timeout: TOLD_MS }).toBeLessThan(2 * 2 * 4);
    run.child.kill('SIGUSR2');
    await allTold(TOLD_MS);
    // What was due by the old clock, and what comes by the new one.
    news.publish(2);
    await allTold(TOLD_MS);
    // Had anything been taken up twice it would have been posted by now.
    await wait(3000);
    expect(await end(run)).toBe(0);
    expect(await judge()).toMatchObject({ alerts: 2 * 4 * 4, ...faultless });
  });

  test.skipIf(skip)('back while the program is killed: the next goes on at once', async () => {
    const trial = await startTrial(store, 2, { chat: 'Slack', places: 4 });
    onTestFinished(async () => trial.close());
    const { news, start, allTold, judge } = trial;
    const ahead = start({ ...PRELOAD, WALL_CLOCK_OFF_MS: String(HOUR_MS) });
    await said(ahead, 'connected to Slack');
    // The time is written down at the start, and every quarter of a minute.
    news.publish(3);
    await expect.poll(async () => (await judge()).lost, { timeout: TOLD_MS }).toBeLessThan(2 * 3 * 4);
    ahead.child.kill('SIGKILL');
    await ahead.ended;
    const next = start();
    await allTold(TOLD_MS);
    news.publish(1);
    await allTold(TOLD_MS);
    expect(await end(next)).toBe(0);
    expect(await judge()).toMatchObject({ alerts: 2 * 4 * 4, ...faultless });
  });
});
