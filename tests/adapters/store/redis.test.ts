import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe } from 'vitest';
import { openRedisStore } from '../../../adapters/store/redis/store.ts';
import type { Store } from '../../../src/ports.ts';
import { describeStore } from '../../contracts/store.ts';
import type { StoreHarness } from '../../contracts/store/harness.ts';
import { skipWithoutRedis, startRedis, unlessMissing, type RedisServer } from '../../servers/redis.ts';

const CHANGES_KEPT = 40;

describe.skipIf(skipWithoutRedis)(`one Redis${unlessMissing}`, () => {
  let server: RedisServer;
  let stores = 0;

  beforeAll(async () => {
    server = await startRedis();
  });

  afterAll(async () => {
    await server.close();
  });

  /** A store under a prefix of its own, with the server's clock. */
  async function openHarness(): Promise<StoreHarness> {
    const clients: Store[] = [];
    const prefix = `s${stores++}`;

    async function open(name: string): Promise<Store> {
      const store = await openRedisStore({ url: server.url, prefix: name, changesKept: CHANGES_KEPT });
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
  }

  describeStore('Redis', openHarness);
});
