import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createHttp, type Http } from '../../../adapters/feeds/http.ts';
import { createHubSource } from '../../../adapters/feeds/hub.ts';
import { parseFeed } from '../../../adapters/feeds/parse.ts';
import { serve, type HttpServer } from '../../../adapters/http/server.ts';
import { hubRoute } from '../../../adapters/http/websub.ts';
import { openSqliteStore } from '../../../adapters/store/sqlite/store.ts';
import { feedAt, newFeedState } from '../../../src/feeds/feed.ts';
import { createPush, type Push } from '../../../src/feeds/push.ts';
import { createLogger } from '../../../src/log.ts';
import type { Store } from '../../../src/ports.ts';
import type { FeedDocument } from '../../../src/story/item.ts';
import { startHub, type Hub } from '../../servers/hub.ts';

const DAY = 86_400_000;
const MOST_BYTES = 50_000;
const feed = feedAt('https://harbour.example/feed');
const topic = 'https://harbour.example/feed';

let folder: string;
let store: Store;
let http: Http;
let hub: Hub;
let server: HttpServer;
let push: Push;
let time: number;
let secrets: number;
let taken: { readonly feedId: string; readonly titles: readonly string[] }[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'newshound-push-'));
  time = Date.UTC(2026, 0, 1, 12);
  secrets = 0;
  taken = [];
  store = await openSqliteStore({ path: join(folder, 'push.db'), synchronous: 'NORMAL', now: () => time });
  await store.putFeeds([feed], newFeedState(time));
  hub = await startHub();
  http = createHttp({
    timeoutMs: 3_000,
    maxBodyBytes: MOST_BYTES,
    maxRedirects: 3,
    allowPrivateHosts: [hub.host],
    allowPorts: [80],
    userAgent: 'test',
    perHostConcurrency: 4,
    hostSpacingMs: 0,
    concurrency: 4,
  });
  server = await serve({
    host: '127.0.0.1',
    port: 0,
    told: {
      metrics: async () => ({ type: 'text/plain', text: '' }),
      health: async () => ({ ok: true, problems: [] }),
      ready: () => true,
    },
    routes: new Map([
      [
        '/websub/',
        hubRoute({ callback: () => push, maxBodyBytes: MOST_BYTES, onError: (error) => expect.fail(String(error)) }),
      ],
    ]),
  });
  push = createPush({
    store,
    hubs: createHubSource({ http, parse: parseFeed }),
    clock: { now: () => time, sleep: async () => undefined, every: () => () => undefined },
    log: createLogger('silent', { kind: 'json' }),
    publicUrl: `http://127.0.0.1:${server.port}`,
    newSecret: () => `secret-number-${String(++secrets).padStart(6, '0')}`,
    take: async (feedId, { items }) => void taken.push({ feedId, titles: items.map(({ title }) => title) }),
  });
});

afterEach(async () => {
  await server.close();
  await http.close();
  await hub.stop();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

function documentOf(parts: Partial<FeedDocument> = {}): FeedDocument {
  return { title: 'Harbour', link: '', language: '', items: [], hub: hub.url, self: topic, ...parts };
}

async function subscribed(): Promise<string> {
  await push.follow(feed, documentOf());
  await hub.settled();
  const [callback] = hub.subscribers.keys();
  return callback ?? '';
}

function body(title: string): string {
  return `<rss version="2.0"><channel><title>Harbour</title><item><title>${title}</title><guid>1</guid></item></channel></rss>`;
}

describe('subscribing', () => {
  test('the hub is asked, verifies, and is not asked again', async () => {
    const callback = await subscribed();
    expect(callback).toMatch(
      new RegExp(`^http://127\\.0\\.0\\.1:${server.port}/websub/${feed.id}/secret-number-\\d{6}$`),
    );
    expect(hub.subscribers.get(callback)?.topic).toBe(topic);
    await push.follow(feed, documentOf());
    await push.renew();
    expect(hub.asked).toHaveLength(1);
  });

  test('a feed that names no hub, or no address of its own, is left alone', async () => {
    const { hub: _, ...without } = documentOf();
    await push.follow(feed, without);
    const { self: __, ...nameless } = documentOf();
    await push.follow(feed, nameless);
    expect(hub.asked).toHaveLength(0);
  });

  test('a hub that refuses is asked again later and later', async () => {
    hub.answerWith(500);
    await push.follow(feed, documentOf());
    const gaps: number[] = [];
    for (let last = time; hub.asked.length < 4; time += 60_000) {
      const before = hub.asked.length;
      await push.renew();
      if (hub.asked.length > before) {
        gaps.push((time - last) / 60_000);
        last = time;
      }
    }
    expect(gaps).toEqual([10, 20, 40]);
  });

  test('a hub that never verifies has no subscription', async () => {
    hub.verifyAtOnce(false);
    await push.follow(feed, documentOf());
    const callback = hub.asked[0]?.get('hub.callback') ?? '';
    expect((await fetch(callback, { method: 'POST', body: body('A') })).status).toBe(404);
  });

  test('a hub on a private network is not asked', async () => {
    await push.follow(feed, documentOf({ hub: 'http://10.0.0.1/hub' }));
    await push.follow(feed, documentOf({ hub: 'http://127.0.0.1:9/hub' }));
    expect(hub.asked).toHaveLength(0);
  });

  test('a lease is renewed a day before it ends, at the same address', async () => {
    const callback = await subscribed();
    time += 9 * DAY - 1;
    await push.renew();
    expect(hub.asked).toHaveLength(1);
    time += 1;
    await push.renew();
    await hub.settled();
    expect(hub.asked).toHaveLength(2);
    expect([...hub.subscribers.keys()]).toEqual([callback]);
  });

  test('a short lease is renewed when a quarter is left, one of seconds counts as five minutes', async () => {
    hub.grant(3_600);
    await subscribed();
    time += 0.75 * 3_600_000 - 1;
    await push.renew();
    expect(hub.asked).toHaveLength(1);
    hub.grant(1);
    time += 1;
    await push.renew();
    await hub.settled();
    expect(hub.asked).toHaveLength(2);
    time += 3 * 60_000;
    await push.renew();
    expect(hub.asked).toHaveLength(2);
  });

  test('another hub gets another address and another secret', async () => {
    const first = await subscribed();
    const other = await startHub();
    await push.follow(feed, documentOf({ hub: `http://127.0.0.1:9/hub` }));
    expect(await hub.publish(topic, body('A'))).toEqual([404]);
    expect((await store.getDocument('websub', feed.id)) as { token: string }).not.toMatchObject({
      token: first.split('/').at(-1),
    });
    await other.stop();
  });

  test('ends with the feed', async () => {
    await subscribed();
    await store.removeFeed(feed.id);
    await push.renew();
    await hub.settled();
    expect(hub.asked.at(-1)?.get('hub.mode')).toBe('unsubscribe');
    expect(hub.subscribers.size).toBe(0);
    expect(await store.listDocuments('websub')).toEqual([]);
  });

  test('ends when the feed names no hub any more', async () => {
    await subscribed();
    const { hub: _, ...without } = documentOf();
    await push.follow(feed, without);
    await hub.settled();
    expect(hub.subscribers.size).toBe(0);
  });
});

describe('a verification', () => {
  const asking = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.challenge': 'c1', 'hub.lease_seconds': '60' };

  test.each([
    ['of another topic', { 'hub.topic': 'https://other.example/' }],
    ['that was not asked for', { 'hub.mode': 'unsubscribe' }],
    ['without a challenge', { 'hub.challenge': '' }],
    ['with an endless challenge', { 'hub.challenge': 'c'.repeat(1_001) }],
    ['of an unknown mode', { 'hub.mode': 'publish' }],
  ])('%s is denied', async (_, change) => {
    hub.verifyAtOnce(false);
    await push.follow(feed, documentOf());
    const callback = hub.asked[0]?.get('hub.callback') ?? '';
    expect((await hub.verify(callback, { ...asking, ...change })).status).toBe(404);
    expect(await hub.verify(callback, asking)).toEqual({ status: 200, text: 'c1' });
  });

  test('of a subscription that stands and is not being renewed is denied', async () => {
    const callback = await subscribed();
    expect((await hub.verify(callback, asking)).status).toBe(404);
  });

  test('at a guessed place is denied', async () => {
    const callback = await subscribed();
    for (const place of [
      `${callback}0`,
      callback.replace(/\d$/, 'x'),
      callback.replace(feed.id, 'abcdef'),
      callback.slice(0, -30),
    ]) {
      expect((await hub.verify(place, asking)).status).toBe(404);
      expect((await fetch(place, { method: 'POST', body: body('A') })).status).toBe(404);
    }
  });

  test('that is a denial is noted, and the hub left alone for a day', async () => {
    hub.verifyAtOnce(false);
    await push.follow(feed, documentOf());
    const callback = hub.asked[0]?.get('hub.callback') ?? '';
    await hub.verify(callback, { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'no' });
    time += DAY - 1;
    await push.renew();
    expect(hub.asked).toHaveLength(1);
    time += 1;
    await push.renew();
    expect(hub.asked).toHaveLength(2);
  });
});

describe('a delivery', () => {
  test.each(['sha1', 'sha256', 'sha384', 'sha512'])('signed with %s is taken in', async (method) => {
    await subscribed();
    expect(await hub.publish(topic, body('Ferry late'), method)).toEqual([202]);
    await vi.waitFor(() => expect(taken).toEqual([{ feedId: feed.id, titles: ['Ferry late'] }]));
  });

  test('with a wrong signature, none, or one of an unknown kind is acknowledged and dropped', async () => {
    const callback = await subscribed();
    expect(await hub.publish(topic, body('Forged'), 'sha256', 'guess')).toEqual([202]);
    expect(await hub.publish(topic, body('Forged'), 'md5')).toEqual([202]);
    expect((await fetch(callback, { method: 'POST', body: body('Forged') })).status).toBe(202);
    await hub.publish(topic, body('Real'));
    await vi.waitFor(() => expect(taken.map(({ titles }) => titles)).toEqual([['Real']]));
  });

  test('that is no feed is dropped', async () => {
    await subscribed();
    expect(await hub.publish(topic, '<html><body>hello</body></html>')).toEqual([202]);
    await hub.publish(topic, body('Real'));
    await vi.waitFor(() => expect(taken.map(({ titles }) => titles)).toEqual([['Real']]));
  });

  test('over the limit of bodies is refused', async () => {
    await subscribed();
    expect(await hub.publish(topic, body('x'.repeat(MOST_BYTES)))).toEqual([413]);
    expect(taken).toEqual([]);
  });
});

test('other paths of the server are what they were', async () => {
  const base = `http://127.0.0.1:${server.port}`;
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  expect((await fetch(`${base}/websub`)).status).toBe(404);
  expect((await fetch(`${base}/websub/`)).status).toBe(404);
  expect((await fetch(`${base}/websub/${feed.id}/secret-number-000001`, { method: 'PUT' })).status).toBe(405);
});
