import type { Store } from '../../../src/ports.ts';
import type { Subscription } from '../../../src/subscription/subscription.ts';
import { parseStored, wholeMs } from '../stored.ts';
import type { Connection } from './connection.ts';

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
  /** Writes one subscription and logs the change, inside a running transaction; id 0 is given the next number. */
  put(subscription: Subscription): Subscription;
}

/** What members asked for, and the log of its changes that every matcher follows. */
export function createSubscriptions(connection: Connection, changesKept: number): Subscriptions {
  const { prepare } = connection;
  const upsert = prepare(`
    INSERT INTO subscriptions (id, destination, owner, state, removed_at, subscription) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET destination = excluded.destination, owner = excluded.owner, state = excluded.state,
      removed_at = excluded.removed_at, subscription = excluded.subscription`);
  const find = prepare('SELECT subscription FROM subscriptions WHERE id = ?');
  const at = prepare(`
    SELECT subscription FROM subscriptions WHERE destination = ? AND state <> 'removed' ORDER BY id`);
  const of = prepare("SELECT subscription FROM subscriptions WHERE owner = ? AND state <> 'removed' ORDER BY id");
  const page = prepare(`
    SELECT subscription FROM subscriptions WHERE id > ? AND state <> 'removed' ORDER BY id LIMIT ?`);
  const log = prepare('INSERT INTO changes (sequence, subscription) VALUES (?, ?)');
  const trim = prepare('DELETE FROM changes WHERE sequence <= ?');
  const oldest = prepare('SELECT min(sequence) AS oldest FROM changes');
  const since = prepare(`
    SELECT sequence, subscription FROM changes WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?`);

  function put(given: Subscription): Subscription {
    const subscription = given.id === 0 ? { ...given, id: connection.take('subscription', 1) } : given;
    const { id, destination, owner, state, removedAt } = subscription;
    const newest = connection.taken('subscription');
    if (id > newest) connection.take('subscription', id - newest);
    const text = JSON.stringify(subscription);
    upsert.run(id, destination, owner, state, removedAt === null ? null : wholeMs(removedAt), text);
    const sequence = connection.take('change', 1);
    log.run(sequence, text);
    trim.run(sequence - changesKept);
    return subscription;
  }

  return {
    put,

    operations: {
      async putSubscriptions(subscriptions) {
        const written = await connection.write(subscriptions.length * 2, () => subscriptions.map(put));
        connection.hint('subscriptions');
        return written;
      },

      async getSubscriptions(ids) {
        return connection.read(() =>
          ids.map((id) => {
            const row = find.get(id);
            return row ? subscriptionOf(row) : null;
          }),
        );
      },

      async subscriptionsAt(destination) {
        return connection.read(() => at.all(destination).map(subscriptionOf));
      },

      async subscriptionsOf(owner) {
        return connection.read(() => of.all(owner).map(subscriptionOf));
      },

      async listSubscriptions(after, limit) {
        return connection.read(() => page.all(after, limit).map(subscriptionOf));
      },

      async changes(after, limit) {
        return connection.read(() => {
          const newest = connection.taken('change');
          const first = oldest.get()?.['oldest'];
          const reachesBack =
            after <= newest && (after === newest || (typeof first === 'number' && after >= first - 1));
          if (!reachesBack) return null;
          const rows = since.all(after, newest, limit);
          const changes = rows.map((row) => ({ seq: Number(row['sequence']), subscription: subscriptionOf(row) }));
          return { changes, position: changes.at(-1)?.seq ?? after };
        });
      },

      async changesPosition() {
        return connection.read(() => connection.taken('change'));
      },
    },
  };
}

function subscriptionOf(row: Readonly<Record<string, unknown>>): Subscription {
  return parseStored(row['subscription']) as Subscription;
}
