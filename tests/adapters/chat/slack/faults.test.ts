import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { PostAnswer } from '../../../../src/ports.ts';
import type { Message } from '../../../servers/slack/server.ts';
import { openNewsroom, unlike, type Newsroom } from './newsroom.ts';

const posts = 'chat.postMessage';

async function open(options: Parameters<typeof openNewsroom>[0] = {}): Promise<Newsroom> {
  const room = await openNewsroom(options);
  room.server.channel('C1');
  room.server.user('U1', { channel: 'C1' });
  await room.subscribe();
  return room;
}

function titles(messages: readonly Message[]): string[] {
  return messages.map(({ text }) => text);
}

test('a message whose answer is lost stands once', async () => {
  const room = await open();
  for (const how of [
    'resetAfter',
    'resetBefore',
    { status: 500 },
    { status: 503 },
    { error: 'internal_error' },
  ] as const) {
    room.server.fail({ method: posts, how });
  }
  for (let i = 0; i < 5; i++) await room.publish(i, unlike(i));
  await room.deliver(40_000);
  expect(titles(room.server.messages('C1')).toSorted()).toEqual(
    Array.from({ length: 5 }, (_, i) => unlike(i).title).toSorted(),
  );
  expect(room.server.calls('conversations.history').length).toBeGreaterThan(0);
}, 60_000);

test('a post that takes too long is ended, and stands once', async () => {
  const room = await open({ outbox: { leaseMs: 400 } });
  room.server.fail({ method: posts, how: { delayMs: 2_000 } });
  await room.publish(1);
  await room.deliver();
  expect(titles(room.server.messages('C1'))).toEqual(['Ferry line reopens, part 1']);
});

test('after a reset whose channel may not be read the message is posted all the same', async () => {
  const room = await open();
  for (const scope of ['channels:history', 'groups:history', 'im:history', 'mpim:history']) {
    room.server.revokeScope(room.server.workspace().id, scope);
  }
  room.server.fail({ method: posts, how: 'resetBefore' });
  await room.publish(1);
  await room.deliver();
  expect(titles(room.server.messages('C1'))).toEqual(['Ferry line reopens, part 1']);
});

test('while the channel cannot be read back nothing is posted again', async () => {
  const room = await open();
  room.server.fail({ method: posts, how: 'resetAfter' });
  room.server.fail({ method: 'conversations.history', times: 3, how: { status: 500 } });
  await room.publish(1);
  await room.deliver();
  expect(titles(room.server.messages('C1'))).toEqual(['Ferry line reopens, part 1']);
  expect(room.server.calls('conversations.history').length).toBeGreaterThanOrEqual(4);
});

test('a process that dies between the post and its record does not post twice', async () => {
  const room = await open();
  const posting = {
    destination: 'slack:T1:C1',
    key: 'abc',
    ambiguous: false,
    message: { kind: 'notice', heading: 'Once', cards: [] },
  } as const;
  room.server.fail({ method: posts, how: 'resetAfter' });
  await room.chat.post(posting);
  await room.restart();
  // The new process knows of no failure: its record says that the delivery was never tried.
  const newer = { ...posting, message: { ...posting.message, heading: 'Once, and as it is now' } };
  expect(await room.chat.post(newer)).toMatchObject({ kind: 'sent' });
  expect(titles(room.server.messages('C1'))).toEqual(['Once, and as it is now']);
});

test('later coverage whose answer is lost stands once in its thread', async () => {
  const room = await open();
  const card = { title: 'Later', summary: '', url: 'https://a.example/1', source: 'A', published: '' };
  await room.publish(1);
  await room.deliver();
  const remoteId = room.server.messages('C1')[0]!.ts;
  room.server.fail({ method: posts, how: 'resetAfter' });
  const follow = { destination: 'slack:T1:C1', remoteId, key: 'later', card };
  expect(await room.chat.follow({ ...follow, ambiguous: false })).toMatchObject({ kind: 'retry', ambiguous: true });
  expect(await room.chat.follow({ ...follow, ambiguous: true })).toMatchObject({ kind: 'sent' });
  expect(titles(room.server.replies('C1', remoteId))).toEqual(['Later']);
});

test('one channel that has to wait does not delay another of the same workspace', async () => {
  const room = await open();
  room.server.channel('C2');
  await room.subscribe({ destination: 'slack:T1:C2' });
  room.server.fail({ method: posts, channel: 'C1', how: { status: 429, retryAfterS: 1 } });
  await room.publish(1);
  await room.deliver();
  const calls = room.server.calls(posts);
  const [waited, again] = calls.filter(({ channel }) => channel === 'C1').map(({ at }) => at);
  const [other] = calls.filter(({ channel }) => channel === 'C2').map(({ at }) => at);
  expect(again! - waited!).toBeGreaterThanOrEqual(1_000);
  expect(other!).toBeLessThan(again!);
  expect(calls.length).toBe(3);
});

test('when two channels of a workspace have to wait the others wait with them', async () => {
  const room = await open();
  const { server, chat } = room;
  for (const id of ['C2', 'C3', 'C4']) server.channel(id);
  const post = async (channel: string): Promise<PostAnswer> =>
    chat.post({
      destination: `slack:T1:${channel}`,
      key: channel,
      ambiguous: false,
      message: { kind: 'notice', heading: channel, cards: [] },
    });
  server.fail({ method: posts, channel: 'C1', how: { status: 429, retryAfterS: 2 } });
  server.fail({ method: posts, channel: 'C2', how: { status: 429, retryAfterS: 2 } });
  expect(await post('C1')).toMatchObject({ kind: 'retry', retryAfterMs: 2_000 });
  expect(await post('C3')).toMatchObject({ kind: 'sent' });
  expect(await post('C2')).toMatchObject({ kind: 'retry', retryAfterMs: 2_000 });
  const held = await post('C4');
  expect(held).toMatchObject({ kind: 'retry', ambiguous: false });
  expect(server.calls(posts).length).toBe(3);
  await wait((held as { readonly retryAfterMs: number }).retryAfterMs);
  expect(await post('C4')).toMatchObject({ kind: 'sent' });
});

test('a public channel that the app is not in is joined', async () => {
  const room = await open();
  room.server.channel('C2', { member: false });
  await room.subscribe({ destination: 'slack:T1:C2' });
  await room.publish(1);
  await room.deliver();
  expect(titles(room.server.messages('C2'))).toEqual(['Ferry line reopens, part 1']);
});

test.each([
  ['archived', 'archived', (room: Newsroom) => room.server.archive('C2')],
  ['private and without the app', '/invite', (room: Newsroom) => room.server.kick('C2')],
  ['deleted', 'deleted', (room: Newsroom) => room.server.remove('C2')],
])('a channel that is %s is left alone, and its owner told once', async (_, told, happens) => {
  const room = await open();
  room.server.channel('C2', { private: true, name: 'secret' });
  await room.subscribe({ destination: 'slack:T1:C2' });
  happens(room);
  const direct = (): readonly Message[] => room.server.messages(room.server.dm('U1'));
  for (let i = 1; i <= 4; i++) {
    await room.publish(i, unlike(i));
    await room.deliver();
  }
  await expect.poll(() => direct().length).toBe(1);
  expect(JSON.stringify(direct()[0]?.blocks)).toMatch(new RegExp(`${told}|gone`, 'u'));
  expect(room.server.calls(posts).filter(({ channel }) => channel === 'C2').length).toBeLessThanOrEqual(1);
  expect(titles(room.server.messages('C1')).length).toBe(4);
});

test('a channel that the app is asked into again gets its alerts again', async () => {
  const room = await open();
  room.server.kick('C1');
  await expect.poll(async () => room.store.getDocument('unreachable', 'slack:T1:C1')).not.toBeNull();
  room.server.invite('C1');
  await expect.poll(async () => room.store.getDocument('unreachable', 'slack:T1:C1')).toBeNull();
  await room.publish(1);
  await room.deliver();
  expect(room.server.messages('C1').length).toBe(1);
});

test('a workspace that has removed the app is asked nothing more', async () => {
  const room = await open();
  await room.publish(1, unlike(1));
  room.server.uninstall(room.server.workspace().id);
  await expect.poll(async () => room.store.getDocument('unreachable', 'slack:T1')).not.toBeNull();
  const before = room.server.calls().length;
  await room.publish(2, unlike(2));
  await room.deliver();
  expect(room.server.calls().length).toBe(before);
  expect(room.server.messages('C1')).toEqual([]);
});

test('a token that turns out to be void ends the requests', async () => {
  const room = await open();
  room.server.fail({ method: posts, how: { error: 'token_revoked' } });
  await room.publish(1, unlike(1));
  await room.publish(2, unlike(2));
  await room.deliver();
  expect(room.server.calls(posts).length).toBe(1);
  expect(await room.store.getDocument('unreachable', 'slack:T1')).not.toBeNull();
  // With a new token the workspace is there again, and with it the channel.
  await room.restart();
  await room.publish(3, unlike(3));
  await room.deliver();
  expect(titles(room.server.messages('C1'))).toEqual([unlike(3).title]);
});

test('sockets that are cut or moved are made again, and commands are answered after it', async () => {
  const room = await open();
  const user = room.server.user('U1');
  for (const manner of ['cut', 'refresh', 'cut'] as const) {
    room.server.dropSockets(manner);
    await expect.poll(() => room.server.sockets, { timeout: 10_000 }).toBe(1);
    await expect.poll(async () => (await user.run('/news', 'list')).kind, { timeout: 10_000 }).toBe('ephemeral');
  }
});

test('the program outlives a Slack that cannot be connected to', async () => {
  const room = await open();
  room.server.fail({ method: 'apps.connections.open', how: 'resetBefore' });
  room.server.fail({ method: 'apps.connections.open', how: { error: 'invalid_auth' } });
  room.server.dropSockets('cut');
  await expect
    .poll(() => room.server.calls('apps.connections.open').length, { timeout: 20_000 })
    .toBeGreaterThanOrEqual(4);
  await room.server.connected(1, 20_000);
  expect((await room.server.user('U1').run('/news', 'list')).kind).toBe('ephemeral');
}, 60_000);

test('a Slack that is away at the start is connected to when it is back, and nothing is lost', async () => {
  const room = await open();
  room.server.fail({ method: 'auth.test', how: 'resetBefore' });
  await room.restart();
  await room.publish(1);
  await room.deliver();
  expect(titles(room.server.messages('C1'))).toEqual(['Ferry line reopens, part 1']);
  expect(await room.store.getDocument('unreachable', 'slack:T1:C1')).toBeNull();
}, 60_000);

test('a Slack that refuses a token is told to the host in words', async () => {
  const room = await open();
  room.server.fail({ method: 'auth.test', how: { error: 'invalid_auth' } });
  await expect(room.restart()).rejects.toThrow(/SLACK_BOT_TOKEN/u);
});
