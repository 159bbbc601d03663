import { setTimeout as sleep } from 'node:timers/promises';
import type { ArticleAnswer, ArticleSource } from '../../src/ports.ts';
import { MAX_PAGE_LENGTH, mayHoldArticle, type Article } from '../../src/story/extract/article.ts';
import { readUrl, redirectTarget } from '../feeds/address.ts';
import type { Http, HttpOk } from '../feeds/http.ts';
import { createWorkerPool, WorkerError } from '../workers/pool.ts';
import type { PageTask, RobotsWord } from './page-worker.ts';
import { createRobotsFiles } from './robots.ts';

export interface ArticleSourceOptions {
  /** The guarded door that feeds are asked through as well, so that a host's turns are counted together. */
  readonly http: Http;
  /** The name that robots.txt files know us by. */
  readonly robot: string;
  /** Epoch ms; default the machine's clock. */
  readonly now?: () => number;
}

const MAX_HOPS = 5;
const DEADLINE_MS = 2_000;
const WORKER_MEMORY_MB = 512;
const MOST_PACED_HOSTS = 1000;

/** Articles over HTTP: every address on the way is asked for only where its robots.txt allows it; pages are read in a worker. */
export function createArticleSource({ http, robot, now = Date.now }: ArticleSourceOptions): ArticleSource {
  const script = new URL('page-worker.ts', import.meta.url);
  const pool = createWorkerPool({ script, size: 1, deadlineMs: DEADLINE_MS, memoryMb: WORKER_MEMORY_MB });
  const robots = createRobotsFiles(http, now);
  /** When a host that asks for more than the usual spacing may be asked again (epoch ms). */
  const nextAt = new Map<string, number>();

  /** Asks for a page, from redirect to redirect. */
  async function fetchPage(first: string, signal: AbortSignal): Promise<HttpOk | string> {
    let url = readUrl(first);
    for (let hop = 0; hop <= MAX_HOPS; hop++) {
      if (url === null || !/^https?:$/u.test(url.protocol)) return 'bad_url';
      url.hash = '';
      if (!(await mayAsk(url.href, signal))) return signal.aborted ? 'aborted' : 'robots';
      const answer = await http.get(url.href, {
        accept: 'text/html, application/xhtml+xml, text/plain;q=0.5',
        maxBytes: MAX_PAGE_LENGTH,
        follows: false,
        signal,
      });
      if (answer.kind === 'failed') return answer.code;
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers['location'] : undefined;
      if (location === undefined) return answer;
      url = redirectTarget(location, url);
    }
    return 'too_many_redirects';
  }

  async function mayAsk(url: string, signal: AbortSignal): Promise<boolean> {
    const file = await robots.about(url, signal);
    if (file.kind === 'nothing' || signal.aborted) return false;
    if (file.text === '') return true;
    const word = await inWorker<RobotsWord>({ kind: 'robots', text: file.text, url, robot });
    return word !== null && word.allowed && (await turn(new URL(url).host, word.delayMs, signal));
  }

  /** Waits for a host's turn where its robots.txt asks for a pause; false when that takes too long. */
  async function turn(host: string, delayMs: number, signal: AbortSignal): Promise<boolean> {
    if (delayMs <= 0) return true;
    for (let wait = leftMs(host); wait > 0 && !signal.aborted; wait = leftMs(host)) {
      await sleep(wait, undefined, { signal }).catch(() => undefined);
    }
    if (signal.aborted) return false;
    nextAt.delete(host);
    nextAt.set(host, now() + delayMs);
    const [longestAgo = ''] = nextAt.keys();
    if (nextAt.size > MOST_PACED_HOSTS) nextAt.delete(longestAgo);
    return true;
  }

  function leftMs(host: string): number {
    return (nextAt.get(host) ?? 0) - now();
  }

  /** What a worker makes of a stranger's bytes; null when it took too much time or memory. */
  async function inWorker<T>(task: PageTask): Promise<T | null> {
    try {
      return await pool.run<T>(task);
    } catch (error) {
      if (error instanceof WorkerError) return null;
      throw error;
    }
  }

  return {
    async read(url, signal): Promise<ArticleAnswer> {
      const page = await fetchPage(url, signal);
      if (typeof page === 'string') return { kind: 'failed', code: page };
      const { status, headers, body, finalUrl } = page;
      const contentType = headers['content-type'] ?? '';
      if (status !== 200) return { kind: 'failed', code: `http_${status}` };
      if (!mayHoldArticle(contentType)) return { kind: 'failed', code: 'not_a_page' };
      const article = await inWorker<Article>({ kind: 'page', bytes: body, contentType, url: finalUrl });
      if (article === null) return { kind: 'failed', code: 'too_heavy' };
      return article.text === '' ? { kind: 'failed', code: 'no_article' } : { kind: 'article', article, finalUrl };
    },

    async close() {
      await pool.close();
    },
  };
}
