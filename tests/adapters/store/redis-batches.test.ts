import { describe, expect, test } from 'vitest';
import { createBatches } from '../../../adapters/store/redis/batches.ts';

/** Calls that are answered when they are told to be. */
function calls(most = 10): {
  add: (shard: string, item: number) => Promise<number>;
  made: { readonly shard: string; readonly items: readonly number[] }[];
  answer: (error?: Error) => Promise<void>;
} {
  const made: { shard: string; items: readonly number[] }[] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  const batches = createBatches<number, number>(async (shard, items) => {
    made.push({ shard, items });
    const answered = Promise.withResolvers<void>();
    waiting.push(answered);
    await answered.promise;
    return items.map((item) => item * 2);
  }, most);
  return {
    add: async (shard, item) => batches.add(shard, item),
    made,
    async answer(error) {
      const first = waiting.shift();
      if (error) first?.reject(error);
      else first?.resolve();
      await new Promise(setImmediate);
    },
  };
}

describe('requests to one shard', () => {
  test('of one turn go in one call, and each has its own answer', async () => {
    const { add, made, answer } = calls();
    const answers = Promise.all([add('a', 1), add('b', 2), add('a', 3)]);
    await new Promise(setImmediate);
    expect(made).toEqual([
      { shard: 'a', items: [1, 3] },
      { shard: 'b', items: [2] },
    ]);
    await answer();
    await answer();
    expect(await answers).toEqual([2, 4, 6]);
  });

  test('that come while a call is under way go with the next, no more than one call has room for', async () => {
    const { add, made, answer } = calls(2);
    const answers = [add('a', 1)];
    await new Promise(setImmediate);
    answers.push(add('a', 2), add('a', 3), add('a', 4));
    for (let i = 0; i < 3; i++) await answer();
    expect(made.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8]);
  });

  test('that fail fail together, and the next do not', async () => {
    const { add, answer } = calls();
    const failed = Promise.allSettled([add('a', 1), add('a', 2)]);
    await new Promise(setImmediate);
    const later = add('a', 3);
    await answer(new Error('cut off'));
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await answer();
    expect(await later).toBe(6);
  });
});
