import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';

/**
 * Copies the write-ahead log into the database on a thread of its own: it takes as long as the disk does, and the event loop
 * need not wait for it. The thread begins with the first log that is long enough.
 */
export interface Checkpoints {
  /** To be called after a commit with the rows it wrote. */
  readonly wrote: (rows: number) => void;
  stop(): Promise<void>;
}

/** The log is copied each time this many rows were written: the more at once, the fewer pages are written twice. */
const ROWS_A_CHECKPOINT = 5000;

export function startCheckpoints(path: string, database: DatabaseSync): Checkpoints {
  let worker: Worker | null = null;
  let failed = false;
  let busy = false;
  let rows = 0;

  function begin(): Worker {
    const started = new Worker(new URL('checkpoint-worker.ts', import.meta.url), { workerData: { path } });
    started.unref();
    started.on('message', () => (busy = false));
    started.on('error', () => (failed = true));
    started.on('exit', () => {
      busy = false;
      worker = null;
    });
    return started;
  }

  function checkpoint(): void {
    if (failed) return checkpointHere();
    busy = true;
    worker ??= begin();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- between threads there are no origins
    worker.postMessage('checkpoint');
  }

  /** Where no thread can be had. A log that cannot be copied stays as it is: a failing disk is met by the next write. */
  function checkpointHere(): void {
    try {
      database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    } catch {
      failed = true;
    }
  }

  return {
    wrote(count) {
      rows += count;
      if (rows < ROWS_A_CHECKPOINT || busy) return;
      rows = 0;
      checkpoint();
    },

    async stop() {
      if (!worker) return;
      worker.ref();
      const ended = new Promise((resolve) => worker?.once('exit', resolve));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- between threads there are no origins
      worker.postMessage('stop');
      await ended;
    },
  };
}
