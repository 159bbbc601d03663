import { afterAll, beforeAll, describe } from 'vitest';
import { describeStore } from '../../contracts/store.ts';
import { startRedisCluster, type RedisCluster } from '../../servers/redis-cluster.ts';
import { skipWithoutRedis, unlessMissing } from '../../servers/redis.ts';
import { redisHarness } from './redis-harness.ts';

describe.skipIf(skipWithoutRedis)(`a Redis Cluster${unlessMissing}`, () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await startRedisCluster();
  }, 60_000);

  afterAll(async () => {
    await cluster.close();
  });

  describeStore(
    'Redis Cluster',
    redisHarness(() => cluster.url),
  );
});
