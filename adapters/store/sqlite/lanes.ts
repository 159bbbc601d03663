import type { Lane, Settlement, Store } from '../../../src/ports.ts';
import type { DeliveryKey } from '../../../src/delivery/delivery.ts';
import { wholeMs } from '../stored.ts';
import type { Connection } from './connection.ts';
import { deliveryColumns, deliveryRecordOf, type DeliveryRow } from './delivery-row.ts';
import { onLease, tokenOf } from './lease.ts';

interface ReadyRow {
  readonly number: number;
  readonly destination: string;
  readonly ready_at: number;
}

interface MemberRow {
  readonly sequence: number;
  readonly at: number;
  readonly place: number;
}

/** Lanes lent to workers. Each lease has a token of its own; whoever lost it can change nothing any more. */
export function createLanes(connection: Connection): Pick<Store, 'claimLanes' | 'settle' | 'rollUp' | 'releaseLane'> {
  const { prepare } = connection;
  const ready = prepare(`
    SELECT number, destination, ready_at FROM lanes
    WHERE platform = ?1 AND ready_at IS NOT NULL AND ready_at <= ?2 AND NOT ${onLease('?3')} ORDER BY ready_at LIMIT ?4`);
  const lease = prepare('UPDATE lanes SET lease_token = ?1, lease_until = ?2 + ?3, lease_ms = ?3 WHERE number = ?4');
  const due = prepare(`
    SELECT ${deliveryColumns} FROM deliveries
    WHERE lane = ? AND state = 'queued' AND at <= ? ORDER BY at, place LIMIT ?`);
  const leased = prepare('SELECT number FROM lanes WHERE destination = ? AND lease_token = ?');
  const queued = prepare(`
    SELECT sequence, at, place FROM deliveries WHERE key = ? AND lane = ? AND state = 'queued'`);
  const sent = prepare(`
    UPDATE deliveries SET state = 'sent', attempts = attempts + 1, ambiguous = 0, reason = '', remote_id = ?, settled_at = ?
    WHERE sequence = ?`);
  const dead = prepare("UPDATE deliveries SET state = 'dead', reason = ?, settled_at = ? WHERE sequence = ?");
  const retry = prepare(
    'UPDATE deliveries SET attempts = attempts + 1, ambiguous = max(ambiguous, ?), reason = ? WHERE sequence = ?',
  );
  const settleMembers = prepare(`
    UPDATE deliveries SET state = ?, remote_id = ?, reason = ?, settled_at = ?
    WHERE lane = ? AND bound_to = ? AND state = 'bound'`);
  const firstAt = "(SELECT at FROM deliveries WHERE lane = ?1 AND state = 'queued' ORDER BY at LIMIT 1)";
  const advance = prepare(`
    UPDATE lanes SET head_at = ${firstAt}, open_at = max(open_at, ?2), lease_until = ?3 + ?4, lease_ms = ?4
    WHERE number = ?1`);
  const release = prepare(`
    UPDATE lanes SET open_at = max(open_at, ?), lease_token = 0, lease_until = 0 WHERE destination = ? AND lease_token = ?`);
  const exists = prepare('SELECT 1 FROM deliveries WHERE key = ?');
  const insert = prepare(`
    INSERT INTO deliveries (sequence, key, lane, state, at, place, delivery) VALUES (?, ?, ?, 'queued', ?, ?, ?)`);
  const bind = prepare("UPDATE deliveries SET state = 'bound', bound_to = ? WHERE sequence = ?");

  function laneOf(lane: Lane): number | null {
    const row = leased.get(lane.destination, tokenOf(lane));
    return row ? Number(row['number']) : null;
  }

  function memberOf(key: DeliveryKey, lane: number): MemberRow | null {
    return (queued.get(key, lane) as unknown as MemberRow | undefined) ?? null;
  }

  function settleQueued(number: number, key: DeliveryKey, sequence: number, settlement: Settlement): void {
    switch (settlement.kind) {
      case 'retry':
        retry.run(settlement.ambiguous ? 1 : 0, settlement.reason, sequence);
        return;
      case 'sent':
        sent.run(settlement.remoteId, wholeMs(settlement.at), sequence);
        settleMembers.run('sent', settlement.remoteId, '', wholeMs(settlement.at), number, key);
        return;
      case 'dead':
        dead.run(settlement.reason, wholeMs(settlement.at), sequence);
        settleMembers.run('dead', '', settlement.reason, wholeMs(settlement.at), number, key);
    }
  }

  return {
    async claimLanes({ platforms, now, lanes, perLane, leaseMs }) {
      if (lanes <= 0) return [];
      return connection.write(lanes * 2, () => {
        const steady = connection.steady();
        const rows = platforms.flatMap((platform) => ready.all(platform, now, steady, lanes) as unknown as ReadyRow[]);
        if (rows.length === 0) return [];
        const token = connection.take('lease', 1);
        return rows
          .sort((a, b) => a.ready_at - b.ready_at)
          .slice(0, lanes)
          .map(({ number, destination }): Lane => {
            lease.run(token, steady, wholeMs(leaseMs), number);
            const deliveries = (due.all(number, now, perLane) as unknown as DeliveryRow[]).map(deliveryRecordOf);
            return { destination, token: String(token), deliveries };
          });
      });
    },

    async settle(lane, key, settlement, leaseMs) {
      return connection.write(2, () => {
        const number = laneOf(lane);
        if (number === null) return false;
        const found = memberOf(key, number);
        if (found) settleQueued(number, key, found.sequence, settlement);
        // One that has to wait is waited for by the whole lane: nothing behind it goes first.
        const openAt = settlement.kind === 'retry' && found ? wholeMs(settlement.at) : 0;
        advance.run(number, openAt, connection.steady(), wholeMs(leaseMs));
        return true;
      });
    },

    async rollUp(lane, digest) {
      return connection.write(digest.members.length, () => {
        const number = laneOf(lane);
        if (number === null) return false;
        if (exists.get(digest.key)) return true;
        const members = digest.members.flatMap((key) => memberOf(key, number) ?? []);
        const [first] = members.toSorted((a, b) => a.at - b.at || a.place - b.place);
        // Only what waits in this lane can be taken up: anything else was settled by whoever had the lane since.
        if (!first || members.length < digest.members.length) return false;
        const sequence = connection.take('delivery', 1);
        insert.run(sequence, digest.key, number, first.at, first.place, JSON.stringify(digest));
        for (const member of members) bind.run(digest.key, member.sequence);
        return true;
      });
    },

    async releaseLane(lane, nextAt) {
      await connection.write(1, () => release.run(wholeMs(nextAt), lane.destination, tokenOf(lane)));
    },
  };
}
