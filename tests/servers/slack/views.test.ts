import type { types, ViewResponseAction } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { clientOf, slack, socketApp, wordOf } from './bolt-app.ts';
import { form, plain, teach } from './sample-app.ts';
import type { Sight, SlackServer, SlackUser } from './server.ts';

function modal(title: string, more: Partial<types.ModalView> = {}): types.ModalView {
  return { type: 'modal', callback_id: 'form', title: plain(title), submit: plain('Go'), blocks: [], ...more };
}

/** A member with a modal open whose submission is acknowledged with what is given. */
async function opened(
  answer: ViewResponseAction | undefined,
  view: types.ModalView = modal('first'),
): Promise<{
  readonly server: SlackServer;
  readonly user: SlackUser;
  readonly sight: Sight;
  readonly heard: unknown[];
}> {
  const server = await slack();
  const heard: unknown[] = [];
  await socketApp(server, (app) => {
    app.command('/news', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view });
    });
    app.view('form', async ({ ack, body }) => {
      heard.push(body);
      await (answer === undefined ? ack() : ack(answer));
    });
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
      heard.push(body);
      await ack();
    });
    app.action(/./u, async ({ ack, body }) => {
      heard.push(body);
      await ack();
    });
  });
  const user = server.user('U1');
  const sight = await user.run('/news', 'x');
  return { server, user, sight, heard };
}

describe('what an acknowledged submission can ask for', () => {
  test('nothing: the modal is closed', async () => {
    const { user, sight } = await opened(undefined);
    await expect(user.submit(sight)).resolves.toMatchObject({ kind: 'closed' });
    await expect(user.submit(sight)).rejects.toThrow('not open');
  });

  test('an update: the same modal shows something else', async () => {
    const { user, sight } = await opened({ response_action: 'update', view: modal('second') });
    const after = await user.submit(sight);
    expect(after).toMatchObject({ kind: 'modal', view: { id: sight.view?.id, title: 'second' } });
    expect(after.view?.hash).not.toBe(sight.view?.hash);
  });

  test('a push: another modal above it, up to three', async () => {
    const { user, sight } = await opened({ response_action: 'push', view: modal('above') });
    const second = await user.submit(sight);
    expect(second).toMatchObject({ kind: 'modal', view: { title: 'above' } });
    const third = await user.submit(second);
    await expect(user.submit(third)).resolves.toMatchObject({
      kind: 'failed',
      text: expect.stringContaining('push_limit'),
    });
    await user.dismiss(third);
    await expect(user.submit(second)).resolves.toMatchObject({ kind: 'modal', view: { title: 'above' } });
  });

  test('to clear: all modals are closed', async () => {
    const { user, sight } = await opened({ response_action: 'clear' });
    await expect(user.submit(sight)).resolves.toMatchObject({ kind: 'closed' });
  });

  test('errors on a field that is not there: Slack shows none', async () => {
    const { server, user, sight } = await opened({ response_action: 'errors', errors: { nowhere: 'Wrong' } });
    await expect(user.submit(sight)).resolves.toMatchObject({ kind: 'failed' });
    expect(server.violations).toMatchObject([
      { method: 'view_submission', message: 'errors: no input block nowhere, or no text' },
    ]);
  });
});

test('a view that breaks a limit is not shown', async () => {
  const { server, user, sight } = await opened({ response_action: 'update', view: modal('x'.repeat(25)) });
  await expect(user.submit(sight)).resolves.toMatchObject({ kind: 'failed' });
  expect(server.violations).toMatchObject([{ method: 'view_submission', kind: 'limit' }]);
});

test('a modal that is closed says so where it was asked to', async () => {
  const { user, sight, heard } = await opened(
    undefined,
    modal('first', { notify_on_close: true, private_metadata: 'm' }),
  );
  await user.dismiss(sight);
  expect(heard).toMatchObject([{ type: 'view_closed', view: { private_metadata: 'm' }, is_cleared: false }]);
});

test('what an element holds comes with every interaction: what it began with, then what was chosen', async () => {
  const options = ['a', 'b'].map((value) => ({ text: plain(value.toUpperCase()), value }));
  const blocks: types.AnyBlock[] = [
    {
      type: 'input',
      block_id: 'boxes',
      label: plain('Boxes'),
      optional: true,
      element: { type: 'checkboxes', action_id: 'v', options },
    },
    {
      type: 'input',
      block_id: 'text',
      label: plain('Text'),
      element: { type: 'plain_text_input', action_id: 'v', initial_value: 'as it was' },
    },
    {
      type: 'section',
      block_id: 'menu',
      text: plain('Menu'),
      accessory: { type: 'static_select', action_id: 'v', options, initial_option: options[0]! },
    },
    { type: 'section', block_id: 'people', text: plain('Who'), accessory: { type: 'users_select', action_id: 'v' } },
  ];
  const { user, sight, heard } = await opened(undefined, modal('first', { blocks }));
  user.fill(sight, { boxes: 'A, b' });
  void user.select(sight, 'menu', 'B').catch(() => undefined);
  await expect.poll(() => heard.length).toBe(1);
  expect(heard[0]).toMatchObject({
    actions: [{ type: 'static_select', block_id: 'menu', selected_option: { value: 'b' } }],
    container: { type: 'view', view_id: sight.view?.id },
    view: {
      state: {
        values: {
          boxes: { v: { selected_options: [{ value: 'a' }, { value: 'b' }] } },
          text: { v: { type: 'plain_text_input', value: 'as it was' } },
          menu: { v: { selected_option: { value: 'b' } } },
          people: { v: { selected_user: null } },
        },
      },
    },
  });
});

test('an external_id stands for one open view of the workspace', async () => {
  const { server, user } = await opened(undefined, modal('first', { external_id: 'mine' }));
  const view = modal('later', { external_id: 'mine' });
  expect(await wordOf(clientOf(server).views.update({ external_id: 'mine', view }))).toBe('ok');
  await expect(user.next()).resolves.toMatchObject({ kind: 'modal', view: { title: 'later' } });
  expect(await wordOf(clientOf(server).views.update({ external_id: 'other', view }))).toBe('not_found');
});

describe('triggers, response addresses and what is open', () => {
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

  test('a view is updated for the hash it has, and not when it is closed', async () => {
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
