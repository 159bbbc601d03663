import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, SocketModeReceiver, webApi, type AppOptions, type LogLevel } from '@slack/bolt';
import { afterEach, vi } from 'vitest';
import { startSlackServer, type SlackServer, type SlackServerOptions } from './server.ts';

/** A level above all others: faults that a test asks for are not printed. */
const silent = 'silent' as LogLevel;

let stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

/** A local Slack with one workspace and one channel, for the length of a test. */
export async function slack(options: SlackServerOptions = {}): Promise<SlackServer> {
  const server = await startSlackServer({ patienceMs: 4000, ...options });
  stops.push(() => server.close());
  server.workspace();
  server.channel('C1');
  return server;
}

/** A client of the first workspace that says at once what it was told. */
export function clientOf(server: SlackServer, token = server.workspace().botToken): webApi.WebClient {
  return new webApi.WebClient(token, {
    slackApiUrl: server.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: silent,
  });
}

/** The error word that a call ends with, an HTTP status or `request_error`; 'ok' when it does not. */
export async function wordOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const { data, statusCode, retryAfter } = error as {
      data?: { error?: string };
      statusCode?: number;
      retryAfter?: number;
    };
    if (retryAfter !== undefined) return `ratelimited ${retryAfter}`;
    return data?.error ?? String(statusCode ?? 'request_error');
  }
}

/** The unmodified bolt in Socket Mode, told where Slack is; `teach` adds its listeners. It reconnects half a second after a loss. */
export async function socketApp(server: SlackServer, teach: (app: App) => void): Promise<App> {
  const client = { slackApiUrl: server.apiUrl };
  const app = new App({
    token: server.workspace().botToken,
    receiver: new SocketModeReceiver({
      appToken: server.appToken,
      logLevel: silent,
      clientPingTimeout: 500,
      installerOptions: { clientOptions: client },
    }),
    logLevel: silent,
    clientOptions: client,
  });
  teach(app);
  await app.start();
  stops.push(() => app.stop());
  await server.connected();
  return app;
}

/** The unmodified bolt over HTTP; with `more` (client id, …) for many workspaces. */
export async function httpApp(
  server: SlackServer,
  teach: (app: App) => void,
  more: AppOptions = { token: server.workspace().botToken },
): Promise<string> {
  const app = new App({
    signingSecret: server.signingSecret,
    logLevel: silent,
    clientOptions: { slackApiUrl: server.apiUrl },
    ...more,
  });
  teach(app);
  const http = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
  stops.push(() => app.stop());
  // With a token of its own bolt asks who it is, and minds when it is told so too late.
  if (more.token !== undefined) await vi.waitUntil(() => server.calls('auth.test').length > 0);
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  server.requestUrl(`${origin}/slack/events`);
  return origin;
}

/** What every post of ours carries. */
export const quiet = { unfurl_links: false, unfurl_media: false } as const;

/** Posts a story to the first channel as any JSON, whatever the types of the client say; Slack's word for it. */
export function post(server: SlackServer, args: object): Promise<string> {
  return wordOf(clientOf(server).apiCall('chat.postMessage', { channel: 'C1', text: 'story', ...quiet, ...args }));
}
