import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../servers/free-port.ts';
import { skipWithoutRedis, unlessMissing } from '../servers/redis.ts';
import { end, health, said } from './running.ts';
import { PASSWORD, startTrial, type Trial } from './trial.ts';

const faultless = { lost: 0, duplicates: 0, stray: 0, outOfOrder: 0 };
const TOLD_MS = 60_000;

async function trial(store: 'SQLite' | 'Redis', feeds = 3): Promise<Trial> {
  const begun = await startTrial(store, feeds);
  onTestFinished(async () => begun.close());
  return begun;
}

async function healthyIs(port: number, expected: boolean): Promise<string> {
  let text = '';
  await expect
    .poll(
      async () => {
        const found = await health(port);
        text = found.text;
        return found.ok;
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe(expected);
  return text;
}

describe.skipIf(skipWithoutRedis)(`while Redis is away${unlessMissing}`, { timeout: 240_000 }, () => {
  test('the program says so, lives on, and goes on by itself', async () => {
    const { news, redis, start, allTold, judge } = await trial('Redis');
    const port = await freePort();
    const run = start({ PORT: String(port) });
    await said(run, 'started');
    await healthyIs(port, true);
    await redis?.kill();
    news.publish(3);
    expect(await healthyIs(port, false)).toMatch(/store/u);
    await wait(3000);
    expect(await healthyIs(port, false)).not.toContain(PASSWORD);
    await redis?.restart();
    await healthyIs(port, true);
    await allTold(TOLD_MS);
    expect(run.output()).toContain('the connection to Redis is lost');
    expect(run.output()).not.toContain(PASSWORD);

    // One that takes connections and does not answer.
    const pid = redis?.pid() ?? 0;
    process.kill(pid, 'SIGSTOP');
    news.publish(3);
    await healthyIs(port, false);
    process.kill(pid, 'SIGCONT');
    await healthyIs(port, true);
    await allTold(TOLD_MS);
    expect(await end(run)).toBe(0);
    expect(await judge()).toMatchObject(faultless);
  });

  test('the program can be stopped', async () => {
    const { news, redis, start } = await trial('Redis');
    const run = start();
    await said(run, 'started');
    news.publish(5);
    await wait(500);
    process.kill(redis?.pid() ?? 0, 'SIGSTOP');
    const killing = setTimeout(() => run.child.kill('SIGKILL'), 8000);
    run.child.kill('SIGTERM');
    const ended = await run.ended;
    clearTimeout(killing);
    expect(ended).toEqual({ code: 0, signal: null });
  });
});

describe('the program', { timeout: 240_000 }, () => {
  test.each(['SQLite', 'Redis'] as const)('stopped under load on %s tells the rest later', async (store) => {
    if (store === 'Redis' && skipWithoutRedis) return;
    const { news, start, allTold, judge } = await trial(store, 8);
    news.publish(15);
    const run = start();
    await said(run, 'started');
    await wait(500);
    expect(await end(run)).toBe(0);
    const last = start();
    await allTold(TOLD_MS);
    await end(last);
    expect(await judge()).toMatchObject({ alerts: 120, ...faultless });
  });

  test('on a full disk says so and lives; with room again nothing is lost', async () => {
    const { news, start, allTold, judge } = await trial('SQLite', 8);
    const port = await freePort();
    const run = start({ PORT: String(port) }, { fileBytes: 700_000 });
    await said(run, 'started');
    for (let round = 0; round < 4; round++) news.publish(15);
    await healthyIs(port, false);
    expect(run.child.exitCode).toBeNull();
    await end(run);
    const last = start();
    await allTold(TOLD_MS);
    await end(last);
    expect(await judge()).toMatchObject(faultless);
  });
});
