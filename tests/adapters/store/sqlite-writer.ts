import { openSqliteStore } from '../../../adapters/store/sqlite/store.ts';
import { claimAll, delivery, entry, feed, id, leaseAll, newFeedState, outcome } from '../../contracts/store/samples.ts';

/**
 * A process to be killed: writes to the store at a path from a number on, and says each number once all of it is acknowledged.
 * Ends by itself after a while.
 */
const [path = '', from = '1'] = process.argv.slice(2);
const store = await openSqliteStore({ path, synchronous: 'NORMAL' });
await store.putFeeds([feed(1)], newFeedState(0));
const until = performance.now() + 10_000;

async function write(number: number): Promise<void> {
  const now = Date.now();
  const { position } = await store.readLog(Number.MAX_SAFE_INTEGER, 1);
  const one = delivery(`d${number}`, now);
  const [appended] = await Promise.all([
    store.appendStories(position, [entry(number)]),
    store.enqueue([one]),
    store.putDocument('number', String(number), number, null),
  ]);
  if (!appended) throw new Error('Somebody else appended');
  const [lease] = await leaseAll(store, now);
  if (lease) {
    const { state, ...rest } = outcome(lease, now, [[id(number), id(number)]]);
    await store.commitFetch(lease, { ...rest, state: { ...state, nextAt: 0 } });
  }
  const [lane] = await claimAll(store, now);
  if (lane) await store.settle(lane, one.key, { kind: 'sent', remoteId: `m${number}`, at: now }, 1000);
  if (lane) await store.releaseLane(lane, 0);
  process.stdout.write(`${number} ${lease ? 'fetched' : ''} ${lane ? 'sent' : ''}\n`);
}

for (let number = Number(from); performance.now() < until; number++) await write(number);
