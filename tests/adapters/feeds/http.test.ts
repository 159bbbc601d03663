import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttp, type Http, type HttpOptions } from '../../../adapters/feeds/http.ts';
import { closedPort, startFeedServer, type Behaviour, type FeedServer } from '../../servers/feeds.ts';

let server: FeedServer;
let other: FeedServer;
let http: Http;

function httpWith(options: Partial<HttpOptions> = {}): Http {
  return createHttp({
    timeoutMs: 5000,
    maxBodyBytes: 1_000_000,
    maxRedirects: 5,
    allowPrivateHosts: [server.host, other.host, 'localhost:1', '127.0.0.1:1'],
    allowPorts: [80],
    userAgent: 'Newshound/1.0 (+https://news.example/bot)',
    perHostConcurrency: 8,
    hostSpacingMs: 0,
    concurrency: 16,
    ...options,
  });
}

beforeEach(async () => {
  [server, other] = await Promise.all([startFeedServer(), startFeedServer()]);
  http = httpWith();
});
afterEach(async () => {
  await http.close();
  await Promise.all([server.stop(), other.stop()]);
});

const text = (body: Uint8Array): string => Buffer.from(body).toString();
const ask = (path: string, options?: Parameters<Http['get']>[1]) => http.get(server.origin + path, options);

describe('a request', () => {
  test('says who asks, takes compressed answers, and carries neither cookies nor a referer', async () => {
    server.on('/a', { kind: 'answer', headers: { 'set-cookie': 'id=1' }, body: 'x' });
    server.on('/b', { kind: 'answer', status: 302, headers: { location: '/a', 'set-cookie': 'id=2' } });
    await ask('/b', { accept: 'text/xml' });
    await ask('/a');
    for (const { headers } of server.seen()) {
      expect(headers['user-agent']).toBe('Newshound/1.0 (+https://news.example/bot)');
      expect(headers['accept-encoding']).toBe('gzip, deflate, br');
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('referer');
    }
    expect(server.seen('/b')[0]?.headers.accept).toBe('text/xml');
  });

  test('takes the connection that is already there', async () => {
    http = httpWith({ perHostConcurrency: 1 });
    server.on('/a', { kind: 'answer', body: 'x' });
    for (let i = 0; i < 10; i++) await ask('/a');
    await ask('/missing');
    await ask('/a');
    expect(server.connections()).toBe(1);
  });

  test('sends a password that stands in the address to that site only, and never shows it', async () => {
    const address = `http://me:s%40crt@${server.host}/a`;
    server.on('/a', { kind: 'answer', status: 301, headers: { location: '/b' } });
    server.on('/b', { kind: 'answer', status: 301, headers: { location: `${other.origin}/c` } });
    other.on('/c', { kind: 'answer', body: 'x' });
    const answer = await http.get(address);
    expect(server.seen('/b')[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:s@crt').toString('base64')}`);
    expect(other.seen('/c')[0]?.headers).not.toHaveProperty('authorization');
    expect(answer).toMatchObject({ kind: 'ok', finalUrl: `${other.origin}/c`, movedTo: `${other.origin}/c` });

    server.on('/d', { kind: 'reset' });
    const failed = await http.get(`http://me:s%40crt@${server.host}/d?token=hidden`);
    expect(JSON.stringify({ ...failed, finalUrl: '' })).not.toMatch(/s%40crt|s@crt|hidden/u);
    expect(failed.finalUrl).not.toContain('crt');
  });

  test('to what is no address is answered, not thrown', async () => {
    for (const address of ['', 'no address', 'http://', `http://a.example/${'x'.repeat(10_000)}`]) {
      expect(await http.get(address)).toMatchObject({ kind: 'failed', code: 'bad_url' });
    }
  });

  test('is refused once the client is closed, and one under way is given up', async () => {
    server.on('/a', { kind: 'silent' });
    const asked = ask('/a');
    setTimeout(() => void http.close(), 50);
    expect(await asked).toMatchObject({ kind: 'failed', code: 'aborted' });
    await expect(ask('/a')).rejects.toThrow(/closed/u);
  });

  test('can be given up, whether it waits or runs', async () => {
    http = httpWith({ perHostConcurrency: 1 });
    server.on('/a', { kind: 'silent' });
    const stop = new AbortController();
    const asked = Array.from({ length: 20 }, () => ask('/a', { signal: stop.signal }));
    setTimeout(() => stop.abort(), 50);
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ code: 'aborted' });
    expect(server.seen()).toHaveLength(1);
    expect(await ask('/a', { signal: stop.signal })).toMatchObject({ code: 'aborted' });
    server.on('/b', { kind: 'answer', body: 'x' });
    expect(await ask('/b')).toMatchObject({ kind: 'ok' });
  });
});

describe('an answer', () => {
  test.each(['gzip', 'br', 'deflate', 'raw deflate'] as const)('in %s is inflated', async (coding) => {
    const small = 'Grüße '.repeat(50);
    const large = randomBytes(300_000).toString('base64');
    server.on('/small', { kind: 'answer', coding, body: small });
    server.on('/large', { kind: 'answer', coding, body: large });
    const first = await ask('/small');
    expect(first.kind === 'ok' && text(first.body)).toBe(small);
    const second = await ask('/large');
    expect(second.kind === 'ok' && text(second.body) === large).toBe(true);
  });

  test('that grows over what is inflated in one go is inflated all the same', async () => {
    http = httpWith({ maxBodyBytes: 4_000_000 });
    const body = 'a'.repeat(3_000_000);
    server.on('/a', { kind: 'answer', coding: 'gzip', body });
    const answer = await ask('/a');
    expect(answer.kind === 'ok' && answer.body.length).toBe(body.length);
  });

  test.each([
    ['gzip', 'plain text under a wrong name', true],
    ['gzip, identity', gzipSync('x'), true],
    ['x-gzip', gzipSync('x'), true],
    ['', 'x', true],
    ['zstd', 'x', false],
    ['gzip, gzip', 'x', false],
    ['br', 'not brotli at all', false],
    ['gzip', Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('but broken')]), false],
    ['gzip', gzipSync(randomBytes(100_000)).subarray(0, 90_000), false],
    ['gzip', gzipSync('cut short within one chunk').subarray(0, 20), false],
  ])('said to be in %j is read where it can be', async (coding, body, readable) => {
    server.on('/a', { kind: 'answer', headers: { 'content-encoding': coding }, body });
    expect(await ask('/a')).toMatchObject(readable ? { kind: 'ok' } : { kind: 'failed', code: 'bad_encoding' });
  });

  test('is cut off at the cap, plain or inflated, whatever it says of its length', async () => {
    http = httpWith({ maxBodyBytes: 200_000 });
    const bomb = 'a'.repeat(60_000_000);
    server.on('/plain', { kind: 'answer', body: 'a'.repeat(200_001) });
    server.on('/full', { kind: 'answer', body: 'a'.repeat(200_000) });
    server.on('/full.gz', { kind: 'answer', coding: 'gzip', body: 'a'.repeat(200_000) });
    server.on('/over.gz', { kind: 'answer', coding: 'gzip', body: 'a'.repeat(200_001) });
    server.on('/gzip', { kind: 'answer', coding: 'gzip', body: bomb });
    server.on('/deflate', { kind: 'answer', coding: 'deflate', body: bomb });
    server.on('/br', { kind: 'answer', coding: 'br', body: bomb });
    server.on('/endless', { kind: 'endless' });
    server.on('/endless.gz', { kind: 'endless', headers: { 'content-encoding': 'gzip' } });
    expect(await ask('/full')).toMatchObject({ kind: 'ok' });
    expect(await ask('/full.gz')).toMatchObject({ kind: 'ok' });
    for (const path of ['/plain', '/over.gz', '/gzip', '/deflate', '/br', '/endless', '/endless.gz']) {
      expect(await ask(path)).toMatchObject({ kind: 'failed', code: 'too_large' });
    }
    expect(await ask('/full', { maxBytes: 100 })).toMatchObject({ code: 'too_large' });
    expect(await ask('/full', { maxBytes: 1_000_000_000 })).toMatchObject({ kind: 'ok' });
  });

  test('without end whose body nobody wants is not waited for', async () => {
    server.on('/a', { kind: 'endless', status: 404 });
    server.on('/b', { kind: 'endless', status: 301, headers: { location: '/c' } });
    server.on('/c', { kind: 'answer', body: 'x' });
    expect(await ask('/a')).toMatchObject({ kind: 'ok', status: 404 });
    expect(await ask('/b')).toMatchObject({ kind: 'ok', status: 200 });
  });

  test('that does not come in time is given up, headers, body and redirects together', async () => {
    http = httpWith({ timeoutMs: 300 });
    server.on('/silent', { kind: 'silent' });
    server.on('/slow', { kind: 'slow', body: 'a'.repeat(1000), pauseMs: 20 });
    server.on('/1', { kind: 'answer', status: 302, headers: { location: '/2' }, delayMs: 200 });
    server.on('/2', { kind: 'answer', delayMs: 200, body: 'x' });
    const answers = await Promise.all([ask('/silent'), ask('/slow'), ask('/1')]);
    for (const answer of answers) expect(answer).toMatchObject({ kind: 'failed', code: 'timeout' });
    expect(answers[0]).toMatchObject({ message: `${server.host} did not answer within 0.3 seconds` });
  });

  test.each<[what: string, code: string, behaviour: Behaviour]>([
    ['nothing', 'reset', { kind: 'reset' }],
    ['half of what it says', 'reset', { kind: 'cut', body: 'a'.repeat(5000), after: 1000 }],
    ['chunks without an end', 'reset', { kind: 'cut', body: 'a'.repeat(5000), after: 1000, chunked: true }],
    ['another protocol', 'bad_answer', { kind: 'raw', bytes: 'SSH-2.0-OpenSSH_9.6\r\n' }],
    [
      'endless headers',
      'header_too_large',
      { kind: 'raw', bytes: `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n` },
    ],
    ['too few bytes', 'reset', { kind: 'raw', bytes: 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc' }],
  ])('of %s is a failure with the word %s', async (_, code, behaviour) => {
    server.on('/a', behaviour);
    const answer = await ask('/a');
    expect(answer).toMatchObject({ kind: 'failed', code });
    expect(answer.kind === 'failed' && answer.message).toContain(server.host);
  });

  test('that is broken off at once is asked for once more, for a kept connection may have been closed', async () => {
    server.on('/a', (_, nth) => (nth === 0 ? { kind: 'reset' } : { kind: 'answer', body: 'x' }));
    expect(await ask('/a')).toMatchObject({ kind: 'ok' });
    server.on('/b', { kind: 'reset' });
    await ask('/b');
    expect(server.seen('/b')).toHaveLength(2);
  });

  test('of a port where nobody listens is a failure', async () => {
    const port = await closedPort();
    http = httpWith({ allowPrivateHosts: [`127.0.0.1:${port}`] });
    expect(await http.get(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'failed', code: 'refused' });
  });

  test('has its repeated and its odd headers', async () => {
    server.on('/a', {
      kind: 'raw',
      bytes:
        'HTTP/1.1 200 OK\r\nLink: <a>\r\nLink: <b>\r\n__proto__: x\r\nETag: "\xe9\xff"\r\nContent-Length: 0\r\n\r\n',
    });
    const answer = await ask('/a');
    expect(answer.kind === 'ok' && answer.headers['link']).toBe('<a>, <b>');
    expect(answer.kind === 'ok' && answer.headers['etag']).toBe('"\xe9\xff"');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('redirects', () => {
  const redirect = (from: string, status: number, location: string): void =>
    server.on(from, { kind: 'answer', status, headers: { location }, body: 'moved' });

  test.each([
    [[301], '/end'],
    [[308, 301], '/end'],
    [[302], ''],
    [[301, 302], ''],
    [[307, 308], ''],
    [[303], ''],
  ])('of status %j have moved to %j', async (chain, moved) => {
    for (const [i, status] of chain.entries()) redirect(`/${i}`, status, i === chain.length - 1 ? '/end' : `/${i + 1}`);
    server.on('/end', { kind: 'answer', body: 'x' });
    const answer = await ask('/0');
    expect(answer).toMatchObject({
      kind: 'ok',
      finalUrl: `${server.origin}/end`,
      movedTo: moved === '' ? '' : server.origin + moved,
    });
  });

  test('are followed as many times as the settings say', async () => {
    for (let i = 0; i < 6; i++) redirect(`/${i}`, 302, `/${i + 1}`);
    server.on('/6', { kind: 'answer', body: 'x' });
    expect(await ask('/1')).toMatchObject({ kind: 'ok' });
    expect(await ask('/0')).toMatchObject({ kind: 'failed', code: 'too_many_redirects' });
    http = httpWith({ maxRedirects: 0 });
    expect(await ask('/5')).toMatchObject({ kind: 'failed', code: 'too_many_redirects' });
  });

  test('in a circle end at once', async () => {
    redirect('/a', 301, '/b');
    redirect('/b', 301, '/a');
    redirect('/self', 302, '/self');
    expect(await ask('/a')).toMatchObject({ kind: 'failed', code: 'too_many_redirects' });
    expect(await ask('/self')).toMatchObject({ kind: 'failed', code: 'too_many_redirects' });
    expect(server.seen()).toHaveLength(3);
  });

  test('to nowhere are failures, and without an address they are answers', async () => {
    redirect('/a', 302, 'http://[broken');
    server.on('/b', { kind: 'answer', status: 302 });
    expect(await ask('/a')).toMatchObject({ kind: 'failed', code: 'bad_redirect' });
    expect(await ask('/b')).toMatchObject({ kind: 'ok', status: 302 });
  });

  test('may name their target in UTF-8', async () => {
    server.on('/a', {
      kind: 'raw',
      bytes: `HTTP/1.1 302 x\r\nLocation: /${Buffer.from('é').toString('latin1')}\r\nContent-Length: 0\r\n\r\n`,
    });
    server.on('/%C3%A9', { kind: 'answer', body: 'x' });
    expect(await ask('/a')).toMatchObject({ kind: 'ok', finalUrl: `${server.origin}/%C3%A9` });
  });
});

describe('politeness', () => {
  test('keeps to the number of requests at once to one host and in all', async () => {
    http = httpWith({ perHostConcurrency: 2, concurrency: 3 });
    for (const one of [server, other]) one.on('/a', { kind: 'answer', delayMs: 20, body: 'x' });
    const asked = Array.from({ length: 20 }, (_, i) => http.get(`${i % 2 === 0 ? server.origin : other.origin}/a`));
    for (const answer of await Promise.all(asked)) expect(answer.kind).toBe('ok');
    expect(Math.max(server.mostAtOnce(), other.mostAtOnce())).toBe(2);
    expect(server.mostAtOnce() + other.mostAtOnce()).toBeLessThanOrEqual(4);
  });

  test('leaves a pause between requests to one host', async () => {
    http = httpWith({ perHostConcurrency: 1, hostSpacingMs: 60 });
    server.on('/a', { kind: 'answer', body: 'x' });
    await Promise.all(Array.from({ length: 4 }, () => ask('/a')));
    const times = server.seen().map(({ at }) => at);
    for (const [i, at] of times.slice(1).entries()) expect(at - (times[i] ?? 0)).toBeGreaterThan(55);
  });

  test('lets a slow host with many requests delay nobody else', async () => {
    http = httpWith({ perHostConcurrency: 1, concurrency: 2 });
    server.on('/a', { kind: 'silent' });
    other.on('/a', { kind: 'answer', body: 'x' });
    const slow = Array.from({ length: 1000 }, () => ask('/a', { signal: AbortSignal.timeout(2000) }));
    const quick = await Promise.all(Array.from({ length: 50 }, () => http.get(`${other.origin}/a`)));
    expect(quick.every(({ kind }) => kind === 'ok')).toBe(true);
    expect(server.seen()).toHaveLength(1);
    await http.close();
    await Promise.all(slow);
  });

  test.each([429, 503])('leaves a host alone as long as it asks to with a %i, and then asks again', async (status) => {
    let now = Date.UTC(2026, 0, 1);
    http = httpWith({ now: () => now });
    server.on('/a', { kind: 'answer', status, headers: { 'retry-after': '120' } });
    server.on('/b', { kind: 'answer', body: 'x' });
    expect(await ask('/a')).toMatchObject({ kind: 'ok', status, retryAfterMs: 120_000 });
    now += 119_000;
    expect(await ask('/b')).toMatchObject({ kind: 'failed', code: 'host_held', retryAfterMs: 1000 });
    expect(server.seen('/b')).toHaveLength(0);
    now += 1000;
    expect(await ask('/b')).toMatchObject({ kind: 'ok' });
  });

  test('reaches those who already waited for that host', async () => {
    http = httpWith({ perHostConcurrency: 1 });
    server.on('/a', { kind: 'answer', status: 429, headers: { 'retry-after': '60' }, delayMs: 30 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask('/a')));
    expect(answers.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
    expect(server.seen()).toHaveLength(1);
  });
});

test('a form is sent, and redirects that would make a GET of it are not followed', async () => {
  server.on('/hub', { kind: 'answer', status: 202 });
  server.on('/moved', { kind: 'answer', status: 302, headers: { location: '/hub' } });
  expect(await http.postForm(`${server.origin}/hub`, new URLSearchParams({ a: '1 2' }))).toMatchObject({ status: 202 });
  expect(server.seen('/hub')[0]).toMatchObject({ method: 'POST', body: 'a=1+2' });
  expect(await http.postForm(`${server.origin}/moved`, new URLSearchParams())).toMatchObject({ status: 302 });
  expect(server.seen('/hub')).toHaveLength(1);
});

test.each([307, 308])('a form is sent again where a redirect keeps the method: %d', async (status) => {
  server.on('/hub', { kind: 'answer', status: 202 });
  server.on('/other-hub', { kind: 'answer', status, headers: { location: '/hub' } });
  server.on('/private-hub', { kind: 'answer', status, headers: { location: 'http://169.254.169.254/hub' } });
  server.on('/round', { kind: 'answer', status, headers: { location: '/round' } });
  const before = server.seen('/hub').length;
  const form = new URLSearchParams({ 'hub.mode': 'subscribe' });
  expect(await http.postForm(`${server.origin}/other-hub`, form)).toMatchObject({ kind: 'ok', status: 202 });
  expect(server.seen('/hub').slice(before)).toMatchObject([{ method: 'POST', body: 'hub.mode=subscribe' }]);
  expect(await http.postForm(`${server.origin}/private-hub`, form)).toMatchObject({ kind: 'failed' });
  expect(await http.postForm(`${server.origin}/round`, form)).toMatchObject({ code: 'too_many_redirects' });
});
