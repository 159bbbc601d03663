import type { Store } from '../../../src/ports.ts';
import type { Delivery, DeliveryRecord } from '../../../src/delivery/delivery.ts';
import { createBatches } from './batches.ts';
import type { Connection } from './connection.ts';
import { deliveryArguments, deliveryRecordOf, letterOf, storyIdsIn, type RecordReply } from './delivery-record.ts';
import { pagesOf, laneShard, shardsOf } from './shards.ts';
import { wholeMs } from '../stored.ts';

export interface Deliveries {
  readonly operations: Pick<Store, 'enqueue' | 'getDeliveries' | 'findPosted' | 'listDeliveries'>;
  /** Writes a record as it was elsewhere. */
  restore(record: DeliveryRecord): Promise<void>;
  /** All records, those of one shard in order of enqueueing. */
  walk(): AsyncGenerator<DeliveryRecord>;
  depths(now: number): Promise<{
    readonly queued: number;
    readonly dead: number;
    readonly oldestDueDelivery: number | null;
  }>;
  sweep(before: number): Promise<number>;
}

const DELIVERIES_A_CALL = 100;
const PLACES_A_CALL = 50;

/** What is to be sent, one lane a destination. */
export function createDeliveries(connection: Connection): Deliveries {
  const { run, runBytes, ask, key } = connection;
  const enqueueing = createBatches<Delivery, string>(
    async (shard, deliveries) => (await run('enqueue', shard, deliveries.flatMap(deliveryArguments))) as string[],
    DELIVERIES_A_CALL,
  );

  async function* placesOf(shard: string): AsyncGenerator<readonly string[]> {
    let cursor = '0';
    do {
      const from = cursor;
      const [next, places] = await ask(async (redis) =>
        redis.sscan(key(shard, ':places'), from, 'COUNT', PLACES_A_CALL),
      );
      yield places;
      cursor = next;
    } while (cursor !== '0');
  }

  async function readAll(shard: string, keys: readonly string[]): Promise<(DeliveryRecord | null)[]> {
    const found = (await runBytes('readDeliveries', shard, keys)) as (RecordReply | null)[];
    return found.map((reply) => (reply ? deliveryRecordOf(reply) : null));
  }

  return {
    async restore({ delivery, state, attempts, ambiguous, reason, remoteId, settledAt, boundTo }) {
      const told = state === 'sent' ? remoteId : reason;
      const settled = settledAt === null ? -1 : wholeMs(settledAt);
      const history = [letterOf(state), attempts, ambiguous ? 1 : 0, told, settled, boundTo];
      await run('restoreDelivery', laneShard(delivery.destination), [...deliveryArguments(delivery), ...history]);
    },

    async *walk() {
      for (const shard of shardsOf('d')) {
        const members = new Set<string>();
        for await (const places of placesOf(shard)) {
          if (places.length === 0) continue;
          for (const member of (await run('walkDeliveries', shard, places)) as string[]) members.add(member);
        }
        // The sequence stands first: the members of a digest come before it.
        const keys = [...members].sort().map((member) => member.slice(9));
        for (const page of pagesOf(keys, DELIVERIES_A_CALL)) {
          for (const record of await readAll(shard, page)) if (record) yield record;
        }
      }
    },

    async depths(now) {
      const all = await Promise.all(
        shardsOf('d').map(
          async (shard) => (await run('deliveryDepths', shard, [now])) as readonly (string | number | null)[],
        ),
      );
      const oldest = all.flatMap(([, , at]) => (at === null || at === undefined ? [] : Number(at)));
      return {
        queued: all.reduce((sum, [queued]) => sum + Number(queued), 0),
        dead: all.reduce((sum, [, dead]) => sum + Number(dead), 0),
        oldestDueDelivery: oldest.length === 0 ? null : Math.min(...oldest),
      };
    },

    async sweep(before) {
      let swept = 0;
      for (const shard of shardsOf('d')) {
        for await (const places of placesOf(shard)) {
          for (let step = DELIVERIES_A_CALL; step >= DELIVERIES_A_CALL && places.length > 0;) {
            step = Number(await run('sweepDeliveries', shard, [before, DELIVERIES_A_CALL, ...places]));
            swept += step;
          }
        }
      }
      return swept;
    },

    operations: {
      async enqueue(deliveries) {
        const known = await Promise.all(
          deliveries.map(async (delivery) => enqueueing.add(laneShard(delivery.destination), delivery)),
        );
        if (deliveries.length > 0) connection.hint('deliveries');
        return deliveries.map((delivery, i) => answerTo(delivery, known[i] ?? ''));
      },

      async getDeliveries(keys) {
        // A key does not tell its destination: every shard is asked, and one knows it.
        const found: (DeliveryRecord | null)[] = keys.map(() => null);
        if (keys.length === 0) return found;
        await Promise.all(
          shardsOf('d').map(async (shard) => {
            for (const [i, record] of (await readAll(shard, keys)).entries()) if (record) found[i] = record;
          }),
        );
        return found;
      },

      async findPosted(destination, remoteId) {
        if (remoteId === '') return null;
        const reply = (await runBytes('findPosted', laneShard(destination), [
          destination,
          remoteId,
        ])) as RecordReply | null;
        return reply ? deliveryRecordOf(reply) : null;
      },

      async listDeliveries(destination, state, limit) {
        const shard = laneShard(destination);
        const replies = (await runBytes('listDeliveries', shard, [
          destination,
          letterOf(state),
          limit,
        ])) as (RecordReply | null)[];
        return replies.flatMap((reply) => (reply ? deliveryRecordOf(reply) : []));
      },
    },
  };
}

/** @param known what stands behind the first such delivery; '' when this is the first */
function answerTo(
  { storyIds }: Delivery,
  known: string,
): { readonly fresh: boolean; readonly storyIds: readonly string[] } {
  return known === '' ? { fresh: true, storyIds } : { fresh: false, storyIds: storyIdsIn(known) };
}
