import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ledgerTitles, startProgram, type Running } from '../journeys/program.ts';
import { startRedis, type RedisServer } from '../servers/redis.ts';
import { judge, startNews, WORDS, type Judgement, type News } from './news.ts';

/** The program with feeds of its own on one of the stores; it may be ended and started again at will. */
export interface Trial {
  readonly news: News;
  /** null on SQLite. */
  readonly redis: RedisServer | null;
  readonly data: string;
  /** Starts the program; `more` goes into its environment. */
  readonly start: (more?: Readonly<Record<string, string>>, options?: Options) => Running;
  /** A folder for a process of its own beside the others. */
  readonly folder: () => Promise<string>;
  /** What became of the stories so far, by all ledgers. */
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

const LEASE_SECONDS = 1;
/** Of Redis in trials: nothing that the program says may hold it. */
export const PASSWORD = 'sesame';

/** Sets up a trial and takes the subscriptions that ask for every story. */
export async function startTrial(store: 'SQLite' | 'Redis', feeds: number): Promise<Trial> {
  const news = await startNews(feeds);
  const redis = store === 'Redis' ? await startRedis(['--requirepass', PASSWORD]) : null;
  const data = await mkdtemp(join(tmpdir(), 'newshound-faults-'));
  const folders = new Set([data]);
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
    NEWSHOUND_STORE_LEASE_SECONDS: String(LEASE_SECONDS),
    NEWSHOUND_STORE_REDIS_TIMEOUT_SECONDS: '3',
    PORT: '0',
    ...(redis ? { REDIS_URL: redis.url.replace('//', `//:${PASSWORD}@`) } : {}),
  };

  function start(more: Readonly<Record<string, string>> = {}, { folder = data, fileBytes = 0 }: Options = {}): Running {
    folders.add(folder);
    const run = startProgram(['start'], { ...env, NEWSHOUND_DATA: folder, ...more }, { fileBytes });
    running.add(run);
    void run.ended.then(() => running.delete(run));
    return run;
  }

  async function told(): Promise<string[]> {
    return (await Promise.all([...folders].map(ledgerTitles))).flat();
  }

  const trial: Trial = {
    news,
    redis,
    data,
    start,
    folder: async () => mkdtemp(join(tmpdir(), 'newshound-faults-')),
    judge: async () => judge(news.published, await told()),
    async allTold(timeoutMs) {
      const until = performance.now() + timeoutMs;
      for (;;) {
        const { lost } = await trial.judge();
        if (lost === 0) return;
        if (performance.now() > until) throw new Error(`${lost} stories were not told`);
        await wait(100);
      }
    },
    async close() {
      for (const run of running) run.child.kill('SIGKILL');
      await Promise.all([...running].map(async (run) => run.ended));
      await news.close();
      await redis?.close();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };

  try {
    const first = start();
    for (const [i, word] of WORDS.entries()) {
      first.child.stdin?.write(`/news add ${word}\n`);
      await said(first, `#${i + 1}`);
    }
    await said(first, 'all feeds have been looked at');
    await end(first);
    return trial;
  } catch (error) {
    await trial.close();
    throw error;
  }
}

/** Waits for words in what the program says. */
export async function said(run: Running, text: string, timeoutMs = 60_000): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (!run.output().includes(text)) {
    if (performance.now() > until || run.child.exitCode !== null) {
      throw new Error(`The program did not say ${JSON.stringify(text)} but:\n${run.output()}`);
    }
    await wait(20);
  }
}

/** Ends the program as a host does; resolves with its exit code. */
export async function end(run: Running): Promise<number | null> {
  run.child.kill('SIGTERM');
  return (await run.ended).code;
}

/** What `/healthz` of the program at a port says. */
export async function health(port: number): Promise<{ readonly ok: boolean; readonly text: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(20_000) });
  return { ok: answer.ok, text: await answer.text() };
}
