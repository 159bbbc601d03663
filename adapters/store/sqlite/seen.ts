import type { SeenKey, SeenRecord, Store } from '../../../src/ports.ts';
import type { Connection } from './connection.ts';
import type { Feeds } from './feeds.ts';
import { hexOf, integerOf } from './hex-key.ts';

export const DAY_MS = 86_400_000;

const KEYS_AT_ONCE = 64;

export interface SeenRow {
  readonly key: bigint;
  readonly story: bigint | null;
  readonly feed: string;
  readonly day: bigint;
}

export interface SeenKeys {
  readonly operations: Pick<Store, 'findSeen' | 'commitFetch'>;
  /** Writes keys, inside a running transaction. */
  remember(keys: readonly SeenKey[], feedNumber: number, day: number): void;
}

/** Which keys are known; written as the last step of a fetch. */
export function createSeen(connection: Connection, feeds: Feeds): SeenKeys {
  const { prepare } = connection;
  // Many keys in one statement cost half of what they cost one by one.
  const find = prepare(`
    SELECT key, story, id AS feed, day FROM seen JOIN feed_numbers ON number = feed
    WHERE key IN (${Array.from({ length: KEYS_AT_ONCE }, () => '?').join(', ')})`);
  find.setReadBigInts(true);
  const insert = prepare('INSERT INTO seen (key, story, feed, day) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const change = prepare('UPDATE seen SET story = ?, day = ? WHERE key = ?');

  function remember(keys: readonly SeenKey[], feedNumber: number, day: number): void {
    let added = 0;
    for (const { key, storyId } of keys) {
      const known = integerOf(key);
      const story = storyId === key ? null : integerOf(storyId);
      if (insert.run(known, story, feedNumber, day).changes === 0) change.run(story, day, known);
      else added++;
    }
    if (added > 0) connection.take('seen', added);
  }

  return {
    remember,

    operations: {
      async findSeen(keys) {
        const integers = keys.map(integerOf);
        const found = await connection.read(() => {
          const rows: SeenRow[] = [];
          for (let at = 0; at < integers.length; at += KEYS_AT_ONCE) {
            const asked = integers.slice(at, at + KEYS_AT_ONCE);
            // The places that are left over are null, which no key is.
            const places = Array.from({ length: KEYS_AT_ONCE }, (_, i) => asked[i] ?? null);
            rows.push(...(find.all(...places) as unknown as SeenRow[]));
          }
          return rows;
        });
        const byKey = new Map(found.map((row) => [row.key, row]));
        return integers.map((key) => {
          const row = byKey.get(key);
          return row ? recordOf(row) : null;
        });
      },

      async commitFetch(lease, { feed, state, seen, now }) {
        return connection.write(1 + seen.length, () => {
          const number = feeds.commit(lease, feed, state);
          if (number === null) return false;
          remember(seen, number, Math.floor(now / DAY_MS));
          return true;
        });
      },
    },
  };
}

export function recordOf(row: SeenRow): SeenRecord {
  return { storyId: hexOf(row.story ?? row.key), feedId: row.feed, lastSeen: Number(row.day) * DAY_MS };
}
