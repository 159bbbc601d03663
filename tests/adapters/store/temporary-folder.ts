import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openSqliteStore, type SqliteStoreOptions } from '../../../adapters/store/sqlite/store.ts';
import type { Store } from '../../../src/ports.ts';

/** A path in a folder of its own that goes with the running test. */
export function temporaryPath(name = 'store.db'): string {
  const folder = mkdtempSync(join(tmpdir(), 'newshound-sqlite-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

/** A store that is closed with the running test. */
export async function openForTest(path: string, options: Partial<SqliteStoreOptions> = {}): Promise<Store> {
  const store = await openSqliteStore({ path, synchronous: 'NORMAL', ...options });
  onTestFinished(async () => store.close());
  return store;
}
