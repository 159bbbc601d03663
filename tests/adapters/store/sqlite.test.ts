import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../adapters/store/sqlite/store.ts';
import type { Store } from '../../../src/ports.ts';
import { describeStore } from '../../contracts/store.ts';
import type { StoreHarness } from '../../contracts/store/harness.ts';

const CHANGES_KEPT = 40;

/** A store in a folder of its own, with a clock that is set by hand. */
async function openHarness(): Promise<StoreHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'newshound-store-'));
  const clients: Store[] = [];
  let now = Date.UTC(2026, 4, 20, 15, 30);

  async function open(name: string): Promise<Store> {
    const path = join(folder, name);
    const clocks = { now: () => now, steady: () => now };
    const store = await openSqliteStore({ path, synchronous: 'NORMAL', ...clocks, changesKept: CHANGES_KEPT });
    clients.push(store);
    return store;
  }

  return {
    client: async () => open('store.db'),
    another: async () => open(`store-${clients.length}.db`),
    now: () => now,
    async advance(ms) {
      now += ms;
    },
    changesKept: CHANGES_KEPT,
    async close() {
      for (const client of clients) await client.close();
      rmSync(folder, { recursive: true });
    },
  };
}

describeStore('SQLite', openHarness);
