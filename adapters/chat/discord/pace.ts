import type { Clock } from '../../../src/ports.ts';

/**
 * Resolves, one call after the other, when a request may go out: no two are closer than a second's `perSecond`th part.
 * Discord allows a bot fifty a second over all routes; its client counts by seconds of its own, which need not begin when
 * Discord's do, and a process that was held up for a moment must not make up for it all at once.
 */
export function createPace(clock: Pick<Clock, 'now' | 'sleep'>, perSecond: number): () => Promise<void> {
  const apartMs = 1000 / perSecond;
  let last = Number.NEGATIVE_INFINITY;
  let line = Promise.resolve();

  async function turn(): Promise<void> {
    const waitMs = last + apartMs - clock.now();
    if (waitMs > 0) await clock.sleep(Math.ceil(waitMs));
    last = clock.now();
  }

  return async () => {
    line = line.then(turn);
    return line;
  };
}
