import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram, type Running } from '../journeys/program.ts';
import { startRedis, type RedisServer } from '../servers/redis.ts';
import { startTcpProxy, type TcpProxy } from '../servers/tcp-proxy.ts';
import { openTrialChat, type ChatName, type TrialChat } from './chats.ts';
import { judgeAll, startNews, type Judgement, type News } from './news.ts';
import { end, said } from './running.ts';

/** The program with feeds of its own on one of the stores; it may be ended and started again at will. */
export interface Trial {
  readonly news: News;
  readonly chat: TrialChat;
  /** null on SQLite. */
  readonly redis: RedisServer | null;
  /** The network between the program and Redis; null on SQLite. */
  readonly network: TcpProxy | null;
  readonly data: string;
  /** Starts the program; `more` goes into its environment. */
  readonly start: (more?: Readonly<Record<string, string>>, options?: Options) => Running;
  /** A folder for a process of its own beside the others. */
  readonly folder: () => Promise<string>;
  /** What became of the stories so far, at all places. */
  readonly judge: () => Promise<Judgement>;
  /** Resolves when every story was told; rejects when that takes too long. */
  readonly allTold: (timeoutMs: number) => Promise<void>;
  close(): Promise<void>;
}

interface Options {
  /** The folder of the process; that of the trial unless given. */
  readonly folder?: string;
  /** The longest a file may grow, as on a full disk. */
  readonly fileBytes?: number;
}

/** Over a network a post takes its time, and may take three quarters of a lease. */
const LEASE_SECONDS = { terminal: 1, Discord: 4, Slack: 4 } as const;
const LOOK_AGAIN_MS = { terminal: 100, Discord: 500, Slack: 500 } as const;
/** Of Redis in trials: nothing that the program says may hold it. */
export const PASSWORD = 'sesame';

/**
 * Sets up a trial and takes the subscriptions that ask for every story.
 * @param places of the chat, each of which asks for every story; the terminal is one
 */
export async function startTrial(
  store: 'SQLite' | 'Redis',
  feeds: number,
  { chat: name = 'terminal', places = 1 }: { readonly chat?: ChatName; readonly places?: number } = {},
): Promise<Trial> {
  const data = await mkdtemp(join(tmpdir(), 'newshound-faults-'));
  const folders = new Set([data]);
  const chat = await openTrialChat(name, places, folders);
  const news = await startNews(feeds);
  const redis = store === 'Redis' ? await startRedis(['--requirepass', PASSWORD]) : null;
  const network = redis === null ? null : await startTcpProxy(redis.port);
  const opml = join(data, 'feeds.opml');
  await writeFile(opml, news.opml);
  const running = new Set<Running>();
  const env = {
    NEWSHOUND_FEEDS_OPML: opml,
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: news.host,
    NEWSHOUND_FEEDS_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MIN_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MAX_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_HOST_SPACING_MS: '0',
    NEWSHOUND_FEEDS_PER_HOST_CONCURRENCY: '8',
    NEWSHOUND_ARTICLES_FETCH: 'false',
    NEWSHOUND_DELIVERY_FLOOD_PER_HOUR: '10000',
    // What had to wait is told one by one all the same: gathered it could not be judged.
    NEWSHOUND_DELIVERY_CATCH_UP_AFTER_MINUTES: '1440',
    NEWSHOUND_DELIVERY_RETRY_BASE_SECONDS: '0.5',
    NEWSHOUND_DELIVERY_RETRY_MAX_SECONDS: '5',
    NEWSHOUND_COMMANDS_SUBSCRIPTIONS_PER_MEMBER: '500',
    NEWSHOUND_STORE_LEASE_SECONDS: String(LEASE_SECONDS[name]),
    NEWSHOUND_STORE_REDIS_TIMEOUT_SECONDS: '3',
    PORT: '0',
    ...chat.env,
    ...(network ? { REDIS_URL: `redis://:${PASSWORD}@127.0.0.1:${network.port}` } : {}),
  };

  function start(more: Readonly<Record<string, string>> = {}, { folder = data, fileBytes = 0 }: Options = {}): Running {
    folders.add(folder);
    const run = startProgram(['start'], { ...env, NEWSHOUND_DATA: folder, ...more }, { fileBytes });
    running.add(run);
    void run.ended.then(() => running.delete(run));
    return run;
  }

  const trial: Trial = {
    news,
    chat,
    redis,
    network,
    data,
    start,
    folder: async () => mkdtemp(join(tmpdir(), 'newshound-faults-')),
    judge: async () => judgeAll(news.published, await chat.told()),
    async allTold(timeoutMs) {
      const until = performance.now() + timeoutMs;
      for (;;) {
        const { lost } = await trial.judge();
        if (lost === 0) return;
        if (performance.now() > until) throw new Error(`${lost} stories were not told`);
        await wait(LOOK_AGAIN_MS[name]);
      }
    },
    async close() {
      for (const run of running) run.child.kill('SIGKILL');
      await Promise.all([...running].map(async (run) => run.ended));
      await news.close();
      await chat.close();
      await network?.close();
      await redis?.close();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };

  try {
    const first = start();
    await said(first, 'started');
    await chat.subscribe(first);
    await said(first, 'all feeds have been looked at');
    await end(first);
    return trial;
  } catch (error) {
    await trial.close();
    throw error;
  }
}
