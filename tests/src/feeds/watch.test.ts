import { afterEach, expect, test } from 'vitest';
import { feedAt, newFeedState } from '../../../src/feeds/feed.ts';
import type { FeedSource, FetchAnswer } from '../../../src/ports.ts';
import type { FeedDocument, FeedItem } from '../../../src/story/item.ts';
import { openWatching, type Watching } from './watching.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let time = Date.UTC(2026, 0, 1, 12);
let open: Watching | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

function item(title: string, published = time): FeedItem {
  return {
    id: title,
    title,
    link: `https://harbour.example/${encodeURIComponent(title)}`,
    published,
    summary: `${title}, it was said at the quay.`,
    content: '',
    summaryHtml: '',
    contentHtml: '',
    author: '',
    categories: [],
    language: 'en',
  };
}

function documentOf(items: readonly FeedItem[]): FeedDocument {
  return { title: 'Harbour', link: 'https://harbour.example/', language: 'en', items };
}

function answerOf(items: readonly FeedItem[]): FetchAnswer {
  return {
    kind: 'document',
    document: documentOf(items),
    validators: { etag: '', lastModified: '' },
    bodyHash: items.map(({ title }) => title).join(),
    hints: { maxAgeMs: null },
    movedTo: '',
    finalUrl: 'https://harbour.example/feed',
  };
}

function sourceOf(fetch: FeedSource['fetch']): FeedSource {
  return { parserVersion: 1, fetch, discover: async () => [], close: async () => undefined };
}

test('what a hub sent is announced at once, and not again by the next look', async () => {
  let items = [item('Old ferry')];
  const { store, watch } = (open = await openWatching({
    source: sourceOf(async () => answerOf(items)),
    now: () => time,
    query: 'ferry',
  }));
  const feed = feedAt('https://harbour.example/feed', { listed: true });
  await store.putFeeds([feed], newFeedState(time));

  await watch.takePushed(feed.id, documentOf([item('Ferry before anything is known')]));
  expect((await store.depths(time)).queued).toBe(0);
  await watch.idle();
  expect((await store.depths(time)).queued).toBe(0);

  time += 2 * MINUTE;
  const late = item('Ferry late');
  await watch.takePushed(feed.id, documentOf([late]));
  expect((await store.depths(time)).queued).toBe(1);
  await watch.takePushed(feed.id, documentOf([late]));

  time += HOUR;
  items = [item('Ferry back'), late, ...items];
  await watch.idle();
  expect((await store.depths(time)).queued).toBe(2);
});

test('of a feed that was made anew the five newest are announced, and the rest is one line', async () => {
  let items = Array.from({ length: 30 }, (_, i) => item(`Ferry ${'abcdefghij'[i % 10]} sails ${i} miles`));
  const { store, watch } = (open = await openWatching({
    source: sourceOf(async () => answerOf(items)),
    now: () => time,
    query: 'ferry',
  }));
  await store.putFeeds([feedAt('https://harbour.example/feed', { listed: true })], newFeedState(time));
  await watch.idle();
  time += HOUR;
  const places =
    'Oban Mull Leith Islay Iona Skye Harris Lewis Barra Uist Arran Bute Jura Tiree Coll Eigg Rum Muck Canna Staffa Lismore Gigha Kerrera Luing Seil';
  items = places.split(' ').map((place, i) => item(`Ferry to ${place} costs ${i + 7} crowns`, time - i * MINUTE));
  await watch.idle();
  const due = await store.listDeliveries('test:me', 'queued', 100);
  expect(due.filter(({ delivery }) => delivery.kind === 'alert').map(({ delivery }) => delivery.roll)).toEqual([
    '',
    '',
    '',
    '',
    '',
  ]);
  expect(due.filter(({ delivery }) => delivery.kind === 'notice').map(({ delivery }) => delivery.text)).toEqual([
    'Harbour brought many stories at once. 20 of them, for ferry, are not posted one by one; /news preview shows what an alert finds.',
  ]);
  expect(due).toHaveLength(6);
});

test('a thousand feeds of one slow host do not hold up the others', async () => {
  const answered = Promise.withResolvers<void>();
  const asked: string[] = [];
  const { store, watch } = (open = await openWatching({
    source: sourceOf(async ({ url }) => {
      asked.push(url);
      if (url.startsWith('https://slow.example/')) await answered.promise;
      return answerOf([]);
    }),
    now: () => time,
    query: 'ferry',
  }));
  const slowFeeds = Array.from({ length: 1_000 }, (_, i) => feedAt(`https://slow.example/${i}`, { listed: true }));
  const others = Array.from({ length: 50 }, (_, i) => feedAt(`https://host${i}.example/feed`, { listed: true }));
  // The slow ones have been due for longer.
  await store.putFeeds(slowFeeds, newFeedState(time - HOUR));
  await store.putFeeds(others, newFeedState(time));

  watch.kick();
  const ofOthers = (): number => asked.filter((url) => !url.startsWith('https://slow.example/')).length;
  await expect.poll(ofOthers, { timeout: 10_000 }).toBe(others.length);
  expect(asked.length - ofOthers()).toBe(1);
  answered.resolve();
  await watch.idle();
  expect(new Set(asked).size).toBe(1_050);
});
