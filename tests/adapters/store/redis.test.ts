import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadScripts } from '../../../adapters/store/redis/scripts.ts';
import { describeStore } from '../../contracts/store.ts';
import { skipWithoutRedis, startRedis, unlessMissing, type RedisServer } from '../../servers/redis.ts';
import { PREFIX, redisHarness } from './redis-harness.ts';
import { followScripts, type ScriptKeys } from './script-keys.ts';

describe.skipIf(skipWithoutRedis)(`one Redis${unlessMissing}`, () => {
  let server: RedisServer;
  let scripts: ScriptKeys;

  beforeAll(async () => {
    server = await startRedis();
    scripts = await followScripts(server.url, PREFIX);
  });

  afterAll(async () => {
    scripts.stop();
    await server.close();
  });

  describeStore(
    'Redis',
    redisHarness(() => server.url),
  );

  test('each script used keys of one hash slot, and each was used', () => {
    expect(scripts.mixed).toEqual([]);
    expect([...scripts.called].sort()).toEqual(Object.keys(loadScripts()).sort());
    expect([...scripts.untagged].filter((key) => !key.endsWith(':hint'))).toEqual([]);
  });
});
