import type { SeenKey, SeenRecord, Store } from '../../../src/ports.ts';
import type { Connection } from './connection.ts';
import type { Feeds } from './feeds.ts';
import { hexOf, integerOf } from './hex-key.ts';

export const DAY_MS = 86_400_000;

/** A look-up has as many places as its keys need, rounded up: a document has many keys, a new item of one few. */
const PLACES = [8, 64];
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
  const finds = PLACES.map((places) => {
    const find = prepare(`
      SELECT key, story, id AS feed, day FROM seen JOIN feed_numbers ON number = feed
      WHERE key IN (${Array.from({ length: places }, () => '?').join(', ')})`);
    find.setReadBigInts(true);
    return { places, find };
  });
  const insert = prepare('INSERT INTO seen (key, story, feed, day) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const change = prepare('UPDATE seen SET story = ?, day = ? WHERE key = ?');

  function rowsOf(keys: readonly bigint[]): SeenRow[] {
    const statement = finds.find(({ places }) => places >= keys.length);
    if (!statement) return [...rowsOf(keys.slice(0, KEYS_AT_ONCE)), ...rowsOf(keys.slice(KEYS_AT_ONCE))];
    // The places that are left over are null, which no key is.
    const asked = Array.from({ length: statement.places }, (_, i) => keys[i] ?? null);
    return statement.find.all(...asked) as unknown as SeenRow[];
  }

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
        const found = await connection.read(() => rowsOf(integers));
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
