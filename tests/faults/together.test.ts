import { describe, expect, onTestFinished, test } from 'vitest';
import { openRedisStore } from '../../adapters/store/redis/store.ts';
import { openAudience } from '../../src/delivery/audience.ts';
import type { Store } from '../../src/ports.ts';
import { subscription } from '../contracts/store/samples.ts';
import { freePort } from '../servers/free-port.ts';
import { skipWithoutRedis, startRedis, unlessMissing } from '../servers/redis.ts';
import { end, said } from './running.ts';
import { startTrial, type Trial } from './trial.ts';

const faultless = { lost: 0, duplicates: 0, stray: 0, outOfOrder: 0 };
const FOLLOWED_MS = 1000;
const TAKEN_OVER_MS = 15_000;

describe.skipIf(skipWithoutRedis)(`two processes on one Redis${unlessMissing}`, { timeout: 240_000 }, () => {
  async function trial(feeds: number): Promise<Trial> {
    const begun = await startTrial('Redis', feeds);
    onTestFinished(async () => begun.close());
    return begun;
  }

  async function open(url: string): Promise<Store> {
    const store = await openRedisStore({ url });
    onTestFinished(async () => store.close());
    return store;
  }

  /** How many looks at feeds a process has taken. */
  async function looks(port: number): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const counts = [...text.matchAll(/^newshound_fetches_total\{[^}]*\} (\d+)/gmu)];
    return counts.reduce((sum, [, count]) => sum + Number(count), 0);
  }

  test('share the feeds and tell each story once', async () => {
    const { news, start, folder, allTold, judge } = await trial(8);
    const ports = [await freePort(), await freePort()];
    const runs = [start({ PORT: String(ports[0]) }), start({ PORT: String(ports[1]) }, { folder: await folder() })];
    for (const run of runs) await said(run, 'started');
    for (let round = 0; round < 5; round++) {
      news.publish(4);
      await allTold(60_000);
    }
    for (const port of ports) await expect.poll(async () => looks(port), { timeout: 20_000 }).toBeGreaterThan(0);
    for (const run of runs) await end(run);
    // Each of the two ledgers has its order; between them there is none to judge.
    expect(await judge()).toMatchObject({ alerts: 160, lost: 0, duplicates: 0, stray: 0 });
  });

  // With the usual lease for what is being posted; feeds need not be waited for as long to see the same.
  test.each([
    { step: 'claimed', doing: 'held a destination', leaseSeconds: 12 },
    { step: 'fetched', doing: 'looked at a feed', leaseSeconds: 3 },
  ])('take over from one that was killed while it $doing', async ({ step, leaseSeconds }) => {
    const { news, start, folder, allTold, judge } = await trial(2);
    const lease = { NEWSHOUND_STORE_LEASE_SECONDS: String(leaseSeconds) };
    news.publish(3);
    const dying = start({ ...lease, NEWSHOUND_KILL_AT: `${step}:1` });
    expect((await dying.ended).signal).toBe('SIGKILL');
    const died = performance.now();
    const heir = start(lease, { folder: await folder() });
    await allTold(30_000);
    expect(performance.now() - died).toBeLessThan(TAKEN_OVER_MS);
    await end(heir);
    expect(await judge()).toMatchObject(faultless);
  });

  test('honour a subscription that was added in the other within a second', async () => {
    const server = await startRedis();
    onTestFinished(async () => server.close());
    const [writer, reader] = [await open(server.url), await open(server.url)];
    const audience = await openAudience(reader, () => undefined);
    reader.watch((topic) => {
      if (topic === 'subscriptions') void audience.follow();
    });
    // The first word may be missed while the reader begins to listen; the program's tick makes that good.
    await expect
      .poll(
        async () => {
          await writer.putSubscriptions([subscription({ id: 1 })]);
          return audience.size;
        },
        { timeout: 10_000, interval: 100 },
      )
      .toBe(1);
    for (let number = 2; number <= 30; number++) {
      await writer.putSubscriptions([subscription({ query: `tram${number}` })]);
      await expect.poll(() => audience.size, { timeout: FOLLOWED_MS, interval: 10 }).toBe(number);
    }
  });
});
