import type { Delivery, DeliveryRecord } from '../../../src/delivery/delivery.ts';
import type { Lane, Settlement, Store } from '../../../src/ports.ts';
import { platformOf } from '../../../src/subscription/destination.ts';
import type { Database, Row } from './database.ts';

type Part = Pick<
  Store,
  'enqueue' | 'claimLanes' | 'settle' | 'rollUp' | 'releaseLane' | 'getDeliveries' | 'findPosted' | 'listDeliveries'
>;

/** The outbox: deliveries in lanes, one lane a destination, each lent to one worker at a time. */
export function deliveryOperations(db: Database, now: () => number, changed: () => void): Part {
  /** Notes when the first of a lane's queued deliveries is due. */
  function settleLane(destination: string): void {
    const row = db.get("SELECT min(at) AS due FROM deliveries WHERE destination = ? AND state = 'queued'", destination);
    db.run(
      'INSERT INTO lanes (destination, platform, due_at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET due_at = excluded.due_at',
      destination,
      platformOf(destination),
      row?.['due'] ?? null,
    );
  }

  function enqueueOne(delivery: Delivery): { fresh: boolean; storyIds: readonly string[] } {
    const row = db.get('SELECT * FROM deliveries WHERE key = ?', delivery.key);
    if (!row) {
      const { id } = db.run(
        "INSERT INTO deliveries (key, destination, delivery, state, at, place) VALUES (?, ?, ?, 'queued', ?, 0)",
        delivery.key,
        delivery.destination,
        JSON.stringify(delivery),
        delivery.at,
      );
      db.run('UPDATE deliveries SET place = number WHERE number = ?', id);
      settleLane(delivery.destination);
      return { fresh: true, storyIds: delivery.storyIds };
    }
    const before = recordFrom(row);
    if (before.state === 'queued' && before.attempts === 0 && delivery.kind === 'alert')
      join(before.delivery, delivery);
    return { fresh: false, storyIds: before.delivery.storyIds };
  }

  /** A second asker for an alert that still waits: it is named too, and an earlier time pulls the alert forward. */
  function join(before: Delivery, more: Delivery): void {
    const known = new Set(before.matched.map(({ id }) => id));
    const matched = [...before.matched, ...more.matched.filter(({ id }) => !known.has(id))];
    const earlier = more.at < before.at;
    if (!earlier && matched.length === before.matched.length) return;
    const after: Delivery = { ...before, matched, ...(earlier ? { at: more.at, roll: more.roll } : {}) };
    db.run('UPDATE deliveries SET delivery = ?, at = ? WHERE key = ?', JSON.stringify(after), after.at, after.key);
    settleLane(after.destination);
  }

  function dueIn(destination: string, at: number, limit: number): DeliveryRecord[] {
    return db
      .all(
        "SELECT * FROM deliveries WHERE destination = ? AND state = 'queued' AND at <= ? ORDER BY at, place LIMIT ?",
        destination,
        at,
        limit,
      )
      .map(recordFrom);
  }

  function isHeld({ destination, token }: Lane): boolean {
    return (
      db.get(
        'SELECT 1 FROM lanes WHERE destination = ? AND token = ? AND lease_until > 0',
        destination,
        Number(token),
      ) !== undefined
    );
  }

  function writeSettlement(key: string, settlement: Settlement): void {
    if (settlement.kind === 'retry') {
      const { reason, ambiguous } = settlement;
      db.run(
        'UPDATE deliveries SET attempts = attempts + 1, ambiguous = ?, reason = ? WHERE key = ?',
        Number(ambiguous),
        reason,
        key,
      );
      return;
    }
    const [remoteId, reason] = settlement.kind === 'sent' ? [settlement.remoteId, ''] : ['', settlement.reason];
    const { kind: state, at } = settlement;
    const set = 'UPDATE deliveries SET state = ?, remote_id = ?, reason = ?, settled_at = ?, attempts = attempts + 1';
    db.run(`${set} WHERE key = ?`, state, remoteId, reason, at, key);
    db.run(`${set} WHERE bound_to = ? AND state = 'bound'`, state, remoteId, reason, at, key);
  }

  return {
    async enqueue(deliveries) {
      const answers = db.transact(() => deliveries.map(enqueueOne));
      if (answers.some(({ fresh }) => fresh)) changed();
      return answers;
    },

    async claimLanes({ platforms, now: at, lanes, perLane, leaseMs }) {
      return db.transact(() => {
        const marks = platforms.map(() => '?').join(', ');
        const due = db.all(
          `SELECT destination FROM lanes WHERE due_at <= ? AND next_at <= ? AND lease_until <= ? AND platform IN (${marks}) ORDER BY due_at LIMIT ?`,
          at,
          at,
          at,
          ...platforms,
          lanes,
        );
        return due.map(({ destination = '' }): Lane => {
          const row = db.get(
            'UPDATE lanes SET lease_until = ?, token = token + 1 WHERE destination = ? RETURNING token',
            at + leaseMs,
            destination,
          );
          return {
            destination: String(destination),
            token: String(row?.['token']),
            deliveries: dueIn(String(destination), at, perLane),
          };
        });
      });
    },

    async settle(lane, key, settlement, leaseMs) {
      return db.transact(() => {
        if (!isHeld(lane)) return false;
        writeSettlement(key, settlement);
        // A retry holds the whole lane: what comes after it must not overtake it.
        const next = settlement.kind === 'retry' ? settlement.at : 0;
        db.run(
          'UPDATE lanes SET lease_until = ?, next_at = max(next_at, ?) WHERE destination = ?',
          now() + leaseMs,
          next,
          lane.destination,
        );
        settleLane(lane.destination);
        return true;
      });
    },

    async rollUp(lane, digest) {
      return db.transact(() => {
        if (!isHeld(lane)) return false;
        const [first] = digest.members;
        const place = db.get('SELECT at, place FROM deliveries WHERE key = ?', first ?? '');
        db.run(
          "INSERT INTO deliveries (key, destination, delivery, state, at, place) VALUES (?, ?, ?, 'queued', ?, ?) ON CONFLICT DO NOTHING",
          digest.key,
          digest.destination,
          JSON.stringify(digest),
          place?.['at'] ?? digest.at,
          place?.['place'] ?? 0,
        );
        for (const member of digest.members) {
          db.run(
            "UPDATE deliveries SET state = 'bound', bound_to = ? WHERE key = ? AND state = 'queued'",
            digest.key,
            member,
          );
        }
        settleLane(lane.destination);
        return true;
      });
    },

    async releaseLane({ destination, token }, nextAt) {
      db.run(
        'UPDATE lanes SET lease_until = 0, next_at = max(next_at, ?) WHERE destination = ? AND token = ?',
        nextAt,
        destination,
        Number(token),
      );
    },

    async getDeliveries(keys) {
      return keys.map((key) => {
        const row = db.get('SELECT * FROM deliveries WHERE key = ?', key);
        return row ? recordFrom(row) : null;
      });
    },

    async findPosted(destination, remoteId) {
      if (remoteId === '') return null;
      const row = db.get(
        'SELECT * FROM deliveries WHERE destination = ? AND remote_id = ? ORDER BY bound_to, number LIMIT 1',
        destination,
        remoteId,
      );
      return row ? recordFrom(row) : null;
    },

    async listDeliveries(destination, state, limit) {
      return db
        .all(
          'SELECT * FROM deliveries WHERE destination = ? AND state = ? ORDER BY number DESC LIMIT ?',
          destination,
          state,
          limit,
        )
        .map(recordFrom);
    },
  };
}

export function recordFrom(row: Row): DeliveryRecord {
  return {
    delivery: JSON.parse(String(row['delivery'])) as Delivery,
    state: String(row['state']) as DeliveryRecord['state'],
    attempts: Number(row['attempts']),
    ambiguous: row['ambiguous'] === 1,
    reason: String(row['reason']),
    remoteId: String(row['remote_id']),
    settledAt: row['settled_at'] === null ? null : Number(row['settled_at']),
    boundTo: String(row['bound_to']),
  };
}
