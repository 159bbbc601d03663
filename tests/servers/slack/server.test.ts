import type { App } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { clientOf, httpApp, quiet, slack, socketApp, wordOf } from './bolt-app.ts';
import { button, teach } from './sample-app.ts';
import type { SlackServer } from './server.ts';

const transports = {
  'Socket Mode': (server: SlackServer) => socketApp(server, teach),
  HTTP: (server: SlackServer) => httpApp(server, teach),
} as const;

describe.each(Object.entries(transports))('over %s', (_name, start) => {
  test('a command is answered for the member alone', async () => {
    const server = await slack();
    await start(server);
    const user = server.user('U1');
    const answer = await user.run('/news', 'add "asset seizure" & <more>');
    expect(answer).toMatchObject({ kind: 'ephemeral', text: 'heard add "asset seizure" & <more>' });
    expect(server.messages('C1')).toEqual([]);
  });

  test('a form opens, says what is wrong on its field, and is taken', async () => {
    const server = await slack();
    await start(server);
    const user = server.user('U1');
    const opened = await user.run('/news', 'form');
    expect(opened).toMatchObject({ kind: 'modal', view: { title: 'New alert', callbackId: 'add' } });

    const refused = await user.submit(opened, { query: 'the' });
    expect(refused).toMatchObject({ kind: 'errors', errors: { query: 'Too common' } });

    const taken = await user.submit(opened, { Words: 'Japan', When: 'hourly' });
    expect(taken.kind).toBe('closed');
    const said = await user.next();
    expect(said).toMatchObject({ kind: 'message', text: 'saved Japan hourly' });
    expect(server.messages(server.dm('U1'))).toHaveLength(1);
  });

  test('the client itself holds back a form with an empty or overlong field', async () => {
    const server = await slack();
    await start(server);
    const user = server.user('U1');
    const opened = await user.run('/news', 'form');
    await expect(user.submit(opened, {})).rejects.toThrow('required');
    await expect(user.submit(opened, { query: 'x'.repeat(21) })).rejects.toThrow('too long');
    await expect(user.submit(opened, { nothing: 'x' })).rejects.toThrow('query/value');
  });

  test('a button in a message is pressed, and the message changes', async () => {
    const server = await slack();
    await start(server);
    const user = server.user('U1');
    const blocks = [{ type: 'actions', elements: [button('Why?', 'why 1'), button('Pause', 'pause 1')] }];
    await clientOf(server).chat.postMessage({ channel: 'C1', text: 'story', blocks, ...quiet });
    const [message] = server.messages('C1');
    const changed = await user.click(message!, 'Pause');
    expect(changed).toMatchObject({ kind: 'changed', text: 'pressed pause 1' });
    expect(server.messages('C1')).toMatchObject([{ text: 'pressed pause 1', edits: 1 }]);
  });

  test('a button in an ephemeral message is pressed', async () => {
    const server = await slack();
    await start(server);
    const user = server.user('U1');
    const blocks = [{ type: 'actions', elements: [button('Save', 'save 1')] }];
    await clientOf(server).chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'preview', blocks });
    const shown = await user.next();
    expect(shown).toMatchObject({ kind: 'ephemeral', buttons: [{ label: 'Save', value: 'save 1' }] });
    await expect(user.click(shown, 'Save')).resolves.toMatchObject({ kind: 'ephemeral', text: 'pressed save 1' });
    expect(server.messages('C1')).toEqual([]);
  });

  test('the home tab opens, a menu in it is used, an external menu asks for its options', async () => {
    const server = await slack();
    await start(server);
    const user = server.user('U1');
    const home = await user.openHome();
    expect(home).toMatchObject({ kind: 'home', text: expect.stringContaining('Your alerts') });
    await expect(user.options(home, 'feed', 'bbc')).resolves.toEqual([{ label: 'feed bbc', value: '7' }]);
    const after = await user.select(home, 'more', 'remove 1');
    expect(after).toMatchObject({ kind: 'home', text: expect.stringContaining('chose remove 1') });
    expect(server.home('U1')?.id).toBe(home.view?.id);
  });

  test('shortcuts, global and of a message', async () => {
    const server = await slack();
    await start(server);
    const user = server.user('U1');
    await expect(user.shortcut('new_alert')).resolves.toMatchObject({ kind: 'modal', view: { callbackId: 'add' } });
    await clientOf(server).chat.postMessage({ channel: 'C1', text: 'a story', ...quiet });
    const answer = await user.shortcut('why', server.messages('C1')[0]);
    expect(answer).toMatchObject({ kind: 'ephemeral', text: 'about a story' });
    const word = server.say('C1', 'U1', 'no story');
    await expect(user.shortcut('why', word)).resolves.toMatchObject({ text: 'about no story' });
    expect(await wordOf(clientOf(server).chat.update({ channel: 'C1', ts: word.ts, text: 'x' }))).toBe(
      'cant_update_message',
    );
  });

  test('an answer that comes too late is seen as a failure and written down', async () => {
    const server = await slack({ ackMs: 150 });
    const slow = (app: App): void => {
      app.command('/news', async ({ ack }) => {
        await new Promise((resolve) => {
          setTimeout(resolve, 250);
        });
        await ack('late');
      });
    };
    await (start === transports.HTTP ? httpApp(server, slow) : socketApp(server, slow));
    await expect(server.user('U1').run('/news', 'list')).resolves.toMatchObject({
      kind: 'failed',
      text: '/news: operation_timeout',
    });
    await expect.poll(() => server.lateAnswers[0]?.afterMs ?? 0).toBeGreaterThan(200);
    expect(server.lateAnswers).toHaveLength(1);
  });

  test('a message in the acknowledgement is shown', async () => {
    const server = await slack();
    const atOnce = (app: App): void => app.command('/news', async ({ ack }) => ack({ text: 'at once' }));
    await (start === transports.HTTP ? httpApp(server, atOnce) : socketApp(server, atOnce));
    await expect(server.user('U1').run('/news', 'help')).resolves.toMatchObject({ kind: 'ephemeral', text: 'at once' });
  });
});

describe('Socket Mode', () => {
  test('a command finds nobody while no socket is open', async () => {
    const server = await slack();
    await expect(server.user('U1').run('/news', 'list')).resolves.toMatchObject({
      kind: 'failed',
      text: '/news: dispatch_failed',
    });
  });

  test.each(['cut', 'refresh'] as const)('bolt comes back after its socket was dropped (%s)', async (manner) => {
    const server = await slack();
    await socketApp(server, teach);
    server.dropSockets(manner);
    await expect.poll(() => server.sockets, { timeout: 3000 }).toBe(0);
    await server.connected();
    await expect(server.user('U1').run('/news', 'again')).resolves.toMatchObject({ text: 'heard again' });
  });

  test('several connections share the work', async () => {
    const server = await slack();
    const heard: string[] = [];
    const listen = (name: string) => (app: App) =>
      app.command('/news', async ({ ack }) => ack(`${name} ${heard.push(name)}`));
    await socketApp(server, listen('one'));
    await socketApp(server, listen('two'));
    await server.connected(2);
    const user = server.user('U1');
    await user.run('/news', 'a');
    await user.run('/news', 'b');
    expect(heard.sort()).toEqual(['one', 'two']);
  });

  test('an event that was not acknowledged comes again, and says that it does', async () => {
    const server = await slack({ ackMs: 100, redeliverMs: [10, 10, 10] });
    const { url = '' } = (await clientOf(server, server.appToken).apps.connections.open({})) as { url?: string };
    const socket = new WebSocket(url);
    const tries: [number, string, string][] = [];
    socket.on('message', (data: Buffer) => {
      const envelope = JSON.parse(data.toString());
      if (envelope.type !== 'events_api') return;
      tries.push([envelope.retry_attempt, envelope.retry_reason, envelope.payload.event_id]);
      if (tries.length === 3) socket.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
    });
    await server.connected();
    const receipt = await server.event('T1', { type: 'team_rename', name: 'x' });
    expect(receipt).toMatchObject({ acknowledged: true, tries: 3 });
    expect(tries).toEqual([
      [0, '', receipt.eventId],
      [1, 'timeout', receipt.eventId],
      [2, 'timeout', receipt.eventId],
    ]);
    expect(server.lateAnswers).toHaveLength(2);
    socket.close();
  });

  test('a socket address is good for one connection', async () => {
    const server = await slack();
    const { url = '' } = (await clientOf(server, server.appToken).apps.connections.open({})) as { url?: string };
    const first = new WebSocket(url);
    await server.connected();
    const second = new WebSocket(url);
    await expect(
      new Promise((_resolve, reject) => {
        second.once('error', reject);
      }),
    ).rejects.toThrow('401');
    first.close();
  });
});

describe('HTTP', () => {
  test('the address is verified', async () => {
    const server = await slack();
    await httpApp(server, teach);
    await expect(server.verifyUrl()).resolves.toBe(true);
  });

  test.each([
    ['a wrong signature', { signature: 'wrong' }],
    ['no signature', { signature: 'missing' }],
    ['a stale timestamp', { ageS: 600 }],
  ] as const)('%s is not taken by bolt', async (_name, manner) => {
    const server = await slack({ redeliverMs: [] });
    const heard: string[] = [];
    await httpApp(server, (app) => app.event('app_home_opened', async ({ event }) => void heard.push(event.user)));
    const event = { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' };
    await expect(server.event('T1', event, manner)).resolves.toMatchObject({ acknowledged: false, status: 401 });
    await expect(server.event('T1', event)).resolves.toMatchObject({ acknowledged: true, status: 200 });
    expect(heard).toEqual(['U1']);
  });

  test('a replay bears the same event_id and a retry says so', async () => {
    const server = await slack();
    await httpApp(server, teach);
    const { eventId } = await server.event('T1', { type: 'team_rename', name: 'x' });
    await server.event('T1', { type: 'team_rename', name: 'x' }, { eventId });
    const ids = server.deliveries.map(({ payload }) => payload['event_id']);
    expect(ids).toEqual([eventId, eventId]);
  });
});
