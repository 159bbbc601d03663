import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseFeed, parserVersion } from '../../../adapters/feeds/parse.ts';
import { feedAt, newFeedState } from '../../../src/feeds/feed.ts';
import { createLastDocuments, shortHash, type LastDocument } from '../../../src/feeds/last-documents.ts';
import type { DumpRecord, FeedSource } from '../../../src/ports.ts';
import { openWatching, type Watching } from './watching.ts';

const URL = 'https://harbour.example/feed';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 2, 6);

/** Documents of one publisher, read as the program reads them. */
interface Publisher {
  body: string;
  /** How many items were read, look by look. */
  readonly read: number[];
  readonly source: FeedSource;
}

/** @param remembers false for a source to which no marks are handed: everything is read each time */
function publisher(remembers: boolean): Publisher {
  const read: number[] = [];
  const self: Publisher = {
    body: '',
    read,
    source: {
      parserVersion,
      discover: async () => [],
      close: async () => undefined,
      async fetch({ bodyHash, known }) {
        const bytes = Buffer.from(self.body);
        const digest = createHash('sha256').update(bytes).digest('hex');
        const validators = { etag: '', lastModified: '' };
        const hints = { maxAgeMs: null };
        if (digest === bodyHash) return { kind: 'unchanged', validators, hints, movedTo: '' };
        const about = { url: URL, contentType: '' };
        const document = await parseFeed(bytes, { ...about, ...(remembers && known ? { known } : {}) });
        read.push(document.items.length);
        const whole = async () => {
          read.push(-1);
          return parseFeed(bytes, { ...about, known: { frame: -1, items: [] } });
        };
        return { kind: 'document', document, whole, validators, bodyHash: digest, hints, movedTo: '', finalUrl: URL };
      },
    },
  };
  return self;
}

interface Item {
  readonly number: number;
  readonly guid: string;
  readonly link: string;
  readonly title: string;
  readonly summary: string;
  readonly published: number;
}

function item(number: number, changes: Partial<Item> = {}): Item {
  const summary = `The harbour council said in its report number ${number} that ferry ${number * 7} would be repaired in spring.`;
  const title = `Harbour ferry number ${number} is repaired`;
  return { number, guid: `g${number}`, link: `/${number}`, title, summary, published: START - HOUR, ...changes };
}

function body(items: readonly Item[], built: number): string {
  const list = items.map(
    ({ guid, link, title, summary, published }) =>
      `<item><title>${title}</title><link>${link}</link>${guid === '' ? '' : `<guid isPermaLink="false">${guid}</guid>`}` +
      `<pubDate>${new Date(published).toUTCString()}</pubDate><description>${summary}</description></item>`,
  );
  const head = `<title>Harbour</title><link>https://harbour.example/</link><lastBuildDate>${new Date(built).toUTCString()}</lastBuildDate>`;
  return `<rss version="2.0"><channel>${head}${list.join('\n')}</channel></rss>`;
}

interface Reader {
  readonly publisher: Publisher;
  readonly watching: Watching;
  readonly offered: string[];
}

async function openReader(remembers: boolean, now: () => number): Promise<Reader> {
  const here = publisher(remembers);
  const offered: string[] = [];
  const watching = await openWatching({
    source: here.source,
    now,
    query: 'harbour',
    onOffer: ({ story }, gathered) => void offered.push(`${story.title} ${story.url} ${gathered}`),
  });
  await watching.store.putFeeds([feedAt(URL, { listed: true })], newFeedState(now()));
  return { publisher: here, watching, offered };
}

async function look({ publisher: here, watching }: Reader, text: string, at: number): Promise<void> {
  here.body = text;
  await watching.store.wakeFeeds(at);
  await watching.watch.idle();
}

async function everything({ watching }: Reader): Promise<DumpRecord[]> {
  const records: DumpRecord[] = [];
  for await (const record of watching.store.dump()) records.push(record);
  return records;
}

/** What publishers do with a list of items. */
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('new' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('edit' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('rewrite' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('date' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('guid' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('guids' as const) }),
  fc.record({ kind: fc.constant('no guid' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('guid of another' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('link' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('link of another' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('link of the site' as const), at: fc.nat(9) }),
  fc.record({ kind: fc.constant('order' as const) }),
  fc.record({ kind: fc.constant('flood' as const) }),
  fc.record({ kind: fc.constant('burst' as const) }),
  fc.record({ kind: fc.constant('rebuilt' as const) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const RARE: readonly (readonly Change[])[] = [
  // One of two items at one address leaves: from then on it tells the other one.
  [
    { kind: 'link of another', at: 0 },
    { kind: 'drop', at: 5 },
  ],
  // Much is new, but as much is not: no feed made anew.
  [{ kind: 'burst' }, { kind: 'rebuilt' }],
  [
    { kind: 'guid of another', at: 0 },
    { kind: 'drop', at: 5 },
  ],
];
const EXAMPLES = RARE.map((changes): [Change[][]] => [changes.map((one) => [one])]);

function changed(items: readonly Item[], one: Change, next: () => number, at: number): Item[] {
  const place = 'at' in one ? one.at % Math.max(1, items.length) : 0;
  const put = (changes: (old: Item) => Partial<Item>): Item[] =>
    items.map((old, i) => (i === place ? { ...old, ...changes(old) } : old));
  switch (one.kind) {
    case 'new':
      return [...Array.from({ length: one.count }, () => item(next(), { published: at })), ...items];
    case 'flood':
      return Array.from({ length: 25 }, () => item(next(), { published: at }));
    case 'burst':
      return Array.from({ length: 22 }, () => item(next(), { published: at })).concat(items);
    case 'drop':
      return items.toSpliced(place, 1);
    case 'edit':
      return put(({ summary }) => ({ summary: `${summary} It was corrected.` }));
    case 'rewrite':
      return put(() => ({
        title: `Nothing but other words ${next()}`,
        summary: `Quite another text ${next()}.`,
        published: at,
      }));
    case 'date':
      return put(() => ({ published: at }));
    case 'guid':
      return put(() => ({ guid: `other ${next()}` }));
    case 'guids':
      return items.map((old) => ({ ...old, guid: `all ${next()}` }));
    case 'no guid':
      return put(() => ({ guid: '' }));
    case 'guid of another':
      return put(() => ({ guid: items.at(-1)?.guid ?? '' }));
    case 'link':
      return put(() => ({ link: `/moved/${next()}` }));
    case 'link of another':
      return put(() => ({ link: items.at(-1)?.link ?? '' }));
    case 'link of the site':
      return put(() => ({ link: '/' }));
    case 'order':
      return items.toReversed();
    case 'rebuilt':
      return [...items];
  }
}

test('whatever a publisher does, what is announced, known and kept is the same as without memory', async () => {
  let spared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(change, { minLength: 1, maxLength: 2 }), { maxLength: 9 }), async (rounds) => {
      let time = START;
      let number = 10;
      const readers = [await openReader(true, () => time), await openReader(false, () => time)] as const;
      let items = Array.from({ length: 6 }, (_, i) => item(i));
      try {
        for (const round of [[], ...rounds]) {
          time += 20 * MINUTE;
          for (const one of round) items = changed(items, one, () => number++, time);
          for (const reader of readers) await look(reader, body(items, time), time);
          expect(readers[0].offered).toEqual(readers[1].offered);
        }
        expect(await everything(readers[0])).toEqual(await everything(readers[1]));
        const [all, news] = readers.map(({ publisher: { read } }) =>
          read.reduce((sum, count) => sum + Math.abs(count), 0),
        );
        if ((all ?? 0) < (news ?? 0)) spared++;
      } finally {
        for (const { watching } of readers) await watching.close();
      }
    }),
    { numRuns: 40, examples: EXAMPLES },
  );
  expect(spared).toBeGreaterThan(10);
}, 120_000);

test('only what is new in a document is read, and all of it once a day', async () => {
  let time = START;
  const reader = await openReader(true, () => time);
  const items = Array.from({ length: 5 }, (_, i) => item(i));
  for (let round = 0; round < 4; round++) {
    await look(reader, body(items, time), time);
    time += HOUR;
    items.unshift(item(10 + round, { published: time }));
  }
  expect(reader.publisher.read).toEqual([5, 1, 1, 1]);
  time += DAY;
  await look(reader, body(items, time), time);
  expect(reader.publisher.read.at(-1)).toBe(9);
  expect(reader.offered).toHaveLength(4);
  await reader.watching.close();
});

test('what another process read in between is not believed', async () => {
  let time = START;
  const reader = await openReader(true, () => time);
  await look(reader, body([item(1), item(2)], time), time);
  time += HOUR;
  const [lease] = await reader.watching.store.leaseFeeds({
    worker: 'other',
    now: time,
    limit: 1,
    perHost: 1,
    leaseMs: 1,
  });
  const state = { ...lease!.state, bodyHash: 'of another document' };
  await reader.watching.store.commitFetch(lease!, { feed: lease!.feed, state, seen: [], now: time });
  await look(reader, body([item(3), item(1), item(2)], time), time);
  expect(reader.publisher.read).toEqual([2, 3]);
  await reader.watching.close();
});

test('keys of items that stay in a feed are written anew before they are forgotten', async () => {
  let time = START;
  const reader = await openReader(true, () => time);
  const memoryMs = 45 * DAY;
  for (let day = 0; day < 60; day++) {
    await look(reader, body([item(1), item(2)], time), time);
    await reader.watching.store.sweep(time, {
      seenMs: memoryMs,
      archiveMs: memoryMs,
      settledMs: memoryMs,
      removedMs: DAY,
    });
    time += DAY / 2;
  }
  const seen = (await everything(reader)).flatMap((one) => (one.kind === 'seen' ? [one.record.lastSeen] : []));
  // Of each item its guid, its address and its text.
  expect(seen.filter((lastSeen) => lastSeen > time - 10 * DAY)).toHaveLength(6);
  await reader.watching.close();
});

const STATE = { ...newFeedState(START), learnt: true };

function documentOf(count: number, lookedUpAt = START): LastDocument {
  const items = Array.from({ length: count }, (_, i) => ({
    mark: 2 ** 52 - 1 - i,
    address: shortHash(`address ${i}`),
    guid: i % 2 === 0 ? 0 : shortHash(`guid ${i}`),
    own: i % 3 === 0,
  }));
  return { frame: 2 ** 52 - 1, items, lookedUpAt };
}

test("a document comes back as it was, as long as it is the feed's last one and is believed", () => {
  const documents = createLastDocuments({ believedMs: DAY, mostItems: 1_000 });
  documents.keep('a', 'hash', documentOf(5));
  const state = { ...STATE, bodyHash: 'hash' };
  expect(documents.recall('a', state, START + HOUR)).toEqual(documentOf(5));
  expect(documents.recall('a', { ...state, bodyHash: 'other' }, START + HOUR)).toBeNull();
  expect(documents.recall('a', { ...state, bodyHash: '' }, START + HOUR)).toBeNull();
  expect(documents.recall('a', { ...state, learnt: false }, START + HOUR)).toBeNull();
  expect(documents.recall('a', { ...state, guidOffUntil: START + DAY }, START + HOUR)).toBeNull();
  expect(documents.recall('a', state, START + DAY)).toBeNull();
  expect(documents.recall('a', state, START - 1)).toBeNull();
  expect(documents.recall('b', state, START)).toBeNull();
  documents.forget('a');
  expect(documents.recall('a', state, START + HOUR)).toBeNull();
});

test('no more is remembered than there is room for, the newest of it', () => {
  const documents = createLastDocuments({ believedMs: DAY, mostItems: 200 });
  for (const feed of ['a', 'b', 'c']) documents.keep(feed, 'hash', documentOf(60));
  documents.keep('b', 'hash', documentOf(50));
  documents.keep('d', 'hash', documentOf(60));
  const held = ['a', 'b', 'c', 'd'].filter((feed) => documents.recall(feed, { ...STATE, bodyHash: 'hash' }, START));
  expect(held).toEqual(['b', 'd']);
});
