import type { Decision } from '../../../src/delivery/decision.ts';
import type { Store } from '../../../src/ports.ts';
import type { Subscription } from '../../../src/subscription/subscription.ts';
import type { Database, Row } from './database.ts';

type Part = Pick<
  Store,
  | 'recordDecisions'
  | 'decisionsAbout'
  | 'countDecisions'
  | 'putSubscriptions'
  | 'getSubscriptions'
  | 'subscriptionsAt'
  | 'subscriptionsOf'
  | 'listSubscriptions'
  | 'changes'
  | 'changesPosition'
>;

/** Subscriptions, the log of their changes, and what was decided about them. */
export function subscriptionOperations(db: Database, changed: () => void): Part {
  function put(subscription: Subscription): Subscription {
    const { destination, owner, state, removedAt } = subscription;
    const id =
      subscription.id === 0
        ? db.run("INSERT INTO subscriptions (destination, owner, state, subscription) VALUES ('', '', '', '')").id
        : subscription.id;
    const written: Subscription = { ...subscription, id };
    db.run(
      `INSERT INTO subscriptions (id, destination, owner, state, removed_at, subscription) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET destination = excluded.destination, owner = excluded.owner, state = excluded.state,
         removed_at = excluded.removed_at, subscription = excluded.subscription`,
      id,
      destination,
      owner,
      state,
      removedAt,
      JSON.stringify(written),
    );
    db.run('INSERT INTO changes (subscription) VALUES (?)', JSON.stringify(written));
    return written;
  }

  return {
    async recordDecisions(decisions) {
      db.transact(() => {
        for (const decision of decisions) {
          const { storyId, subscriptionId, groupId, at, outcome } = decision;
          db.run(
            'INSERT INTO decisions (story, subscription, group_id, at, alert, decision) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
            storyId,
            subscriptionId,
            groupId,
            at,
            Number(outcome === 'queued' || outcome === 'held'),
            JSON.stringify(decision),
          );
        }
      });
    },

    async decisionsAbout(about) {
      const rows =
        'storyId' in about
          ? db.all('SELECT decision FROM decisions WHERE story = ? ORDER BY number', about.storyId)
          : db.all('SELECT decision FROM decisions WHERE group_id = ? ORDER BY number', about.groupId);
      return rows.map((row) => JSON.parse(String(row['decision'])) as Decision);
    },

    async countDecisions(ids, since) {
      return ids.map((id) =>
        Number(
          db.get('SELECT count(*) AS n FROM decisions WHERE subscription = ? AND alert = 1 AND at >= ?', id, since)?.[
            'n'
          ] ?? 0,
        ),
      );
    },

    async putSubscriptions(subscriptions) {
      const written = db.transact(() => subscriptions.map(put));
      if (written.length > 0) changed();
      return written;
    },

    async getSubscriptions(ids) {
      return ids.map((id) => {
        const row = db.get('SELECT subscription FROM subscriptions WHERE id = ?', id);
        return row ? subscriptionFrom(row) : null;
      });
    },

    async subscriptionsAt(destination) {
      return db
        .all(
          "SELECT subscription FROM subscriptions WHERE destination = ? AND state <> 'removed' ORDER BY id",
          destination,
        )
        .map(subscriptionFrom);
    },

    async subscriptionsOf(owner) {
      return db
        .all("SELECT subscription FROM subscriptions WHERE owner = ? AND state <> 'removed' ORDER BY id", owner)
        .map(subscriptionFrom);
    },

    async listSubscriptions(after, limit) {
      return db
        .all(
          "SELECT subscription FROM subscriptions WHERE id > ? AND state <> 'removed' ORDER BY id LIMIT ?",
          after,
          limit,
        )
        .map(subscriptionFrom);
    },

    async changes(after, limit) {
      const first = db.get('SELECT min(seq) AS first FROM changes')?.['first'];
      const end = await this.changesPosition();
      if (after < end && (first === null || first === undefined || Number(first) > after + 1)) return null;
      const rows = db.all('SELECT seq, subscription FROM changes WHERE seq > ? ORDER BY seq LIMIT ?', after, limit);
      return {
        changes: rows.map((row) => ({ seq: Number(row['seq']), subscription: subscriptionFrom(row) })),
        position: Number(rows.at(-1)?.['seq'] ?? Math.max(after, end)),
      };
    },

    async changesPosition() {
      return Number(db.get("SELECT seq FROM sqlite_sequence WHERE name = 'changes'")?.['seq'] ?? 0);
    },
  };
}

export function subscriptionFrom(row: Row): Subscription {
  return JSON.parse(String(row['subscription'])) as Subscription;
}
