import type { types, webApi } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { clientOf, quiet, slack, wordOf } from './bolt-app.ts';
import type { Fault, SlackServer } from './server.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const marked = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string) => ({ type: 'section', text: marked(text) });
const button = (label: string, more: object = {}) => ({
  type: 'button',
  text: plain(label),
  action_id: label,
  ...more,
});
const options = (count: number) => Array.from({ length: count }, (_, i) => ({ text: plain(`o${i}`), value: `v${i}` }));

const rich = (element: object) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [element] }],
});

/** Posts as any JSON, whatever the types of the client say. */
function post(server: SlackServer, args: object): Promise<string> {
  return wordOf(clientOf(server).apiCall('chat.postMessage', { channel: 'C1', text: 'story', ...quiet, ...args }));
}

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
      body: JSON.stringify({ channel: 'C1', text: 'story', blocks: [section('story')], ...quiet }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, channel: 'C1' });
    expect(server.violations).toEqual([]);
  });
});

describe('limits', () => {
  test.each<[string, object]>([
    ['51 blocks', { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }],
    ['an empty text object', { blocks: [section('')] }],
    ['3,001 characters of section', { blocks: [section('x'.repeat(3001))] }],
    ['a section without text or fields', { blocks: [{ type: 'section' }] }],
    ['11 fields', { blocks: [{ type: 'section', fields: Array.from({ length: 11 }, () => marked('x')) }] }],
    ['a field of 2,001', { blocks: [{ type: 'section', fields: [marked('x'.repeat(2001))] }] }],
    ['a header of 151', { blocks: [{ type: 'header', text: plain('x'.repeat(151)) }] }],
    ['mrkdwn in a header', { blocks: [{ type: 'header', text: marked('x') }] }],
    ['11 context elements', { blocks: [{ type: 'context', elements: Array.from({ length: 11 }, () => marked('x')) }] }],
    ['26 actions', { blocks: [{ type: 'actions', elements: Array.from({ length: 26 }, (_, i) => button(`b${i}`)) }] }],
    ['a button text of 76', { blocks: [{ type: 'actions', elements: [button('x'.repeat(76))] }] }],
    [
      'a button value of 2,001',
      { blocks: [{ type: 'actions', elements: [button('x', { value: 'x'.repeat(2001) })] }] },
    ],
    [
      'a button url of 3,001',
      { blocks: [{ type: 'actions', elements: [button('x', { url: `https://a/${'x'.repeat(3000)}` })] }] },
    ],
    ['an action_id of 256', { blocks: [{ type: 'actions', elements: [button('x', { action_id: 'x'.repeat(256) })] }] }],
    ['an action_id twice in a block', { blocks: [{ type: 'actions', elements: [button('x'), button('x')] }] }],
    [
      'a block_id twice',
      {
        blocks: [
          { type: 'divider', block_id: 'a' },
          { type: 'divider', block_id: 'a' },
        ],
      },
    ],
    [
      '101 options',
      { blocks: [{ type: 'actions', elements: [{ type: 'static_select', action_id: 'x', options: options(101) }] }] },
    ],
    [
      '6 overflow options',
      {
        blocks: [
          { type: 'section', text: marked('x'), accessory: { type: 'overflow', action_id: 'x', options: options(6) } },
        ],
      },
    ],
    [
      'an option text of 76',
      {
        blocks: [
          {
            type: 'actions',
            elements: [{ type: 'static_select', options: [{ text: plain('x'.repeat(76)), value: 'v' }] }],
          },
        ],
      },
    ],
    ['an empty piece of rich text', { blocks: [rich({ type: 'text', text: '' })] }],
    ['a link in rich text that is none', { blocks: [rich({ type: 'link', url: 'news' })] }],
    ['an unknown field', { blocks: [{ type: 'divider', colour: 'red' }] }],
    ['an unknown block', { blocks: [{ type: 'marquee' }] }],
    ['blocks that are no list', { blocks: { type: 'divider' } }],
  ])('%s: refused and written down', async (_name, args) => {
    const server = await slack();
    expect(await post(server, args)).toBe('invalid_blocks');
    expect(server.violations.filter(({ kind }) => kind === 'limit')).not.toEqual([]);
    expect(server.messages('C1')).toEqual([]);
  });

  test.each<[string, object]>([
    ['no text beside blocks', { text: '', blocks: [section('x')] }],
    ['4,001 characters of text', { text: 'x'.repeat(4001) }],
    ['links that unfold', { unfurl_links: undefined }],
    ['media that unfolds', { unfurl_media: true }],
    ['names that become links', { link_names: true }],
    ['text that is parsed in full', { parse: 'full' }],
    ['mrkdwn without verbatim', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x' } }] }],
    ['11,000 characters of blocks', { blocks: Array.from({ length: 4 }, () => section('x'.repeat(2700))) }],
  ])('%s: written down only', async (_name, args) => {
    const server = await slack();
    expect(await post(server, args)).toBe('ok');
    expect(server.violations).toMatchObject([{ kind: 'rule', method: 'chat.postMessage' }]);
  });

  test('blocks beyond what Slack takes, neither text nor blocks, bad metadata', async () => {
    const server = await slack();
    expect(await post(server, { blocks: Array.from({ length: 5 }, () => section('x'.repeat(2900))) })).toBe(
      'msg_blocks_too_long',
    );
    expect(await post(server, { text: ' ' })).toBe('no_text');
    expect(await post(server, { metadata: { event_type: '' } })).toBe('invalid_metadata_format');
  });

  const modal = { type: 'modal', title: plain('Alert'), blocks: [section('x')] };
  const input = (element: object) => ({ type: 'input', label: plain('Words'), element });
  test.each<[string, object]>([
    ['a title of 25', { ...modal, title: plain('x'.repeat(25)) }],
    ['a submit of 25', { ...modal, submit: plain('x'.repeat(25)) }],
    ['a close of 25', { ...modal, close: plain('x'.repeat(25)) }],
    ['inputs without submit', { ...modal, blocks: [input({ type: 'plain_text_input' })] }],
    ['private_metadata of 3,001', { ...modal, private_metadata: 'x'.repeat(3001) }],
    ['a callback_id of 256', { ...modal, callback_id: 'x'.repeat(256) }],
    ['an external_id of 256', { ...modal, external_id: 'x'.repeat(256) }],
    ['101 blocks', { ...modal, blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }],
    [
      'an initial value of 3,001',
      { ...modal, submit: plain('Go'), blocks: [input({ type: 'plain_text_input', initial_value: 'x'.repeat(3001) })] },
    ],
    [
      'a max_length of 3,001',
      { ...modal, submit: plain('Go'), blocks: [input({ type: 'plain_text_input', max_length: 3001 })] },
    ],
    ['a modal as home', modal],
  ])('a view with %s is refused', async (_name, view) => {
    const server = await slack();
    server.user('U1');
    const publish = clientOf(server).views.publish({ user_id: 'U1', view: view as types.View });
    expect(await wordOf(publish)).toBe('invalid_arguments');
    expect(server.violations).not.toEqual([]);
  });
});

describe('mentions', () => {
  test.each<[string, object, number]>([
    ['everyone in text', { text: 'a <!channel> b <!here>' }, 2],
    ['a member in mrkdwn', { blocks: [section('<@U1> <!subteam^S1|x>')] }, 2],
    [
      'a name in the open, without verbatim',
      { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '@here' } }] },
      1,
    ],
    ['a name in the open, verbatim', { blocks: [section('@here @channel')] }, 0],
    ['escaped', { text: '&lt;!channel&gt; &lt;@U1&gt;', blocks: [section('&lt;!here&gt;')] }, 0],
    ['plain text', { blocks: [{ type: 'header', text: plain('<!channel>') }] }, 0],
    ['links and dates', { blocks: [section('<https://a.example|a> <!date^1^{date}|x>')] }, 0],
    [
      'rich text',
      {
        blocks: [
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] }],
          },
        ],
      },
      1,
    ],
  ])('%s', async (_name, args, count) => {
    const server = await slack();
    await post(server, args);
    expect(server.pings).toHaveLength(count);
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
