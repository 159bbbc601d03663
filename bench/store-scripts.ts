import { Redis } from 'ioredis';
import { openRedisStore } from '../adapters/store/redis/store.ts';
import type { Lane, Store } from '../src/ports.ts';
import { startRedis } from '../tests/servers/redis.ts';
import { delivery, enqueueAll, LEASE_MS, settleLane } from './store-load.ts';

const DELIVERIES = 50_000;
const LANES = 200;
const PER_LANE = 50;

/** What one part of a delivery's way cost so far. */
interface Cost {
  serverSeconds: number;
  clientSeconds: number;
  commands: number;
}

/**
 * What each step of a delivery's way costs a Redis of its one processor, and this process of its own: seconds of processor,
 * not of the wall, so that a machine that does other work too changes little. Commands are those within scripts.
 */
export async function benchRedisScripts(): Promise<void> {
  const server = await startRedis(['--appendfsync', 'everysec']);
  const redis = new Redis(server.url);
  const store = await openRedisStore({ url: server.url, commandMs: 60_000 });
  try {
    console.table(await measureSteps(store, redis));
  } finally {
    await store.close();
    redis.disconnect();
    await server.close();
  }
}

async function measureSteps(store: Store, redis: Redis): Promise<Readonly<Record<string, object>>> {
  const costs = new Map<string, Cost>();

  async function step<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = await spent(redis);
    const result = await act();
    const after = await spent(redis);
    const cost = costs.get(name) ?? { serverSeconds: 0, clientSeconds: 0, commands: 0 };
    cost.serverSeconds += after.serverSeconds - before.serverSeconds;
    cost.clientSeconds += after.clientSeconds - before.clientSeconds;
    cost.commands += after.commands - before.commands;
    costs.set(name, cost);
    return result;
  }

  const all = Array.from({ length: DELIVERIES }, (_, i) => delivery(i));
  await step('enqueue', async () => enqueueAll(store, all));
  for (let settled = 0; settled < DELIVERIES;) {
    const lanes = await step('claim', async () => claim(store));
    await step('settle', async () => Promise.all(lanes.map(async (lane) => settleLane(store, lane))));
    await step('release', async () => Promise.all(lanes.map(async (lane) => store.releaseLane(lane, 0))));
    settled += lanes.reduce((sum, lane) => sum + lane.deliveries.length, 0);
  }
  return Object.fromEntries([...costs].map(([name, cost]) => [name, aDelivery(cost)]));
}

async function claim(store: Store): Promise<readonly Lane[]> {
  const ask = { worker: 'w', platforms: ['slack'], now: Date.now(), lanes: LANES };
  return store.claimLanes({ ...ask, perLane: PER_LANE, leaseMs: LEASE_MS });
}

async function spent(redis: Redis): Promise<Cost> {
  const cpu = await redis.info('cpu');
  const stats = await redis.info('commandstats');
  const read = (name: string): number => Number(new RegExp(`${name}:(\\S+)`, 'u').exec(cpu)?.[1] ?? 0);
  const { user, system } = process.cpuUsage();
  return {
    serverSeconds: read('used_cpu_user') + read('used_cpu_sys'),
    clientSeconds: (user + system) / 1e6,
    commands: [...stats.matchAll(/cmdstat_(?!info|evalsha)\S+:calls=(\d+)/gu)].reduce(
      (sum, [, calls]) => sum + Number(calls),
      0,
    ),
  };
}

function aDelivery({ serverSeconds, clientSeconds, commands }: Cost): object {
  const micros = (seconds: number): number => Math.round((seconds / DELIVERIES) * 1e7) / 10;
  return {
    'server µs a delivery': micros(serverSeconds),
    'client µs a delivery': micros(clientSeconds),
    'commands a delivery': Math.round((commands / DELIVERIES) * 100) / 100,
  };
}

if (import.meta.main) await benchRedisScripts();
