import type { Store } from '../../../src/ports.ts';
import type { Decision } from '../../../src/delivery/decision.ts';
import type { Argument, Connection } from './connection.ts';
import { byShard, pagesOf, shardOfDigest, shardOfNumber, shardsOf } from './shards.ts';
import { parseStored, wholeMs } from '../stored.ts';

export interface Decisions {
  readonly operations: Pick<Store, 'recordDecisions' | 'decisionsAbout' | 'countDecisions'>;
  record(decisions: readonly Decision[]): Promise<void>;
  /** All decisions, those of one shard in order of recording. */
  walk(): AsyncGenerator<Decision>;
  sweep(before: number): Promise<number>;
}

type RecordReply = readonly [
  number: number,
  group: string,
  tier: Decision['tier'],
  destination: string,
  outcome: Decision['outcome'],
  reason: string,
  deliveryKey: string,
  at: string,
  spans: string,
];
type DecisionReply = readonly [story: string, subscription: string, record: RecordReply];

interface Numbered {
  readonly number: number;
  readonly decision: Decision;
}

const DECISIONS_A_CALL = 200;
const STORIES_A_CALL = 100;

/**
 * Why a story did or did not come. Decisions stand with their story; two lists elsewhere lead to them: the other stories of
 * a group (written before), and what each subscription was given (written after, from the decision that stands).
 */
export function createDecisions(connection: Connection): Decisions {
  const { run, ask, key } = connection;
  const groupKey = (groupId: string): string => key(shardOfDigest('w', groupId), `:g:${groupId}`);
  const countKey = (id: number | string): string => key(shardOfNumber('w', Number(id)), `:c:${id}`);

  async function record(decisions: readonly Decision[]): Promise<void> {
    const joined = new Map(
      decisions
        .filter(({ storyId, groupId }) => String(storyId) !== String(groupId))
        .map(({ storyId, groupId }) => [storyId, groupId]),
    );
    await Promise.all(
      [...joined].map(async ([storyId, groupId]) => ask(async (redis) => redis.zadd(groupKey(groupId), 0, storyId))),
    );
    await Promise.all(
      [...byShard(decisions, ({ storyId }) => shardOfDigest('w', storyId))].map(async ([shard, places]) => {
        for (const page of pagesOf(places, DECISIONS_A_CALL)) {
          await recordPage(
            shard,
            page.flatMap((i) => decisions[i] ?? []),
          );
        }
      }),
    );
  }

  async function recordPage(shard: string, page: readonly Decision[]): Promise<void> {
    const standing = (await run('recordDecisions', shard, page.flatMap(given))) as string[];
    await Promise.all(
      page.map(async ({ storyId, subscriptionId }, i) => {
        const [outcome, at] = [standing[i * 2], standing[i * 2 + 1] ?? '0'];
        if (outcome !== 'queued' && outcome !== 'held') return;
        await ask(async (redis) => redis.zadd(countKey(subscriptionId), Number(at), storyId));
      }),
    );
  }

  async function about(shard: string, storyIds: readonly string[], destination = ''): Promise<Numbered[]> {
    const found = (await run('decisionsAbout', shard, [destination, ...storyIds])) as DecisionReply[];
    return found.map(numbered).sort((a, b) => a.number - b.number);
  }

  async function ofGroup(groupId: string, destination: string | undefined): Promise<Numbered[]> {
    const joined = await ask(async (redis) => redis.zrange(groupKey(groupId), '0', '-1'));
    const storyIds = [...new Set([groupId, ...joined])];
    const shards = byShard(storyIds, (id) => shardOfDigest('w', id));
    const found = await Promise.all(
      [...shards].map(async ([shard, places]) =>
        about(
          shard,
          places.map((i) => storyIds[i] ?? ''),
          destination,
        ),
      ),
    );
    return found.flat().filter(({ decision }) => decision.groupId === groupId);
  }

  /** Forgets one page of old decisions, the lists that lead to them first. */
  async function forget(shard: string, old: readonly (readonly [string, string, string, number])[]): Promise<number> {
    await Promise.all(
      old.flatMap(([story, subscription, group, last]) => [
        ask(async (redis) => redis.zrem(countKey(subscription), story)),
        ...(last === 1 ? [ask(async (redis) => redis.zrem(groupKey(group), story))] : []),
      ]),
    );
    const pairs = old.flatMap(([story, subscription]) => [story, subscription]);
    return Number(await run('forgetDecisions', shard, pairs));
  }

  return {
    record,

    async *walk() {
      for (const shard of shardsOf('w')) {
        const storyIds = await ask(async (redis) => redis.zrange(key(shard, ':o'), '0', '-1'));
        for (const page of pagesOf(storyIds, STORIES_A_CALL)) {
          for (const { decision } of await about(shard, page)) yield decision;
        }
      }
    },

    async sweep(before) {
      let swept = 0;
      for (const shard of shardsOf('w')) {
        for (;;) {
          const old = (await run('oldDecisions', shard, [before, STORIES_A_CALL])) as [
            string,
            string,
            string,
            number,
          ][];
          if (old.length === 0) break;
          swept += await forget(shard, old);
        }
      }
      return swept;
    },

    operations: {
      recordDecisions: record,

      async decisionsAbout(subject, destination) {
        const found =
          'storyId' in subject
            ? await about(shardOfDigest('w', subject.storyId), [subject.storyId], destination)
            : await ofGroup(subject.groupId, destination);
        return found
          .sort((a, b) => a.decision.at - b.decision.at || a.number - b.number)
          .map(({ decision }) => decision);
      },

      async countDecisions(ids, since) {
        return Promise.all(ids.map(async (id) => ask(async (redis) => redis.zcount(countKey(id), since, '+inf'))));
      },
    },
  };
}

function given(decision: Decision): Argument[] {
  const { storyId, subscriptionId, groupId, tier, destination, outcome, reason, deliveryKey, at, spans } = decision;
  return [
    storyId,
    String(subscriptionId),
    groupId,
    tier,
    destination,
    outcome,
    reason,
    deliveryKey,
    String(wholeMs(at)),
    JSON.stringify(spans),
  ];
}

function numbered([storyId, subscription, record]: DecisionReply): Numbered {
  const [number, groupId, tier, destination, outcome, reason, deliveryKey, at, spans] = record;
  return {
    number,
    decision: {
      storyId,
      groupId,
      tier,
      subscriptionId: Number(subscription),
      destination,
      spans: parseStored(spans) as Decision['spans'],
      outcome,
      reason,
      deliveryKey,
      at: Number(at),
    },
  };
}
