import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadScripts } from '../../../adapters/store/redis/scripts.ts';
import { openRedisStore } from '../../../adapters/store/redis/store.ts';
import type { Store } from '../../../src/ports.ts';
import { describeStore } from '../../contracts/store.ts';
import type { StoreHarness } from '../../contracts/store/harness.ts';
import { followScripts, type ScriptKeys } from './script-keys.ts';
import { skipWithoutRedis, startRedis, unlessMissing, type RedisServer } from '../../servers/redis.ts';

const CHANGES_KEPT = 40;
const PREFIX = 'store-';

describe.skipIf(skipWithoutRedis)(`one Redis${unlessMissing}`, () => {
  let server: RedisServer;
  let scripts: ScriptKeys;
  let stores = 0;

  beforeAll(async () => {
    server = await startRedis();
    scripts = await followScripts(server.url, PREFIX);
  });

  afterAll(async () => {
    scripts.stop();
    await server.close();
  });

  /** A store under a prefix of its own, with the server's clock. */
  async function openHarness(): Promise<StoreHarness> {
    const clients: Store[] = [];
    const prefix = `${PREFIX}${stores++}`;

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

  test('each script used keys of one hash slot, and each was used', () => {
    expect(scripts.mixed).toEqual([]);
    expect([...scripts.called].sort()).toEqual(Object.keys(loadScripts()).sort());
    expect([...scripts.untagged].filter((key) => !key.endsWith(':hint'))).toEqual([]);
  });
});
