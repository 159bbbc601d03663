import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createHttp } from '../adapters/feeds/http.ts';
import { createFeedParser, parserVersion } from '../adapters/feeds/parser.ts';
import { createFeedSource } from '../adapters/feeds/source.ts';
import { openSqliteStore } from '../adapters/store/sqlite/store.ts';
import { openAudience } from '../src/delivery/audience.ts';
import { createRouter } from '../src/delivery/route.ts';
import { feedAt, newFeedState } from '../src/feeds/feed.ts';
import { openStoryLog } from '../src/feeds/story-log.ts';
import { createWatch, type Watch } from '../src/feeds/watch.ts';
import { createLogger } from '../src/log.ts';
import { createMetrics } from '../src/metrics.ts';
import type { Clock, Store } from '../src/ports.ts';
import { rulesFrom } from '../src/rules.ts';
import { readSettings } from '../src/settings.ts';
import { createGrouper } from '../src/story/group.ts';

const FEEDS = 2_000;
const AT_ONCE = 64;
const ITEMS = 50;

/**
 * A server of its own thread. `/304/n` answers that nothing has changed once its validator is known, `/same/n` always with
 * the same 50 items, `/new/n` with 50 items of which one is new each time. What is there at first is old, so that nothing
 * but what is new has to be grouped.
 */
const SERVER = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const words = 'harbour council ferry reopens after long repair works while traders wait for word from minister on new tariff rules in spring'.split(' ');
  const begun = Date.now() - 3_600_000;
  const old = begun - 10 * 86_400_000;
  const text = (seed, count) => { let s = seed * 2654435761 >>> 0, out = ''; for (let i = 0; i < count; i++) { s = s * 1664525 + 1013904223 >>> 0; out += words[s % words.length] + s % 97 + ' '; } return out; };
  const item = (feed, i) => '<item><title>' + text(feed * 1000 + i, 8) + '</title><link>http://site' + feed + '.example/' + i + '</link><guid isPermaLink="false">' + feed + '-' + i + '</guid><pubDate>' + new Date((i > ${ITEMS} ? begun : old) + i * 1000).toUTCString() + '</pubDate><description>' + text(feed * 1000 + i + 7, 25) + '</description></item>';
  const items = new Map();
  const made = (feed, i) => { const key = feed * 1000 + i; let one = items.get(key); if (!one) items.set(key, one = item(feed, i)); return one; };
  const asked = new Map();
  const server = createServer((request, response) => {
    const [, kind, feed] = request.url.split('/');
    if (request.headers['if-none-match'] === '"v1"') return response.writeHead(304, { etag: '"v1"' }).end();
    const nth = kind === 'new' ? (asked.get(feed) ?? 0) : 0;
    asked.set(feed, nth + 1);
    let list = '';
    for (let i = nth + ${ITEMS}; i > nth; i--) list += made(Number(feed), i);
    const body = '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ' + feed + '</title><link>http://site' + feed + '.example/</link>' + list + '</channel></rss>';
    response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-length': Buffer.byteLength(body), ...(kind === '304' ? { etag: '"v1"' } : {}) }).end(body);
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Feeds a minute through the whole program but the chats, on the loopback with the embedded store; the server shares the machine. */
export async function benchFeedPipeline(): Promise<void> {
  const worker = new Worker(SERVER, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  try {
    for (const [kind, name, rounds] of [
      ['304', '304', 5],
      ['same', '200 as before', 5],
      ['new', `200 with 1 new item of ${ITEMS}`, 3],
    ] as const) {
      const folder = await mkdtemp(join(tmpdir(), 'newshound-bench-'));
      const store = await openSqliteStore({ path: join(folder, 'bench.db'), synchronous: 'NORMAL' });
      try {
        console.log(`${name.padEnd(30)} ${await feedsAMinute(store, kind, port, rounds)}`);
      } finally {
        await store.close();
        await rm(folder, { recursive: true, force: true });
      }
    }
  } finally {
    await worker.terminate();
  }
}

async function feedsAMinute(store: Store, kind: string, port: number, rounds: number): Promise<string> {
  const feeds = Array.from({ length: FEEDS }, (_, i) =>
    feedAt(`http://127.0.0.1:${port}/${kind}/${i}`, { listed: true }),
  );
  await store.putFeeds(feeds, newFeedState(Date.now()));
  const { watch, close } = await openWatch(store, `127.0.0.1:${port}`);
  // The first look learns what is there; the second warms up what follows.
  for (let i = 0; i < 2; i++) await lookAtAll(store, watch);
  const measured: Round[] = [];
  for (let i = 0; i < rounds; i++) measured.push(await lookAtAll(store, watch));
  await close();
  const perMinute = (ms: number): string => Math.round((FEEDS / ms) * 60_000).toLocaleString('en');
  const fastest = Math.min(...measured.map(({ ms }) => ms));
  const leanest = Math.min(...measured.map(({ cpuMs }) => cpuMs));
  return `${perMinute(fastest)} feeds a minute, ${perMinute(leanest)} with a processor of its own`;
}

/** How long it took (ms), and how much of a processor (ms): on a machine that others use the second tells more. */
async function lookAtAll(store: Store, watch: Watch): Promise<Round> {
  await store.wakeFeeds(Date.now());
  const begun = performance.now();
  const used = process.threadCpuUsage();
  await watch.idle();
  const { user, system } = process.threadCpuUsage(used);
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1000 };
}

interface Round {
  readonly ms: number;
  readonly cpuMs: number;
}

async function openWatch(
  store: Store,
  host: string,
): Promise<{ readonly watch: Watch; readonly close: () => Promise<void> }> {
  const read = readSettings('', 'bench', {});
  if (!read.ok) throw new Error('the defaults are wrong');
  const rules = rulesFrom(read.settings);
  const clock: Clock = {
    now: Date.now,
    sleep: async (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
    every: () => () => undefined,
  };
  const http = createHttp({
    timeoutMs: 20_000,
    maxBodyBytes: 15_728_640,
    maxRedirects: 5,
    allowPrivateHosts: [host],
    allowPorts: [80],
    userAgent: 'Newshound/bench (+https://news.example/)',
    perHostConcurrency: AT_ONCE,
    hostSpacingMs: 0,
    concurrency: AT_ONCE,
  });
  const parser = createFeedParser({ workers: 1, deadlineMs: 2_000 });
  const source = createFeedSource({
    http,
    parse: async (bytes, about) => parser.parse(bytes, about),
    parserVersion,
    close: async () => parser.close(),
  });
  const audience = await openAudience(store, () => undefined);
  const watch = createWatch({
    store,
    source,
    articles: null,
    audience,
    log: await openStoryLog({ store, grouper: createGrouper(), now: Date.now(), windowMs: 259_200_000 }),
    router: createRouter({ store, audience, rules: rules.route }),
    clock,
    rules: { ...rules.watch, concurrency: AT_ONCE, perHost: AT_ONCE, hostDestination: '' },
    worker: 'bench',
    logger: createLogger('silent', { kind: 'json' }),
    metrics: createMetrics(),
    random: Math.random,
    onEnqueued: () => undefined,
    onTrouble: (error) => {
      throw error;
    },
  });
  return {
    watch,
    async close() {
      await watch.stop(1_000);
      await source.close();
    },
  };
}
