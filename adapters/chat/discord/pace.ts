import type { Clock } from '../../../src/ports.ts';

/**
 * Resolves, one call after the other, when a request may go out: `perSecond` of them evenly apart, and at most `ahead`
 * closer where late timers are to be made up for. In no second do more than both together go out.
 * Discord allows a bot fifty a second over all routes; its client counts by seconds of its own, which need not begin when
 * Discord's do.
 */
export function createPace(
  clock: Pick<Clock, 'now' | 'sleep'>,
  { perSecond, ahead }: { readonly perSecond: number; readonly ahead: number },
): () => Promise<void> {
  const apartMs = 1000 / perSecond;
  let dueAt = Number.NEGATIVE_INFINITY;
  let line = Promise.resolve();

  async function turn(): Promise<void> {
    const now = clock.now();
    dueAt = Math.max(dueAt, now - ahead * apartMs);
    if (dueAt > now) await clock.sleep(Math.ceil(dueAt - now));
    dueAt += apartMs;
  }

  return async () => {
    line = line.then(turn);
    return line;
  };
}
