import { describe, expect, test } from 'vitest';
import { slack, socketApp } from './bolt-app.ts';
import { startSlackServer } from './server.ts';

const manifest = `
_metadata: { major_version: 2, minor_version: 1 }
display_information: { name: Newshound, description: News alerts }
features:
  app_home: { home_tab_enabled: false }
  bot_user: { display_name: Newshound }
  slash_commands:
    - { command: /news, description: News alerts, should_escape: true }
  shortcuts:
    - { name: New alert, type: global, callback_id: new_alert, description: Be told }
oauth_config: { scopes: { bot: [chat:write, commands, channels:read] } }
settings:
  event_subscriptions: { bot_events: [channel_archive] }
  interactivity: { is_enabled: true }
  socket_mode_enabled: true
`;

test('the app is what its manifest says: scopes, events, commands, shortcuts, home tab', async () => {
  const server = await slack({ manifest });
  const user = server.user('U1');
  await expect(user.run('/other', 'x')).rejects.toThrow('not a command');
  await expect(user.shortcut('other')).rejects.toThrow('no global shortcut');
  await expect(user.openHome()).rejects.toThrow('no home tab');
  server.archive('C1');
  server.remove('C1');
  await expect.poll(() => server.deliveries.map(({ what }) => what)).toEqual(['channel_archive']);
});

test('a command that asks for it gets links, members and channels marked, and the rest escaped', async () => {
  const server = await slack({ manifest });
  server.channel('C1', { name: 'general' });
  await socketApp(server, (app) => app.command('/news', async ({ ack, command }) => ack(`heard ${command.text}`)));
  server.user('U2', { name: 'bob' });
  const answer = await server.user('U1').run('/news', 'a & b <c> #general @bob #nowhere https://a.example/?b&c');
  expect(answer.text).toBe('heard a &amp; b &lt;c&gt; <#C1|general> <@U2|bob> #nowhere <https://a.example/?b&amp;c>');
});

describe('a manifest that Slack would not take is refused', () => {
  test.each([
    ['a long name', 'name: Newshound', `name: ${'x'.repeat(36)}`, '<=35'],
    ['a field nobody knows', 'socket_mode_enabled: true', 'socket_mode_enabled: true\n  colour: red', 'colour'],
    ['commands without their scope', 'commands, channels:read', 'channels:read', 'the scope commands'],
    ['an event without its scope', 'commands, channels:read', 'commands', 'the scope channels:read'],
    ['HTTP without addresses', 'socket_mode_enabled: true', 'socket_mode_enabled: false', 'an address'],
    ['a long name of a shortcut', 'name: New alert', `name: ${'x'.repeat(25)}`, '<=24'],
  ])('%s', async (_name, part, instead, why) => {
    await expect(startSlackServer({ manifest: manifest.replace(part, instead) })).rejects.toThrow(why);
  });
});
