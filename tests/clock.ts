import type { Clock } from '../src/ports.ts';

export interface TestClock extends Clock {
  /** Lets time pass. */
  advance(ms: number): void;
}

/** A clock that stands still but for `advance` and for sleeping, which takes no time and lets all of it pass. */
export function testClock(start: number): TestClock {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
    async sleep(ms, signal) {
      await Promise.resolve();
      if (signal?.aborted !== true) now += ms;
    },
    every: () => () => undefined,
  };
}
