import { startSlackServer, type Fault } from '../servers/slack/server.ts';
import { press } from '../adapters/chat/slack/hands.ts';
import type { TrialChat } from './chats.ts';
import { LIFE_MS, QUERY } from './news.ts';
import { said } from './running.ts';

const faults: readonly Fault['how'][] = [
  'resetAfter',
  'resetBefore',
  { status: 500 },
  { status: 503 },
  { status: 429, retryAfterS: 1 },
  { error: 'internal_error' },
  { delayMs: 5_000 },
];
/** So many of the next posts go wrong, each in a channel of its own. */
const FAULTS = 10;
const DROP_SHARE = 0.3;

/**
 * A local Slack with the scopes by which a channel can be read back, a message a second for each channel. Methods have no
 * tiers: a trial starts the program more often in a minute than Slack lets an app connect.
 */
export async function askSlack(places: number): Promise<TrialChat> {
  const server = await startSlackServer({ limitMs: LIFE_MS, patienceMs: 30_000, rate: { tiers: false } });
  const { botToken } = server.workspace();
  const channels = Array.from({ length: places }, (_, i) => server.channel(`C${i}`));
  return {
    places,
    rivalEnv: {},
    env: {
      SLACK_API_URL: server.apiUrl,
      SLACK_APP_TOKEN: server.appToken,
      SLACK_BOT_TOKEN: botToken,
      NEWSHOUND_DELIVERY_LANES: '64',
    },
    async subscribe(run) {
      await said(run, 'connected to Slack');
      for (const [i, channel] of channels.entries()) {
        const user = server.user(`U${i}`, { channel });
        await press(user, await user.run('/news', `add ${QUERY}`), 'Save');
      }
    },
    told: async () => channels.map((channel) => server.messages(channel).map(({ text }) => text)),
    trouble(random) {
      server.clearFaults();
      for (let i = 0; i < FAULTS; i++) {
        const channel = channels[Math.floor(random() * channels.length)];
        const how = faults[Math.floor(random() * faults.length)];
        if (channel !== undefined && how !== undefined) server.fail({ method: 'chat.postMessage', channel, how });
      }
      if (random() < DROP_SHARE) server.dropSockets(random() < 0.5 ? 'cut' : 'refresh');
    },
    calm: () => server.clearFaults(),
    connections: () => ({ open: server.sockets, made: server.calls('apps.connections.open').length }),
    close: async () => server.close(),
  };
}
