import type { App, AppOptions, Installation } from '@slack/bolt';
import { expect, test } from 'vitest';
import { clientOf, httpApp, quiet, slack, wordOf } from './bolt-app.ts';
import type { SlackServer } from './server.ts';

/** An app for many workspaces whose installations are kept in a map. */
function manyWorkspaces(server: SlackServer): {
  readonly kept: Map<string, Installation>;
  readonly options: AppOptions;
} {
  const kept = new Map<string, Installation>();
  const options: AppOptions = {
    clientId: server.clientId,
    clientSecret: server.clientSecret,
    stateSecret: 'a state secret',
    scopes: ['chat:write', 'commands'],
    installerOptions: { authorizationUrl: server.authorizeUrl },
    installationStore: {
      storeInstallation: async (installation) =>
        void kept.set(installation.team?.id ?? '', structuredClone(installation)),
      fetchInstallation: async ({ teamId = '' }) => {
        const found = kept.get(teamId);
        if (!found) throw new Error(`not installed in ${teamId}`);
        return found;
      },
    },
  };
  return { kept, options };
}

const hello = (app: App): void =>
  app.command('/news', async ({ ack, respond, context }) => {
    await ack();
    await respond({ response_type: 'ephemeral', text: `hello ${context.teamId}` });
  });

test('two workspaces install the app, each has its own token', async () => {
  const server = await slack();
  const { kept, options } = manyWorkspaces(server);
  for (const id of ['T2', 'T3']) {
    server.workspace({ id, installed: false });
    server.channel(`C${id}`, { workspace: id });
    server.user(`U${id}`, { workspace: id });
  }
  const origin = await httpApp(server, hello, options);
  for (const workspace of ['T2', 'T3'])
    await expect(server.install(`${origin}/slack/install`, { workspace })).resolves.toMatchObject({ status: 200 });

  const tokens = ['T2', 'T3'].map((id) => kept.get(id)?.bot?.token ?? '');
  expect(tokens).toEqual(['T2', 'T3'].map((id) => server.workspace({ id }).botToken));
  expect(new Set(tokens).size).toBe(2);
  await expect(server.user('UT2').run('/news', 'x')).resolves.toMatchObject({ text: 'hello T2' });
  const post = clientOf(server, tokens[0]).chat.postMessage({ channel: 'CT3', text: 'x', ...quiet });
  expect(await wordOf(post)).toBe('channel_not_found');
});

test('an installation that is denied, or comes back without its cookie, comes to nothing', async () => {
  const server = await slack();
  const { kept, options } = manyWorkspaces(server);
  server.workspace({ id: 'T2', installed: false });
  server.user('U2', { workspace: 'T2' });
  const origin = await httpApp(server, hello, options);
  await server.install(`${origin}/slack/install`, { workspace: 'T2', deny: true });
  await server.install(`${origin}/slack/install`, { workspace: 'T2', cookies: false });
  expect(kept.size).toBe(0);
  expect(server.workspace({ id: 'T2' }).botToken).toBe('');
});

test('a code is good once, for the client that has the secret, and for its own redirect address', async () => {
  const server = await slack();
  server.user('U1');
  const { clientId: client_id, clientSecret: client_secret } = server;
  const client = clientOf(server, '');
  const redirect_uri = 'http://127.0.0.1:9/slack/oauth_redirect';
  const authorize = async (back: string) => {
    const asked = new URLSearchParams({ client_id, scope: 'chat:write', state: 's', redirect_uri: back });
    const answer = await fetch(`${server.authorizeUrl}?${asked.toString()}`, { redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? 'none:').searchParams.get('code') ?? '';
  };
  expect(await authorize('https://elsewhere.example/')).toBe('');
  const code = await authorize(redirect_uri);
  const access = (more: object) =>
    wordOf(client.oauth.v2.access({ client_id, client_secret, code, redirect_uri, ...more }));
  expect(await access({ client_secret: 'guess' })).toBe('bad_client_secret');
  expect(await access({ client_id: '1.2' })).toBe('invalid_client_id');
  expect(await access({ redirect_uri: 'http://127.0.0.1:9/' })).toBe('bad_redirect_uri');
  expect(await access({ code: 'guess' })).toBe('invalid_code');
  expect(await access({})).toBe('ok');
  expect(await access({})).toBe('code_already_used');
});

test('a token that expires is renewed with a refresh token that works once', async () => {
  const server = await slack({ rotation: { expiresInS: 43_200 } });
  const { kept, options } = manyWorkspaces(server);
  server.workspace({ id: 'T2', installed: false });
  server.user('U2', { workspace: 'T2' });
  const origin = await httpApp(server, hello, options);
  await server.install(`${origin}/slack/install`, { workspace: 'T2' });
  const { token = '', refreshToken = '' } = kept.get('T2')?.bot ?? {};
  expect(await wordOf(clientOf(server, token).auth.test({}))).toBe('ok');
  server.advance(43_201_000);
  expect(await wordOf(clientOf(server, token).auth.test({}))).toBe('token_expired');

  const { clientId: client_id, clientSecret: client_secret } = server;
  const renew = () =>
    clientOf(server, '').oauth.v2.access({
      client_id,
      client_secret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
  const renewed = await renew();
  expect(await wordOf(clientOf(server, renewed.access_token).auth.test({}))).toBe('ok');
  expect(await wordOf(renew())).toBe('invalid_refresh_token');
});

test('an app that is uninstalled is told, and its token is void', async () => {
  const server = await slack();
  const heard: string[] = [];
  await httpApp(server, (app) => {
    app.event('app_uninstalled', async ({ event }) => void heard.push(event.type));
    app.event('tokens_revoked', async ({ event }) => void heard.push(`${event.type} ${event.tokens.bot?.join(',')}`));
  });
  const { botToken } = server.workspace();
  server.uninstall('T1');
  await expect.poll(() => heard.sort()).toEqual(['app_uninstalled', 'tokens_revoked UBOTT1']);
  expect(await wordOf(clientOf(server, botToken).auth.test({}))).toBe('account_inactive');
});

test('a channel that is archived, deleted or closed to the bot is told to an app that may know', async () => {
  const server = await slack({ events: ['channel_archive', 'channel_left', 'group_left', 'channel_deleted'] });
  server.channel('C2', { private: true });
  await httpApp(server, () => undefined);
  server.revokeScope('T1', 'groups:read');
  server.archive('C1');
  server.kick('C2');
  server.remove('C1');
  server.uninstall('T1');
  await expect.poll(() => server.deliveries.map(({ what }) => what)).toEqual(['channel_archive', 'channel_deleted']);
});

test('a token that the app gives back is void, and it is told', async () => {
  const server = await slack();
  const client = clientOf(server);
  await client.auth.revoke({});
  expect(await wordOf(client.auth.test({}))).toBe('account_inactive');
  expect(server.workspace().botToken).toBe('');
  await expect.poll(() => server.deliveries.map(({ what }) => what)).toContain('tokens_revoked');
});
