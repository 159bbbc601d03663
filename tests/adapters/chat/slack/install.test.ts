import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { collect } from '../../../contracts/store/samples.ts';
import { openNewsroom, type Newsroom, type NewsroomOptions } from './newsroom.ts';

const installed = { transport: 'http', install: 'oauth' } as const;

/** Installs the app in a workspace by its own page, as an administrator would. */
async function install(room: Newsroom, workspace: string): Promise<{ status: number; body: string }> {
  room.server.workspace({ id: workspace, name: workspace, installed: false });
  room.server.user(`UADMIN${workspace}`, { workspace });
  return room.server.install(`${room.address}/slack/install`, { workspace });
}

async function twoWorkspaces(options: NewsroomOptions = installed): Promise<Newsroom> {
  const room = await openNewsroom(options);
  for (const [workspace, channel, user] of [
    ['T1', 'C1', 'U1'],
    ['T2', 'C2', 'U2'],
  ] as const) {
    expect((await install(room, workspace)).status).toBe(200);
    room.server.channel(channel, { workspace });
    room.server.user(user, { workspace, channel });
  }
  return room;
}

/** All that the store holds, as text. */
async function stored(room: Newsroom): Promise<string> {
  return JSON.stringify(await collect(room.store.dump()));
}

test.each([installed, { transport: 'socket', install: 'oauth' }] as const)(
  'two workspaces each have their own, and see nothing of the other’s (%o)',
  async (options) => {
    const room = await twoWorkspaces(options);
    const [one, two] = [room.server.user('U1'), room.server.user('U2')];
    await one.click(await one.run('/news', 'add ferry'), 'Save');
    await two.click(await two.run('/news', 'add volcano'), 'Save');
    expect((await two.run('/news', 'list')).text).not.toContain('ferry');
    expect((await two.run('/news', 'show 1')).text).toContain('no alert #1');
    expect((await two.run('/news', 'remove 1')).text).toContain('no alert #1');
    expect((await two.run('/news', 'add tunnel --to slack:T1:C1')).text).toContain('cannot be sent');
    await room.publish(1);
    await room.deliver();
    expect(room.server.messages('C1').length).toBe(1);
    expect(room.server.messages('C2').length).toBe(0);
    const home = await two.openHome();
    expect(home.text).toContain('volcano');
    expect(home.text).not.toContain('ferry');
    expect(room.server.violations).toEqual([]);
  },
);

test('an installation outlives a restart and ends with its removal', async () => {
  const room = await twoWorkspaces();
  await room.subscribe();
  await room.subscribe({ destination: 'slack:T2:C2', scope: 'slack:T2', owner: 'slack:T2:U2' });
  await room.restart();
  room.server.uninstall('T2');
  await expect.poll(async () => room.store.getDocument('unreachable', 'slack:T2')).not.toBeNull();
  expect(await room.store.getDocument('slack-installation', 'T2')).toBeNull();
  await room.publish(1);
  await room.deliver();
  expect([room.server.messages('C1').length, room.server.messages('C2').length]).toEqual([1, 0]);
  expect((await install(room, 'T2')).status).toBe(200);
  expect(await room.store.getDocument('unreachable', 'slack:T2')).toBeNull();
});

test('tokens that expire are renewed, for posts in the background too', async () => {
  const room = await twoWorkspaces({ ...installed, server: { rotation: { expiresInS: 43_200 } } });
  await room.subscribe();
  const first = room.server.workspace({ id: 'T1' }).botToken;
  room.server.advance(44_000_000);
  await room.publish(1);
  await room.deliver();
  expect(room.server.messages('C1').length).toBe(1);
  expect(room.server.workspace({ id: 'T1' }).botToken).not.toBe(first);
  expect((await room.server.user('U1').run('/news', 'list')).kind).toBe('ephemeral');
  expect(await stored(room)).not.toContain(room.server.workspace({ id: 'T1' }).botToken);
});

test('no token, secret or code stands in the log, in the store or on a page', async () => {
  const room = await twoWorkspaces({ ...installed, server: { rotation: { expiresInS: 43_200 } } });
  const { botToken } = room.server.workspace({ id: 'T1' });
  const page = await room.server.install(`${room.address}/slack/install`, { workspace: 'T1', deny: true });
  room.server.fail({ method: 'users.info', how: { status: 500 } });
  room.server.fail({ method: 'chat.postMessage', how: 'resetAfter' });
  await room.subscribe();
  await room.publish(1);
  await room.deliver();
  const everything = [room.log(), await stored(room), page.body].join('\n');
  expect(botToken).toMatch(/^xox/u);
  for (const secret of [botToken, room.server.clientSecret, room.server.signingSecret, 'xoxb-', 'xoxe', 'xapp-']) {
    expect(everything).not.toContain(secret);
  }
});

test('with another key the program does not start, and forgets nothing', async () => {
  const room = await twoWorkspaces();
  const kept = await room.store.listDocuments('slack-installation');
  await expect(room.restart('another key of the test that is long')).rejects.toThrow(/NEWSHOUND_ENCRYPTION_KEY/u);
  expect(await room.store.listDocuments('slack-installation')).toEqual(kept);
});

test.each([
  ['refused by the member', { deny: true }],
  ['begun in another browser', { cookies: false }],
])('an installation %s is none', async (_, choice) => {
  const room = await openNewsroom(installed);
  room.server.workspace({ id: 'T1', installed: false });
  room.server.user('U1');
  const { status } = await room.server.install(`${room.address}/slack/install`, { workspace: 'T1', ...choice });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(await room.store.listDocuments('slack-installation')).toEqual([]);
});

test('a workspace that has not installed the app is not answered', async () => {
  const room = await openNewsroom({ ...installed, server: { patienceMs: 500 } });
  room.server.workspace({ id: 'T9', installed: true });
  room.server.channel('C9', { workspace: 'T9' });
  const seen = await room.server
    .user('U9', { workspace: 'T9', channel: 'C9' })
    .run('/news', 'list')
    .catch(() => null);
  expect(seen?.kind ?? 'nothing').not.toBe('ephemeral');
});

test.each([
  ['a wrong signature', { signature: 'wrong' }],
  ['no signature', { signature: 'missing' }],
  ['an old timestamp', { ageS: 301 }],
] as const)('a request with %s is refused', async (_, manner) => {
  const room = await openNewsroom({ transport: 'http' });
  room.server.channel('C1');
  room.server.user('U1');
  const body = new URLSearchParams({
    command: '/news',
    text: 'add ferry',
    team_id: 'T1',
    user_id: 'U1',
    channel_id: 'C1',
    trigger_id: 'x',
    response_url: room.server.url,
  }).toString();
  const { status } = await room.server.post(body, 'application/x-www-form-urlencoded', manner);
  expect(status).toBe(401);
  const genuine = await room.server.post(body, 'application/x-www-form-urlencoded');
  expect(genuine.status).toBe(200);
});

test('an event that comes twice is heard once', async () => {
  const room = await openNewsroom({ transport: 'http' });
  room.server.channel('C1');
  room.server.user('U1');
  const opened = { type: 'app_home_opened', user: 'U1', channel: room.server.dm('U1'), tab: 'home' };
  for (let i = 0; i < 3; i++) await room.server.event('T1', opened, { eventId: 'Ev1' });
  await room.server.event('T1', opened, { eventId: 'Ev2' });
  await expect.poll(() => room.server.calls('views.publish').length).toBe(2);
});

test('a command that is replayed is answered once', async () => {
  const room = await openNewsroom({ transport: 'http' });
  room.server.channel('C1');
  room.server.user('U1');
  const said = { command: '/news', text: 'list', team_id: 'T1', user_id: 'U1', channel_id: 'C1' };
  const body = (trigger_id: string): string =>
    new URLSearchParams({ ...said, trigger_id, response_url: `${room.server.url}/response/none` }).toString();
  for (const trigger of ['1', '1', '1', '2']) {
    await room.server.post(body(trigger), 'application/x-www-form-urlencoded');
  }
  await expect.poll(() => room.server.calls('response_url').length).toBe(2);
});

test('Slack’s check of the address is answered, other paths and methods are not found', async () => {
  const room = await openNewsroom({ transport: 'http' });
  expect(await room.server.verifyUrl()).toBe(true);
  expect((await fetch(`${room.address}/slack/events`)).status).toBe(404);
  expect((await fetch(`${room.address}/slack/install`)).status).toBe(404);
});

test('the scopes of the manifest are those that are asked for', async () => {
  const room = await openNewsroom(installed);
  const page = await (await fetch(`${room.address}/slack/install`)).text();
  const asked = /scope=([^&"]+)/u.exec(page)?.[1] ?? '';
  const manifest = readFileSync('config/slack-manifest.yaml', 'utf8');
  const bot = /bot:\n((?: +- .*\n)+)/u.exec(manifest)?.[1] ?? '';
  const listed = bot.split('\n').flatMap((line) => /- ([a-z:]+)/u.exec(line)?.[1] ?? []);
  expect(decodeURIComponent(asked).split(',').toSorted()).toEqual(listed.toSorted());
});
