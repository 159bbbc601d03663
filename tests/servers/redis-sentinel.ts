import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';
import { startRedis, type RedisServer } from './redis.ts';

/** A master with a replica, and a sentinel that puts the replica in its place when it dies. */
export interface RedisGroup {
  readonly url: string;
  readonly master: RedisServer;
  close(): Promise<void>;
}

const NAME = 'news';
const READY_MS = 15_000;

export async function startRedisGroup(): Promise<RedisGroup> {
  const master = await startRedis();
  const replica = await startRedis(['--replicaof', `127.0.0.1 ${master.port}`]);
  const folder = await mkdtemp(join(tmpdir(), 'newshound-sentinel-'));
  const port = await freePort();
  const config = join(folder, 'sentinel.conf');
  await writeFile(
    config,
    [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${folder}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${master.port} 1`,
      `sentinel down-after-milliseconds ${NAME} 500`,
      `sentinel failover-timeout ${NAME} 3000`,
    ].join('\n'),
  );
  const sentinel = spawn('redis-server', [config, '--sentinel'], { stdio: 'ignore' });
  await knowsReplica(port);

  return {
    url: `redis+sentinel://127.0.0.1:${port}/${NAME}`,
    master,
    async close() {
      const ended = once(sentinel, 'exit');
      sentinel.kill('SIGKILL');
      await ended;
      await master.close();
      await replica.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until the sentinel could put the replica in the master's place: it knows it, and the replica is in step. */
async function knowsReplica(port: number): Promise<void> {
  const client = new Redis({ port, host: '127.0.0.1', retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  try {
    const until = performance.now() + READY_MS;
    for (;;) {
      const [known] = (await client.call('SENTINEL', 'REPLICAS', NAME)) as string[][];
      if (known?.[known.indexOf('master-link-status') + 1] === 'ok') return;
      if (performance.now() > until) throw new Error('The sentinel does not know the replica');
      await wait(100);
    }
  } finally {
    client.disconnect();
  }
}
