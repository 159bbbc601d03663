import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggedStory, Store } from '../ports.ts';
import { inTurns } from './turns.ts';
import type { GroupId, Story, StoryId, Tier } from '../story/story.ts';

/** What the log asks of the grouper: decide without change, and take in what was decided, here or by another process. */
export interface Grouper {
  find(
    story: Groupable,
  ): { readonly groupId: string; readonly tier: Exclude<Tier, 'first'>; readonly like: string } | null;
  admit(story: Groupable, groupId: string): void;
}

/** A story as the grouper reads it. */
export interface Groupable {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly url: string;
  readonly published: number;
  readonly lang: string;
}

/** The order in which all processes take in stories, and with it the groups they belong to. */
export interface StoryLog {
  /**
   * Gives each story its group and appends it; first writer wins among all processes, so two copies of one story are
   * never both first. A story already in the log (a fetch repeated after a crash) keeps the group it has. In the order given.
   */
  append(stories: readonly Story[]): Promise<readonly LoggedStory[]>;
}

const PAGE = 500;
const STORIES_ASKED = 100;
/** The event loop is given a turn after this many stories taken into the window. */
const STORIES_A_TURN = 20;

/**
 * Opens the log: reads back the stories of the window, so that the grouper knows what the last run knew.
 * @param windowMs how far back stories can still be grouped with
 */
export async function openStoryLog(options: {
  readonly store: Store;
  readonly grouper: Grouper;
  readonly now: number;
  readonly windowMs: number;
  readonly onProgress?: (read: number) => void;
}): Promise<StoryLog> {
  const { store, grouper } = options;
  let position = await store.logPositionAt(options.now - options.windowMs);
  let read = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function catchUp(): Promise<void> {
    for (;;) {
      const page = await store.readLog(position, PAGE);
      for (const { story, groupId } of page.entries) {
        grouper.admit(groupable(story), groupId);
        if (++read % STORIES_A_TURN === 0) await nextTurn();
      }
      position = page.position;
      options.onProgress?.(read);
      if (page.entries.length < PAGE) return;
    }
  }

  /** One story at a time, so that each sees those before it in its own batch. */
  async function appendInTurn(stories: readonly Story[]): Promise<readonly LoggedStory[]> {
    const logged = new Map<StoryId, LoggedStory>();
    await learnPresent(stories, logged);
    for (const [i, story] of stories.entries()) {
      while (!logged.has(story.id)) {
        const entry = decide(story);
        const appended = await store.appendStories(position, [entry]);
        if (appended) {
          grouper.admit(groupable(story), entry.groupId);
          position = appended.position;
          logged.set(story.id, entry);
          continue;
        }
        await catchUp();
        // Who was first may have brought any of those that are left.
        await learnPresent(stories.slice(i), logged);
      }
    }
    return stories.flatMap((story) => logged.get(story.id) ?? []);
  }

  async function learnPresent(stories: readonly Story[], logged: Map<StoryId, LoggedStory>): Promise<void> {
    const ids = stories.map((story) => story.id);
    const present = await inTurns(ids, STORIES_ASKED, async (some) => store.getStories(some));
    for (const entry of present) if (entry) logged.set(entry.story.id, entry);
  }

  function decide(story: Story): LoggedStory {
    const found = grouper.find(groupable(story));
    if (found) return { story, groupId: found.groupId, tier: found.tier, like: found.like };
    return { story, groupId: groupIdOf(story), tier: 'first', like: '' };
  }

  await catchUp();
  return {
    append(stories) {
      // One batch at a time in this process; between processes the Store's compare-and-append decides.
      const mine = turn.then(async () => appendInTurn(stories));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}

/** A group is named after the story that opens it. */
function groupIdOf(story: Story): GroupId {
  return String(story.id);
}

function groupable(story: Story): Groupable {
  const { id, title, summary, body, url, effective, lang } = story;
  return { id: String(id), title, summary, body, url, published: effective, lang };
}
