import { setTimeout as wait } from 'node:timers/promises';
import { openRedisStore } from '../../../adapters/store/redis/store.ts';
import type { Store } from '../../../src/ports.ts';
import type { OpenHarness } from '../../contracts/store/harness.ts';

const CHANGES_KEPT = 40;

/** What all keys of these harnesses begin with. */
export const PREFIX = 'store-';

/** Gives each test a store under a prefix of its own in one Redis, with the server's clock. */
export function redisHarness(url: () => string): OpenHarness {
  let stores = 0;

  return async () => {
    const clients: Store[] = [];
    const prefix = `${PREFIX}${stores++}`;

    async function open(name: string): Promise<Store> {
      const store = await openRedisStore({ url: url(), prefix: name, changesKept: CHANGES_KEPT });
      clients.push(store);
      return store;
    }

    return {
      client: async () => open(prefix),
      another: async () => open(`${prefix}-${clients.length}`),
      now: () => Date.now(),
      advance: async (ms) => wait(ms),
      changesKept: CHANGES_KEPT,
      async close() {
        for (const client of clients) await client.close();
      },
    };
  };
}
