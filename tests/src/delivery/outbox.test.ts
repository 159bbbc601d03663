import { describe, expect, test, vi } from 'vitest';
import type { PostAnswer } from '../../../src/ports.ts';
import { openTestChat, type TestChat } from '../../servers/chat.ts';
import { HOUR_MS, openOffice, unlike } from './office.ts';

const busy: PostAnswer = { kind: 'retry', retryAfterMs: 30_000, reason: 'busy', ambiguous: false };
const gone: PostAnswer = { kind: 'gone', reason: 'the channel was deleted' };
const refused: PostAnswer = { kind: 'refused', reason: 'too long' };

/** Two stories that no grouper takes for one. */
const ferry = { title: 'Ferry line reopens after storm', summary: 'The harbour ferry runs again after long repairs.' };
const strike = { title: 'Ferry crews walk out over pay', summary: 'Sailors in the north demand nine per cent more.' };

describe('an alert', () => {
  test('is posted once, naming all subscriptions of the place that asked', async () => {
    const { subscribe, publish, send, chat } = await openOffice();
    await subscribe({ query: 'ferry', name: 'Boats' });
    await subscribe({ query: 'harbour repair' });
    await publish(1, ferry);
    await send();
    await send();
    expect(chat.asked).toHaveLength(1);
    const [card] = chat.asked[0]?.cards ?? [];
    expect(card).toMatchObject({ ...ferry, source: 'The Outlet', url: 'https://outlet.example/1' });
    expect(card?.matched).toEqual([
      { id: 1, name: 'Boats' },
      { id: 2, name: 'harbour repair' },
    ]);
    const marked = (card?.spans ?? []).map(({ field, start, end }) => ferry[field as 'title'].slice(start, end));
    expect(marked.toSorted()).toEqual(['Ferry', 'ferry', 'harbour', 'repairs']);
  });

  test('goes to each place that asked', async () => {
    const { subscribe, publish, send, chat } = await openOffice();
    await subscribe();
    await subscribe({ destination: 'slack:T1:C2' });
    await publish(1, ferry);
    await send();
    expect(chat.asked.map(({ destination }) => destination).toSorted()).toEqual(['slack:T1:C1', 'slack:T1:C2']);
  });

  test('of a subscription paused or removed before it was sent is not posted', async () => {
    const { subscribe, publish, send, chat, store } = await openOffice();
    const first = await subscribe();
    await publish(1, ferry);
    await store.putSubscriptions([{ ...first, state: 'paused' }]);
    await send();
    expect(chat.asked).toEqual([]);
  });

  test('offered again after a crash is still one', async () => {
    const { subscribe, publish, send, chat } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    await publish(1, ferry);
    await send();
    await publish(1, ferry);
    await send();
    expect(chat.asked).toHaveLength(1);
  });
});

describe('a post that fails', () => {
  test('is tried again when the platform says, and what stands behind it keeps its place', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    clock.advance(1);
    await publish(2, strike);
    chat.answerNext(busy);
    await send();
    expect(chat.asked).toHaveLength(1);
    clock.advance(29_999);
    await send();
    expect(chat.asked).toHaveLength(1);
    clock.advance(1);
    await send();
    expect(chat.standing.map(({ message }) => message.cards[0]?.title)).toEqual([ferry.title, strike.title]);
  });

  test('without a word from the platform waits longer each time', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      chat.answerNext({ kind: 'retry', retryAfterMs: null, reason: 'HTTP 500', ambiguous: false });
      const before = chat.asked.length;
      let waited = 0;
      for (; chat.asked.length === before; waited += 1000) {
        await send();
        if (chat.asked.length === before) clock.advance(1000);
      }
      waits.push(waited / 1000);
    }
    expect(waits.slice(1)).toEqual([2, 3, 5, 9, 17, 33, 61]);
    expect(chat.standing).toEqual([]);
    clock.advance(60_000);
    await send();
    expect(chat.standing).toHaveLength(1);
  });

  test('after it may have been posted is tried again as it was, with a word of warning, and stands once', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    chat.answerNext('reset after');
    await send();
    clock.advance(60_000);
    await send();
    expect(chat.asked.map(({ ambiguous }) => ambiguous)).toEqual([false, true]);
    expect(chat.standing).toHaveLength(1);
  });

  test('for good does not hold up the rest', async () => {
    const { subscribe, publish, send, chat, store } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    await publish(2, strike);
    chat.answerNext(refused);
    await send();
    expect(chat.standing.map(({ message }) => message.cards[0]?.title)).toEqual([strike.title]);
    expect(await store.listDeliveries('slack:T1:C1', 'dead', 10)).toMatchObject([{ reason: 'too long' }]);
  });

  test('for a day is given up, and the reason can be read', async () => {
    const { subscribe, publish, send, chat, store, clock } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    chat.answerNext(busy);
    await send();
    clock.advance(24 * HOUR_MS + 1);
    await send();
    expect(chat.asked).toHaveLength(1);
    const [dead] = await store.listDeliveries('slack:T1:C1', 'dead', 10);
    expect(dead).toMatchObject({ reason: 'busy', attempts: 1 });
  });

  test('because the place is gone is the last request there, and its owners are told once', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice();
    await subscribe();
    await subscribe({ query: 'crews', owner: 'slack:T1:U2' });
    await publish(1, ferry);
    await publish(2, strike);
    chat.answerNext(gone);
    await send();
    await publish(3, { title: 'Ferry museum opens', summary: 'Old steamers can be seen from Monday on.' });
    clock.advance(HOUR_MS);
    await send();
    expect(chat.asked).toHaveLength(1);
    expect(chat.told.map(({ member }) => member)).toEqual(['slack:T1:U1', 'slack:T1:U2']);
  });
});

describe('an owner who takes no direct messages', () => {
  test('hears in another place of theirs that alerts have stopped', async () => {
    const quiet: TestChat = { ...openTestChat(), tell: async () => ({ kind: 'gone', reason: 'no direct messages' }) };
    const { subscribe, publish, send, clock } = await openOffice({ chat: quiet });
    const { destination } = await subscribe();
    await subscribe({ destination: 'slack:T1:C9', query: 'museum' });
    await publish(1, ferry);
    quiet.answerNext(gone);
    await send();
    clock.advance(HOUR_MS);
    await send();
    const notices = quiet.asked.filter(({ heading }) => heading !== '');
    expect(notices.map((one) => one.destination)).toEqual(['slack:T1:C9']);
    expect(notices[0]?.heading).toContain(`can no longer be posted to ${destination}`);
  });
});

describe('a busy place', () => {
  test('is posted to no faster than its chat allows', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice({
      chat: openTestChat('slack', { paceMs: 1_000 }),
    });
    await subscribe();
    await publish(1, ferry);
    await publish(2, strike);
    const start = clock.now();
    await send();
    expect(chat.asked).toHaveLength(2);
    expect(clock.now() - start).toBeGreaterThanOrEqual(1_000);
  });

  test('leaves its turn to others while it has to wait', async () => {
    const chat = openTestChat('slack', { paceMs: 1_000 });
    const { subscribe, publish, send } = await openOffice({ chat, outbox: { lanes: 1 } });
    await subscribe();
    await subscribe({ destination: 'slack:T1:C2' });
    await publish(1, ferry);
    await publish(2, strike);
    await send();
    const places = chat.asked.map(({ destination }) => destination.slice(-1));
    expect(places.toSorted()).toEqual(['1', '1', '2', '2']);
    expect(new Set(places.slice(0, 2)).size).toBe(2);
  });

  test('gets what an outage held back as one message', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice();
    await subscribe({ query: 'story' });
    for (let i = 0; i < 6; i++) await publish(i, unlike(i));
    clock.advance(2 * HOUR_MS);
    await send();
    expect(chat.asked).toHaveLength(1);
    expect(chat.asked[0]?.heading).toBe('6 stories for story that could not be posted in time');
    expect(chat.asked[0]?.cards.map(({ title }) => title)).toEqual(
      Array.from({ length: 6 }, (_, i) => unlike(i).title),
    );
  });

  test('gets a few late alerts one by one', async () => {
    const { subscribe, publish, send, chat, clock } = await openOffice();
    await subscribe({ query: 'story' });
    for (let i = 0; i < 5; i++) await publish(i, unlike(i));
    clock.advance(2 * HOUR_MS);
    await send();
    expect(chat.asked).toHaveLength(5);
  });
});

describe('a process', () => {
  test('that stops gives its places back; another goes on where it was', async () => {
    const { subscribe, publish, outbox, another, chat } = await openOffice();
    await subscribe();
    await publish(1, ferry);
    await outbox.stop(1_000);
    outbox.kick();
    await outbox.idle();
    expect(chat.asked).toEqual([]);
    const second = another();
    second.kick();
    await second.idle();
    expect(chat.asked).toHaveLength(1);
  });

  test('next to another posts nothing twice', async () => {
    const { subscribe, publish, outbox, another, chat } = await openOffice();
    const second = another();
    await subscribe({ query: 'story' });
    for (let i = 0; i < 20; i++) {
      await publish(i, unlike(i));
      outbox.kick();
      second.kick();
    }
    await Promise.all([outbox.idle(), second.idle()]);
    expect(chat.asked.map(({ cards }) => cards[0]?.title)).toEqual(
      Array.from({ length: 20 }, (_, i) => unlike(i).title),
    );
  });

  test('gives a lane back rather than post when its lease has little left', async () => {
    // The lease is of ten seconds: after a pause of eight another process could have the lane before a slow post ends.
    const { subscribe, publish, send, store, chat } = await openOffice({
      chat: openTestChat('slack', { paceMs: 8_000 }),
    });
    const released = vi.spyOn(store, 'releaseLane');
    await subscribe({ query: 'story' });
    for (let i = 0; i < 3; i++) await publish(i, unlike(i));
    await send();
    expect(chat.asked.map(({ cards }) => cards[0]?.title)).toEqual([0, 1, 2].map((i) => unlike(i).title));
    expect(released).toHaveBeenCalledTimes(3);
  });
});
