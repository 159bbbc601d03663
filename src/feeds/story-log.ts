import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggedStory, Store } from '../ports.ts';
import type { GroupId, Story, StoryId, Tier } from '../story/story.ts';

/** What the log asks of the grouper: decide without change, and take in what was decided, here or by another process. */
export interface Grouper {
  find(
    story: Groupable,
  ): { readonly groupId: string; readonly tier: Exclude<Tier, 'first'>; readonly like: string } | null;
  admit(story: Groupable, groupId: string): void;
  /** Takes back the last stories admitted, as if they had not been: somebody else was first. */
  retract(count: number): void;
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
/** Appended at a time, whichever feeds they come from: one look-up and one write for all of them. */
const STORIES_A_BATCH = 32;
/** The event loop is given a turn after this many stories taken into the window, or compared with it. */
const STORIES_A_TURN = 20;
const DECISIONS_A_TURN = 4;

/** Stories of one call that wait for their groups. */
interface Waiting {
  readonly stories: readonly Story[];
  readonly logged: LoggedStory[];
  readonly resolve: (logged: readonly LoggedStory[]) => void;
  readonly reject: (error: unknown) => void;
}

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
  const waiting: Waiting[] = [];
  let appending = false;

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

  /**
   * The entries of all stories, by id. Each is decided in sight of those before it; what was decided is taken back and decided
   * again when another process appended in between.
   */
  async function appendBatch(stories: readonly Story[]): Promise<ReadonlyMap<StoryId, LoggedStory>> {
    for (;;) {
      const logged = await present(stories);
      const fresh: LoggedStory[] = [];
      let appended: { readonly position: number } | null = null;
      try {
        for (const story of stories) {
          if (logged.has(story.id)) continue;
          if (fresh.length % DECISIONS_A_TURN === DECISIONS_A_TURN - 1) await nextTurn();
          const entry = decide(story);
          grouper.admit(groupable(story), entry.groupId);
          fresh.push(entry);
          logged.set(story.id, entry);
        }
        if (fresh.length === 0) return logged;
        appended = await store.appendStories(position, fresh);
      } finally {
        // A Store that failed may have appended all the same: then they are met again in the log.
        if (appended === null) grouper.retract(fresh.length);
      }
      if (appended !== null) {
        position = appended.position;
        return logged;
      }
      await catchUp();
    }
  }

  async function present(stories: readonly Story[]): Promise<Map<StoryId, LoggedStory>> {
    const entries = await store.getStories(stories.map((story) => story.id));
    return new Map(entries.flatMap((entry) => (entry ? [[entry.story.id, entry] as const] : [])));
  }

  /** One batch at a time in this process; between processes the Store's compare-and-append decides. */
  async function appendAll(): Promise<void> {
    if (appending) return;
    appending = true;
    while (waiting.length > 0) {
      const parts = nextBatch();
      try {
        const logged = await appendBatch(parts.flatMap(({ stories }) => stories));
        for (const { call, stories } of parts) settle(call, stories, logged);
      } catch (error) {
        for (const { call } of parts) fail(call, error);
      }
    }
    appending = false;
  }

  /** What the first calls still wait for, in their order, a batch full. */
  function nextBatch(): { readonly call: Waiting; readonly stories: readonly Story[] }[] {
    const parts: { readonly call: Waiting; readonly stories: readonly Story[] }[] = [];
    let room = STORIES_A_BATCH;
    for (const call of waiting) {
      const stories = call.stories.slice(call.logged.length, call.logged.length + room);
      parts.push({ call, stories });
      room -= stories.length;
      if (room <= 0) break;
    }
    return parts;
  }

  function settle(call: Waiting, stories: readonly Story[], logged: ReadonlyMap<StoryId, LoggedStory>): void {
    for (const { id } of stories) {
      const entry = logged.get(id);
      if (entry) call.logged.push(entry);
    }
    if (call.logged.length < call.stories.length) return;
    waiting.splice(waiting.indexOf(call), 1);
    call.resolve(call.logged);
  }

  function fail(call: Waiting, error: unknown): void {
    waiting.splice(waiting.indexOf(call), 1);
    call.reject(error);
  }

  function decide(story: Story): LoggedStory {
    const found = grouper.find(groupable(story));
    if (found) return { story, groupId: found.groupId, tier: found.tier, like: found.like };
    return { story, groupId: groupIdOf(story), tier: 'first', like: '' };
  }

  await catchUp();
  return {
    async append(stories) {
      if (stories.length === 0) return [];
      return new Promise((resolve, reject) => {
        waiting.push({ stories, logged: [], resolve, reject });
        void appendAll();
      });
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
