import { expect, test } from 'vitest';
import { createPace } from '../../../../adapters/chat/discord/pace.ts';

/** When each of `count` requests, all wanted at once, goes out, if timers are late and one wait takes `heldUpMs` more. */
async function timesOf(count: number, heldUpMs: number): Promise<number[]> {
  let now = 1_000_000;
  const times: number[] = [];
  const clock = {
    now: () => now,
    async sleep(ms: number) {
      now += ms + (times.length % 3) * 10 + (times.length === 20 ? heldUpMs : 0);
    },
  };
  const pace = createPace(clock, { perSecond: 40, ahead: 2 });
  const all = Array.from({ length: count }, async () => {
    await pace();
    times.push(now);
  });
  await Promise.all(all);
  return times;
}

test.each([0, 10, 300, 5_000])(
  'fifty a second are never passed, though the process is held up for %i ms',
  async (ms) => {
    const times = await timesOf(500, ms);
    const most = Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));
    expect(most).toBeLessThan(50);
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(13_000 + ms);
  },
);

test('a single request does not wait', async () => {
  expect(await timesOf(1, 0)).toEqual([1_000_000]);
});
