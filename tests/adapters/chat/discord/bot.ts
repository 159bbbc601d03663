import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDiscordChat } from '../../../../adapters/chat/discord/discord.ts';
import { createClock } from '../../../../adapters/clock/node-cron.ts';
import { openSqliteStore } from '../../../../adapters/store/sqlite/store.ts';
import { createCounter } from '../../../../src/commands/counter.ts';
import { createLogger } from '../../../../src/log.ts';
import { createMetrics } from '../../../../src/metrics.ts';
import type { Chat, Clock, Counter, FeedSource, Store } from '../../../../src/ports.ts';
import type { DiscordServer } from '../../../servers/discord/server.ts';

/** The bot as the program makes it, without feeds: the chat, the counter behind it and a store of its own. */
export interface Bot {
  readonly chat: Chat;
  readonly store: Store;
  readonly counter: Counter;
  readonly clock: Clock;
  stop(): Promise<void>;
}

export interface BotOptions {
  readonly token?: string;
  readonly applicationId?: string;
  readonly guildId?: string;
  readonly graceMs?: number;
  /** Stands between the bot and its store. */
  readonly through?: (store: Store) => Store;
  /** The folder of the store, to be kept; made and removed when not said. */
  readonly folder?: string;
}

/** No feeds are watched in these tests. */
const source: FeedSource = {
  parserVersion: 1,
  fetch: async () => Promise.reject(new Error('no feed is asked')),
  discover: async () => [],
  close: async () => undefined,
};

export async function startBot(server: DiscordServer, options: BotOptions = {}): Promise<Bot> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'newshound-discord-')));
  const own = await openSqliteStore({ path: join(folder, 'newshound.db'), synchronous: 'NORMAL' });
  const store = options.through?.(own) ?? own;
  const clock = createClock(() => undefined);
  const log = createLogger('silent', { kind: 'json' });
  const chat = openDiscordChat({
    token: options.token ?? server.token,
    applicationId: options.applicationId ?? '',
    guildId: options.guildId ?? '',
    apiUrl: `${server.url}/api`,
    requestsPerSecond: 40,
    store,
    clock,
    log,
    ...(options.graceMs === undefined ? {} : { graceMs: options.graceMs }),
  });
  const counter = createCounter({
    store,
    source,
    chats: new Map([['discord', chat]]),
    rules: {
      subscriptionsPerMember: 50,
      subscriptionsPerPlace: 500,
      feedsPerScope: 50,
      undoMs: 600_000,
      archiveMs: 14 * 86_400_000,
      timeZone: 'UTC',
    },
    onFeedsAdded: () => undefined,
    clock,
    log,
    metrics: createMetrics(),
    language: 'en',
  });
  const stop = async (): Promise<void> => {
    await chat.stop();
    await own.close();
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    await chat.start(counter);
  } catch (error) {
    await stop();
    throw error;
  }
  return { chat, store, counter, clock, stop };
}
