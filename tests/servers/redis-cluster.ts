import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startRedis, type RedisServer } from './redis.ts';

/** A Redis Cluster of real nodes on the loopback: three masters, each with a replica. */
export interface RedisCluster {
  readonly url: string;
  readonly nodes: readonly RedisServer[];
  close(): Promise<void>;
}

const NODES = 6;

export async function startRedisCluster(): Promise<RedisCluster> {
  const settings = [
    '--cluster-enabled',
    'yes',
    '--cluster-node-timeout',
    '2000',
    '--cluster-config-file',
    'nodes.conf',
  ];
  const nodes = await Promise.all(Array.from({ length: NODES }, async () => startRedis(settings)));
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`);
  const create = ['--cluster', 'create', ...hosts, '--cluster-replicas', '1', '--cluster-yes'];
  await promisify(execFile)('redis-cli', create);
  return {
    url: `redis://${hosts.join(',')}`,
    nodes,
    async close() {
      await Promise.all(nodes.map(async (node) => node.close()));
    },
  };
}
