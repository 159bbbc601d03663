import type { Store } from '../../../src/ports.ts';
import type { Delivery, DeliveryRecord } from '../../../src/delivery/delivery.ts';
import { platformOf, type Destination } from '../../../src/subscription/destination.ts';
import { parseStored, wholeMs } from '../stored.ts';
import type { Connection } from './connection.ts';
import { deliveryColumns, deliveryRecordOf, type DeliveryRow } from './delivery-row.ts';

export interface Deliveries {
  readonly operations: Pick<Store, 'enqueue' | 'getDeliveries' | 'findPosted' | 'listDeliveries'>;
  /** The lane of a destination, made where there is none yet; inside a running transaction. */
  laneOf(destination: Destination): number;
  /** Writes a record as it was elsewhere, inside a running transaction. */
  restore(record: DeliveryRecord): void;
}

interface KnownRow {
  readonly sequence: number;
  readonly lane: number;
  readonly state: string;
  readonly at: number;
  readonly attempts: number;
  readonly delivery: string;
}

/** What is to be sent, one lane a destination. */
export function createDeliveries(connection: Connection): Deliveries {
  const { prepare } = connection;
  const findLane = prepare('SELECT number FROM lanes WHERE destination = ?');
  const addLane = prepare('INSERT INTO lanes (destination, platform) VALUES (?, ?) RETURNING number');
  const bringForward = prepare('UPDATE lanes SET head_at = min(coalesce(head_at, ?1), ?1) WHERE number = ?2');
  const known = prepare('SELECT sequence, lane, state, at, attempts, delivery FROM deliveries WHERE key = ?');
  const insert = prepare(
    'INSERT INTO deliveries (sequence, key, lane, state, at, place, delivery) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const change = prepare('UPDATE deliveries SET at = ?, delivery = ? WHERE sequence = ?');
  const addHistory = prepare(`
    UPDATE deliveries
    SET attempts = ?, ambiguous = ?, reason = ?, remote_id = ?, settled_at = ?, bound_to = ? WHERE key = ?`);
  const firstMember = prepare(
    "SELECT min(place) AS place FROM deliveries WHERE lane = ? AND bound_to = ? AND state = 'bound'",
  );
  const find = prepare(`SELECT ${deliveryColumns} FROM deliveries WHERE key = ?`);
  // A digest and its members were posted as one message, which is the digest's; an edit is of the message that stood before.
  const posted = prepare(`
    SELECT ${deliveryColumns} FROM deliveries
    WHERE lane = (SELECT number FROM lanes WHERE destination = ?) AND state = 'sent' AND remote_id = ?
    ORDER BY bound_to <> '', sequence LIMIT 1`);
  const lists = {
    queued: list('queued'),
    sent: list('sent'),
    bound: list('bound'),
    dead: list('dead'),
  };

  function list(state: DeliveryRecord['state']): ReturnType<Connection['prepare']> {
    return prepare(`
      SELECT ${deliveryColumns} FROM deliveries
      WHERE lane = (SELECT number FROM lanes WHERE destination = ?) AND state = '${state}' ORDER BY sequence DESC LIMIT ?`);
  }

  function laneOf(destination: Destination): number {
    const row = findLane.get(destination) ?? addLane.get(destination, platformOf(destination));
    return Number(row?.['number']);
  }

  function enqueueOne(delivery: Delivery): { readonly fresh: boolean; readonly storyIds: readonly string[] } {
    const row = known.get(delivery.key) as unknown as KnownRow | undefined;
    if (row) return { fresh: false, storyIds: meetAgain(row, delivery).storyIds };
    insertNew(delivery, 'queued', null);
    return { fresh: true, storyIds: delivery.storyIds };
  }

  /** @param place where it stands in the lane; null for behind what is there */
  function insertNew(delivery: Delivery, state: DeliveryRecord['state'], place: number | null): void {
    const at = wholeMs(delivery.at);
    const lane = laneOf(delivery.destination);
    const sequence = connection.take('delivery', 1);
    insert.run(sequence, delivery.key, lane, state, at, place ?? sequence, JSON.stringify(delivery));
    if (state === 'queued') bringForward.run(at, lane);
  }

  /** What a known delivery takes from the same one enqueued again: an earlier time, and who else asked. */
  function meetAgain(row: KnownRow, again: Delivery): Delivery {
    const first = parseStored(row.delivery) as Delivery;
    if (row.state !== 'queued') return first;
    const merged = merge(first, again, row.attempts === 0);
    if (merged === first) return first;
    const at = Math.min(row.at, wholeMs(merged.at));
    change.run(at, JSON.stringify(merged), row.sequence);
    bringForward.run(at, row.lane);
    return merged;
  }

  function placeOfMembers({ destination, key }: Delivery): number | null {
    const place = firstMember.get(laneOf(destination), key)?.['place'];
    return typeof place === 'number' ? place : null;
  }

  return {
    laneOf,

    restore(record) {
      const { delivery, state, attempts, ambiguous, reason, remoteId, settledAt, boundTo } = record;
      insertNew(delivery, state, delivery.kind === 'digest' ? placeOfMembers(delivery) : null);
      const settled = settledAt === null ? null : wholeMs(settledAt);
      addHistory.run(attempts, ambiguous ? 1 : 0, reason, remoteId, settled, boundTo, delivery.key);
    },

    operations: {
      async enqueue(deliveries) {
        const enqueued = await connection.writeEach(deliveries, enqueueOne);
        if (deliveries.length > 0) connection.hint('deliveries');
        return enqueued;
      },

      async getDeliveries(keys) {
        return connection.read(() =>
          keys.map((key) => {
            const row = find.get(key);
            return row ? deliveryRecordOf(row as unknown as DeliveryRow) : null;
          }),
        );
      },

      async findPosted(destination, remoteId) {
        if (remoteId === '') return null;
        const row = await connection.read(() => posted.get(destination, remoteId));
        return row ? deliveryRecordOf(row as unknown as DeliveryRow) : null;
      },

      async listDeliveries(destination, state, limit) {
        const rows = await connection.read(() => lists[state].all(destination, limit));
        return (rows as unknown as DeliveryRow[]).map(deliveryRecordOf);
      },
    },
  };
}

/** The first delivery itself when the second brings nothing new. */
function merge(first: Delivery, again: Delivery, untried: boolean): Delivery {
  const asking = new Set(first.matched.map(({ id }) => id));
  const others = first.kind === 'alert' ? again.matched.filter(({ id }) => !asking.has(id)) : [];
  const sooner = untried && again.at < first.at;
  if (others.length === 0 && !sooner) return first;
  const matched = [...first.matched, ...others];
  return sooner ? { ...first, matched, at: again.at, roll: again.roll } : { ...first, matched };
}
