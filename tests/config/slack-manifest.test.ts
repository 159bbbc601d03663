import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { press } from '../adapters/chat/slack/hands.ts';
import { openNewsroom } from '../adapters/chat/slack/newsroom.ts';
import { readManifest } from '../servers/slack/manifest.ts';

const manifest = readFileSync(new URL('../../config/slack-manifest.yaml', import.meta.url), 'utf8');

test('Slack takes the manifest as it is, for Socket Mode', () => {
  const { commands, shortcuts, homeTab } = readManifest(manifest);
  expect([...commands.keys()]).toEqual(['/news']);
  expect([...(shortcuts?.keys() ?? [])]).toEqual(['new_alert', 'why_alert']);
  expect(homeTab).toBe(true);
});

test('Slack takes it for HTTP when the marks of comment are taken from its addresses', () => {
  const marked = /^( *)# (?=(?:request_url|url|redirect_urls):|  - https)/gmu;
  const changed = manifest.replaceAll(marked, '$1').replace('socket_mode_enabled: true', 'socket_mode_enabled: false');
  expect(changed.match(/\/slack\/events$/gmu)).toHaveLength(3);
  expect(readManifest(changed).redirectUrls).toEqual(['https://newshound.example/slack/oauth_redirect']);
});

test.each(['socket', 'http'] as const)('an app made from it may do all that it does, over %s', async (transport) => {
  const room = await openNewsroom({ transport, server: { manifest } });
  const { server, store } = room;
  server.channel('C1', { name: 'general' });
  server.channel('C2', { name: 'ferries', member: false });
  const user = server.user('U1', { channel: 'C1', tz: 'Asia/Tokyo', locale: 'de-DE' });

  const preview = await user.run('/news', 'add “ferry” & "part" —to #ferries');
  await press(user, preview, 'Speichern');
  await room.subscribe({ query: 'ferry', destination: 'slack:T1:@U1' });
  await room.publish(1);
  await room.deliver();
  const [alert] = server.messages('C2');
  expect(alert?.text).toBe('Ferry line reopens, part 1');
  expect(server.messages(server.dm('U1'))).toHaveLength(1);
  expect((await user.shortcut('why_alert', alert)).text).toContain('Ferry');
  expect((await user.openHome()).text).toContain('ferry');
  expect((await user.shortcut('new_alert')).kind).toBe('modal');

  server.archive('C2');
  await expect.poll(() => server.deliveries.map(({ what }) => what)).toContain('channel_archive');
  expect(await store.subscriptionsAt('slack:T1:C2')).toMatchObject([{ query: '"ferry" "part"' }]);
  expect(server.calls().filter(({ answer }) => answer === 'missing_scope')).toEqual([]);
  expect([server.violations, server.pings, server.lateAnswers]).toEqual([[], [], []]);
});
