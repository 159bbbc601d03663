import { setTimeout as wait } from 'node:timers/promises';
import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import { StoreError } from '../../../src/ports.ts';
import type { RedisAddress } from './address.ts';
import { createHints, type Topic } from './hints.ts';
import { storeErrorOf } from './redis-error.ts';
import { loadScripts, type ScriptName } from './scripts.ts';

export type Argument = string | number | Buffer;

/** One client of Redis, as the parts of the Store use it. */
export interface Connection {
  /** Connects for the first time; rejects when that cannot be done within `openMs`. */
  readonly open: () => Promise<void>;
  /** Runs a script on what stands under a tag; resolves with its reply, texts as strings. */
  readonly run: (script: ScriptName, tag: string, args: readonly Argument[]) => Promise<unknown>;
  /** The same with texts as bytes. */
  readonly runBytes: (script: ScriptName, tag: string, args: readonly Argument[]) => Promise<unknown>;
  /** Uses the client for plain commands of one key each. */
  readonly ask: <T>(command: (client: Redis) => Promise<T>) => Promise<T>;
  /** The name of a key under a tag: keys of one tag stand in one hash slot. */
  readonly key: (tag: string, name: string) => string;
  /** Runs one operation of the Store, of however many commands; rejects once the connection is being closed. */
  readonly operate: <T>(operation: () => Promise<T>) => Promise<T>;
  /** Nothing more is begun, and nothing is tried again. */
  readonly closing: boolean;
  /** Tells those who watch, in all processes. */
  readonly hint: (topic: Topic) => void;
  readonly watch: (listener: (topic: Topic) => void) => () => void;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly address: RedisAddress;
  /** What all keys begin with: Newshounds with different words share one Redis. */
  readonly prefix: string;
  /** How long the first connection is tried for, how long each may take, and how long an answer (ms). */
  readonly openMs: number;
  readonly connectMs: number;
  readonly commandMs: number;
  /** Told each time the connection is lost, and each time it is there again. */
  readonly onConnection: (state: { readonly connected: boolean; readonly reason: string }) => void;
}

const RECONNECT_MS = 2000;
/** What is under way may take so long when the Store is closed. */
const CLOSE_MS = 400;

export function connect(options: ConnectionOptions): Connection {
  const { prefix } = options;
  const client = openClient(options, { offlineQueue: false });
  const running = new Set<Promise<unknown>>();
  const hints = createHints(`${prefix}:hint`, () => openClient(options, { offlineQueue: true }), publish);
  let closing: Promise<void> | null = null;
  watchState(client, options.onConnection, () => closing !== null);

  async function ask<T>(command: (client: Redis) => Promise<T>): Promise<T> {
    try {
      return await command(client);
    } catch (error) {
      throw storeErrorOf(error);
    }
  }

  /** Tried again until `openMs` have passed, save for a user or a password that is refused. */
  async function open(): Promise<void> {
    const opened = Promise.withResolvers<void>();
    let last: unknown = new Error('connect ETIMEDOUT');
    const keep = (error: unknown): void => {
      last = storeErrorOf(causeOf(error));
      if (last instanceof StoreError && last.code === 'refused') opened.reject(last);
    };
    const timer = setTimeout(() => opened.reject(storeErrorOf(last)), options.openMs);
    client.on('error', keep);
    client.once('ready', opened.resolve);
    client.connect().catch(keep);
    try {
      await opened.promise;
    } finally {
      clearTimeout(timer);
      client.off('error', keep);
    }
  }

  async function operate<T>(operation: () => Promise<T>): Promise<T> {
    if (closing) throw new StoreError('closed', 'The Store is closed');
    const operating = operation();
    running.add(operating);
    try {
      return await operating;
    } finally {
      running.delete(operating);
    }
  }

  async function publish(message: string): Promise<void> {
    await ask(async (redis) => redis.publish(`${prefix}:hint`, message));
  }

  const key = (tag: string, name: string): string => `${prefix}:{${tag}}${name}`;
  type Scripts = Readonly<Record<string, (...given: readonly Argument[]) => Promise<unknown>>>;

  /** What was begun is done first, if Redis answers. */
  async function closeOnce(): Promise<void> {
    const enough = new AbortController();
    const done = Promise.allSettled(running).then(hints.close);
    await Promise.race([done, wait(CLOSE_MS, null, { signal: enough.signal })]);
    enough.abort();
    client.disconnect();
  }

  return {
    open,
    run: async (script, tag, args) =>
      ask(async (redis) => (redis as unknown as Scripts)[script]?.(key(tag, ''), ...args)),
    runBytes: async (script, tag, args) =>
      ask(async (redis) => (redis as unknown as Scripts)[`${script}Buffer`]?.(key(tag, ''), ...args)),
    ask,
    key,
    operate,
    get closing() {
      return closing !== null;
    },
    hint: hints.tell,
    watch: hints.watch,
    close: async () => (closing ??= closeOnce()),
  };
}

/**
 * A client that connects again for ever. Without an offline queue a command is refused at once while there is no connection,
 * and none is sent twice: what was refused has not happened, and who asked decides what to do.
 */
function openClient(options: ConnectionOptions, { offlineQueue }: { readonly offlineQueue: boolean }): Redis {
  const { address, connectMs, commandMs } = options;
  const common = {
    ...(address.username === '' ? {} : { username: address.username }),
    ...(address.password === '' ? {} : { password: address.password }),
    ...(address.tls ? { tls: {} } : {}),
    connectionName: options.prefix,
    connectTimeout: connectMs,
    ...(offlineQueue ? {} : { commandTimeout: commandMs, socketTimeout: commandMs * 2 }),
    blockingTimeout: commandMs,
    maxRetriesPerRequest: offlineQueue ? null : 0,
    autoResendUnfulfilledCommands: offlineQueue,
    // A master that became a replica is left for whoever is master now.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  } satisfies RedisOptions;
  const retry = (times: number): number => Math.min(50 * 2 ** Math.min(times, 10), RECONNECT_MS);
  const scripts = offlineQueue ? {} : loadScripts();

  if (address.kind === 'cluster') {
    return new Cluster([...address.nodes], {
      redisOptions: common,
      clusterRetryStrategy: retry,
      clusterNodeRetryStrategy: retry,
      enableOfflineQueue: offlineQueue,
      slotsRefreshTimeout: commandMs,
      scripts,
      lazyConnect: true,
    } satisfies ClusterOptions) as unknown as Redis;
  }
  return new Redis({
    ...common,
    ...(address.kind === 'sentinel'
      ? { sentinels: [...address.nodes], name: address.group, sentinelRetryStrategy: retry }
      : address.socket === ''
        ? address.nodes[0]
        : { path: address.socket }),
    db: address.database,
    retryStrategy: retry,
    enableOfflineQueue: offlineQueue,
    // Many commands of one turn of the event loop are written at once.
    enableAutoPipelining: !offlineQueue,
    scripts,
    lazyConnect: true,
  });
}

/** A cluster says of its nodes only that none can be used; why stands behind it. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && 'lastNodeError' in error && error.lastNodeError ? error.lastNodeError : error;
}

function watchState(client: Redis, tell: ConnectionOptions['onConnection'], closed: () => boolean): void {
  let connected = false;
  let reason = '';
  // Without a listener an error of the connection would end the process.
  client.on('error', (error: Error) => (reason = error.message));
  client.on('ready', () => {
    connected = true;
    tell({ connected, reason: '' });
  });
  client.on('close', () => {
    if (connected && !closed()) tell({ connected: false, reason });
    connected = false;
  });
}
