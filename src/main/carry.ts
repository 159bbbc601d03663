import { join } from 'node:path';
import { say } from './say.ts';
import { readSetup, Refused, type Options } from './setup.ts';
import { closing, openStore } from './store.ts';

export async function backup(path: string, options: Options): Promise<void> {
  await using store = closing(await openStore(await readSetup(options, { withFeeds: false })));
  await store.it.backup(path);
  say(`The store is copied to ${path}.`);
}

export async function restore(path: string, options: Options): Promise<void> {
  const setup = await readSetup(options, { withFeeds: false });
  if (setup.secrets.redisUrl !== '') throw new Refused('Redis keeps its own backups; an export can be imported.');
  const { restoreSqliteStore } = await import('../../adapters/store/sqlite/backup.ts');
  await restoreSqliteStore(path, join(setup.data, 'newshound.db'));
  say(`The store is as it was when ${path} was made.`);
}

export async function exportStore(path: string, options: Options): Promise<void> {
  await using store = closing(await openStore(await readSetup(options, { withFeeds: false })));
  const { writeDump } = await import('../../adapters/store/dump-file.ts');
  say(`${await writeDump(path, store.it.dump())} records are written to ${path}.`);
}

export async function importStore(path: string, options: Options): Promise<void> {
  await using store = closing(await openStore(await readSetup(options, { withFeeds: false })));
  const { readDump } = await import('../../adapters/store/dump-file.ts');
  say(`${await store.it.load(readDump(path))} records are read from ${path}.`);
}
