import { createTurns } from '../feeds/turns.ts';
import type { LoggedStory, Store } from '../ports.ts';
import { heardBy } from '../story/story.ts';
import { matchStory } from '../subscription/match.ts';
import type { Query } from '../subscription/query.ts';

/** What a query would have found among the stored stories. */
export interface Backtest {
  /** Messages it would have sent: stories of one group count once. */
  readonly found: number;
  /** Stories it was tried on. */
  readonly tried: number;
  /** Days that the stories tried on span. */
  readonly days: number;
  /** The latest found, newest first, one a group. */
  readonly latest: readonly LoggedStory[];
}

const DAY_MS = 86_400_000;
const PAGE = 200;
/** Trying more stories would tell no more and take longer than a member waits. */
const MOST_STORIES = 20_000;

/** Tries a query on the stories that a scope may hear of, back to `since` (epoch ms). */
export async function backtest(
  store: Store,
  query: Query,
  scope: string,
  since: number,
  now: number,
  keep: number,
): Promise<Backtest> {
  const end = await store.logPositionAt(Number.MAX_SAFE_INTEGER);
  let position = Math.max(await store.logPositionAt(since), end - MOST_STORIES);
  let oldest = now;
  let tried = 0;
  const turn = createTurns();
  const groups = new Map<string, LoggedStory>();
  for (;;) {
    const page = await store.readLog(position, PAGE);
    for (const entry of page.entries) {
      const { story, groupId } = entry;
      if (!heardBy(story, scope)) continue;
      tried++;
      await turn(story.title.length + story.summary.length + story.body.length);
      oldest = Math.min(oldest, story.firstSeen);
      if (groups.has(groupId) || matchStory(query, story) === null) continue;
      groups.set(groupId, entry);
    }
    position = page.position;
    if (page.entries.length < PAGE) break;
  }
  const latest = [...groups.values()].sort((a, b) => b.story.effective - a.story.effective).slice(0, keep);
  return { found: groups.size, tried, days: (now - oldest) / DAY_MS, latest };
}
