import { Cluster, type Redis } from 'ioredis';

/** What a Redis said of itself at the start. */
export interface RedisFindings {
  /** Of the server with the lowest version. */
  readonly version: string;
  readonly nodes: number;
  /** What would lose or throw out data, in words; empty when all is right. */
  readonly problems: readonly string[];
}

const LOWEST_VERSION = 7;

/** Looks whether a Redis keeps what it is given: every master of a cluster is asked. */
export async function inspectRedis(client: Redis | Cluster): Promise<RedisFindings> {
  const nodes = client instanceof Cluster ? client.nodes('master') : [client];
  const told = await Promise.all(nodes.map(async (node) => readInfo(await node.info())));
  const versions = told.map((info) => info.get('redis_version') ?? '').sort((a, b) => majorOf(a) - majorOf(b));
  return {
    version: versions[0] ?? '',
    nodes: nodes.length,
    problems: [...new Set(told.flatMap(problemsOf))],
  };
}

function problemsOf(info: ReadonlyMap<string, string>): string[] {
  const problems: string[] = [];
  const version = info.get('redis_version') ?? '';
  if (majorOf(version) < LOWEST_VERSION) problems.push(`its version is ${version}, 7.0 is needed`);
  if (info.get('aof_enabled') === '0') {
    problems.push('appendonly is no: a crash of Redis loses what was written since its last snapshot');
  }
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction')
    problems.push(`maxmemory-policy is ${policy}: when memory is short, alerts are thrown out`);
  if (info.get('role') === 'slave') problems.push('it is a replica, which cannot be written');
  return problems;
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10) || 0;
}

/** The answer to INFO: `name:value` lines under headings. */
function readInfo(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\r\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1)];
    }),
  );
}
