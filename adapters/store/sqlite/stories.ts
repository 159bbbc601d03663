import type { LoggedStory, Store } from '../../../src/ports.ts';
import type { Database, Row } from './database.ts';

type Part = Pick<Store, 'readLog' | 'logPositionAt' | 'appendStories' | 'getStories' | 'reviseStory'>;

/** The story log: positions only grow, and what is swept from its start leaves no gap that anyone reads. */
export function storyOperations(db: Database): Part {
  /** The position of the newest story ever appended. */
  function end(): number {
    return Number(db.get("SELECT seq FROM sqlite_sequence WHERE name = 'stories'")?.['seq'] ?? 0);
  }

  function entryFor(id: string): LoggedStory | null {
    const row = db.get('SELECT entry FROM stories WHERE id = ?', id);
    return row ? entryFrom(row) : null;
  }

  return {
    async readLog(after, limit) {
      const rows = db.all(
        'SELECT position, entry FROM stories WHERE position > ? ORDER BY position LIMIT ?',
        after,
        limit,
      );
      const last = rows.at(-1);
      return {
        entries: rows.map(entryFrom),
        position: last ? Number(last['position']) : Math.max(after, rows.length < limit ? end() : after),
      };
    },

    async logPositionAt(since) {
      const row = db.get(
        'SELECT position FROM stories WHERE first_seen >= ? ORDER BY first_seen, position LIMIT 1',
        since,
      );
      return row ? Number(row['position']) - 1 : end();
    },

    async appendStories(expected, entries) {
      return db.transact(() => {
        if (end() !== expected) return null;
        let position = expected;
        for (const entry of entries) {
          const { id, firstSeen } = entry.story;
          position = db.run(
            'INSERT INTO stories (id, first_seen, entry) VALUES (?, ?, ?)',
            id,
            firstSeen,
            JSON.stringify(entry),
          ).id;
        }
        return { position };
      });
    },

    async getStories(ids) {
      return ids.map(entryFor);
    },

    async reviseStory(story) {
      db.transact(() => {
        const entry = entryFor(story.id);
        if (entry) db.run('UPDATE stories SET entry = ? WHERE id = ?', JSON.stringify({ ...entry, story }), story.id);
      });
    },
  };
}

function entryFrom(row: Row): LoggedStory {
  return JSON.parse(String(row['entry'])) as LoggedStory;
}
