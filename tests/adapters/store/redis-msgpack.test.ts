import { describe, expect, onTestFinished, test } from 'vitest';
import { Redis } from 'ioredis';
import { unpack } from '../../../adapters/store/redis/msgpack.ts';
import { skipWithoutRedis, startRedis, unlessMissing } from '../../servers/redis.ts';

describe.skipIf(skipWithoutRedis)(`what scripts pack${unlessMissing}`, () => {
  test('is unpacked as it was, and what stands behind it is found', async () => {
    const server = await startRedis();
    const redis = new Redis(server.url);
    onTestFinished(async () => {
      redis.disconnect();
      await server.close();
    });
    const numbers = [0, 1, 127, 128, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, 1_700_000_000_000];
    const texts = ['', 'ascii', 'Zürich 東京', 'x'.repeat(31), 'x'.repeat(32), 'x'.repeat(300), 'x'.repeat(70_000)];
    const script = `
      local texts, numbers, longer = {}, {}, {}
      for i = 1, tonumber(ARGV[1]) do texts[i] = ARGV[i + 1] end
      for i = ARGV[1] + 2, #ARGV do numbers[#numbers + 1] = tonumber(ARGV[i]) end
      for i = 1, 20 do longer[i] = i end
      return cmsgpack.pack({ texts, numbers, longer, {}, { {} } }) .. 'behind'`;
    const packed = (await redis.callBuffer('EVAL', script, 0, texts.length, ...texts, ...numbers)) as Buffer;
    const longer = Array.from({ length: 20 }, (_, i) => i + 1);
    const { value, end } = unpack(packed);
    expect(value).toEqual([texts, numbers, longer, [], [[]]]);
    expect(packed.subarray(end).toString()).toBe('behind');
  });
});

test('what is cut off or something else is said to be damaged', () => {
  for (const bytes of ['', '92', '9201', 'a5616263', 'da0003616263'.slice(0, 8), 'c0', '8101', 'cb00']) {
    expect(() => unpack(Buffer.from(bytes, 'hex'))).toThrow('cannot be read');
  }
});
