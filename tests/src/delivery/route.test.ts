import { describe, expect, test } from 'vitest';
import { muteId } from '../../../src/delivery/delivery.ts';
import { unsetPlace } from '../../../src/delivery/place.ts';
import { openTestChat } from '../../servers/chat.ts';
import { HOUR_MS, openOffice, unlike } from './office.ts';

const HERE = 'slack:T1:C1';

const ferry = {
  title: 'Ferry line between Oban and Mull reopens after storm damage',
  summary:
    'The harbour ferry between Oban and Mull runs again on Friday after three weeks of repairs to the pier, the operator Northern Lines said.',
};
/** The same event in another outlet's words, and the same text at a third. */
const later = {
  title: 'Oban to Mull ferry line runs again after storm damage',
  summary:
    'Northern Lines reopens the ferry between Oban and Mull on Friday: repairs to the storm-damaged pier took three weeks, the operator said.',
  source: 'The Wire',
  url: 'https://wire.example/2',
  feedId: 'f2f2f2f2f2f2f2f2',
};
const copy = { ...ferry, source: 'The Copy', url: 'https://copy.example/3', feedId: 'f3f3f3f3f3f3f3f3' };

describe('later coverage of a posted story', () => {
  test('goes under the first message, and into no message of its own', async () => {
    const { subscribe, publish, send, chat } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    await send();
    expect((await publish(2, later)).tier).toBe('event');
    await send();
    expect(chat.asked.map(({ kind, remoteId }) => [kind, remoteId])).toEqual([
      ['post', ''],
      ['follow', 'm1'],
    ]);
    expect(chat.asked[1]?.cards[0]).toMatchObject({ title: later.title, source: 'The Wire' });
  });

  test('becomes a line of the first message where a chat has no threads', async () => {
    const { subscribe, publish, send, chat } = await openOffice({ chat: openTestChat('slack', { threads: false }) });
    await subscribe();
    await publish(1, ferry);
    await send();
    await publish(2, later);
    await send();
    expect(chat.asked[1]).toMatchObject({ kind: 'edit', remoteId: 'm1' });
    expect(chat.asked[1]?.cards[0]).toMatchObject({
      title: ferry.title,
      also: [{ source: 'The Wire', url: later.url }],
    });
  });

  test('with the same text is silent: the outlet only joins the first message', async () => {
    const { subscribe, publish, send, chat } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    await send();
    expect((await publish(3, copy)).tier).toBe('text');
    await send();
    expect(chat.asked[1]).toMatchObject({ kind: 'edit', remoteId: 'm1' });
    expect(chat.asked[1]?.cards[0]?.also).toEqual([{ source: 'The Copy', url: copy.url }]);
  });

  test('that came before the first message was sent stands in it, and is not said again', async () => {
    const { subscribe, publish, send, chat, store } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    await publish(2, later);
    await send();
    await send();
    expect(chat.asked).toHaveLength(1);
    expect(chat.asked[0]?.cards[0]?.also).toEqual([{ source: 'The Wire', url: later.url }]);
    expect(await store.listDeliveries(HERE, 'queued', 10)).toEqual([]);
  });

  test('comes as an alert where the first one was not asked for', async () => {
    const { subscribe, publish, send, chat } = await openOffice();
    await subscribe({ query: 'wire OR source:wire' });
    await publish(1, ferry);
    await publish(2, later);
    await send();
    expect(chat.asked.map(({ kind, cards }) => [kind, cards[0]?.title])).toEqual([['post', later.title]]);
  });
});

describe('a corrected story', () => {
  test('edits what was posted within a day, once for each correction', async () => {
    const { subscribe, publish, send, chat, router, clock } = await openOffice();
    await subscribe();
    const { story } = await publish(1, ferry);
    await send();
    const corrected = { ...story, title: 'Ferry line between Oban and Mull to reopen on Saturday' };
    clock.advance(23 * HOUR_MS);
    expect(await router.revise(corrected, clock.now())).toBe(1);
    await router.revise(corrected, clock.now());
    await send();
    expect(chat.asked.slice(1)).toMatchObject([{ kind: 'edit', remoteId: 'm1', cards: [{ title: corrected.title }] }]);
  });

  test('leaves what was posted longer ago as it is', async () => {
    const { subscribe, publish, send, chat, router, clock } = await openOffice();
    await subscribe();
    const { story } = await publish(1, ferry);
    await send();
    clock.advance(25 * HOUR_MS);
    expect(await router.revise({ ...story, title: 'Another title' }, clock.now())).toBe(0);
    await send();
    expect(chat.asked).toHaveLength(1);
  });

  test('is posted as corrected where it was not posted yet', async () => {
    const { subscribe, publish, send, chat, router, clock } = await openOffice();
    await subscribe();
    const { story } = await publish(1, ferry);
    await router.revise({ ...story, title: 'Ferry to reopen on Saturday' }, clock.now());
    await send();
    expect(chat.asked).toMatchObject([{ kind: 'post', cards: [{ title: 'Ferry to reopen on Saturday' }] }]);
  });
});

describe('alerts that are held', () => {
  test('for a daily digest come as one message at its local time', async () => {
    const start = Date.UTC(2026, 10, 25, 9, 0);
    const { subscribe, publish, send, chat, clock } = await openOffice({ start });
    await subscribe({ query: 'story', when: { kind: 'daily', at: '08:00' }, timeZone: 'Asia/Tokyo' });
    for (let i = 0; i < 3; i++) await publish(i, unlike(i));
    clock.advance(14 * HOUR_MS - 1);
    await send();
    expect(chat.asked).toEqual([]);
    clock.advance(1);
    await send();
    await send();
    expect(chat.asked).toMatchObject([{ heading: 'Your daily digest: 3 stories for story' }]);
    expect(chat.asked[0]?.cards).toHaveLength(3);
  });

  test('over quiet hours come as one message when they end', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice({ start: Date.UTC(2026, 10, 25, 23, 0) });
    await subscribe({ query: 'story', quiet: { from: '22:00', to: '07:00' } });
    await publish(1, unlike(1));
    await publish(2, unlike(2));
    clock.advance(8 * HOUR_MS - 1);
    await send();
    expect(chat.asked).toEqual([]);
    clock.advance(1);
    await send();
    expect(chat.asked).toMatchObject([{ heading: '2 stories for story from the quiet hours' }]);
  });

  test('by the quiet hours of the place wait too', async () => {
    const { subscribe, publish, send, chat, store } = await openOffice({ start: Date.UTC(2026, 10, 25, 23, 0) });
    await store.putDocument('place', HERE, { ...unsetPlace, quiet: { from: '22:00', to: '07:00' } }, null);
    await subscribe();
    await publish(1, ferry);
    await send();
    expect(chat.asked).toEqual([]);
  });

  test('for one are not held for another who asked for them at once', async () => {
    const { subscribe, publish, send, chat } = await openOffice();
    await subscribe({ when: { kind: 'daily', at: '08:00' } });
    await subscribe({ query: 'harbour' });
    await publish(1, ferry);
    await send();
    expect(chat.asked[0]?.cards[0]?.matched?.map(({ id }) => id)).toEqual([1, 2]);
  });
});

describe('stories that a feed brought all at once', () => {
  const many = Array.from({ length: 26 }, (_, i) => ({ ...unlike(i), source: 'Harbour Times' }));
  const line =
    'Harbour Times brought many stories at once. 26 of them, for story, are not posted one by one; /news preview shows what an alert finds.';

  test('are told of in one line a place, however many and however often they are taken in', async () => {
    const { subscribe, publishTogether, send, chat } = await openOffice();
    await subscribe({ query: 'story' });
    await subscribe({ query: 'story', destination: 'slack:T1:C2' });
    const entries = await publishTogether(many);
    await send();
    expect(chat.asked.map(({ heading, cards }) => [heading, cards.length])).toEqual([
      [line, 0],
      [line, 0],
    ]);
    expect(await publishTogether(many)).toEqual(entries);
    await send();
    expect(chat.asked).toHaveLength(2);
  });

  test('count once a story, leave out what was told there or is muted, and do not make a subscription flood', async () => {
    const { subscribe, publish, publishTogether, send, chat, store } = await openOffice({ route: { floodPerHour: 3 } });
    await subscribe({ query: 'story OR ferry' });
    await publish(1, ferry);
    await send();
    const [muted] = await publishTogether([unlike(25)], 90);
    await store.putDocument('mute', muteId(HERE, muted?.groupId ?? ''), true, null);
    await send();
    const source = 'Harbour Times';
    const told = [...many.slice(0, 10), { ...later, source }, { ...copy, source }, { ...unlike(25), source }];
    await publishTogether(told);
    await send();
    expect(chat.asked.at(-1)?.heading).toMatch(/^Harbour Times brought .* 10 of them, for story OR ferry, are/u);
    await publish(2, { title: 'One more story after all', summary: 'It came by itself.' });
    await send();
    expect(chat.asked.at(-1)).toMatchObject({ heading: '', cards: [{ title: 'One more story after all' }] });
  });

  test('are told as they are where a place asked for one of them only', async () => {
    const { subscribe, publishTogether, send, chat } = await openOffice();
    await subscribe({ query: 'ferry' });
    await publishTogether([...many, ferry]);
    await send();
    expect(chat.asked.map(({ heading, cards }) => [heading, cards[0]?.title])).toEqual([['', ferry.title]]);
  });

  test('are told of after the quiet hours, and why is known of each', async () => {
    const { subscribe, publishTogether, send, chat, store, clock } = await openOffice({
      start: Date.UTC(2026, 10, 25, 23, 0),
    });
    await subscribe({ query: 'story', quiet: { from: '22:00', to: '07:00' } });
    const [first] = await publishTogether(many);
    await send();
    expect(chat.asked).toEqual([]);
    const decisions = await store.decisionsAbout({ groupId: first?.groupId ?? '' });
    expect(decisions.map(({ outcome }) => outcome)).toEqual(['counted']);
    clock.advance(8 * HOUR_MS);
    await send();
    expect(chat.asked.map(({ heading }) => heading)).toEqual([line]);
  });
});

describe('a place', () => {
  test('flooded by a subscription gets its stories hourly from then on, and is told so once', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice({
      start: Date.UTC(2026, 10, 25, 9, 0),
      route: { floodPerHour: 3 },
    });
    await subscribe({ query: 'story' });
    for (let i = 0; i < 6; i++) {
      await publish(i, unlike(i));
      await send();
    }
    const headings = chat.asked.map(({ heading }) => heading.slice(0, 30));
    expect(headings).toEqual(['', '', '', '#1 (story) found more than 3 s']);
    clock.advance(HOUR_MS);
    await send();
    expect(chat.asked.at(-1)?.heading).toBe('Your hourly digest: 3 stories for story');
  });

  test('that muted a story hears no more of it', async () => {
    const { subscribe, publish, send, chat, store } = await openOffice();
    await subscribe();
    const { groupId } = await publish(1, ferry);
    await send();
    await store.putDocument('mute', muteId(HERE, groupId), true, null);
    await publish(2, later);
    await send();
    expect(chat.asked).toHaveLength(1);
    expect((await store.decisionsAbout({ groupId })).map(({ outcome }) => outcome)).toEqual(['queued', 'muted']);
  });

  test('hears nothing of a feed that another place added for itself', async () => {
    const { subscribe, publish, send, chat } = await openOffice();
    await subscribe();
    await publish(1, { ...ferry, scopes: ['slack:T2'] });
    await send();
    expect(chat.asked).toEqual([]);
    await publish(2, { title: 'Ferry museum opens in Leith', summary: 'Old steamers.', scopes: ['slack:T1'] });
    await send();
    expect(chat.asked).toHaveLength(1);
  });
});
