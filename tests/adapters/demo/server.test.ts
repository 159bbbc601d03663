import { createConnection } from 'node:net';
import Parser from 'rss-parser';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDemoFeeds, type DemoFeeds } from '../../../adapters/demo/server.ts';

const now = Date.UTC(2026, 10, 25, 5, 2);
let feeds: DemoFeeds;
beforeEach(async () => {
  feeds = await startDemoFeeds({ now });
});
afterEach(async () => feeds.close());

interface Item {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly date: number;
}

function addresses(): string[] {
  return Array.from(feeds.opml.matchAll(/xmlUrl="([^"]+)"/g), ([, url = '']) => url);
}

function addressOf(file: string): string {
  return addresses().find((url) => url.endsWith(file)) ?? '';
}

async function read(url: string): Promise<Item[]> {
  const text = await (await fetch(url)).text();
  if (!url.endsWith('.json')) {
    const { items } = await new Parser({ customFields: { item: ['id'] } }).parseString(text);
    return items.map((item) => ({
      id: item.guid ?? (item as { id?: string }).id ?? item.link ?? '',
      title: item.title ?? '',
      link: item.link ?? '',
      date: Date.parse(item.isoDate ?? ''),
    }));
  }
  const document = JSON.parse(text) as { items: { id: string; title: string; url: string; date_published: string }[] };
  return document.items.map(({ id, title, url, date_published }) => ({
    id,
    title,
    link: url,
    date: Date.parse(date_published),
  }));
}

async function readAll(): Promise<Item[]> {
  return (await Promise.all(addresses().map(read))).flat();
}

describe('the sample feeds', () => {
  test('are six outlets with sixty items and more, each with a title, a link on an example domain and a past date', async () => {
    expect(addresses()).toHaveLength(6);
    expect(addresses().map((url) => new URL(url).host)).toEqual(feeds.hosts);
    const items = await readAll();
    expect(items.length).toBeGreaterThanOrEqual(60);
    for (const item of items) {
      expect(item.title).not.toBe('');
      expect(new URL(item.link).hostname).toMatch(/\.example$/);
      expect(item.date).toBeLessThan(now);
      expect(item.id).not.toBe('');
    }
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  });

  test('come in RSS 2.0, Atom, RDF and JSON Feed', async () => {
    const types = await Promise.all(addresses().map(async (url) => (await fetch(url)).headers.get('content-type')));
    expect(new Set(types.map((type) => type?.split(';')[0]))).toEqual(
      new Set(['application/rss+xml', 'application/atom+xml', 'application/rdf+xml', 'application/feed+json']),
    );
  });

  test('tell one event in five outlets and three languages', async () => {
    const about = (await readAll()).filter(({ title }) =>
      /Kitasawa|北沢製鉄|기타자와제철|steelmaker's shares/.test(title),
    );
    expect(about.map(({ link }) => new URL(link).hostname).sort()).toEqual([
      'hanbit-sinmun.example',
      'harbourtimes.example',
      'meridianwire.example',
      'pacificledger.example',
      'toto-nippo.example',
    ]);
  });

  test('have one hostile item', async () => {
    const [hostile, ...others] = (await readAll()).filter(({ link }) => link.startsWith('https://evil.example/'));
    expect(others).toEqual([]);
    expect(hostile?.title).toMatch(
      /@everyone.*<!channel>.*<@U123>.*asset seizure.*\[bank\.example\]\(https:\/\/evil\.example/,
    );
    const text = await (await fetch(addressOf('.json'))).text();
    expect(text).toMatch(/<script>.*<\/script>/);
    expect(text).toContain('\\u001b]8;;');
  });
});

describe('the next wave', () => {
  test('brings new items, one with another date and one with another guid, and then nothing more', async () => {
    const before = await readAll();
    feeds.advance();
    const second = await readAll();
    feeds.advance();
    const third = await readAll();
    feeds.advance();
    expect(await readAll()).toEqual(third);

    const links = new Set(before.map(({ link }) => link));
    expect(second.filter(({ link }) => !links.has(link)).length).toBeGreaterThanOrEqual(5);
    expect(third.length).toBeGreaterThan(second.length);

    const known = second.filter(({ link }) => links.has(link));
    const was = (item: Item): Item | undefined => before.find(({ link }) => link === item.link);
    const redated = known.filter((item) => was(item)?.id === item.id && was(item)?.date !== item.date);
    expect(redated.map(({ title }) => title)).toEqual(["Vote count in Ghana's north delayed by floods"]);
    const renamed = known.filter((item) => was(item)?.id !== item.id);
    expect(renamed.map(({ title }) => title)).toEqual(['Storm Agda closes the Øresund bridge for nine hours']);
    expect(renamed.every((item) => was(item)?.date === item.date)).toBe(true);
  });

  test('changes validators of what changed, and of that alone', async () => {
    const unchanged = async (url: string, etag: string): Promise<number> =>
      (await fetch(url, { headers: { 'if-none-match': `"other", ${etag}` } })).status;
    const url = addressOf('harbour-times.xml');
    const first = await fetch(url);
    const etag = first.headers.get('etag') ?? '';
    expect(first.status).toBe(200);
    expect(await unchanged(url, etag)).toBe(304);
    expect(await unchanged(url, `W/${etag}`)).toBe(304);
    feeds.advance();
    expect(await unchanged(url, etag)).toBe(200);
  });
});

describe('the server', () => {
  test('knows If-Modified-Since where there is no If-None-Match', async () => {
    const [url = ''] = addresses();
    const modified = (await fetch(url)).headers.get('last-modified') ?? '';
    expect(Date.parse(modified)).toBe(now);
    const status = async (headers: Record<string, string>): Promise<number> => (await fetch(url, { headers })).status;
    expect(await status({ 'if-modified-since': modified })).toBe(304);
    expect(await status({ 'if-modified-since': new Date(now - 1000).toUTCString() })).toBe(200);
    expect(await status({ 'if-modified-since': 'yesterday' })).toBe(200);
    expect(await status({ 'if-modified-since': modified, 'if-none-match': '"other"' })).toBe(200);
  });

  test('has nothing else, and answers HEAD without a body', async () => {
    const [url = ''] = addresses();
    expect((await fetch(new URL('/../../package.json', url))).status).toBe(404);
    expect((await fetch(`${url}?x`)).status).toBe(404);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  test('closes at once, open connections too', async () => {
    const [host = ''] = feeds.hosts;
    const socket = createConnection(Number(host.split(':')[1]), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await feeds.close();
    await closed;
    await expect(fetch(`http://${host}/`)).rejects.toThrow('fetch failed');
  });
});
