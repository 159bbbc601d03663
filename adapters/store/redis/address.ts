import { isIP } from 'node:net';
import { StoreError } from '../../../src/ports.ts';

export interface Node {
  readonly host: string;
  readonly port: number;
}

/** Where Redis is, read from `REDIS_URL`. */
export interface RedisAddress {
  readonly kind: 'single' | 'cluster' | 'sentinel';
  readonly nodes: readonly [Node, ...Node[]];
  /** A Unix socket instead of a host and port; '' for none. */
  readonly socket: string;
  readonly tls: boolean;
  readonly username: string;
  readonly password: string;
  readonly database: number;
  /** The name by which the sentinels know the group; '' without sentinels. */
  readonly group: string;
}

const DEFAULT_PORTS = { single: 6379, cluster: 6379, sentinel: 26379 } as const;
const URL_FORM = /^(rediss?)(?:\+(cluster|sentinel|socket))?:\/\/(?:([^@/]*)@)?([^/?]*)(\/[^?]*)?(?:\?(.*))?$/u;

/**
 * Reads an address: `redis://user:password@host:6379/0`, `rediss://` over TLS, `redis+cluster://host,host` (or simply several
 * hosts), `redis+sentinel://host,host/name/0`, `redis+socket:///path?db=0`.
 * @throws StoreError `bad_address`, without the password in it
 */
export function readAddress(url: string): RedisAddress {
  const match = URL_FORM.exec(url.trim());
  if (!match) throw badAddress('it does not begin with redis://, rediss://, redis+cluster:// or redis+sentinel://');
  const [, protocol, given, user = '', hosts = '', path = '', query = ''] = match;
  const [username = '', ...password] = user.split(':');
  const common = {
    tls: protocol === 'rediss',
    username: decode(username),
    password: decode(password.join(':')),
  };
  if (given === 'socket') {
    if (path.length < 2) throw badAddress('redis+socket:// needs the path of the socket');
    const database = readDatabase(new URLSearchParams(query).get('db') ?? '');
    return { ...common, kind: 'single', nodes: [{ host: '', port: 0 }], socket: decode(path), database, group: '' };
  }
  const kind = given === 'cluster' || given === 'sentinel' ? given : hosts.includes(',') ? 'cluster' : 'single';
  const [first, ...others] = hosts.split(',').map((host) => readNode(host, DEFAULT_PORTS[kind]));
  if (!first) throw badAddress('it names no host');
  const steps = path.split('/').filter((step) => step !== '');
  const group = kind === 'sentinel' ? (steps.shift() ?? 'mymaster') : '';
  const database = readDatabase(steps.shift() ?? '');
  if (steps.length > 0) throw badAddress('there is too much behind the host');
  if (kind === 'cluster' && database !== 0) throw badAddress('a cluster has database 0 only');
  return { ...common, kind, nodes: [first, ...others], socket: '', database, group };
}

/** An address as it may be shown: without user and password. */
export function showAddress({ kind, nodes, socket, database, group }: RedisAddress): string {
  if (socket !== '') return socket;
  const hosts = nodes.map(({ host, port }) => (isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`)).join(', ');
  if (kind === 'cluster') return `the cluster at ${hosts}`;
  const at = kind === 'sentinel' ? `${group}, by the sentinels at ${hosts}` : hosts;
  return database === 0 ? at : `${at}, database ${database}`;
}

function readNode(text: string, defaultPort: number): Node {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/u.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  if (host === undefined || port < 1 || port > 65_535) throw badAddress('a host is not of the form host:port');
  return { host, port };
}

function readDatabase(text: string): number {
  if (text === '') return 0;
  if (!/^\d{1,4}$/u.test(text)) throw badAddress('the database is not a number');
  return Number(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw badAddress('a % in it is not followed by two hex digits');
  }
}

function badAddress(why: string): StoreError {
  return new StoreError('bad_address', `REDIS_URL cannot be read: ${why}`);
}
