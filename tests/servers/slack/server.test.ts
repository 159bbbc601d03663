import { App, LogLevel } from '@slack/bolt';
import { afterEach, expect, test } from 'vitest';
import { startSlackServer, type SlackServer, type SlackServerOptions } from './server.ts';

let stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

async function slack(options: SlackServerOptions = {}): Promise<SlackServer> {
  const server = await startSlackServer(options);
  stops.push(() => server.close());
  return server;
}

/** The unmodified bolt, told only where Slack is; `teach` adds its listeners. */
async function socketApp(server: SlackServer, teach: (app: App) => void): Promise<App> {
  const { botToken } = server.workspace();
  const app = new App({
    token: botToken,
    appToken: server.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: server.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  teach(app);
  await app.start();
  stops.push(() => app.stop());
  await server.connected();
  return app;
}

const quiet = { unfurl_links: false, unfurl_media: false };

test('a slash command over Socket Mode is acknowledged, and its answer is seen by the member alone', async () => {
  const server = await slack();
  const app = await socketApp(server, (one) => {
    one.command('/news', async ({ ack, respond, command }) => {
      await ack();
      await respond({ response_type: 'ephemeral', text: `you said ${command.text}` });
    });
  });
  server.channel('C1');
  const user = server.user('U1');

  const answer = await user.run('/news', 'add "asset seizure"');

  expect(answer).toMatchObject({ kind: 'ephemeral', text: 'you said add "asset seizure"' });
  expect(server.messages('C1')).toEqual([]);
  await app.client.chat.postMessage({ channel: 'C1', text: 'hello', ...quiet });
  expect(server.messages('C1').map(({ text }) => text)).toEqual(['hello']);
  expect(server.violations).toEqual([]);
});
