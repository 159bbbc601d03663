import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Store } from '../../../../src/ports.ts';
import type { SlackServer } from '../../../servers/slack/server.ts';
import { formOf } from './hands.ts';
import { openNewsroom } from './newsroom.ts';

const CALL_MS = 1_000;

/** The store itself, each of whose answers takes a second. */
function slow(store: Store): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...given: unknown[]) => {
        await wait(CALL_MS);
        return (member as (...args: unknown[]) => unknown).apply(target, given);
      };
    },
  });
}

function neverLate({ lateAnswers, violations, deliveries }: SlackServer): void {
  expect({ lateAnswers, violations }).toEqual({ lateAnswers: [], violations: [] });
  expect(Math.max(...deliveries.map(({ ackMs }) => ackMs ?? Number.POSITIVE_INFINITY))).toBeLessThan(3_000);
}

test('with a store that takes a second for each answer, commands, buttons and the home tab are acknowledged in time', async () => {
  const room = await openNewsroom({ slow, server: { patienceMs: 30_000 } });
  room.server.channel('C1');
  const user = room.server.user('U1', { channel: 'C1' });
  await room.subscribe();
  const list = await user.run('/news', 'list');
  expect(list.text).toContain('1 alert here');
  // A form that the store is slow to give is opened empty and filled later.
  const opening = await user.click(list, 'edit 1');
  expect(opening).toMatchObject({ kind: 'modal', text: expect.stringContaining('One moment') });
  const form = await user.next(({ view }) => view?.submit === 'Continue');
  await user.submit(form, { query: 'harbour' });
  await user.next(({ text }) => text.includes('Alert #1') && text.includes('harbour'));
  expect((await user.openHome()).text).toContain('harbour');
  neverLate(room.server);
}, 120_000);

test('what is found wrong too late to be said on the field brings the form back with what was typed', async () => {
  const room = await openNewsroom({ transport: 'http', install: 'oauth', slow, server: { patienceMs: 30_000 } });
  room.server.workspace({ id: 'T1', installed: false });
  const user = room.server.user('U1');
  await room.server.install(`${room.address}/slack/install`, { workspace: 'T1' });
  room.server.channel('C1');
  await room.subscribe({ query: 'harbour' });
  const add = await formOf(user, await user.shortcut('new_alert'));
  const taken = await user.submit(add, { query: 'harbour', to: 'C1' });
  expect(taken.text).toContain('One moment');
  const again = await user.next(({ view }) => view?.submit === 'Continue');
  expect(again.text).toContain('alert #1 looks for already');
  expect(JSON.stringify(again.view?.blocks)).toContain('"initial_value":"harbour"');
  neverLate(room.server);
}, 120_000);
