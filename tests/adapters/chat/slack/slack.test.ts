import { expect, test } from 'vitest';
import { openNewsroom } from './newsroom.ts';

test('an alert is added by the command and its preview, and comes once with its buttons', async () => {
  const room = await openNewsroom();
  const { server } = room;
  server.channel('C1', { name: 'general' });
  const user = server.user('U1', { tz: 'Asia/Tokyo' });

  const preview = await user.run('/news', 'add ferry');
  expect(preview.kind).toBe('ephemeral');
  expect(preview.buttons.map(({ label }) => label)).toEqual(['Save', 'Edit', 'Cancel']);
  const saved = await user.click(preview, 'Save');
  expect(saved).toMatchObject({ kind: 'changed', message: { ephemeral: true } });
  expect(saved.text).toContain('#1');

  await room.publish(1);
  await room.deliver();
  expect(server.messages('C1').map(({ text }) => text)).toEqual(['Ferry line reopens, part 1']);
  const [alert] = server.messages('C1');
  const why = await user.click(alert!, 'Why?');
  expect(why.kind).toBe('ephemeral');
  expect(why.text).toContain('ferry');
  expect(server.violations).toEqual([]);
  expect(server.lateAnswers).toEqual([]);
});
