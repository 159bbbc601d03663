import { setImmediate as nextTurn } from 'node:timers/promises';
import { createTurns } from '../feeds/turns.ts';
import type { LoggedStory, Store } from '../ports.ts';
import { heardBy, type Span, type Story } from '../story/story.ts';
import { matchStory } from '../subscription/match.ts';
import { createQueryIndex } from '../subscription/query-index.ts';
import { createRecent } from '../subscription/recent.ts';
import { parseQuery, type Query } from '../subscription/query.ts';
import type { Subscription, SubscriptionId } from '../subscription/subscription.ts';

/** A subscription that a story answers, and the words that do it. */
export interface Wanted {
  readonly subscription: Subscription;
  readonly spans: readonly Span[];
}

/** A story on its way to those who want it. */
export interface Offer {
  readonly entry: LoggedStory;
  /** As the feed at hand tells it. */
  readonly story: Story;
}

/** Every subscription there is, indexed, kept in step with the Store's log of changes. */
export interface Audience {
  /** The active subscriptions that may hear of the story and whose query it answers, by id. */
  wanting(story: Story, now: number): Promise<readonly Wanted[]>;
  /** Takes in what has changed since the last call, in this process or another. */
  follow(): Promise<void>;
  readonly size: number;
}

const PAGE = 1000;
const FIRST_STORY = { title: 'Soul ja Tokio sopivat satamasta', summary: 'Hallitukset kertoivat asiasta maanantaina.' };

/** Reads all subscriptions into the index. `onUnreadable` hears of a stored query that cannot be parsed; it is left out. */
export async function openAudience(
  store: Store,
  onUnreadable: (subscription: Subscription, message: string) => void,
): Promise<Audience> {
  let index = createQueryIndex();
  let position = 0;
  let following: Promise<void> = Promise.resolve();

  function take(subscription: Subscription): void {
    index.remove(subscription.id);
    // A paused one stays indexed: its pause may end by itself.
    if (subscription.state === 'removed') return;
    const read = parseQuery(subscription.query);
    if (read.ok) index.add(subscription.id, read.query);
    else onUnreadable(subscription, read.error.message);
  }

  async function snapshot(): Promise<void> {
    // The position first: a change made while the pages are read is then read again, never missed.
    position = await store.changesPosition();
    index = createQueryIndex();
    for (let after: SubscriptionId = 0; ;) {
      const page = await store.listSubscriptions(after, PAGE);
      for (const subscription of page) take(subscription);
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last.id;
    }
  }

  async function followOnce(): Promise<void> {
    for (;;) {
      const read = await store.changes(position, PAGE);
      if (read === null) return snapshot();
      for (const { subscription } of read.changes) take(subscription);
      position = read.position;
      if (read.changes.length < PAGE) return;
    }
  }

  await snapshot();
  // Names and languages are read into memory for the first story whose language has to be guessed. That takes half a second:
  // here nothing waits for it yet.
  index.match(FIRST_STORY);
  return {
    get size() {
      return index.size;
    },

    async follow() {
      const mine = following.then(followOnce);
      following = mine.catch(() => undefined);
      return mine;
    },

    async wanting(story, now) {
      const learning = index.learn(story);
      while (learning.next().done !== true) await nextTurn();
      const ids = [...index.match(story)].sort((a, b) => a - b);
      if (ids.length === 0) return [];
      const turn = createTurns();
      const chars = story.title.length + story.summary.length + story.body.length;
      const wanted: Wanted[] = [];
      for (const subscription of await store.getSubscriptions(ids)) {
        if (!subscription || !mayHear(subscription, story, now)) continue;
        await turn(chars);
        const query = readQuery(subscription.query);
        const match = query === null ? null : matchStory(query, story);
        if (match) wanted.push({ subscription, spans: match.spans });
      }
      return wanted;
    },
  };
}

/** Queries whose alerts are on their way are asked for again and again. */
const MOST_QUERIES = 2_000;
const queries = createRecent<Query | null>(MOST_QUERIES);

/** A stored query parsed, or null when it cannot be (it was written by another version). */
export function readQuery(text: string): Query | null {
  const known = queries.get(text);
  if (known !== undefined) return known;
  const read = parseQuery(text);
  const query = read.ok ? read.query : null;
  queries.set(text, query);
  return query;
}

function mayHear(subscription: Subscription, story: Story, now: number): boolean {
  if (!speaks(subscription, now)) return false;
  return heardBy(story, subscription.scope);
}

/** Whether a subscription is to be alerted: active, or paused until a time that has come. */
export function speaks({ state, pausedUntil }: Subscription, now: number): boolean {
  return state === 'active' || (state === 'paused' && pausedUntil !== null && pausedUntil <= now);
}
