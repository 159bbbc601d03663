import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { openSlackChat, type SlackChat, type SlackOptions } from '../../../../adapters/chat/slack/slack.ts';
import { createClock } from '../../../../adapters/clock/node-cron.ts';
import { createHttp } from '../../../../adapters/feeds/http.ts';
import { parseFeed } from '../../../../adapters/feeds/parse.ts';
import { createFeedSource } from '../../../../adapters/feeds/source.ts';
import { serve } from '../../../../adapters/http/server.ts';
import { openSqliteStore } from '../../../../adapters/store/sqlite/store.ts';
import { createCounter } from '../../../../src/commands/counter.ts';
import { openAudience } from '../../../../src/delivery/audience.ts';
import { createOutbox, type Outbox, type OutboxRules } from '../../../../src/delivery/outbox.ts';
import { lose } from '../../../../src/delivery/reach.ts';
import { createRouter } from '../../../../src/delivery/route.ts';
import { openStoryLog } from '../../../../src/feeds/story-log.ts';
import { createMetrics } from '../../../../src/metrics.ts';
import type { LoggedStory, Store } from '../../../../src/ports.ts';
import { rulesFrom } from '../../../../src/rules.ts';
import { readSettings } from '../../../../src/settings.ts';
import { createGrouper } from '../../../../src/story/group.ts';
import type { Story } from '../../../../src/story/story.ts';
import { parseQuery, printQuery } from '../../../../src/subscription/query.ts';
import type { Subscription } from '../../../../src/subscription/subscription.ts';
import { story, subscription } from '../../../contracts/store/samples.ts';
import { startSlackServer, type SlackServer, type SlackServerOptions } from '../../../servers/slack/server.ts';

/** Everything from the story to the message in a local Slack, and from the member's click to the answer: all of it real. */
export interface Newsroom {
  readonly server: SlackServer;
  readonly store: Store;
  readonly chat: SlackChat;
  readonly outbox: Outbox;
  /** Where the app listens; '' in Socket Mode. */
  readonly address: string;
  /** All that was logged. */
  log(): string;
  subscribe(changes?: Partial<Subscription>): Promise<Subscription>;
  /** Logs a story and offers it to those who asked. */
  publish(number: number, changes?: Partial<Story>): Promise<LoggedStory>;
  /** Sends what is due, and what falls due for being tried again, for at most so long. */
  deliver(withinMs?: number): Promise<void>;
  /** The program ends and is started anew on the same store. */
  restart(key?: string): Promise<void>;
  close(): Promise<void>;
}

export interface NewsroomOptions {
  readonly server?: SlackServerOptions;
  readonly transport?: 'socket' | 'http';
  readonly install?: 'token' | 'oauth';
  readonly readBack?: boolean;
  readonly outbox?: Partial<OutboxRules>;
  readonly paceMs?: number;
  /** Stands between the chat and its store, and the counter and its store. */
  readonly slow?: (store: Store) => Store;
}

const encryptionKey = 'a key of the test that is long enough';
const stateSecret = 'a state secret of the test';

/** Opened within a test and ended with it. */
export async function openNewsroom(options: NewsroomOptions = {}): Promise<Newsroom> {
  const room = await startNewsroom(options);
  onTestFinished(async () => room.close());
  return room;
}

export async function startNewsroom(options: NewsroomOptions = {}): Promise<Newsroom> {
  const server = await startSlackServer({ rate: { perSecond: 20, burst: 5 }, ...options.server });
  const folder = await mkdtemp(join(tmpdir(), 'newshound-newsroom-'));
  const original = await openSqliteStore({ path: join(folder, 'newshound.db'), synchronous: 'NORMAL' });
  const store = options.slow === undefined ? original : options.slow(original);
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const clock = createClock((error) => log.error({ err: error }));
  const metrics = createMetrics();
  const read = readSettings('', 'test', {});
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const rules = rulesFrom(read.settings);
  const source = createFeedSource({
    http: createHttp({ ...read.settings.feeds, timeoutMs: 5_000, userAgent: 'Newshound/0.1' }),
    parse: parseFeed,
    parserVersion: 1,
  });
  const audience = await openAudience(original, () => undefined);
  const router = createRouter({ store: original, audience, rules: { ...rules.route, floodPerHour: 10_000 } });
  const storyLog = await openStoryLog({
    store: original,
    grouper: createGrouper(),
    now: clock.now(),
    windowMs: 72 * 3_600_000,
  });

  let running = await open();

  async function open(
    key = encryptionKey,
  ): Promise<{ chat: SlackChat; outbox: Outbox; address: string; stop: () => Promise<void> }> {
    const chat = openSlackChat({
      credentials: credentialsFor(server, options, key),
      store,
      clock,
      log,
      apiUrl: server.apiUrl,
      authorizeUrl: server.authorizeUrl,
      readBack: options.readBack ?? false,
      paceMs: options.paceMs ?? 60,
    });
    const chats = new Map([['slack', chat]]);
    const desk = { store, source, chats, rules: rules.desk, onFeedsAdded: () => undefined };
    const counter = createCounter({ ...desk, clock, log, metrics, language: 'en' });
    await chat.start(counter);
    const http =
      chat.routes.size === 0 ? null : await serve({ host: '127.0.0.1', port: 0, told: silent, routes: chat.routes });
    const address = http === null ? '' : `http://127.0.0.1:${http.port}`;
    if (options.transport === 'http') server.requestUrl(`${address}/slack/events`);
    let workers = 0;
    const outbox = createOutbox({
      store: original,
      chats,
      clock,
      rules: { ...rules.outbox, retryBaseMs: 100, retryMaxMs: options.outbox?.retryBaseMs ?? 500, ...options.outbox },
      worker: `worker ${++workers} ${address}`,
      log,
      metrics,
      random: () => 0.5,
      onGone: async ({ destination }, reason) =>
        lose({ store: original, chats, log, language: 'en' }, destination, reason, clock.now()),
      onTrouble: (error) => log.error({ err: error }, 'trouble'),
    });
    return {
      chat,
      outbox,
      address,
      async stop() {
        await outbox.stop(1_000);
        await chat.stop();
        await http?.close();
      },
    };
  }
  return {
    server,
    store: original,
    get chat() {
      return running.chat;
    },
    get outbox() {
      return running.outbox;
    },
    get address() {
      return running.address;
    },
    log: () => lines.join(''),

    async subscribe(changes = {}) {
      const query = parseQuery(changes.query ?? 'ferry');
      if (!query.ok) throw new Error(query.error.message);
      const made = subscription({ createdAt: clock.now(), ...changes, query: printQuery(query.query) });
      const [written] = await original.putSubscriptions([made]);
      if (!written) throw new Error('The Store gave no subscription back');
      await audience.follow();
      return written;
    },

    async publish(number, changes = {}) {
      await audience.follow();
      const now = clock.now();
      const made = story(number, { firstSeen: now, effective: now, published: now, ...changes });
      const [entry] = await storyLog.append([made]);
      if (!entry) throw new Error('The log gave no story back');
      await router.offer({ entry, story: made }, now);
      return entry;
    },

    async deliver(withinMs = 15_000) {
      const until = clock.now() + withinMs;
      do {
        running.outbox.kick();
        await running.outbox.idle();
        if ((await original.depths(clock.now())).queued === 0) return;
        await clock.sleep(20);
      } while (clock.now() < until);
      throw new Error(`There is still something to send after ${withinMs} ms`);
    },

    async restart(key) {
      await running.stop();
      running = await open(key);
    },

    async close() {
      await running.stop();
      await source.close();
      await original.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function credentialsFor(
  server: SlackServer,
  { transport, install }: NewsroomOptions,
  encryptionKey: string,
): SlackOptions['credentials'] {
  return {
    install:
      install === 'oauth'
        ? { kind: 'oauth', clientId: server.clientId, clientSecret: server.clientSecret, stateSecret, encryptionKey }
        : { kind: 'token', botToken: server.workspace().botToken },
    transport:
      transport === 'http'
        ? { kind: 'http', signingSecret: server.signingSecret }
        : { kind: 'socket', appToken: server.appToken },
  };
}

const silent = {
  metrics: async () => ({ type: 'text/plain', text: '' }),
  health: async () => ({ ok: true, problems: [] }),
  ready: () => true,
};

/** A story that shares no word with another but the one asked for. */
export function unlike(i: number, word = 'ferry'): Pick<Story, 'title' | 'summary'> {
  const made = (n: number): string =>
    Array.from({ length: 7 }, (_, k) => String.fromCharCode(97 + ((i * 31 + n * 17 + k * (i + 3)) % 26))).join('');
  return { title: `${made(1)} ${word} ${made(2)} ${made(3)}`, summary: `${made(4)} ${made(5)} ${made(6)}.` };
}
