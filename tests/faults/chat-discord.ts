import type { Fault } from '../servers/discord/faults.ts';
import { startDiscordServer } from '../servers/discord/server.ts';
import type { TrialChat } from './chats.ts';
import { LIFE_MS, QUERY } from './news.ts';
import { said } from './running.ts';

const ANNA = '700000000000000001';

/** Of a hundred posts so many meet this. */
const plagues: readonly (readonly [share: number, how: Fault])[] = [
  [2, { status: 429, retryAfterMs: 500 }],
  [2, { status: 500 }],
  [1, { status: 503 }],
  [2, 'resetBefore'],
  [2, 'resetAfter'],
  [0.2, { delayMs: 5_000 }],
];
const DROP_SHARE = 0.3;
const RESUMABLE_SHARE = 0.7;

/** A local Discord with its limits, channels of one server. Only the window of a channel's limit is a shorter one. */
export async function askDiscord(places: number): Promise<TrialChat> {
  const names = Array.from({ length: places }, (_, i) => `channel-${i}`);
  const server = await startDiscordServer({
    lifeMs: LIFE_MS,
    guilds: [{ channels: names.map((name) => ({ name })) }],
    rateLimit: { requests: 5, windowMs: 1_000 },
  });
  const channels = names.map((name) => server.home.channels[name] ?? '');
  return {
    places,
    rivalEnv: {},
    env: {
      DISCORD_TOKEN: server.token,
      DISCORD_API_URL: `${server.url}/api`,
      // Two processes may be at it at once.
      NEWSHOUND_DISCORD_REQUESTS_PER_SECOND: '24',
    },
    async subscribe(run) {
      await said(run, 'connected to Discord');
      for (const channel of channels) {
        const member = server.user(ANNA, { channel });
        await member.click(await member.run('add', { query: QUERY }), 'Save');
      }
    },
    told: async () =>
      channels.map((channel) =>
        server.messages(channel).flatMap(({ embeds }) => embeds.map(({ title = '' }) => title)),
      ),
    trouble(random) {
      server.heal();
      for (const [share, how] of plagues) {
        const route = (method: string, path: string): boolean =>
          method === 'POST' && path.endsWith('/messages') && random() * 100 < share;
        server.fail({ route, how, times: Number.POSITIVE_INFINITY });
      }
      if (random() < DROP_SHARE) server.dropGateway({ resumable: random() < RESUMABLE_SHARE });
    },
    calm: () => server.heal(),
    connections() {
      const { open, connections } = server.gateway();
      return { open, made: connections };
    },
    close: async () => server.close(),
  };
}
