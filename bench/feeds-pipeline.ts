import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { startFeedServer, type FeedKind } from './feeds-server.ts';
import { withShares } from './stage-shares.ts';

const AT_ONCE = 64;
const ITEMS = 50;

interface Trial {
  readonly name: string;
  readonly kind: FeedKind;
  readonly feeds: number;
  readonly rounds: number;
  /** Each round is that of a program just started, which has the Store and nothing else. */
  readonly restarted?: boolean;
}

const TRIALS: readonly Trial[] = [
  { name: '304', kind: 'unmodified', feeds: 2_000, rounds: 5 },
  { name: '200 as before', kind: 'same', feeds: 2_000, rounds: 5 },
  { name: `200 with 1 new item of ${ITEMS}`, kind: 'growing', feeds: 2_000, rounds: 4 },
  {
    name: `200 with 1 new item of ${ITEMS}, first look after a start`,
    kind: 'growing',
    feeds: 2_000,
    rounds: 3,
    restarted: true,
  },
  { name: `200 with ${ITEMS} new items of ${ITEMS}`, kind: 'fresh', feeds: 100, rounds: 3 },
];

/**
 * Feeds a minute through the whole program but the chats, on the loopback with the embedded store; the server shares the
 * machine. By the clock, and as fast as the program's own thread would be with a processor of its own.
 */
export async function benchFeedPipeline(): Promise<void> {
  const { port, stop } = await startFeedServer(ITEMS);
  try {
    for (const trial of TRIALS) {
      const folder = await mkdtemp(join(tmpdir(), 'newshound-bench-'));
      const store = await openSqliteStore({ path: join(folder, 'bench.db'), synchronous: 'NORMAL' });
      try {
        await measure(store, trial, port);
      } finally {
        await store.close();
        await rm(folder, { recursive: true, force: true });
      }
    }
  } finally {
    await stop();
  }
}

async function measure(
  store: Store,
  { name, kind, feeds, rounds, restarted = false }: Trial,
  port: number,
): Promise<void> {
  const host = `127.0.0.1:${port}`;
  const watched = Array.from({ length: feeds }, (_, i) => feedAt(`http://${host}/${kind}/${i}`, { listed: true }));
  await store.putFeeds(watched, newFeedState(Date.now()));
  let opened = await openWatch(store, host);
  async function round(): Promise<Round> {
    if (restarted) {
      await opened.close();
      opened = await openWatch(store, host);
    }
    return lookAtAll(store, opened.watch);
  }
  // The first look learns what is there; the second warms up what follows.
  for (let i = 0; i < 2; i++) await round();
  const measured: Round[] = [];
  for (let i = 0; i < rounds; i++) measured.push(await round());
  const shares = await withShares(async () => void (await round()));
  await opened.close();
  const perMinute = (ms: number): string => Math.round((feeds / ms) * 60_000).toLocaleString('en');
  const fastest = Math.min(...measured.map(({ ms }) => ms));
  const leanest = Math.min(...measured.map(({ cpuMs }) => cpuMs));
  console.log(`${name.padEnd(52)} ${perMinute(fastest)} feeds a minute, ${perMinute(leanest)} by processor time`);
  console.log(`${''.padEnd(52)} ${shares}`);
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
