import type { Store } from '../../../src/ports.ts';
import type { Subscription } from '../../../src/subscription/subscription.ts';
import type { Argument, Connection } from './connection.ts';
import { pagesOf } from './shards.ts';
import { parseStored, wholeMs } from '../stored.ts';

export interface Subscriptions {
  readonly operations: Pick<
    Store,
    | 'putSubscriptions'
    | 'getSubscriptions'
    | 'subscriptionsAt'
    | 'subscriptionsOf'
    | 'listSubscriptions'
    | 'changes'
    | 'changesPosition'
  >;
  /** All, the removed ones too, by id. */
  walk(): AsyncGenerator<Subscription>;
  count(): Promise<number>;
  sweep(before: number): Promise<number>;
}

/** One log of changes, one tag. */
const TAG = 'u';
const SUBSCRIPTIONS_A_CALL = 500;

/** What members asked for, and the log of its changes that every matcher follows. */
export function createSubscriptions(connection: Connection, changesKept: number): Subscriptions {
  const { run, ask, key } = connection;

  async function counter(name: ':n' | ':c'): Promise<number> {
    return Number((await ask(async (redis) => redis.get(key(TAG, name)))) ?? 0);
  }

  /** Gives each of id 0 the next number: taken before it is written, so that no number is given twice. */
  async function numbered(subscriptions: readonly Subscription[]): Promise<readonly Subscription[]> {
    const fresh = subscriptions.filter(({ id }) => id === 0).length;
    if (fresh === 0) return subscriptions;
    let next = (await ask(async (redis) => redis.incrby(key(TAG, ':n'), fresh))) - fresh;
    return subscriptions.map((one) => (one.id === 0 ? { ...one, id: ++next } : one));
  }

  async function getSubscriptions(ids: readonly number[]): Promise<(Subscription | null)[]> {
    const found: (Subscription | null)[] = [];
    for (const page of pagesOf(ids, SUBSCRIPTIONS_A_CALL)) {
      const texts = await ask(async (redis) => redis.hmget(key(TAG, ':s'), ...page.map(String)));
      found.push(...texts.map((text) => (text === null ? null : storedSubscription(text))));
    }
    return found;
  }

  return {
    async *walk() {
      const last = await counter(':n');
      for (let first = 1; first <= last; first += SUBSCRIPTIONS_A_CALL) {
        const ids = Array.from({ length: Math.min(SUBSCRIPTIONS_A_CALL, last - first + 1) }, (_, i) => first + i);
        for (const subscription of await getSubscriptions(ids)) if (subscription) yield subscription;
      }
    },

    count: async () => ask(async (redis) => redis.zcard(key(TAG, ':live'))),

    async sweep(before) {
      let swept = 0;
      for (;;) {
        const step = Number(await run('sweepSubscriptions', TAG, [before, SUBSCRIPTIONS_A_CALL]));
        swept += step;
        if (step < SUBSCRIPTIONS_A_CALL) return swept;
      }
    },

    operations: {
      getSubscriptions,

      async putSubscriptions(subscriptions) {
        const written = await numbered(subscriptions);
        for (const page of pagesOf(written, SUBSCRIPTIONS_A_CALL)) {
          await run('putSubscriptions', TAG, [changesKept, ...page.flatMap(given)]);
        }
        connection.hint('subscriptions');
        return written;
      },

      async subscriptionsAt(destination) {
        const found = (await run('findSubscriptions', TAG, ['at', lineOf(destination)])) as string[];
        return found.map(storedSubscription);
      },

      async subscriptionsOf(owner) {
        const found = (await run('findSubscriptions', TAG, ['of', lineOf(owner)])) as string[];
        return found.map(storedSubscription);
      },

      async listSubscriptions(after, limit) {
        return ((await run('listSubscriptions', TAG, [after, limit])) as string[]).map(storedSubscription);
      },

      async changes(after, limit) {
        const found = (await run('readChanges', TAG, [after, limit])) as string[] | null;
        if (found === null) return null;
        const changes = [];
        for (let i = 0; i < found.length; i += 2) {
          changes.push({ seq: Number(found[i]), subscription: subscriptionOf(found[i + 1] ?? '') });
        }
        return { changes, position: changes.at(-1)?.seq ?? after };
      },

      changesPosition: async () => counter(':c'),
    },
  };
}

function given(subscription: Subscription): Argument[] {
  const { id, destination, owner, state, removedAt } = subscription;
  const removed = removedAt === null ? '' : wholeMs(removedAt);
  return [id, lineOf(destination), lineOf(owner), state, removed, JSON.stringify(subscription)];
}

/** A text as one line, whatever is in it. */
function lineOf(text: string): string {
  return JSON.stringify(text);
}

/** A subscription behind the lines that the scripts file it by. */
function storedSubscription(text: string): Subscription {
  return subscriptionOf(text.slice(text.indexOf('\n', text.indexOf('\n') + 1) + 1));
}

function subscriptionOf(text: string): Subscription {
  return parseStored(text) as Subscription;
}
