import { runBurst, type BurstResult } from '../tests/adapters/chat/slack/burst.ts';

/**
 * 50 stories that 5,000 subscriptions over 200 channels in 4 workspaces have asked for, at once, to a local Slack that takes
 * one message a second for each channel; then 10,000 messages to a faster one while posts go wrong in every way.
 */
export async function benchSlackBurst(): Promise<void> {
  const many = { workspaces: 4, channels: 200, stories: 50, lanes: 256, limitMs: 900_000 };
  tell(
    'burst',
    await runBurst({ ...many, subscriptions: 5_000, paceMs: 1_050, perSecond: 1, retryBaseMs: 5_000, faultEveryMs: 0 }),
  );
  tell(
    'faults',
    await runBurst({ ...many, subscriptions: 200, paceMs: 210, perSecond: 5, retryBaseMs: 1_000, faultEveryMs: 400 }),
  );
}

function tell(name: string, result: BurstResult): void {
  const { posted, wanted, twice, failed, lookedBack, rateLimited, violations, shortestGapMs, tookMs, leastMs } = result;
  console.log(
    `${name}: ${posted} of ${wanted} messages stand, ${twice} twice; ${failed} posts went wrong, ${lookedBack} looks back, ` +
      `${rateLimited} refused for their pace, ${violations} limits broken; shortest gap in a channel ${shortestGapMs} ms; ` +
      `${(tookMs / 1000).toFixed(1)} s, of which pacing alone takes ${(leastMs / 1000).toFixed(1)} s a channel`,
  );
}
