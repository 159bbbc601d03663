import { expect, test } from 'vitest';
import { createPace } from '../../../../adapters/chat/discord/pace.ts';

/** When each of `count` requests, all wanted at once after `idleMs`, may go out. */
async function timesOf(count: number, idleMs: number): Promise<number[]> {
  let now = 1_000_000;
  const times: number[] = [];
  const clock = {
    now: () => now,
    async sleep(ms: number) {
      times.push(now + ms);
    },
  };
  const pace = createPace(clock, { perSecond: 46, burst: 3 });
  await pace();
  now += idleMs;
  for (let i = 0; i < count; i++) {
    const before = times.length;
    await pace();
    if (times.length === before) times.push(now);
  }
  return times;
}

test.each([0, 10, 500, 60_000])('fifty a second are never passed, after %i ms of rest', async (idleMs) => {
  const times = await timesOf(500, idleMs);
  const most = Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));
  expect(most).toBeLessThan(50);
  expect(Math.max(...times) - Math.min(...times)).toBeLessThan(11_500);
});

test('a single request does not wait', async () => {
  expect(await timesOf(1, 1000)).toEqual([1_001_000]);
});
