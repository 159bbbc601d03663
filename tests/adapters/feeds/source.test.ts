import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../../adapters/feeds/http.ts';
import type { ParseFeed } from '../../../adapters/feeds/discover.ts';
import { parseFeed } from '../../../adapters/feeds/parse.ts';
import { createFeedSource } from '../../../adapters/feeds/source.ts';
import type { FeedSource, FetchAnswer, FetchRequest } from '../../../src/ports.ts';
import { startFeedServer, type FeedServer } from '../../servers/feeds.ts';

let server: FeedServer;
let other: FeedServer;
let source: FeedSource;
let parsed: { text: string; url: string; contentType: string }[];
const now = Date.UTC(2026, 0, 1, 12);

/** Reads bodies of the form `feed TITLE`; all else is none. */
const parse: ParseFeed = async (bytes, about) => {
  const text = Buffer.from(bytes).toString();
  parsed.push({ text, ...about });
  if (text === 'our bug') throw new TypeError('a bug');
  if (!text.startsWith('feed ')) {
    const discovered = text.startsWith('<html') ? [`${about.url}/feed`] : [];
    throw Object.assign(new Error('this is not a feed'), { code: 'not_a_feed', discovered });
  }
  return { title: text.slice(5), link: '', language: '', items: [] };
};

beforeEach(async () => {
  [server, other] = await Promise.all([startFeedServer(), startFeedServer()]);
  parsed = [];
  const http = createHttp({
    timeoutMs: 3000,
    maxBodyBytes: 10_000,
    maxRedirects: 3,
    allowPrivateHosts: [server.host, other.host],
    allowPorts: [80],
    userAgent: 'test',
    perHostConcurrency: 1,
    hostSpacingMs: 0,
    concurrency: 4,
    now: () => now,
  });
  source = createFeedSource({ http, parse, parserVersion: 7, now: () => now });
});
afterEach(async () => {
  await source.close();
  await Promise.all([server.stop(), other.stop()]);
});

const ask = (path: string, last: Partial<FetchRequest> = {}): Promise<FetchAnswer> =>
  source.fetch({ url: server.origin + path, validators: { etag: '', lastModified: '' }, bodyHash: '', ...last });

describe('validators', () => {
  test('are kept as they came and sent back byte for byte', async () => {
    const etag = 'W/"a, b  c\xe9"; odd';
    const lastModified = 'yesterday, more or less';
    server.on('/a', { kind: 'answer', headers: { etag, 'last-modified': lastModified }, body: 'feed A' });
    const answer = await ask('/a');
    expect(answer).toMatchObject({ kind: 'document', validators: { etag, lastModified } });
    await ask('/a', { validators: { etag, lastModified } });
    const { headers } = server.seen('/a')[1] ?? {};
    expect(headers?.['if-none-match']).toBe(etag);
    expect(headers?.['if-modified-since']).toBe(lastModified);
  });

  test('are never invented', async () => {
    server.on('/a', { kind: 'answer', headers: { date: 'Thu, 01 Jan 2026 11:00:00 GMT' }, body: 'feed A' });
    expect(await ask('/a')).toMatchObject({ validators: { etag: '', lastModified: '' } });
    await ask('/a', { validators: { etag: '"x"', lastModified: '' } });
    const [first, second] = server.seen('/a');
    expect(first?.headers).not.toHaveProperty('if-none-match');
    expect(first?.headers).not.toHaveProperty('if-modified-since');
    expect(second?.headers).not.toHaveProperty('if-modified-since');
  });

  test('of a 304 take the place of the old ones; those it does not name stay', async () => {
    server.on('/a', (_, nth) => ({ kind: 'answer', status: 304, headers: nth === 0 ? { etag: '"new"' } : {} }));
    const validators = { etag: '"old"', lastModified: 'then' };
    const first = await ask('/a', { validators });
    expect(first).toMatchObject({ kind: 'unchanged', validators: { etag: '"new"', lastModified: 'then' } });
    expect(await ask('/a', { validators })).toMatchObject({ kind: 'unchanged', validators });
    expect(parsed).toEqual([]);
    server.on('/b', { kind: 'answer', status: 304, headers: { 'last-modified': 'now' } });
    expect(await ask('/b', { validators })).toMatchObject({ validators: { etag: '"old"', lastModified: 'now' } });
  });
});

describe('a body', () => {
  test('equal to the last one is not parsed, and its new validators are kept all the same', async () => {
    server.on('/a', (_, nth) => ({ kind: 'answer', headers: { etag: `"${nth}"` }, body: 'feed A' }));
    const first = await ask('/a');
    const bodyHash = first.kind === 'document' ? first.bodyHash : '';
    expect(bodyHash).toMatch(/^[\da-f]{16,32}$/u);
    const second = await ask('/a', { bodyHash });
    expect(second).toMatchObject({ kind: 'unchanged', validators: { etag: '"1"' } });
    expect(parsed).toHaveLength(1);
    server.on('/a', { kind: 'answer', body: 'feed A ' });
    expect(await ask('/a', { bodyHash })).toMatchObject({ kind: 'document' });
  });

  test('is handed on with its address and type', async () => {
    server.on('/a', { kind: 'answer', status: 302, headers: { location: '/b' } });
    server.on('/b', { kind: 'answer', headers: { 'content-type': 'text/xml; charset=koi8-r' }, body: 'feed B' });
    const finalUrl = `${server.origin}/b`;
    expect(await ask('/a')).toMatchObject({ kind: 'document', document: { title: 'B' }, finalUrl, movedTo: '' });
    expect(parsed).toEqual([{ text: 'feed B', url: finalUrl, contentType: 'text/xml; charset=koi8-r' }]);
  });

  test('that is no feed is a failure with what its page offers', async () => {
    server.on('/a', { kind: 'answer', body: '<html>' });
    server.on('/b', { kind: 'answer', body: '' });
    expect(await ask('/a')).toMatchObject({
      kind: 'failed',
      code: 'not_a_feed',
      discovered: [`${server.origin}/a/feed`],
    });
    expect(await ask('/b')).toMatchObject({ kind: 'failed', code: 'not_a_feed', discovered: [] });
  });

  test('that shows a bug of ours throws', async () => {
    server.on('/a', { kind: 'answer', body: 'our bug' });
    await expect(ask('/a')).rejects.toThrow(/a bug/u);
  });
});

describe('what the headers say about time', () => {
  const date = (ms: number): string => new Date(now + ms).toUTCString();
  test.each([
    [{ 'cache-control': 'max-age=3600' }, 3_600_000],
    [{ 'cache-control': 'public, Max-Age="60" , must-revalidate' }, 60_000],
    [{ 'cache-control': 'max-age=3600', age: '600' }, 3_000_000],
    [{ 'cache-control': 'max-age=3600', expires: date(60_000) }, 3_600_000],
    [{ 'cache-control': 's-maxage=600' }, null],
    [{ 'cache-control': 'no-cache, max-age=600' }, 0],
    [{ 'cache-control': 'no-store' }, 0],
    [{ 'cache-control': 'max-age=99999999999999999999' }, 365 * 86_400_000],
    [{ 'cache-control': 'max-age=-5' }, null],
    [{ expires: date(120_000), date: date(0) }, 120_000],
    // The server's clock is an hour slow: what counts is how far its Expires is from its Date.
    [{ expires: date(-3_000_000), date: date(-3_600_000) }, 600_000],
    [{ expires: date(-5000), date: date(0) }, 0],
    [{ expires: '0' }, 0],
    [{}, null],
  ])('%j: fresh for %j ms', async (headers, maxAgeMs) => {
    server.on('/a', { kind: 'answer', headers, body: 'feed A' });
    expect(await ask('/a')).toMatchObject({ kind: 'document', hints: { maxAgeMs } });
  });

  test.each([
    ['120', 120_000],
    [date(90_000), 90_000],
    ['Thursday, 01-Jan-26 12:01:00 GMT', 60_000],
    ['Thu Jan  1 12:01:00 2026', 60_000],
    [date(-5000), 0],
    ['-1', null],
    ['soon', null],
    ['1.5', null],
    ['99999999999999', 365 * 86_400_000],
  ])('Retry-After %j: %j ms', async (value, retryAfterMs) => {
    server.on('/a', { kind: 'answer', status: 503, headers: { 'retry-after': value } });
    expect(await ask('/a')).toMatchObject({ kind: 'failed', code: 'http_503', retryAfterMs, wholeHost: true });
  });
});

describe('a status', () => {
  test.each([
    [400, {}],
    [401, {}],
    [403, {}],
    [404, {}],
    [410, { gone: true }],
    [429, { wholeHost: true }],
    [500, {}],
    [502, {}],
    [503, { wholeHost: true }],
  ])('of %i is a failure with words', async (status, more) => {
    server.on('/secret-path?token=hidden', { kind: 'answer', status, body: 'feed but not really' });
    const answer = await ask('/secret-path?token=hidden');
    expect(answer).toMatchObject({ kind: 'failed', code: `http_${status}`, wholeHost: false, gone: false, ...more });
    expect(answer.kind === 'failed' && answer.message).toContain(server.host);
    expect(answer.kind === 'failed' && answer.message).not.toMatch(/secret|hidden/u);
    expect(parsed).toEqual([]);
  });

  test('of 429 from where a redirect led holds that host, not the one that was asked', async () => {
    server.on('/a', { kind: 'answer', status: 302, headers: { location: `${other.origin}/b` } });
    server.on('/c', { kind: 'answer', body: 'feed C' });
    other.on('/b', { kind: 'answer', status: 429, headers: { 'retry-after': '60' } });
    expect(await ask('/a')).toMatchObject({ code: 'http_429', wholeHost: false, retryAfterMs: 60_000 });
    expect(await ask('/a')).toMatchObject({ code: 'host_held', wholeHost: false });
    expect(other.seen()).toHaveLength(1);
    expect(await ask('/c')).toMatchObject({ kind: 'document' });
  });

  test('of a permanent redirect tells the new address, of documents and of 304s', async () => {
    server.on('/a', { kind: 'answer', status: 301, headers: { location: `${other.origin}/b` } });
    other.on('/b', (_, nth) => (nth === 0 ? { kind: 'answer', body: 'feed B' } : { kind: 'answer', status: 304 }));
    const movedTo = `${other.origin}/b`;
    expect(await ask('/a')).toMatchObject({ kind: 'document', movedTo });
    expect(await ask('/a')).toMatchObject({ kind: 'unchanged', movedTo });
  });
});

test('a closed source rejects', async () => {
  await source.close();
  await expect(ask('/a')).rejects.toThrow(/closed/u);
});

describe('discovery', () => {
  const find = (path: string) => source.discover(server.origin + path);

  test('of a feed gives the feed', async () => {
    server.on('/a', { kind: 'answer', body: 'feed The A' });
    expect(await find('/a')).toEqual([{ url: `${server.origin}/a`, title: 'The A' }]);
    server.on('/old', { kind: 'answer', status: 301, headers: { location: '/a' } });
    expect(await find('/old')).toEqual([{ url: `${server.origin}/a`, title: 'The A' }]);
  });

  test('of a page gives the feeds it links to, those for comments last', async () => {
    const body = `<html><head><base href="/blog/"><title>x</title>
      <link rel="alternate" type="application/rss+xml" title="Comments  on all" href="comments/feed">
      <LINK REL='Alternate' TYPE='Application/Atom+XML; charset=utf-8' TITLE='News &amp; more' HREF='feed?a=1&amp;b=2'>
      <link rel="alternate" type="application/feed+json" href="https://json.example/feed.json">
      <link rel=alternate type=text/html hreflang=de href=/de>
      <link rel="stylesheet" type="text/css" href="/x.css">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
      <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
      <link rel="alternate" type="application/rss+xml" href="feed?a=1&amp;b=2"></head>`;
    server.on('/page', { kind: 'answer', headers: { 'content-type': 'text/html' }, body });
    expect(await find('/page')).toEqual([
      { url: `${server.origin}/blog/feed?a=1&b=2`, title: 'News & more' },
      { url: 'https://json.example/feed.json', title: '' },
      { url: `${server.origin}/blog/comments/feed`, title: 'Comments on all' },
    ]);
    expect(server.seen()).toHaveLength(1);
  });

  test('of a page without links tries where feeds usually stand, and stops at the first', async () => {
    server.on('/blog/', { kind: 'answer', body: '<html><body>nothing' });
    server.on('/rss', { kind: 'answer', body: '<html>also nothing' });
    server.on('/atom.xml', { kind: 'answer', body: 'feed Atom' });
    expect(await find('/blog/')).toEqual([{ url: `${server.origin}/atom.xml`, title: 'Atom' }]);
    expect(server.seen().map(({ path }) => path)).toEqual(['/blog/', '/blog/feed', '/feed', '/rss', '/atom.xml']);
  });

  test('of a page of a host that has had enough ends at once', async () => {
    server.on('/page', { kind: 'answer', body: '<html>nothing' });
    server.on('/page/feed', { kind: 'answer', status: 429 });
    expect(await find('/page')).toEqual({ failed: `no feed was found at ${server.host}` });
    expect(server.seen()).toHaveLength(2);
  });

  test('that finds nothing says so', async () => {
    server.on('/page', { kind: 'answer', body: '<html>nothing' });
    expect(await find('/page')).toEqual({ failed: `no feed was found at ${server.host}` });
    expect(await find('/none')).toEqual({ failed: `${server.host} answered with status 404` });
    expect(await source.discover('http://169.254.169.254/')).toMatchObject({ failed: /public Internet/u });
    for (const text of ['', '   ', 'mailto:a@b.example', 'javascript:1', 'two words']) {
      expect(await source.discover(text)).toMatchObject({ failed: expect.any(String) as string });
    }
  });

  test.each([
    ['https://www.youtube.com/channel/UC123_-x', ['https://www.youtube.com/feeds/videos.xml?channel_id=UC123_-x']],
    ['youtube.com/playlist?list=PL1', ['https://www.youtube.com/feeds/videos.xml?playlist_id=PL1']],
    ['https://m.youtube.com/user/someone/videos', ['https://www.youtube.com/feeds/videos.xml?user=someone']],
    ['https://old.reddit.com/r/news/', ['https://www.reddit.com/r/news/.rss']],
    ['reddit.com/r/news/top', ['https://www.reddit.com/r/news/top/.rss']],
    ['https://www.reddit.com/user/someone', ['https://www.reddit.com/user/someone/.rss']],
    ['https://github.com/a/b/releases', ['https://github.com/a/b/releases.atom']],
    ['https://github.com/a/b/tags', ['https://github.com/a/b/tags.atom']],
    ['https://github.com/a/b/commits/main', ['https://github.com/a/b/commits/main.atom']],
    [
      'https://github.com/a/b.git',
      [
        'https://github.com/a/b/releases.atom',
        'https://github.com/a/b/tags.atom',
        'https://github.com/a/b/commits.atom',
      ],
    ],
  ])('of %s needs no request', async (address, urls) => {
    const found = await source.discover(address);
    expect('failed' in found ? found : found.map(({ url }) => url)).toEqual(urls);
  });
});

describe('the Link header', () => {
  test('names the hub and the topic, and goes before what the document says', async () => {
    const link =
      '<https://hub.example/>; rel="hub", </topic>; title="a, b"; rel=self, <https://x.example/>; rel="next"';
    server.on('/h', { kind: 'answer', headers: { link }, body: 'feed A' });
    const answer = await ask('/h');
    expect(answer).toMatchObject({ document: { hub: 'https://hub.example/', self: `${server.origin}/topic` } });
  });

  test.each(['', 'nonsense', '<javascript:alert(1)>; rel=hub', `<${'x'.repeat(5_000)}>; rel=hub`, '<a'.repeat(1_000)])(
    'that says nothing of use is passed over: %s',
    async (link) => {
      server.on('/h', { kind: 'answer', headers: { link }, body: 'feed A' });
      const answer = await ask('/h');
      expect(answer.kind === 'document' && 'hub' in answer.document).toBe(false);
    },
  );
});

test('marks that are known are handed to the reader, and what it left out can be read after all', async () => {
  const rss = (...numbers: readonly number[]): string =>
    `<rss><channel><title>Harbour</title>${numbers.map((n) => `<item><title>Ferry ${n}</title><link>/${n}</link></item>`).join('')}</channel></rss>`;
  const http = createHttp({
    timeoutMs: 3000,
    maxBodyBytes: 10_000,
    maxRedirects: 3,
    allowPrivateHosts: [server.host],
    allowPorts: [80],
    userAgent: 'test',
    perHostConcurrency: 1,
    hostSpacingMs: 0,
    concurrency: 4,
  });
  const reading = createFeedSource({ http, parse: parseFeed, parserVersion: 7 });
  server.on('/feed', (_, nth) => ({ kind: 'answer', body: nth === 0 ? rss(1) : rss(2, 1) }));
  const request = { url: `${server.origin}/feed`, validators: { etag: '', lastModified: '' }, bodyHash: '' };
  const first = await reading.fetch({ ...request, known: { frame: -1, items: [] } });
  const marks = first.kind === 'document' ? first.document.marks : undefined;
  expect(marks?.items).toHaveLength(1);
  const second = await reading.fetch({ ...request, ...(marks ? { known: marks } : {}) });
  expect(second).toMatchObject({
    kind: 'document',
    document: { items: [{ title: 'Ferry 2' }], unchanged: marks?.items },
  });
  const whole = second.kind === 'document' ? await second.whole?.() : undefined;
  expect(whole?.items.map(({ title }) => title)).toEqual(['Ferry 2', 'Ferry 1']);
  expect(whole?.marks?.items).toHaveLength(2);
  await reading.close();
});
