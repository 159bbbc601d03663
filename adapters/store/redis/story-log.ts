import type { LoggedStory, Store } from '../../../src/ports.ts';
import type { Story, StoryId, Tier } from '../../../src/story/story.ts';
import type { Argument, Connection } from './connection.ts';
import { pagesOf } from './shards.ts';
import { parseStored, wholeMs } from '../stored.ts';

export interface StoryLog {
  readonly operations: Pick<Store, 'readLog' | 'logPositionAt' | 'appendStories' | 'getStories' | 'reviseStory'>;
  /** Appends entries as they were elsewhere. */
  restore(entries: readonly LoggedStory[]): Promise<void>;
  count(): Promise<number>;
  sweep(before: number): Promise<number>;
}

/** One log, one tag: its order is what all processes agree on. */
const TAG = 'l';
const STORIES_A_CALL = 200;
const TIMES_A_CALL = 5000;

type EntryReply = readonly [group: string, tier: Tier, like: string, story: string];

export function createStoryLog(connection: Connection): StoryLog {
  const { run, ask, key } = connection;

  async function end(): Promise<number> {
    return Number((await ask(async (redis) => redis.get(key(TAG, ':p')))) ?? 0);
  }

  return {
    async restore(entries) {
      for (const page of pagesOf(entries, STORIES_A_CALL))
        await run('appendStories', TAG, ['', ...page.flatMap(given)]);
    },

    count: async () => ask(async (redis) => redis.hlen(key(TAG, ':s'))),

    async sweep(before) {
      let swept = 0;
      for (;;) {
        const step = Number(await run('sweepStories', TAG, [before, STORIES_A_CALL]));
        swept += step;
        if (step < STORIES_A_CALL) return swept;
      }
    },

    operations: {
      async readLog(after, limit) {
        const [position, entries] = (await run('readLog', TAG, [after, limit])) as [number, EntryReply[]];
        return { entries: entries.map(entryOf), position };
      },

      async logPositionAt(since) {
        // The end first: what is appended while the pages are read stands after it.
        let position = await end();
        for (let offset = 0; ; offset += TIMES_A_CALL) {
          const from = offset;
          const ids = await ask(async (redis) =>
            redis.zrange(key(TAG, ':t'), since, '+inf', 'BYSCORE', 'LIMIT', from, TIMES_A_CALL),
          );
          if (ids.length === 0) return position;
          const positions = await ask(async (redis) => redis.zmscore(key(TAG, ':o'), ...ids));
          for (const found of positions) if (found !== null) position = Math.min(position, Number(found) - 1);
          if (ids.length < TIMES_A_CALL) return position;
        }
      },

      async appendStories(expected, entries) {
        const position = await run('appendStories', TAG, [expected, ...entries.flatMap(given)]);
        return position === null ? null : { position: Number(position) };
      },

      async getStories(ids) {
        const found: (LoggedStory | null)[] = [];
        for (const page of pagesOf<StoryId>(ids, STORIES_A_CALL)) {
          const entries = (await run('getStories', TAG, page)) as (EntryReply | null)[];
          found.push(...entries.map((entry) => (entry ? entryOf(entry) : null)));
        }
        return found;
      },

      async reviseStory(story) {
        await run('reviseStory', TAG, [story.id, JSON.stringify(story)]);
      },
    },
  };
}

function given({ story, groupId, tier, like }: LoggedStory): Argument[] {
  return [story.id, groupId, tier, like, wholeMs(story.firstSeen), JSON.stringify(story)];
}

function entryOf([groupId, tier, like, story]: EntryReply): LoggedStory {
  return { story: parseStored(story) as Story, groupId, tier, like };
}
