import type { Store } from '../../../src/ports.ts';
import type { Connection } from './connection.ts';

/** How much there is of everything, without walking through the large tables. */
export function createDepths(connection: Connection): Pick<Store, 'depths'> {
  const { prepare } = connection;
  const feeds = prepare('SELECT count(*) AS found FROM feeds');
  const subscriptions = prepare("SELECT count(*) AS found FROM subscriptions WHERE state <> 'removed'");
  const stories = prepare('SELECT count(*) AS found FROM stories');
  const queued = prepare("SELECT count(*) AS found FROM deliveries WHERE state = 'queued'");
  const dead = prepare("SELECT count(*) AS found FROM deliveries WHERE state = 'dead'");
  const dueFeed = prepare('SELECT min(next_at) AS found FROM hosts WHERE next_at <= ?1 AND held_until <= ?1');
  const dueDelivery = prepare('SELECT min(head_at) AS found FROM lanes WHERE head_at <= ?');

  return {
    async depths(now) {
      const count = (statement: typeof feeds): number => Number(statement.get()?.['found'] ?? 0);
      const oldest = (statement: typeof feeds): number | null => {
        const found = statement.get(now)?.['found'];
        return typeof found === 'number' ? found : null;
      };
      return connection.read(() => ({
        feeds: count(feeds),
        subscriptions: count(subscriptions),
        stories: count(stories),
        // Counted as they come and go: there may be millions.
        seen: connection.taken('seen'),
        queued: count(queued),
        dead: count(dead),
        oldestDueFeed: oldest(dueFeed),
        oldestDueDelivery: oldest(dueDelivery),
      }));
    },
  };
}
