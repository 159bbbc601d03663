import { setTimeout as wait } from 'node:timers/promises';
import cron from 'node-cron';
import type { Clock } from '../../src/ports.ts';
import { neverBack } from './never-back.ts';

/** setTimeout counts in 32 bits: a longer sleep is slept in pieces. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The real clock. node-cron keeps the ticks of the process only; due times that must survive a restart are data in the Store.
 * A task that throws is handed to `onError` and runs again at its next tick. Time begins no earlier than `from`; see `neverBack`.
 */
export function createClock(onError: (error: unknown) => void, { from = 0 }: { readonly from?: number } = {}): Clock {
  return {
    now: neverBack(Date.now, performance.now.bind(performance), from),

    async sleep(ms, signal) {
      for (let left = Math.max(0, ms); left > 0; left -= LONGEST_TIMER_MS) {
        if (signal?.aborted === true) return;
        await wait(Math.min(left, LONGEST_TIMER_MS), undefined, signal ? { signal } : {}).catch(() => undefined);
      }
    },

    every(pattern, task) {
      const scheduled = cron.schedule(pattern, async () => task().catch(onError), {
        noOverlap: true,
        timezone: 'UTC',
        // Second by second ticks are late under load and then simply missed: the next one does the same work.
        suppressMissedWarning: true,
      });
      return () => {
        void scheduled.destroy();
      };
    },
  };
}
