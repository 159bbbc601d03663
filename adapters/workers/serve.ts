import { parentPort } from 'node:worker_threads';
import type { WorkerMessage } from './pool.ts';

/**
 * The worker's side of a pool: runs each task it is sent and answers it. What an error carries besides its message (a `code`
 * and the like) goes with it as far as it can be cloned.
 */
export function serveTasks(run: (task: unknown) => Promise<unknown>): void {
  const port = parentPort;
  if (!port) throw new Error('serveTasks runs in a worker thread only');
  const send = (message: WorkerMessage): void => port.postMessage(message, []);
  port.on('message', (task) => {
    void run(task).then(
      (value) => send({ kind: 'done', value }),
      (error: unknown) => send(failure(error)),
    );
  });
  send({ kind: 'ready' });
}

function failure(error: unknown): WorkerMessage {
  if (!(error instanceof Error)) return { kind: 'failed', name: 'Error', message: String(error), fields: {} };
  const fields = Object.fromEntries(Object.entries(error).filter(([, value]) => isPlain(value)));
  return { kind: 'failed', name: error.name, message: error.message, fields };
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
