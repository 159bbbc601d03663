import { describe, expect, onTestFinished, test } from 'vitest';
import type { SlackServer } from '../../../servers/slack/server.ts';
import { formOf, press } from './hands.ts';
import { openNewsroom, type NewsroomOptions } from './newsroom.ts';

/** What Slack would have complained of: broken limits, late answers, and people called by accident. */
function nothingBroken({ violations, lateAnswers, pings }: SlackServer): void {
  expect({ violations, lateAnswers, pings }).toEqual({ violations: [], lateAnswers: [], pings: [] });
}

async function open(options: NewsroomOptions = {}) {
  const room = await openNewsroom(options);
  room.server.channel('C1', { name: 'general' });
  onTestFinished(() => nothingBroken(room.server));
  return { ...room, room, user: room.server.user('U1', { tz: 'Asia/Tokyo', channel: 'C1' }) };
}

describe.each(['socket', 'http'] as const)('over %s', (transport) => {
  test('an alert is added by the command and its preview, and comes once with its buttons', async () => {
    const { room, server, user } = await open({ transport });
    const preview = await user.run('/news', 'add ferry');
    expect(preview).toMatchObject({ kind: 'ephemeral' });
    expect(preview.buttons.map(({ label }) => label)).toEqual(['Save', 'Edit', 'Cancel']);
    const saved = await press(user, preview, 'Save');
    expect(saved).toMatchObject({ kind: 'changed', message: { ephemeral: true } });
    expect(saved.text).toContain('#1');

    await room.publish(1);
    await room.deliver();
    const [alert] = server.messages('C1');
    expect(server.messages('C1').map(({ text }) => text)).toEqual(['Ferry line reopens, part 1']);
    const why = await user.click(alert!, 'Why?');
    expect(why).toMatchObject({ kind: 'ephemeral' });
    expect(why.text).toContain('“Ferry”');
  });

  test('a form is opened, says on the field what is wrong, and is taken when it is right', async () => {
    const { room, store, user } = await open({ transport });
    const form = await formOf(user, await user.run('/news', 'add'));
    expect(form).toMatchObject({ kind: 'modal', view: { title: 'New alert' } });
    const wrong = await user.submit(form, { query: '"not closed', when: 'daily 08:00' });
    expect(wrong.kind).toBe('errors');
    expect(Object.keys(wrong.errors)).toEqual(['query']);
    const preview = await user.submit(form, { query: 'ferry strike', when: 'daily 08:00', name: 'Boats' });
    expect(preview).toMatchObject({ kind: 'modal' });
    expect(preview.buttons.map(({ label }) => label)).toEqual(['Save', 'Edit', 'Cancel']);
    const again = await formOf(user, await press(user, preview, 'Edit'));
    expect(again.view?.submit).toBe('Continue');
    const second = await user.submit(again, { query: 'ferry' });
    const saved = await press(user, second, 'Save');
    expect(saved.text).toContain('#1');
    expect(await store.getSubscriptions([1])).toMatchObject([
      { query: 'ferry', name: 'Boats', destination: 'slack:T1:C1', owner: 'slack:T1:U1', when: { kind: 'daily' } },
    ]);
    expect(room.log()).not.toContain('could not');
  });

  test('buttons of an alert work after a restart', async () => {
    const { room, server, user, store } = await open({ transport });
    await room.subscribe();
    await room.publish(1);
    await room.deliver();
    await room.restart();
    const [alert] = server.messages('C1');
    expect((await user.click(alert!, 'Pause')).text).toContain('#1 is paused');
    expect(await store.getSubscriptions([1])).toMatchObject([{ state: 'paused' }]);
    const form = await formOf(user, await user.click(alert!, 'Edit'));
    expect(form).toMatchObject({ kind: 'modal', view: { title: 'Alert #1' } });
    const changed = await user.submit(form, { query: 'harbour' });
    expect(changed.text).toContain('#1');
    expect(await store.getSubscriptions([1])).toMatchObject([{ query: 'harbour' }]);
  });

  test('the home tab shows a member’s alerts wherever they go, and changes them', async () => {
    const { room, user, server, store } = await open({ transport });
    await room.subscribe();
    await room.subscribe({ query: 'strike', destination: 'slack:T1:@U1' });
    await room.subscribe({ query: 'volcano', owner: 'slack:T1:U9' });
    const home = await user.openHome();
    expect(home.kind).toBe('home');
    expect(home.text).toContain('You have 2 alerts');
    expect(home.text).toContain('<#C1>');
    expect(home.text).not.toContain('volcano');

    const paused = await user.click(home, 'pause 1');
    expect(paused.kind).toBe('home');
    expect(paused.text).toContain('Alert #1 is paused');
    const form = await formOf(user, await user.click(paused, 'edit 2'));
    expect(form).toMatchObject({ kind: 'modal' });
    await user.submit(form, { query: 'strike harbour' });
    await user.next(({ kind, text }) => kind === 'home' && text.includes('strike harbour'));
    const removed = await user.click(server.home('U1')!, 'remove 2');
    expect(removed.text).toContain('You have 1 alert');
    expect(await store.getSubscriptions([1, 2])).toMatchObject([{ state: 'paused' }, { state: 'removed' }]);

    const added = await formOf(user, await user.click(server.home('U1')!, 'New alert'));
    const preview = await user.submit(added, { query: 'tunnel' });
    await press(user, preview, 'Save');
    await user.next(({ kind, text }) => kind === 'home' && text.includes('tunnel'));
    expect(await store.subscriptionsAt('slack:T1:@U1')).toMatchObject([{ query: 'tunnel' }]);
  });
});

test('the global shortcut opens the form, and the place chosen in it is where the alerts go', async () => {
  const { server, user, store } = await open();
  server.channel('C2', { name: 'ferries', member: false });
  const form = await formOf(user, await user.shortcut('new_alert'));
  expect(form).toMatchObject({ kind: 'modal', view: { title: 'New alert' } });
  const preview = await user.submit(form, { query: 'ferry', to: 'C2' });
  const saved = await press(user, preview, 'Save');
  expect(saved.text).toContain('<#C2>');
  expect(await store.subscriptionsAt('slack:T1:C2')).toMatchObject([{ query: 'ferry', scope: 'slack:T1' }]);
  const second = await user.submit(await formOf(user, await user.shortcut('new_alert')), { query: 'ferry' });
  await press(user, second, 'Save');
  expect(await store.subscriptionsAt('slack:T1:@U1')).toMatchObject([{ query: 'ferry' }]);
});

test('the shortcut of a message says why it came', async () => {
  const { room, server, user } = await open();
  await room.subscribe();
  await room.publish(1);
  await room.deliver();
  const [alert] = server.messages('C1');
  const why = await user.shortcut('why_alert', alert);
  expect(why).toMatchObject({ kind: 'ephemeral' });
  expect(why.text).toContain('Ferry line reopens');
  expect(why.text).toContain('“Ferry”');
});

test('what is said in a direct message is for the member alone', async () => {
  const { room, server, user, store } = await open();
  const preview = await user.run('/news', 'add ferry', 'dm');
  await press(user, preview, 'Save');
  expect(await store.subscriptionsAt('slack:T1:@U1')).toMatchObject([{ scope: 'slack:T1', owner: 'slack:T1:U1' }]);
  await room.publish(1);
  await room.deliver();
  const [alert] = server.messages(server.dm('U1'));
  expect(alert?.text).toBe('Ferry line reopens, part 1');
  expect((await user.click(alert!, 'Pause')).text).toContain('#1 is paused');
});

test('later coverage of an event stands in the thread, a correction changes the message', async () => {
  const { chat, server } = await open();
  const card = { title: 'First', summary: '', url: 'https://a.example/1', source: 'A', published: '' };
  const to = { destination: 'slack:T1:C1', ambiguous: false };
  const sent = await chat.post({ ...to, key: 'k1', message: { kind: 'alert', heading: '', cards: [card] } });
  const [first] = server.messages('C1');
  expect(sent).toEqual({ kind: 'sent', remoteId: first?.ts });
  const remoteId = first!.ts;
  await chat.follow({ ...to, key: 'k2', remoteId, card: { ...card, title: 'Second' } });
  await chat.edit({
    ...to,
    key: 'k3',
    remoteId,
    message: { kind: 'alert', heading: '', cards: [{ ...card, title: 'Mended' }] },
  });
  expect(server.messages('C1').map(({ text, edits }) => [text, edits])).toEqual([['Mended', 1]]);
  expect(server.replies('C1', remoteId).map(({ text }) => text)).toEqual(['Second']);
});

test('a digest that fills several messages is one delivery, and its parts come once', async () => {
  const { chat, server } = await open();
  const cards = Array.from({ length: 10 }, (_, i) => ({
    title: `Story ${i}`,
    summary: `${'word '.repeat(270)}${i}`,
    url: `https://a.example/${i}`,
    source: 'A',
    published: '',
  }));
  const posting = {
    destination: 'slack:T1:C1',
    key: 'k',
    ambiguous: false,
    message: { kind: 'digest', heading: 'Ten', cards },
  } as const;
  server.fail({ method: 'chat.postMessage', how: { error: 'ratelimited' } });
  expect(await chat.post(posting)).toMatchObject({ kind: 'retry', ambiguous: false });
  const half = chat.post(posting);
  await expect.poll(() => server.messages('C1').length).toBe(1);
  server.fail({ method: 'chat.postMessage', how: { status: 500 } });
  expect(await half).toMatchObject({ kind: 'retry' });
  expect(await chat.post({ ...posting, ambiguous: true })).toMatchObject({ kind: 'sent' });
  const all = server
    .messages('C1')
    .map(({ text }) => text)
    .join('\n');
  expect(Array.from({ length: 10 }, (_, i) => all.split(`Story ${i}`).length - 1)).toEqual(Array(10).fill(1));
  expect(server.messages('C1').length).toBeGreaterThan(1);
});

test('the alerts of a place are handed over as text and taken back by pasting it', async () => {
  const { room, user, store } = await open();
  for (const query of ['ferry', 'strike', '"asset seizure"']) await room.subscribe({ query });
  const exported = await user.run('/news', 'export');
  expect(exported.kind).toBe('ephemeral');
  const text = exported.text.slice(exported.text.indexOf('{'));
  const form = await user.run('/news', 'import', 'dm');
  expect(form.kind).toBe('modal');
  expect((await user.submit(form, { part0: 'no json' })).kind).toBe('errors');
  const done = await user.submit(form, {
    part0: text.slice(0, text.indexOf('},') + 2),
    part1: text.slice(text.indexOf('},') + 2),
  });
  expect(done.text).toContain('3 alerts were added');
  expect((await store.subscriptionsAt('slack:T1:@U1')).map(({ query }) => query)).toEqual([
    'ferry',
    'strike',
    '"asset seizure"',
  ]);
});

test('a long export comes in direct messages, and every piece of it can be pasted', async () => {
  const { room, server, user } = await open({ paceMs: 30 });
  for (let i = 0; i < 300; i++) await room.subscribe({ query: `ferry harbour strike${i}`, name: `Name ${i} <&>` });
  const answer = await user.run('/news', 'export');
  expect(answer.text).toContain('direct messages');
  await expect
    .poll(() =>
      server
        .messages(server.dm('U1'))
        .map(({ blocks }) => JSON.stringify(blocks))
        .join(''),
    )
    .toContain('strike299');
});

test('a slash command is read as it was typed', async () => {
  const { server, user, store } = await open();
  server.channel('C2', { name: 'ferries' });
  const preview = await user.run('/news', 'add “asset seizure” &amp; ferry --to <#C2|ferries>');
  await press(user, preview, 'Save');
  expect(await store.subscriptionsAt('slack:T1:C2')).toMatchObject([{ query: '"asset seizure" ferry' }]);
  const why = await user.run('/news', 'why <https://unknown.example/1|unknown.example>');
  expect(why.text).toContain('unknown.example');
});

test('a private channel takes alerts of its own members only, when the app was invited', async () => {
  const { server, user } = await open();
  server.channel('C3', { name: 'secret', private: true, member: false });
  expect((await user.run('/news', 'add ferry --to <#C3>')).text).toContain('/invite');
  server.channel('C4', { name: 'old', archived: true });
  expect((await user.run('/news', 'add ferry --to <#C4>')).text).toContain('archived');
  expect((await user.run('/news', 'add ferry --to <#C99>')).text).toContain('no such channel');
});

test('an administrator manages the alerts of others, a member does not', async () => {
  const { room, server, user, store } = await open();
  const admin = server.user('U2', { channel: 'C1', admin: true });
  await room.subscribe({ owner: 'slack:T1:U9' });
  expect((await user.run('/news', 'pause 1')).text).toContain('belongs to another member');
  expect(await store.getSubscriptions([1])).toMatchObject([{ state: 'active' }]);
  expect((await admin.run('/news', 'pause 1')).text).toContain('#1 is paused');
  expect(await store.getSubscriptions([1])).toMatchObject([{ state: 'paused' }]);
});

test('lists, the home tab and help keep to the limits however many and long the alerts are', async () => {
  const { room, user } = await open();
  const long = Array.from({ length: 13 }, (_, i) => `"a long phrase ${i} & <more>"`).join(' OR ');
  for (let i = 0; i < 25; i++)
    await room.subscribe({ query: `${long} OR nr${i}`, name: `${'<*Name*> '.repeat(8)}${i}` });
  const list = await user.run('/news', 'list');
  expect(list.text).toContain('25 alerts here');
  const all = user.seen.flatMap(({ buttons }) => buttons.map(({ label }) => label));
  await expect
    .poll(() => user.seen.some(({ buttons }) => buttons.some(({ label }) => label === 'Next page')))
    .toBe(true);
  expect(all).toContain('Pause');
  const home = await user.openHome();
  expect(home.text).toContain('You have 25 alerts');
  const next = await user.click(home, 'mine 2');
  expect(next.text).toContain('nr19');
  for (const said of ['help', 'help add', 'feeds', 'settings', 'show 3', 'search phrase', 'nonsense', '']) {
    expect((await user.run('/news', said)).kind).toBe('ephemeral');
  }
});

test('a form that Slack no longer takes is said to have come too late', async () => {
  const { server, user } = await open();
  server.fail({ method: 'views.open', how: { error: 'expired_trigger_id' } });
  const late = await user.run('/news', 'add');
  expect(late).toMatchObject({ kind: 'ephemeral' });
  expect(late.text).toContain('try again');
});

test('the settings of a place are changed in their form', async () => {
  const { server, store } = await open();
  const admin = server.user('U2', { channel: 'C1', admin: true });
  const shown = await admin.run('/news', 'settings');
  const form = await formOf(admin, await press(admin, shown, 'Change'));
  expect((await admin.submit(form, { timezone: 'Mars/Olympus' })).errors).toHaveProperty('timezone');
  const saved = await admin.submit(form, { timezone: 'Asia/Seoul', quiet: '22:00-07:00' });
  expect(saved.text).toContain('Asia/Seoul');
  expect(await store.getDocument('place', 'slack:T1:C1')).toMatchObject({ timeZone: 'Asia/Seoul' });
});
