/** Puts single requests to one shard together: what comes while a call is under way goes with the next. */
export interface Batches<T, R> {
  add(shard: string, item: T): Promise<R>;
}

interface Waiting<T, R> {
  readonly item: T;
  readonly answered: PromiseWithResolvers<R>;
}

/**
 * @param send makes one call; resolves with an answer to each item, in order
 * @param most items of one call
 */
export function createBatches<T, R>(
  send: (shard: string, items: readonly T[]) => Promise<readonly R[]>,
  most: number,
): Batches<T, R> {
  const waiting = new Map<string, Waiting<T, R>[]>();

  async function work(shard: string, queue: Waiting<T, R>[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, most);
      try {
        const answers = await send(
          shard,
          batch.map(({ item }) => item),
        );
        for (const [i, { answered }] of batch.entries()) answered.resolve(answers[i] as R);
      } catch (error) {
        for (const { answered } of batch) answered.reject(error);
      }
    }
    waiting.delete(shard);
  }

  return {
    async add(shard, item) {
      const answered = Promise.withResolvers<R>();
      const queue = waiting.get(shard);
      if (queue) {
        queue.push({ item, answered });
        return answered.promise;
      }
      const begun = [{ item, answered }];
      waiting.set(shard, begun);
      // Not at once: whatever else is asked for in this turn goes along.
      queueMicrotask(() => void work(shard, begun));
      return answered.promise;
    },
  };
}
