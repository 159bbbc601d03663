import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createArticleSource } from '../../adapters/articles/source.ts';
import { createHttp } from '../../adapters/feeds/http.ts';
import { createFeedParser, parserVersion } from '../../adapters/feeds/parser.ts';
import { createFeedSource } from '../../adapters/feeds/source.ts';
import { openSqliteStore } from '../../adapters/store/sqlite/store.ts';
import type { StoryCard } from '../../src/delivery/card.ts';
import { createLogger } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createNewshound } from '../../src/newshound.ts';
import type { Chat, Clock, Store } from '../../src/ports.ts';
import { readSettings } from '../../src/settings.ts';
import type { Subscription } from '../../src/subscription/subscription.ts';
import { startFeedServer, type FeedServer } from '../servers/feeds.ts';

/** One thing that was said in the chat. */
export interface Said {
  readonly kind: 'alert' | 'digest' | 'notice' | 'edit' | 'also';
  readonly cards: readonly StoryCard[];
}

/** The program in this process, on a real store and a real server, with a chat that remembers and a clock that is set. */
export interface Bench {
  readonly server: FeedServer;
  readonly store: Store;
  readonly said: readonly Said[];
  /** Epoch ms by the program's clock. */
  now(): number;
  /** Lets the program's clock go on. */
  advance(ms: number): void;
  /** A further subscription in the same place. */
  subscribe(query: string): Promise<void>;
  /** Starts the program, looks at every feed once, delivers what is due, and ends it: what it knows next time is in the store. */
  look(): Promise<void>;
  /** The titles of all alerts and digests so far. */
  titles(): string[];
  close(): Promise<void>;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const START = Date.UTC(2026, 4, 6, 9);

/**
 * @param feeds paths on the server
 * @param speed the program's sleeps are this much shorter, so that its longest waits can be waited for
 */
export async function openBench(
  feeds: readonly string[],
  query: string,
  settings: Readonly<Record<string, string>> = {},
  speed = 1,
): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'newshound-journey-'));
  const server = await startFeedServer();
  const store = await openSqliteStore({ path: join(folder, 'newshound.db'), synchronous: 'NORMAL' });
  const said: Said[] = [];
  let time = START;
  const clock: Clock = {
    now: () => time,
    sleep: async (ms, signal) => wait(ms / speed, undefined, signal ? { signal } : {}).catch(() => undefined),
    every: () => () => undefined,
  };
  const read = readSettings('', 'journey', {
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: server.host,
    NEWSHOUND_FEEDS_HOST_SPACING_MS: '0',
    NEWSHOUND_DELIVERY_FLOOD_PER_HOUR: '1000',
    ...settings,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const given = read.settings;
  const subscribe = async (asked: string): Promise<void> => {
    await store.putSubscriptions([subscriptionTo(asked)]);
  };
  await subscribe(query);

  async function look(): Promise<void> {
    const http = createHttp({
      ...given.feeds,
      timeoutMs: 20_000,
      userAgent: 'Newshound/0.1',
      perHostConcurrency: 4,
    });
    const parser = createFeedParser({ workers: 1, deadlineMs: 2000 });
    const articles = given.articles.fetch ? createArticleSource({ http, robot: 'Newshound', now: () => time }) : null;
    const source = createFeedSource({
      http,
      parse: async (bytes, about) => parser.parse(bytes, about),
      parserVersion,
      now: () => time,
    });
    const program = createNewshound({
      store,
      source,
      articles,
      chats: [remembering(said)],
      clock,
      settings: given,
      feeds: feeds.map((path) => ({ url: server.origin + path, title: '', tags: [] })),
      log: createLogger('silent', { kind: 'json' }),
      metrics: createMetrics(),
      worker: `bench:${time}`,
      random: () => 0.5,
      hostDestination: '',
    });
    await program.once();
    await program.stop();
    await Promise.all([articles?.close(), parser.close(), source.close()]);
  }

  return {
    server,
    store,
    said,
    now: () => time,
    advance(ms) {
      time += ms;
    },
    subscribe,
    look,
    titles: () =>
      said
        .filter(({ kind }) => kind === 'alert' || kind === 'digest')
        .flatMap(({ cards }) => cards.map(({ title }) => title)),
    async close() {
      await server.stop();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function subscriptionTo(query: string): Subscription {
  return {
    id: 0,
    destination: 'test:me',
    scope: 'test:me',
    owner: 'test:me',
    name: '',
    query,
    when: { kind: 'instant' },
    quiet: null,
    timeZone: null,
    state: 'active',
    pausedUntil: null,
    removedAt: null,
    createdAt: START,
  };
}

/** A chat with every ability, whose messages are kept. */
function remembering(said: Said[]): Chat {
  const keep = (kind: Said['kind'], cards: readonly StoryCard[]) => {
    said.push({ kind, cards });
    return { kind: 'sent', remoteId: String(said.length) } as const;
  };
  return {
    platform: 'test',
    limits: {
      edits: true,
      threads: true,
      buttons: false,
      forms: false,
      idempotencyMs: 0,
      readBack: true,
      paceMs: 0,
      cardsPerMessage: 10,
    },
    start: async () => undefined,
    post: async ({ message }) => keep(message.kind, message.cards),
    edit: async ({ message }) => keep('edit', message.cards),
    follow: async ({ card }) => keep('also', [card]),
    refusal: async () => '',
    tell: async () => keep('notice', []),
    stop: async () => undefined,
  };
}

/** An item of a feed; what is left out is not in it. */
export interface Item {
  readonly title: string;
  readonly link?: string;
  readonly guid?: string;
  readonly text?: string;
  /** Epoch ms. */
  readonly at?: number;
}

/** An RSS 2.0 document of an outlet with these items in this order. */
export function rss(
  items: readonly Item[],
  source = 'Harbour Times',
): { readonly kind: 'answer'; readonly body: string } {
  const written = items.map(
    ({ title, link, guid, text, at }) =>
      `<item><title>${title}</title>` +
      (link === undefined ? '' : `<link>${link}</link>`) +
      (guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`) +
      (text === undefined ? '' : `<description>${text}</description>`) +
      (at === undefined ? '' : `<pubDate>${new Date(at).toUTCString()}</pubDate>`) +
      '</item>',
  );
  const body = `<rss version="2.0"><channel><title>${source}</title><link>https://harbour.example/</link>${written.join('')}</channel></rss>`;
  return { kind: 'answer', body };
}
