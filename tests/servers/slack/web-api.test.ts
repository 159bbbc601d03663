import type { webApi } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { clientOf, post, quiet, slack, wordOf } from './bolt-app.ts';
import type { Fault } from './server.ts';

describe('who may', () => {
  test('a call without, with an unknown, and with a wrong kind of token is refused', async () => {
    const server = await slack();
    expect(await wordOf(clientOf(server, '').auth.test({}))).toBe('not_authed');
    expect(await wordOf(clientOf(server, 'xoxb-nobody').auth.test({}))).toBe('invalid_auth');
    expect(await wordOf(clientOf(server, server.appToken).auth.test({}))).toBe('not_allowed_token_type');
    expect(await wordOf(clientOf(server).apps.connections.open({}))).toBe('not_allowed_token_type');
    await expect(clientOf(server).auth.test({})).resolves.toMatchObject({
      team_id: 'T1',
      user_id: 'UBOTT1',
      bot_id: 'BT1',
    });
  });

  test('each method asks for its scope and says which', async () => {
    const server = await slack({ scopes: ['chat:write'] });
    server.user('U1');
    const client = clientOf(server);
    const calls = {
      'channels:read': client.conversations.info({ channel: 'C1' }),
      'channels:history': client.conversations.history({ channel: 'C1' }),
      'channels:join': client.conversations.join({ channel: 'C1' }),
      'im:write': client.conversations.open({ users: 'U1' }),
      'users:read': client.users.info({ user: 'U1' }),
      'groups:read': client.conversations.list({ types: 'private_channel' }),
    };
    for (const [needed, call] of Object.entries(calls))
      await expect(call).rejects.toMatchObject({ data: { error: 'missing_scope', needed, provided: 'chat:write' } });
  });

  test('a workspace knows nothing of another', async () => {
    const server = await slack();
    const { botToken } = server.workspace({ id: 'T2' });
    server.user('U1');
    const other = clientOf(server, botToken);
    expect(await wordOf(other.chat.postMessage({ channel: 'C1', text: 'x', ...quiet }))).toBe('channel_not_found');
    expect(await wordOf(other.users.info({ user: 'U1' }))).toBe('user_not_found');
    await expect(other.conversations.list({})).resolves.toMatchObject({ channels: [] });
  });
});

describe('channels', () => {
  test.each([
    ['a channel that is not there', 'C9', {}, 'channel_not_found'],
    ['a public channel without the bot', 'C2', { member: false }, 'not_in_channel'],
    ['a private channel without the bot', 'C2', { member: false, private: true }, 'channel_not_found'],
    ['an archived channel', 'C2', { archived: true }, 'is_archived'],
    ['a private channel with the bot', 'C2', { private: true }, 'ok'],
  ] as const)('%s', async (_name, channel, parts, word) => {
    const server = await slack();
    if (channel === 'C2') server.channel(channel, parts);
    expect(await post(server, { channel })).toBe(word);
  });

  test('the bot joins a public channel, is put out, and can no longer post', async () => {
    const server = await slack();
    server.channel('C2', { member: false });
    await clientOf(server).conversations.join({ channel: 'C2' });
    expect(await post(server, { channel: 'C2' })).toBe('ok');
    server.kick('C2');
    expect(await post(server, { channel: 'C2' })).toBe('not_in_channel');
    server.remove('C2');
    expect(await post(server, { channel: 'C2' })).toBe('channel_not_found');
  });

  test('a list comes in pages', async () => {
    const server = await slack();
    for (let i = 0; i < 5; i++) server.channel(`C2${i}`);
    const names: unknown[] = [];
    for await (const page of clientOf(server).paginate('conversations.list', { limit: 2 }))
      names.push(...(page as webApi.ConversationsListResponse).channels!.map(({ id }) => id));
    expect(names).toEqual(['C1', 'C20', 'C21', 'C22', 'C23', 'C24']);
  });

  test('a message to a member opens their direct message channel', async () => {
    const server = await slack();
    const user = server.user('U1');
    const { channel } = await clientOf(server).chat.postMessage({ channel: 'U1', text: 'psst', ...quiet });
    expect(channel).toBe(server.dm('U1'));
    await expect(user.next()).resolves.toMatchObject({ kind: 'message', text: 'psst' });
    await expect(clientOf(server).conversations.open({ users: 'U1' })).resolves.toMatchObject({
      channel: { id: channel },
    });
  });

  test('a channel knows its members, the workspace its bot and its name', async () => {
    const server = await slack();
    server.user('U1');
    const client = clientOf(server);
    await expect(client.conversations.members({ channel: 'C1' })).resolves.toMatchObject({ members: ['UBOTT1', 'U1'] });
    await expect(client.conversations.info({ channel: 'C1', include_num_members: true })).resolves.toMatchObject({
      channel: { is_member: true, is_private: false, num_members: 2 },
    });
    await expect(client.users.conversations({})).resolves.toMatchObject({ channels: [{ id: 'C1' }] });
    await expect(client.bots.info({ bot: 'BT1' })).resolves.toMatchObject({ bot: { user_id: 'UBOTT1' } });
    await expect(client.team.info({})).resolves.toMatchObject({ team: { id: 'T1', name: 'Workspace T1' } });
  });

  test('a member has a time zone and a locale', async () => {
    const server = await slack();
    server.user('U1', { tz: 'Asia/Kolkata', locale: 'hi-IN', admin: true });
    await expect(clientOf(server).users.info({ user: 'U1', include_locale: true })).resolves.toMatchObject({
      user: { tz: 'Asia/Kolkata', tz_offset: 19_800, locale: 'hi-IN', is_admin: true },
    });
  });
});

describe('messages', () => {
  test('metadata comes back with the history when it is asked for', async () => {
    const server = await slack();
    const client = clientOf(server);
    const metadata = { event_type: 'alert', event_payload: { delivery: 'd1' } };
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'one', metadata, ...quiet });
    await client.chat.postMessage({ channel: 'C1', text: 'two', ...quiet });
    const whole = await client.conversations.history({ channel: 'C1', include_all_metadata: true });
    expect(whole.messages).toMatchObject([{ text: 'two' }, { text: 'one', ts, metadata, bot_id: 'BT1' }]);
    const bare = await client.conversations.history({ channel: 'C1', oldest: ts, inclusive: true, limit: 1 });
    expect(bare).toMatchObject({ messages: [{ text: 'two' }], has_more: true });
    const after = await client.conversations.history({ channel: 'C1', oldest: ts });
    expect(after.messages).toMatchObject([{ text: 'two' }]);
    expect(after.messages?.[0]).not.toHaveProperty('metadata');
  });

  test('an edit keeps the metadata it does not name', async () => {
    const server = await slack();
    const client = clientOf(server);
    const metadata = { event_type: 'alert', event_payload: {} };
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'one', metadata, ...quiet });
    await client.chat.update({ channel: 'C1', ts, text: 'corrected' });
    expect(server.messages('C1')).toMatchObject([{ ts, text: 'corrected', metadata, edits: 1 }]);
    expect(await wordOf(client.chat.update({ channel: 'C1', ts: '1.0', text: 'x' }))).toBe('message_not_found');
  });

  test('a reply stands in the thread, not in the channel', async () => {
    const server = await slack();
    const client = clientOf(server);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'story', ...quiet });
    await client.chat.postMessage({ channel: 'C1', text: 'later', thread_ts: ts, ...quiet });
    expect(server.messages('C1')).toHaveLength(1);
    expect(server.replies('C1', ts)).toMatchObject([{ text: 'later', threadTs: ts }]);
    const { messages } = await client.conversations.replies({ channel: 'C1', ts });
    expect(messages).toMatchObject([{ text: 'story', reply_count: 1 }, { text: 'later' }]);
  });

  test('an ephemeral message goes to members of the channel only', async () => {
    const server = await slack();
    const client = clientOf(server);
    const user = server.user('U1');
    await client.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'psst' });
    await expect(user.next()).resolves.toMatchObject({ kind: 'ephemeral' });
    expect(await wordOf(client.chat.postEphemeral({ channel: 'C1', user: 'U2', text: 'x' }))).toBe(
      'user_not_in_channel',
    );
    expect(server.messages('C1')).toEqual([]);
  });

  test('a message has a permalink and can be taken away', async () => {
    const server = await slack();
    const client = clientOf(server);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'story', ...quiet });
    const { permalink } = await client.chat.getPermalink({ channel: 'C1', message_ts: ts });
    expect(permalink).toBe(`${server.url}/archives/C1/p${ts.replace('.', '')}`);
    await client.chat.delete({ channel: 'C1', ts });
    expect(server.messages('C1')).toEqual([]);
  });

  test('a file goes up in three steps', async () => {
    const server = await slack();
    await clientOf(server).filesUploadV2({ channel_id: 'C1', filename: 'alerts.json', content: '[{"é":1}]' });
    expect(server.files).toMatchObject([{ name: 'alerts.json', text: '[{"é":1}]', channel: 'C1' }]);
  });

  test('a body of JSON is read like a form', async () => {
    const server = await slack();
    const answer = await fetch(`${server.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.workspace().botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'C1', text: 'story', blocks: [{ type: 'divider' }], ...quiet }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, channel: 'C1' });
    expect(server.violations).toEqual([]);
  });
});

describe('rate', () => {
  test('a channel takes about one a second, whatever others take', async () => {
    const server = await slack({ rate: { perSecond: 1, burst: 2 } });
    server.channel('C2');
    const words = [];
    for (const channel of ['C1', 'C1', 'C1', 'C2']) words.push(await post(server, { channel }));
    expect(words).toEqual(['ok', 'ok', 'ratelimited 1', 'ok']);
    server.advance(1000);
    expect(await post(server, {})).toBe('ok');
    expect(server.rateLimited).toMatchObject([{ channel: 'C1' }]);
    expect(server.messages('C1')).toHaveLength(3);
  });

  test('a workspace takes so many a minute, whatever its channels take', async () => {
    const server = await slack({ rate: { workspacePerMinute: 2 } });
    for (const channel of ['C2', 'C3', 'C4']) server.channel(channel);
    const words = [];
    for (const channel of ['C2', 'C3', 'C4']) words.push(await post(server, { channel }));
    expect(words).toEqual(['ok', 'ok', 'ratelimited 30']);
  });

  test('other methods have the limit of their tier, each workspace for itself', async () => {
    const server = await slack();
    const { botToken } = server.workspace({ id: 'T2' });
    const list = (token?: string) => wordOf(clientOf(server, token).conversations.list({}));
    for (let i = 0; i < 20; i++) expect(await list()).toBe('ok');
    expect(await list()).toBe('ratelimited 3');
    expect(await list(botToken)).toBe('ok');
    expect(server.rateLimited).toMatchObject([{ method: 'conversations.list', channel: '' }]);
  });
});

describe('faults', () => {
  test.each<[string, Fault['how'], string, number]>([
    ['429', { status: 429, retryAfterS: 30 }, 'ratelimited 30', 0],
    ['500', { status: 500 }, '500', 0],
    ['an error word', { error: 'restricted_action' }, 'restricted_action', 0],
    ['a reset before the work', 'resetBefore', 'request_error', 0],
    ['a reset after the work', 'resetAfter', 'request_error', 1],
    ['a late answer', { delayMs: 30 }, 'ok', 1],
  ])('%s, once', async (_name, how, word, posted) => {
    const server = await slack();
    server.channel('C2');
    server.fail({ method: 'chat.postMessage', channel: 'C1', how });
    expect(await post(server, { channel: 'C2' })).toBe('ok');
    expect(await post(server, {})).toBe(word);
    expect(server.messages('C1')).toHaveLength(posted);
    expect(await post(server, {})).toBe('ok');
    expect(server.messages('C1')).toHaveLength(posted + 1);
  });

  test('calls are listed with their answers, without secrets', async () => {
    const server = await slack();
    server.fail({ method: '*', times: 2, how: 'resetAfter' });
    await post(server, {});
    await wordOf(clientOf(server).apiCall('oauth.v2.access', { client_secret: 'hush', code: 'x' }));
    await post(server, { channel: 'C9' });
    expect(server.calls().map(({ method, answer }) => `${method} ${answer}`)).toEqual([
      'chat.postMessage resetAfter',
      'oauth.v2.access resetAfter',
      'chat.postMessage channel_not_found',
    ]);
    expect(JSON.stringify(server.calls())).not.toMatch(/hush|xoxb/u);
    server.fail({ method: '*', how: { status: 500 } });
    server.clearFaults();
    expect(await post(server, {})).toBe('ok');
  });
});

test('the server ends by itself', async () => {
  const server = await slack({ limitMs: 50 });
  await expect.poll(() => wordOf(clientOf(server).api.test({}))).toBe('request_error');
});
