import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createArticleSource } from '../../../adapters/articles/source.ts';
import { createHttp, type Http } from '../../../adapters/feeds/http.ts';
import type { ArticleAnswer, ArticleSource } from '../../../src/ports.ts';
import { startFeedServer, type Behaviour, type FeedServer } from '../../servers/feeds.ts';

const SENTENCE =
  'The council of Tarnow voted by 31 to 8 for a bridge over the river, ending a quarrel of eleven years. ';
const DAY = 86_400_000;

let server: FeedServer;
let http: Http;
let articles: ArticleSource;
let time = 0;

beforeEach(async () => {
  server = await startFeedServer();
  http = createHttp({
    timeoutMs: 5000,
    maxBodyBytes: 4_000_000,
    maxRedirects: 5,
    allowPrivateHosts: [server.host],
    allowPorts: [80],
    userAgent: 'Newshound/1.0',
    perHostConcurrency: 4,
    hostSpacingMs: 0,
    concurrency: 16,
  });
  time = Date.now();
  articles = createArticleSource({ http, robot: 'Newshound', now: () => time });
});
afterEach(async () => {
  await articles.close();
  await http.close();
  await server.stop();
});

function page(body: string | Uint8Array, contentType = 'text/html'): Behaviour {
  return { kind: 'answer', headers: { 'content-type': contentType }, body };
}

async function read(path: string): Promise<ArticleAnswer> {
  return articles.read(server.origin + path, new AbortController().signal);
}

async function textAt(path: string): Promise<string> {
  const answer = await read(path);
  return answer.kind === 'article' ? answer.article.text : answer.code;
}

function story(text: string): string {
  return `<title>Bridge</title><article><p>${text}</p><p>${SENTENCE.repeat(3)}</p></article>`;
}

describe('a page', () => {
  test('gives its article and the address that answered', async () => {
    server.on('/from', { kind: 'answer', status: 301, headers: { location: '/to#part' } });
    server.on('/to', page(story('A bridge it is.')));
    expect(await read('/from')).toMatchObject({ kind: 'article', finalUrl: `${server.origin}/to` });
    expect(server.seen('/to')[0]?.headers['user-agent']).toBe('Newshound/1.0');
  });

  test.each([
    [
      'UTF-8 that nobody declares',
      Buffer.from(story('Żółw płynie przez Wisłę wieczorem.')),
      'text/html',
      'Żółw płynie',
    ],
    [
      'the charset of the header',
      Buffer.from(
        story('\u041C\u043E\u0441\u0442 \u043E\u0442\u043A\u0440\u044B\u0442.').replaceAll(
          /[\u0410-\u044F]/gu,
          (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x350),
        ),
        'latin1',
      ),
      'text/html; charset=windows-1251',
      'Мост открыт.',
    ],
    [
      'the charset of the page itself',
      Buffer.concat([
        Buffer.from('<meta charset="shift_jis"><article><p>'),
        // 新しい橋が完成し、町の人が渡った。
        Buffer.from('905682b582a28bb482aa8aae90ac82b5814192ac82cc906c82aa936e82c182bd8142', 'hex'),
        Buffer.from(`</p><p>${SENTENCE.repeat(3)}</p></article>`),
      ]),
      'text/html',
      '新しい橋が完成し、町の人が渡った。',
    ],
    [
      'no charset at all, by its letters',
      Buffer.concat([
        Buffer.from(`<script>${'x = 1; '.repeat(4000)}</script><article><p>`),
        // 다리가 완성되어 마을 사람들이 건넜다. 아침부터 많은 시민이 모였다.
        Buffer.from(
          'b4d9b8aeb0a120bfcfbcbab5c7beee20b8b6c0bb20bbe7b6f7b5e9c0cc20b0c7b3d4b4d92e20bec6c4a7bacec5cd20b8b9c0ba20bdc3b9cec0cc20b8f0bfb4b4d92e'.repeat(
            4,
          ),
          'hex',
        ),
        Buffer.from('</p></article>'),
      ]),
      'text/html',
      '다리가 완성되어 마을 사람들이 건넜다.',
    ],
    [
      'no charset at all',
      Buffer.from(story('Caf\u00E9 \u0080 am Flu\u00DF.'), 'latin1'),
      'text/html',
      'Café € am Fluß.',
    ],
  ])('is read in %s', async (_name, bytes, contentType, wanted) => {
    server.on('/page', page(bytes, contentType));
    expect(await textAt('/page')).toContain(wanted);
  });

  test('that is a wrapped address of another kind, too large or without an article says so', async () => {
    server.on('/ftp', { kind: 'answer', status: 302, headers: { location: 'ftp://files.example/a' } });
    server.on('/large', page('x'.repeat(3_000_000)));
    server.on('/empty', page('<title>x</title><nav>a</nav>'));
    server.on('/private', { kind: 'answer', status: 302, headers: { location: 'http://169.254.169.254/latest' } });
    expect(await textAt('/ftp')).toBe('bad_url');
    expect(await textAt('/large')).toBe('too_large');
    expect(await textAt('/empty')).toBe('no_article');
    expect(await textAt('/private')).toBe('robots');
    expect(await textAt('/missing')).toBe('http_404');
  });

  test('is given up when nobody waits for it any more', async () => {
    server.on('/silent', { kind: 'silent' });
    const signal = AbortSignal.timeout(100);
    expect(await articles.read(`${server.origin}/silent`, signal)).toEqual({ kind: 'failed', code: 'aborted' });
  });
});

describe('a hostile page gets an answer within the deadline of its worker', () => {
  test.each([
    ['nested elements', '<div>'.repeat(20_000) + SENTENCE.repeat(20)],
    ['unclosed paragraphs', '<p>x y z'.repeat(200_000)],
    ['links in links', '<a href=x>'.repeat(150_000) + SENTENCE],
    ['nothing', ''],
    ['bytes', Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 256))],
    ['a plain text', SENTENCE.repeat(500)],
    ['structured data without end', `<script type="application/ld+json">${'['.repeat(400_000)}</script>${SENTENCE}`],
  ])('%s', { timeout: 20_000 }, async (_name, body) => {
    server.on('/hostile', page(body));
    server.on('/story', page(story('A bridge it is.')));
    const [answer, other] = await Promise.all([textAt('/hostile'), textAt('/story')]);
    expect(answer.length).toBeLessThanOrEqual(40_000);
    // Whatever became of it, the next page is read.
    expect(other).toContain('A bridge it is.');
  });
});

describe('robots.txt', () => {
  test('is asked for once a day and origin', async () => {
    server.on('/a', page(story('a')));
    server.on('/robots.txt', page('User-agent: *\nDisallow: /b', 'text/plain'));
    for (const path of ['/a', '/b', '/a', '/a']) await read(path);
    expect(server.seen('/robots.txt')).toHaveLength(1);
    expect(server.seen('/b')).toEqual([]);
    time += DAY + 1;
    await read('/a');
    expect(server.seen('/robots.txt')).toHaveLength(2);
  });

  test.each<readonly [string, string, boolean]>([
    ['nothing', '', true],
    ['rules for others', 'User-agent: Otherbot\nDisallow: /', true],
    ['rules for all', 'User-agent: *\nDisallow: /', false],
    ['rules for us that are kinder', 'User-agent: *\nDisallow: /\n\nUser-agent: newshound\nAllow: /', true],
    ['the longest rule', 'User-agent: *\nDisallow: /\nAllow: /story', true],
    ['a pattern', 'User-agent: *\nDisallow: /*.html$', false],
    ['a byte order mark', '\uFEFFUser-agent: *\nDisallow: /', false],
  ])('with %s', async (_name, text, allowed) => {
    server.on('/robots.txt', page(text, 'text/plain'));
    server.on('/story.html', page(story('a')));
    expect((await textAt('/story.html')) !== 'robots').toBe(allowed);
  });

  test('that was made to be slow or large keeps nobody waiting', { timeout: 15_000 }, async () => {
    const agents = 'User-agent: a\n'.repeat(15_000) + 'Disallow: /x\n'.repeat(15_000);
    server.on('/robots.txt', page(agents, 'text/plain'));
    server.on('/story', page(story('a')));
    expect(['robots', SENTENCE.repeat(3).trim()]).toContain((await textAt('/story')).replace('a\n\n', ''));
  });

  test('that asks for a pause gets it', async () => {
    server.on('/robots.txt', page('User-agent: *\nCrawl-delay: 0.3', 'text/plain'));
    server.on('/a', page(story('a')));
    server.on('/b', page(story('b')));
    const ticking = setInterval(() => {
      time += 20;
    }, 20);
    await Promise.all([read('/a'), read('/b')]);
    clearInterval(ticking);
    const [first, second] = [...server.seen('/a'), ...server.seen('/b')].map(({ at }) => at).sort((x, y) => x - y);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(200);
  });
});
