import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** From this many frames of 4 KiB on the log is to begin again from its start: the longer it is, the slower it is to read. */
const FRAMES_LONG = 12_288;
/** Beginning again needs the writers to wait; they do once no more frames than this are left to copy. */
const FRAMES_LEFT = 500;
/** Somebody who still reads an old state is waited for no longer than this, since the writers wait meanwhile. */
const LOCK_MS = 20;
/** Writers that are as fast as the disk are not caught up with for ever. */
const PASSES = 4;

// Data from `startCheckpoints`.
const { path } = workerData as { readonly path: string };
const database = new DatabaseSync(path, { timeout: LOCK_MS });
const alongside = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
const restarting = database.prepare('PRAGMA wal_checkpoint(RESTART)');

/** Copies the write-ahead log into the database, beside the writers as long as that is enough. */
function checkpoint(): void {
  try {
    let copied = 0;
    for (let pass = 0; pass < PASSES; pass++) {
      const frames = Number(alongside.get()?.['log']);
      if (frames < FRAMES_LONG) return;
      if (frames - copied < FRAMES_LEFT) break;
      copied = frames;
    }
    restarting.get();
  } catch {
    // The log stays as it is and is longer the next time; a failing disk is met by the writers too.
  }
}

parentPort?.on('message', (asked: 'checkpoint' | 'stop') => {
  if (asked === 'checkpoint') {
    checkpoint();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- between threads there are no origins
    parentPort?.postMessage('done');
    return;
  }
  database.close();
  parentPort?.close();
});
