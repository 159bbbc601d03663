import { expect, test } from 'vitest';
import { createTurns, inTurns } from '../../../src/feeds/turns.ts';

/** How often the event loop came round while this ran. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let count = 0;
  let going = true;
  const beat = (): void => {
    if (!going) return;
    count++;
    setImmediate(beat);
  };
  setImmediate(beat);
  await work();
  going = false;
  return count;
}

test('a long loop lets the event loop come round, the more often the more it reads', async () => {
  const loop = (chars: number) => async () => {
    const turns = createTurns();
    for (let i = 0; i < 100; i++) await turns(chars);
  };
  expect(await turnsDuring(loop(0))).toBeGreaterThan(2);
  expect(await turnsDuring(loop(100_000))).toBeGreaterThanOrEqual(99);
});

test('a short loop costs no turn', async () => {
  const turns = createTurns();
  const count = await turnsDuring(async () => {
    for (let i = 0; i < 10; i++) await turns(100);
  });
  expect(count).toBe(0);
});

test('what is asked a few at a time is answered in order', async () => {
  const sizes: number[] = [];
  const asked = Array.from({ length: 25 }, (_, i) => i);
  const answers = await inTurns(asked, 10, async (some) => {
    sizes.push(some.length);
    return some.map((one) => one * 2);
  });
  expect(answers).toEqual(asked.map((one) => one * 2));
  expect(sizes).toEqual([10, 10, 5]);
  expect(await inTurns([], 10, async () => ['never'])).toEqual([]);
});
