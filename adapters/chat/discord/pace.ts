import type { Clock } from '../../../src/ports.ts';

/**
 * Resolves when a request may go out: in no second more than `perSecond` and `burst` together. Discord allows a bot
 * fifty a second over all routes; its client counts by seconds of its own, which need not begin when Discord's do.
 */
export function createPace(
  clock: Pick<Clock, 'now' | 'sleep'>,
  { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
): () => Promise<void> {
  const apartMs = 1000 / perSecond;
  let nextAt = 0;
  return async () => {
    const now = clock.now();
    const at = Math.max(nextAt, now - (burst - 1) * apartMs);
    nextAt = at + apartMs;
    if (at > now) await clock.sleep(Math.ceil(at - now));
  };
}
