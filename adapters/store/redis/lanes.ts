import { setTimeout as wait } from 'node:timers/promises';
import type { Lane, Settlement, Store } from '../../../src/ports.ts';
import { createBatches } from './batches.ts';
import type { Argument, Connection } from './connection.ts';
import { deliveryArguments, deliveryRecordOf, type RecordReply } from './delivery-record.ts';
import { isPassing } from './redis-error.ts';
import { byShard, laneShard, pagesOf, shardsOf } from './shards.ts';
import { wholeMs } from '../stored.ts';

type LaneReply = readonly [destination: Buffer, token: Buffer, deliveries: readonly Buffer[]];
type ClaimAsk = Parameters<Store['claimLanes']>[0];

const SETTLE_AGAIN_MS = 250;
const SETTLEMENTS_A_CALL = 50;

/** Lanes lent to workers. Each lease has a token of its own; whoever lost it can change nothing any more. */
export function createLanes(connection: Connection): Pick<Store, 'claimLanes' | 'settle' | 'rollUp' | 'releaseLane'> {
  const { run, runBytes } = connection;
  const settling = createBatches<readonly Argument[], number>(
    async (shard, settlements) => (await run('settle', shard, settlements.flat())) as number[],
    SETTLEMENTS_A_CALL,
  );

  /** The destinations of all shards that have been ready longest. */
  async function readyLanes({ platforms, now, lanes }: ClaimAsk): Promise<readonly string[]> {
    const found = await Promise.all(
      shardsOf('d').map(async (shard) => (await run('readyLanes', shard, [now, lanes, ...platforms])) as string[]),
    );
    const ready: { readonly destination: string; readonly since: number }[] = [];
    for (const flat of found) {
      for (let i = 0; i < flat.length; i += 2) ready.push({ destination: flat[i] ?? '', since: Number(flat[i + 1]) });
    }
    return ready
      .sort((a, b) => a.since - b.since)
      .slice(0, lanes)
      .map(({ destination }) => destination);
  }

  async function claim(destinations: readonly string[], ask: ClaimAsk): Promise<readonly Lane[]> {
    const lent = await Promise.all(
      [...byShard(destinations, laneShard)].map(async ([shard, places]) => {
        const asked = places.map((i) => destinations[i] ?? '');
        return (await runBytes('claimLanes', shard, [ask.now, ask.leaseMs, ask.perLane, ...asked])) as LaneReply[];
      }),
    );
    const order = new Map(destinations.map((destination, i) => [destination, i]));
    return lent
      .flat()
      .map(laneOf)
      .sort((a, b) => (order.get(a.destination) ?? 0) - (order.get(b.destination) ?? 0));
  }

  return {
    async claimLanes(ask) {
      if (ask.lanes <= 0 || ask.platforms.length === 0) return [];
      for (;;) {
        const destinations = await readyLanes(ask);
        if (destinations.length === 0) return [];
        // Between the look and the claim others may have taken them all: then there may be further ones.
        const lanes = await claim(destinations, ask);
        if (lanes.length > 0) return lanes;
      }
    },

    async settle(lane, key, settlement, leaseMs) {
      const { destination, token } = lane;
      const given = [destination, token, leaseMs, key, ...settlementArguments(settlement)];
      for (;;) {
        try {
          return (await settling.add(laneShard(destination), given)) === 1;
        } catch (error) {
          // The message stands: were this forgotten, it would be posted again. The token keeps a late word harmless.
          if (!isPassing(error) || connection.closing) throw error;
          await wait(SETTLE_AGAIN_MS);
        }
      }
    },

    async rollUp({ destination, token }, digest) {
      return (await run('rollUp', laneShard(destination), [token, ...deliveryArguments(digest)])) === 1;
    },

    async releaseLane({ destination, token }, nextAt) {
      await run('releaseLane', laneShard(destination), [destination, token, wholeMs(nextAt)]);
    },
  };
}

function laneOf([destination, token, flat]: LaneReply): Lane {
  const deliveries = [...pagesOf(flat, 2)].map((pair) => deliveryRecordOf(pair as RecordReply));
  return { destination: destination.toString(), token: token.toString(), deliveries };
}

/** How, when, and what was told; see settle.lua. */
function settlementArguments(settlement: Settlement): Argument[] {
  const at = wholeMs(settlement.at);
  switch (settlement.kind) {
    case 'sent':
      return ['s', at, settlement.remoteId];
    case 'retry':
      return [settlement.ambiguous ? 'a' : 'r', at, settlement.reason];
    case 'dead':
      return ['d', at, settlement.reason];
  }
}
