import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDiscordChat } from '../adapters/chat/discord/discord.ts';
import { createClock } from '../adapters/clock/node-cron.ts';
import { openSqliteStore } from '../adapters/store/sqlite/store.ts';
import { createLogger } from '../src/log.ts';
import { createMetrics } from '../src/metrics.ts';
import { createNewshound } from '../src/newshound.ts';
import type { Clock, FeedSource, Store } from '../src/ports.ts';
import { readSettings, type Settings } from '../src/settings.ts';
import { digest } from '../src/story/identity.ts';
import type { FeedItem } from '../src/story/item.ts';
import type { Subscription } from '../src/subscription/subscription.ts';
import { startDiscordServer, type DiscordServer } from '../tests/servers/discord/server.ts';

/** What has not come by then is reported as missing. */
const LONGEST_MS = 840_000;

export interface BurstSize {
  readonly channels: number;
  /** In each channel; the stories are shared out among them, so that each channel wants every story once. */
  readonly subscriptions: number;
  readonly stories: number;
  readonly windowMs: number;
}

export interface BurstFigures {
  /** Stories that stand in their channels, and that stand there more than once. */
  readonly delivered: number;
  readonly twice: number;
  /** Requests that Discord turned away for coming too fast, and for being wrong. */
  readonly rateLimited: number;
  readonly invalid: number;
  readonly violations: number;
  readonly seconds: number;
  readonly requests: number;
  /** Most requests that count towards the bot's limit in any second. */
  readonly mostASecond: number;
}

/** A burst of stories into many channels of a local Discord that holds its documented rate limits; the whole program sends. */
export async function burst({ channels, subscriptions, stories, windowMs }: BurstSize): Promise<BurstFigures> {
  const names = Array.from({ length: channels }, (_, i) => `channel-${i}`);
  const server = await startDiscordServer({
    lifeMs: LONGEST_MS + 60_000,
    guilds: [{ channels: names.map((name) => ({ name })) }],
    rateLimit: { requests: 5, windowMs },
  });
  const folder = await mkdtemp(join(tmpdir(), 'newshound-burst-'));
  const store = await openSqliteStore({ path: join(folder, 'newshound.db'), synchronous: 'NORMAL' });
  const clock = createClock(() => undefined);
  const log = createLogger('silent', { kind: 'json' });
  const newshound = createNewshound({
    store,
    source: sourceOf(stories, clock.now()),
    articles: null,
    chats: [
      openDiscordChat({
        token: server.token,
        applicationId: '',
        guildId: '',
        apiUrl: `${server.url}/api`,
        requestsPerSecond: 40,
        store,
        clock,
        log,
      }),
    ],
    clock,
    settings: usual(),
    feeds: [{ url: 'https://harbour.example/feed.xml', title: 'Harbour', tags: [] }],
    log,
    metrics: createMetrics(),
    worker: 'burst',
    random: Math.random,
    hostDestination: '',
  });
  try {
    for (const name of names) {
      const channel = server.home.channels[name] ?? '';
      await store.putSubscriptions(asked(server.home.id, channel, subscriptions, stories, clock.now()));
    }
    const begun = performance.now();
    await newshound.start();
    await allPosted(server, names, stories);
    const seconds = (performance.now() - begun) / 1000;
    await allSettled(store, clock);
    await newshound.stop();
    return figuresOf(server, names, seconds);
  } finally {
    await newshound.stop();
    await store.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As set, but for stories that are news from the first look on. */
function usual(): Settings {
  const read = readSettings('stories: { announceFirstPollMinutes: 600 }', 'burst', {});
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}

function asked(guild: string, channel: string, count: number, stories: number, now: number): Subscription[] {
  return Array.from({ length: count }, (_, i) => {
    const own = Array.from({ length: stories }, (_, story) => story).filter((story) => story % count === i);
    return {
      id: 0,
      destination: `discord:${guild}:${channel}`,
      scope: `discord:${guild}`,
      owner: 'discord:700000000000000001',
      name: '',
      query: own.map(topic).join(' OR '),
      when: { kind: 'instant' },
      quiet: null,
      timeZone: null,
      state: 'active',
      pausedUntil: null,
      removedAt: null,
      createdAt: now,
    };
  });
}

/** One feed that brings all stories at once. */
function sourceOf(stories: number, now: number): FeedSource {
  const items = Array.from({ length: stories }, (_, story): FeedItem => {
    const text = `${words(`text ${story}`, 16)}.`;
    return {
      id: `item-${story}`,
      title: `${topic(story)} ${words(`title ${story}`, 5)}`,
      link: `https://harbour.example/${story}`,
      published: now - 60_000,
      summary: text,
      content: '',
      summaryHtml: text,
      contentHtml: '',
      author: '',
      categories: [],
      language: 'en',
    };
  });
  return {
    parserVersion: 1,
    fetch: async ({ url }) => ({
      kind: 'document',
      document: { title: 'Harbour', link: 'https://harbour.example/', language: 'en', items },
      validators: { etag: '', lastModified: '' },
      bodyHash: 'b',
      hints: { maxAgeMs: null },
      movedTo: '',
      finalUrl: url,
    }),
    discover: async () => [],
    close: async () => undefined,
  };
}

function topic(story: number): string {
  return words(`topic ${story}`, 1);
}

/** Words that no other story has, so that no two are taken for one event. */
function words(seed: string, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    digest(seed, String(i)).replaceAll(/\d/gu, (figure) => 'ghijklmnop'.charAt(Number(figure))),
  ).join(' ');
}

/** What is still queued may be posted once more: figures are taken when nothing is. */
async function allSettled(store: Store, clock: Clock): Promise<void> {
  const endsAt = performance.now() + LONGEST_MS;
  while ((await store.depths(clock.now())).queued > 0 && performance.now() < endsAt) {
    await clock.sleep(250);
  }
}

async function allPosted(server: DiscordServer, names: readonly string[], stories: number): Promise<void> {
  const done = (name: string): boolean => server.messages(server.home.channels[name] ?? '').length >= stories;
  const waiting = new Set(names);
  const endsAt = performance.now() + LONGEST_MS;
  while (waiting.size > 0 && performance.now() < endsAt) {
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
    for (const name of waiting) if (done(name)) waiting.delete(name);
  }
}

function figuresOf(server: DiscordServer, names: readonly string[], seconds: number): BurstFigures {
  let [delivered, twice] = [0, 0];
  for (const name of names) {
    const titles = server.messages(server.home.channels[name] ?? '').map(({ embeds }) => embeds[0]?.title);
    const distinct = new Set(titles).size;
    delivered += distinct;
    twice += titles.length - distinct;
  }
  const counted = server.requests
    .filter(({ path }) => !/^\/(?:interactions|webhooks)\//u.test(path))
    .map(({ at }) => at);
  let mostASecond = 0;
  for (let first = 0, last = 0; last < counted.length; last++) {
    while ((counted[last] ?? 0) - (counted[first] ?? 0) >= 1000) first++;
    mostASecond = Math.max(mostASecond, last - first + 1);
  }
  return {
    delivered,
    twice,
    rateLimited: server.rateLimited.length,
    invalid: server.invalidRequests.length,
    violations: server.violations.length,
    seconds,
    requests: server.requests.length,
    mostASecond,
  };
}

/** 5,000 subscriptions over 200 channels, a burst of 50 stories. */
export async function benchDiscordBurst(): Promise<void> {
  const size = { channels: 200, subscriptions: 25, stories: 50, windowMs: 5_000 };
  console.log(
    `${size.channels * size.subscriptions} subscriptions, ${size.channels} channels, ${size.stories} stories`,
  );
  const figures = await burst(size);
  const least = (size.channels * size.stories) / 50;
  console.table({ ...figures, seconds: Math.round(figures.seconds), 'seconds at 50 requests a second': least });
}
