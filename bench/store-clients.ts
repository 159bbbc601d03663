import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openRedisStore } from '../adapters/store/redis/store.ts';
import { delivery, enqueueAll, sendAll } from './store-load.ts';

/** Documents are taken in so many at a time, and each waits for its own alerts to be enqueued. */
const AT_ONCE = 4;
const LANES = 200;

/** Clients in processes of their own enqueue, claim and settle so many deliveries each, all at once. Resolves with the seconds that took. */
export async function sendFromClients(url: string, clients: number, each: number): Promise<number> {
  const children = Array.from({ length: clients }, (_, i) =>
    spawn(process.execPath, [import.meta.filename, url, `bench${i}`, String(each)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  const ended = Promise.all(children.map(async (child) => once(child, 'close')));
  await Promise.all(children.map(said));
  const start = performance.now();
  for (const child of children) child.stdin?.write('go\n');
  await Promise.all(children.map(said));
  const seconds = (performance.now() - start) / 1000;
  for (const child of children) child.stdin?.end();
  await ended;
  return seconds;
}

async function said(child: ChildProcess): Promise<void> {
  if (child.stdout) await once(child.stdout, 'data');
}

async function beClient(url: string, platform: string, count: number): Promise<void> {
  const store = await openRedisStore({ url, commandMs: 60_000 });
  const all = Array.from({ length: count }, (_, i) => delivery(i, platform));
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  const share = Math.ceil(count / AT_ONCE);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, i) => enqueueAll(store, all.slice(i * share, (i + 1) * share))),
  );
  await sendAll(store, count, LANES, platform);
  process.stdout.write('done\n');
  await store.close();
}

if (import.meta.main) {
  const [url = '', platform = '', count = '0'] = process.argv.slice(2);
  await beClient(url, platform, Number(count));
}
