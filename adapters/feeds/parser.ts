import type { FeedDocument } from '../../src/story/item.ts';
import { createWorkerPool, WorkerError } from '../workers/pool.ts';
import { FeedError, type FeedErrorCode } from './feed-error.ts';
import type { ParseTask } from './parse-worker.ts';
import { MOST_BYTES, parseFeed, type AboutBody } from './parse.ts';

export { parserVersion } from './parse.ts';

/** Bodies up to this are read on the calling thread: no body of this size, however made, takes 50 ms. */
const SMALL_BYTES = 64 * 1024;
/** Heap of one worker, in MiB: 16 MiB of text with its items take about 200. */
const WORKER_MEMORY_MB = 320;

export interface FeedParserOptions {
  /** Threads for large bodies. */
  readonly workers: number;
  /** How long one large body may take. */
  readonly deadlineMs: number;
}

export interface FeedParser {
  /** As `parseFeed`; also rejects with a `FeedError` of code `timeout` or `too_large` when a body takes too much. */
  parse(bytes: Uint8Array, about: AboutBody): Promise<FeedDocument>;
  close(): Promise<void>;
}

/** A parser that never holds up the event loop: large bodies are read in worker threads, started when the first one comes. */
export function createFeedParser({ workers, deadlineMs }: FeedParserOptions): FeedParser {
  const script = new URL('parse-worker.ts', import.meta.url);
  const pool = createWorkerPool({ script, size: workers, deadlineMs, memoryMb: WORKER_MEMORY_MB });
  return {
    async parse(bytes, about) {
      // What is too large to be read at all is not carried to another thread to be refused there.
      if (bytes.byteLength <= SMALL_BYTES || bytes.byteLength > MOST_BYTES) return parseFeed(bytes, about);
      try {
        const task: ParseTask = { bytes, about };
        return await pool.run<FeedDocument>(task);
      } catch (error) {
        throw feedError(error, deadlineMs);
      }
    },
    close: async () => pool.close(),
  };
}

function feedError(error: unknown, deadlineMs: number): unknown {
  if (error instanceof WorkerError && error.code === 'deadline')
    return new FeedError('timeout', `Reading the body took over ${deadlineMs} ms.`, { cause: error });
  if (error instanceof WorkerError && error.code === 'crashed')
    return new FeedError('too_large', 'Reading the body took more memory than is allowed.', { cause: error });
  if (!(error instanceof Error) || error.name !== 'FeedError') return error;
  // The worker's FeedError comes back as a plain error with its fields.
  const { code, discovered } = error as Error & { code: FeedErrorCode; discovered?: readonly string[] };
  return new FeedError(code, error.message, { discovered: discovered ?? [] });
}
