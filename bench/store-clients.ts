import { openRedisStore } from '../adapters/store/redis/store.ts';
import { runAtOnce, sayDone, waitForGo } from '../tests/faults/at-once.ts';
import { delivery, enqueueAll, sendAll } from './store-load.ts';

/** Documents are taken in so many at a time, and each waits for its own alerts to be enqueued. */
const AT_ONCE = 4;
const LANES = 200;

/** Clients in processes of their own enqueue, claim and settle so many deliveries each, all at once. Resolves with the seconds that took. */
export async function sendFromClients(url: string, clients: number, each: number): Promise<number> {
  const { seconds } = await runAtOnce(
    import.meta.filename,
    Array.from({ length: clients }, (_, i) => [url, `bench${i}`, String(each)]),
  );
  return seconds;
}

async function beClient(url: string, platform: string, count: number): Promise<void> {
  const store = await openRedisStore({ url, commandMs: 60_000 });
  const all = Array.from({ length: count }, (_, i) => delivery(i, platform));
  await waitForGo();
  const share = Math.ceil(count / AT_ONCE);
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, i) => enqueueAll(store, all.slice(i * share, (i + 1) * share))),
  );
  await sendAll(store, count, LANES, platform);
  sayDone('sent');
  await store.close();
}

if (import.meta.main) {
  const [url = '', platform = '', count = '0'] = process.argv.slice(2);
  await beClient(url, platform, Number(count));
}
