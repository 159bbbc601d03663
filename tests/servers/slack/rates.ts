import { Refusal } from './ask.ts';
import type { World } from './world.ts';

const POSTS = { perSecond: 1, burst: 3 };

/** Calls a minute of each tier, per method and workspace (docs.slack.dev/apis/web-api/rate-limits). "A small burst" of tier 1 is ten. */
const tiers = {
  1: { perMinute: 1, burst: 10 },
  2: { perMinute: 20, burst: 20 },
  3: { perMinute: 50, burst: 50 },
  4: { perMinute: 100, burst: 100 },
} as const;

/** Each method's tier, as its reference page says; methods without one are not limited here. */
const tierOf: Readonly<Record<string, keyof typeof tiers>> = {
  'apps.connections.open': 1,
  'auth.revoke': 3,
  'bots.info': 3,
  'chat.delete': 3,
  'chat.postEphemeral': 4,
  'chat.update': 3,
  'conversations.history': 3,
  'conversations.info': 3,
  'conversations.join': 3,
  'conversations.list': 2,
  'conversations.members': 4,
  'conversations.open': 3,
  'conversations.replies': 3,
  'files.completeUploadExternal': 4,
  'files.getUploadURLExternal': 4,
  'team.info': 3,
  'users.conversations': 3,
  'users.info': 4,
  'views.open': 4,
  'views.publish': 4,
  'views.push': 4,
  'views.update': 4,
};

export interface Rates {
  /** Counts a call; throws the 429 that Slack would answer. */
  call(method: string, workspace: string): void;
  /** Counts a message to a channel, and to its workspace. */
  post(channel: string, workspace: string): void;
}

/** Buckets that fill with time: what is taken faster than they fill is refused until there is room again. */
export function createRates(world: World): Rates {
  const buckets = new Map<string, { readonly level: number; readonly at: number }>();
  const { perSecond, burst, workspacePerMinute, tiers: tiered = true } = { ...POSTS, ...world.options.rate };

  function take(
    key: string,
    rate: { readonly perSecond: number; readonly burst: number },
    about: { method: string; channel: string },
  ): void {
    const now = world.now();
    const before = buckets.get(key) ?? { level: rate.burst, at: now };
    const level = Math.min(rate.burst, before.level + ((now - before.at) / 1000) * rate.perSecond);
    buckets.set(key, { level: level < 1 ? level : level - 1, at: now });
    if (level >= 1) return;
    world.rateLimited.push({ ...about, at: now });
    throw new Refusal('ratelimited', {}, Math.max(1, Math.ceil((1 - level) / rate.perSecond)));
  }

  return {
    call(method, workspace) {
      const tier = tierOf[method];
      if (tier === undefined || !tiered) return;
      const { perMinute, burst: most } = tiers[tier];
      take(`${method} ${workspace}`, { perSecond: perMinute / 60, burst: most }, { method, channel: '' });
    },

    post(channel, workspace) {
      const about = { method: 'chat.postMessage', channel };
      take(channel, { perSecond, burst }, about);
      if (workspacePerMinute !== undefined)
        take(workspace, { perSecond: workspacePerMinute / 60, burst: workspacePerMinute }, about);
    },
  };
}
