import { runBurst } from '../tests/adapters/chat/slack/burst.ts';

/**
 * 50 stories that 5,000 subscriptions over 200 channels in 4 workspaces have asked for, at once, to a local Slack that takes
 * one message a second for each channel; once with the lanes of the settings, once with a lane for each channel.
 */
export async function benchSlackBurst(): Promise<void> {
  const burst = { workspaces: 4, channels: 200, subscriptions: 5_000, stories: 50, paceMs: 1_050, perSecond: 1 };
  for (const lanes of [256, 16]) {
    const result = await runBurst({ ...burst, lanes, limitMs: 900_000 });
    console.log(
      `${lanes} lanes: ${result.posted} of ${result.wanted} messages stand, ${result.twice} twice, ` +
        `${result.rateLimited} refused for their pace; shortest gap in a channel ${result.shortestGapMs} ms; ` +
        `${(result.tookMs / 1000).toFixed(1)} s, of which pacing alone takes ${(result.leastMs / 1000).toFixed(1)} s a channel`,
    );
  }
}
