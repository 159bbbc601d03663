import type { App, types } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { clientOf, httpApp, quiet, slack, socketApp, wordOf } from './bolt-app.ts';
import type { SlackServer } from './server.ts';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const marked = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true });
const button = (label: string, value: string): types.Button => ({
  type: 'button',
  text: plain(label),
  action_id: `say:${value}`,
  value,
});

const form: types.ModalView = {
  type: 'modal',
  callback_id: 'add',
  title: plain('New alert'),
  submit: plain('Preview'),
  blocks: [
    {
      type: 'input',
      block_id: 'query',
      label: plain('Words'),
      element: { type: 'plain_text_input', action_id: 'value', max_length: 20 },
    },
    {
      type: 'input',
      block_id: 'when',
      optional: true,
      label: plain('When'),
      element: {
        type: 'static_select',
        action_id: 'value',
        options: ['instant', 'hourly'].map((when) => ({ text: plain(when), value: when })),
      },
    },
  ],
};

/** An app that knows a little of everything: what it hears it says back. */
function teach(app: App): void {
  app.command('/news', async ({ ack, respond, command, client }) => {
    await ack();
    if (command.text === 'form') await client.views.open({ trigger_id: command.trigger_id, view: form });
    else await respond({ response_type: 'ephemeral', text: `heard ${command.text}` });
  });
  app.view('add', async ({ ack, view, body, client }) => {
    const { value } = view.state.values['query']?.['value'] ?? {};
    if (value === 'the') await ack({ response_action: 'errors', errors: { query: 'Too common' } });
    else {
      await ack();
      const when = view.state.values['when']?.['value']?.selected_option?.value ?? 'none';
      await client.chat.postMessage({ channel: body.user.id, text: `saved ${value} ${when}`, ...quiet });
    }
  });
  app.action(/^say:/u, async ({ ack, action, respond, body }) => {
    await ack();
    const said = action.type === 'button' ? action.value : '';
    if (body.type === 'block_actions' && body.message)
      await respond({ text: `pressed ${said}`, replace_original: true });
    else if (body.type === 'block_actions' && body.response_url)
      await respond({ text: `pressed ${said}`, replace_original: false });
  });
  app.action('more', async ({ ack, action, client, body }) => {
    await ack();
    const chosen = action.type === 'overflow' ? action.selected_option.value : '';
    await client.views.publish({ user_id: body.user.id, view: homeView(`chose ${chosen}`) });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: homeView('Your alerts') });
  });
  app.shortcut('new_alert', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
  });
  app.shortcut('why', async ({ ack, shortcut, respond }) => {
    await ack();
    if (shortcut.type === 'message_action') await respond({ text: `about ${shortcut.message.text ?? ''}` });
  });
  app.options('feed', async ({ ack, options }) => {
    await ack({ options: [{ text: plain(`feed ${options.value}`), value: '7' }] });
  });
}

function homeView(text: string): types.HomeView {
  return {
    type: 'home',
    blocks: [
      {
        type: 'section',
        text: marked(text),
        accessory: {
          type: 'overflow',
          action_id: 'more',
          options: ['pause 1', 'remove 1'].map((value) => ({ text: plain(value), value })),
        },
      },
      {
        type: 'actions',
        elements: [{ type: 'external_select', action_id: 'feed', min_query_length: 1, placeholder: plain('Feed') }],
      },
    ],
  };
}

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

describe('triggers, response addresses and views', () => {
  test('a trigger opens one view, within three seconds', async () => {
    const server = await slack();
    const triggers: string[] = [];
    await socketApp(server, (app) =>
      app.command('/news', async ({ ack, command }) => ack({ text: String(triggers.push(command.trigger_id)) })),
    );
    const user = server.user('U1');
    await user.run('/news', 'one');
    await user.run('/news', 'two');
    const open = (trigger_id: string) => wordOf(clientOf(server).views.open({ trigger_id, view: form }));
    expect(await open(triggers[0]!)).toBe('ok');
    expect(await open(triggers[0]!)).toBe('exchanged_trigger_id');
    server.advance(3001);
    expect(await open(triggers[1]!)).toBe('expired_trigger_id');
    expect(await open('made up')).toBe('invalid_trigger_id');
  });

  test('a response address takes five messages, and none after half an hour', async () => {
    const server = await slack();
    const urls: string[] = [];
    await socketApp(server, (app) =>
      app.command('/news', async ({ ack, command }) => ack({ text: String(urls.push(command.response_url)) })),
    );
    const user = server.user('U1');
    await user.run('/news', 'one');
    await user.run('/news', 'two');
    const send = async (url: string) =>
      (await fetch(url, { method: 'POST', body: '{"text":"x"}', headers: { 'content-type': 'application/json' } }))
        .status;
    const [first = '', second = ''] = urls;
    for (let i = 0; i < 5; i++) expect(await send(first)).toBe(200);
    expect(await send(first)).toBe(404);
    server.advance(30 * 60_000 + 1);
    expect(await send(second)).toBe(404);
    expect(server.violations.map(({ message }) => message)).toEqual([
      'a sixth message to a response address',
      'a response address after 30 minutes',
    ]);
  });

  test('views: a stale hash, a closed modal and a stack of more than three are refused', async () => {
    const server = await slack();
    const client = clientOf(server);
    await socketApp(server, teach);
    const user = server.user('U1');
    const opened = await user.run('/news', 'form');
    const { id: view_id, hash } = opened.view!;
    expect(await wordOf(client.views.update({ view_id, hash, view: form }))).toBe('ok');
    expect(await wordOf(client.views.update({ view_id, hash, view: form }))).toBe('hash_conflict');
    await user.dismiss(opened);
    expect(await wordOf(client.views.update({ view_id, view: form }))).toBe('not_found');
  });

  test('what was filled in stays through an update where the ids stay', async () => {
    const server = await slack();
    await socketApp(server, teach);
    const user = server.user('U1');
    const opened = await user.run('/news', 'form');
    user.fill(opened, { query: 'Japan' });
    await clientOf(server).views.update({ view_id: opened.view!.id, view: form });
    await user.submit(opened);
    await expect(user.next()).resolves.toMatchObject({ text: 'saved Japan none' });
  });
});
