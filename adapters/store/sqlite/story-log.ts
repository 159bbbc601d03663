import type { LoggedStory, Store } from '../../../src/ports.ts';
import type { Story, Tier } from '../../../src/story/story.ts';
import { parseStored, wholeMs } from '../stored.ts';
import type { Connection } from './connection.ts';
import { hexOf, integerOf } from './hex-key.ts';

export interface StoryRow {
  readonly position: bigint;
  readonly group_id: bigint;
  readonly alike: bigint | null;
  readonly tier: Tier;
  readonly story: string;
}

export interface StoryLog {
  readonly operations: Pick<Store, 'readLog' | 'logPositionAt' | 'appendStories' | 'getStories' | 'reviseStory'>;
  /** Appends one entry, inside a running transaction; a story that is in the log keeps the place and the group it has. */
  add(entry: LoggedStory): void;
}

/** The log of stories: one order for all processes. Positions come from a counter, so that a sweep never gives one free. */
export function createStoryLog(connection: Connection): StoryLog {
  const { prepare } = connection;
  const columns = 'position, group_id, alike, tier, story';
  const page = prepare(`SELECT ${columns} FROM stories WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`);
  const find = prepare(`SELECT ${columns} FROM stories WHERE id = ?`);
  page.setReadBigInts(true);
  find.setReadBigInts(true);
  const firstSince = prepare('SELECT min(position) AS first FROM stories WHERE first_seen >= ?');
  const insert = prepare(
    'INSERT INTO stories (position, id, group_id, alike, tier, first_seen, story) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
  );
  const revise = prepare('UPDATE stories SET story = ? WHERE id = ?');

  /** False for a story that is in the log already: it keeps the place and the group it has. */
  function put(position: number, { story, groupId, tier, like }: LoggedStory): boolean {
    const alike = like === '' ? null : integerOf(like);
    const id = integerOf(story.id);
    const text = JSON.stringify(story);
    return insert.run(position, id, integerOf(groupId), alike, tier, wholeMs(story.firstSeen), text).changes > 0;
  }

  function add(entry: LoggedStory): void {
    const position = connection.taken('log') + 1;
    if (put(position, entry)) connection.take('log', 1);
  }

  return {
    add,

    operations: {
      async readLog(after, limit) {
        return connection.read(() => {
          // The end first: what is appended after this look is left to the next one.
          const end = connection.taken('log');
          const rows = page.all(after, end, limit) as unknown as StoryRow[];
          const last = rows.at(-1);
          const position = last && rows.length === limit ? Number(last.position) : end;
          return { entries: rows.map(entryOf), position };
        });
      },

      async logPositionAt(since) {
        return connection.read(() => {
          const end = connection.taken('log');
          const first = firstSince.get(since)?.['first'];
          return typeof first === 'number' ? Math.min(first - 1, end) : end;
        });
      },

      async appendStories(expected, entries) {
        return connection.write(entries.length, () => {
          if (connection.taken('log') !== expected) return null;
          let position = expected;
          for (const entry of entries) if (put(position + 1, entry)) position++;
          if (position > expected) connection.take('log', position - expected);
          return { position };
        });
      },

      async getStories(ids) {
        const integers = ids.map(integerOf);
        return connection.read(() =>
          integers.map((id) => {
            const row = find.get(id);
            return row ? entryOf(row as unknown as StoryRow) : null;
          }),
        );
      },

      async reviseStory(story) {
        await connection.write(1, () => revise.run(JSON.stringify(story), integerOf(story.id)));
      },
    },
  };
}

export function entryOf({ story, group_id: group, alike, tier }: Omit<StoryRow, 'position'>): LoggedStory {
  return { story: parseStored(story) as Story, groupId: hexOf(group), tier, like: alike === null ? '' : hexOf(alike) };
}
