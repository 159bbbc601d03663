import { join } from 'node:path';
import type { Logger } from '../log.ts';
import type { Store } from '../ports.ts';
import { say } from './say.ts';
import type { Setup } from './setup.ts';

/** The shared Store where there is an address for it, else the embedded one. */
export async function openStore(setup: Setup, log?: Logger): Promise<Store> {
  if (setup.secrets.redisUrl !== '') return openShared(setup, log);
  const { settings, data } = setup;
  const { openSqliteStore } = await import('../../adapters/store/sqlite/store.ts');
  return openSqliteStore({ path: join(data, 'newshound.db'), synchronous: settings.store.synchronous });
}

async function openShared({ settings: { store }, secrets }: Setup, log?: Logger): Promise<Store> {
  const { openRedisStore } = await import('../../adapters/store/redis/store.ts');
  return openRedisStore({
    url: secrets.redisUrl,
    prefix: store.redisPrefix,
    unsafe: store.redisUnsafe,
    connectMs: store.redisTimeoutSeconds * 1000,
    commandMs: store.redisTimeoutSeconds * 1000,
    onFound({ where, version, nodes, problems }) {
      if (!log) say(`redis      version ${version} at ${where}${nodes > 1 ? `, ${nodes} nodes` : ''}`);
      for (const problem of problems) {
        if (log) log.warn({ where, problem }, 'Redis may lose what it is given');
        else say(`redis      not safe: ${problem}`);
      }
    },
    onConnection({ connected, reason }) {
      if (connected) log?.info('connected to Redis');
      else log?.error({ reason }, 'the connection to Redis is lost; it is tried again until it is back');
    },
  });
}

/** For `await using`: closed when the block is left, however that comes about. */
export function closing<T extends { close(): Promise<void> }>(it: T): { readonly it: T } & AsyncDisposable {
  return {
    it,
    async [Symbol.asyncDispose]() {
      await it.close();
    },
  };
}
