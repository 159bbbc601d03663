import { describe, expect, test } from 'vitest';
import { renderMessage as renderForDiscord } from '../../../adapters/chat/discord/render.ts';
import { renderMessage as renderForSlack } from '../../../adapters/chat/slack/render.ts';
import { renderLater, renderMessage as renderForTerminal } from '../../../adapters/chat/terminal/story.ts';
import { wordsFor } from '../../../src/commands/words/words.ts';
import type { Message, StoryCard } from '../../../src/delivery/card.ts';
import { wordsAt } from '../../../src/delivery/language.ts';
import { unsetPlace } from '../../../src/delivery/place.ts';
import { reasons } from '../../../src/delivery/reasons.ts';
import { newFeedState, feedAt } from '../../../src/feeds/feed.ts';
import { deathNotice, recoveryNotice } from '../../../src/feeds/notices.ts';
import { languages } from '../../../src/languages.ts';
import { HOUR_MS, openOffice, unlike, type Office } from './office.ts';

const HERE = 'slack:T1:C1';
const ferry = { title: 'Ferry line reopens after storm', summary: 'The harbour ferry runs again after long repairs.' };

/** With every stretch of white space as one ordinary space. */
function spaced(text: string): string {
  return text.replaceAll(/\s+/gu, ' ');
}

async function speakHere({ store }: Office, language: string): Promise<void> {
  await store.putDocument('place', HERE, { ...unsetPlace, language }, null);
}

describe('what is posted at a place', () => {
  test('is in the language it has set, else in the program’s', async () => {
    const office = await openOffice({ outbox: { language: 'de' } });
    const { subscribe, publish, send, chat } = office;
    await subscribe({ query: 'story' });
    await publish(1, unlike(1));
    await send();
    await speakHere(office, 'ja');
    await publish(2, unlike(2));
    await send();
    expect(chat.asked.map(({ language }) => language)).toEqual(['de', 'ja']);
    expect((await wordsAt(office.store, 'slack:T1:C9', 'fr')).language).toBe('fr');
    expect((await wordsAt(office.store, HERE, 'fr')).language).toBe('ja');
  });

  test('has later coverage and corrections in it, too', async () => {
    const office = await openOffice();
    const { subscribe, publish, send, chat, router, clock } = office;
    await speakHere(office, 'ko');
    await subscribe();
    const { story } = await publish(1, ferry);
    await send();
    await router.revise({ ...story, title: 'Ferry to reopen on Saturday' }, clock.now());
    await send();
    expect(chat.asked.map(({ kind, language }) => [kind, language])).toEqual([
      ['post', 'ko'],
      ['edit', 'ko'],
    ]);
  });

  test.each([
    { language: 'ja', heading: '今日のまとめ: story 3件' },
    { language: 'ko', heading: '오늘의 모아보기: story 3건' },
    { language: 'es', heading: 'Tu resumen diario: 3 noticias de story' },
    { language: 'de', heading: 'Deine Tagesübersicht: 3 Meldungen zu story' },
    { language: 'fr', heading: 'Votre récapitulatif du jour : 3 articles pour story' },
  ])('is headed in it: a digest in $language', async ({ language, heading }) => {
    const office = await openOffice();
    const { subscribe, publish, send, chat, clock } = office;
    await speakHere(office, language);
    await subscribe({ query: 'story', when: { kind: 'daily', at: '08:00' } });
    for (let i = 0; i < 3; i++) await publish(i, unlike(i));
    clock.advance(24 * HOUR_MS);
    await send();
    expect(chat.asked.map((one) => [spaced(one.heading), one.language])).toEqual([[heading, language]]);
  });

  test('says in it to a member why nothing can be posted there any more', async () => {
    const office = await openOffice();
    const { subscribe, publish, send, chat } = office;
    await speakHere(office, 'de');
    await subscribe();
    await publish(1, ferry);
    chat.answerNext({ kind: 'gone', reason: reasons.channelArchived });
    await send();
    expect(JSON.stringify(chat.told)).toContain('der Kanal ist archiviert');
  });

  test('says in it that an alert floods the place', async () => {
    const office = await openOffice({ route: { floodPerHour: 2, language: 'fr' } });
    const { subscribe, publish, send, chat } = office;
    await subscribe({ query: 'story' });
    for (let i = 0; i < 4; i++) {
      await publish(i, unlike(i));
      await send();
    }
    expect(chat.asked.at(-1)?.heading).toMatch(/^#1 \(story\) a trouvé plus de 2 articles en une heure\./u);
  });

  test('says in it to the owners of alerts that nothing can be posted there any more', async () => {
    const office = await openOffice();
    const { subscribe, publish, send, chat } = office;
    await speakHere(office, 'es');
    await subscribe();
    await publish(1, ferry);
    chat.answerNext({ kind: 'gone', reason: 'archived' });
    await send();
    expect(chat.told).toMatchObject([{ card: { title: 'Alertas detenidas', language: 'es' } }]);
  });

  test.each(languages)('says of a feed in %s that it has died or come back', (language) => {
    const words = wordsFor([language]);
    const feed = feedAt('https://a.example/rss', { title: 'Harbour Times', tags: [] });
    const failing = { ...newFeedState(0), failingSince: 0 };
    const dead = deathNotice(HERE, words, feed, failing, 72 * HOUR_MS).text;
    const gone = deathNotice(HERE, words, feed, { ...failing, stopped: 'gone' }, 72 * HOUR_MS).text;
    const back = recoveryNotice(HERE, words, feed, 0, 5 * HOUR_MS).text;
    expect(new Set([dead, gone, back]).size).toBe(3);
    for (const text of [dead, gone, back]) expect(text).toContain('Harbour Times (https://a.example/rss)');
    expect(dead).toContain(words.noReason);
    expect(dead).toMatch(/\b3 ?\D/u);
    expect(back).toMatch(/\b5 ?\D/u);
  });
});

const card: StoryCard = {
  title: 'Harbour reopens',
  summary: 'The harbour reopened on Monday.',
  url: 'https://news.example/harbour',
  source: 'Harbour Times',
  published: '2026-03-01T08:00:00Z',
  storyId: '0123456789abcdef',
  groupId: '0123456789abcdef',
  also: Array.from({ length: 12 }, (_, i) => ({ source: `Outlet ${i}`, url: `https://o${i}.example/` })),
  matched: [{ id: 7, name: 'harbour' }],
};

describe.each(languages)('an alert in %s', (language) => {
  const words = wordsFor([language]);
  const message: Message = { kind: 'alert', heading: '', cards: [card], language };

  test('has its buttons and its few words in it on Slack', () => {
    const text = JSON.stringify(renderForSlack(message));
    for (const said of [words.why, words.muteStory, words.pause, words.edit, words.also, words.andMore(4)])
      expect(text).toContain(said);
    const bare = { ...message, cards: [{ ...card, title: '', source: '', url: '' }] };
    expect(JSON.stringify(renderForSlack(bare))).toContain(words.untitled);
  });

  test('has its buttons and its few words in it on Discord', () => {
    const text = JSON.stringify(renderForDiscord(message));
    for (const said of [words.read, words.why, words.muteStory, words.pause, words.edit, words.also, words.andMore(4)])
      expect(text).toContain(said);
    const bare = { ...message, cards: [{ ...card, title: '', source: '', url: '' }] };
    expect(JSON.stringify(renderForDiscord(bare))).toContain(words.untitled);
  });

  test('has its few words in it at the terminal', () => {
    const surface = { columns: 400, color: false, hyperlinks: false };
    const now = { now: Date.parse('2026-03-01T10:00:00Z'), timeZone: 'UTC' };
    const text = spaced(renderForTerminal(message, '2', surface, now));
    for (const said of [words.also, words.andMore(4), words.askedBy('#7 harbour'), `${words.whyShort}/news why 2`])
      expect(text).toContain(spaced(said));
    expect(renderLater(card, '2', surface, language)).toContain(words.ofStory('2'));
  });
});
