import type { FeedLease, LoggedStory, SeenKey, SeenRecord, Store } from '../ports.ts';
import { composeStory } from '../story/compose.ts';
import {
  guidsBelievable,
  itemKeys,
  judge,
  tellingAddresses,
  type Former,
  type ItemKeys,
  type Judgement,
  type KnownKeys,
} from '../story/identity.ts';
import type { FeedDocument, FeedItem } from '../story/item.ts';
import { canonicalUrl } from '../story/link.ts';
import type { Story, StoryId } from '../story/story.ts';
import { scopesOf, type FeedState } from './feed.ts';
import type { StoryLog } from './story-log.ts';
import { createTurns, inTurns } from './turns.ts';

const DAY_MS = 86_400_000;
/** How long a feed's guids are not believed after they repeated or changed. */
const GUID_OFF_MS = 30 * DAY_MS;
/** A key seen so lately needs no new day. */
const FRESH_KEY_MS = 7 * DAY_MS;
/** A known feed whose document is suddenly almost all new has been re-made, not written. */
const DUMP_SHARE = 0.8;
const DUMP_ITEMS = 20;
const DUMP_ALERTS = 5;
const DUMP_ALERT_AGE_MS = DAY_MS;
const RECENT_KEPT = 20;
/** Asked of the Store at a time, so that nothing else waits for long. */
const KEYS_ASKED = 300;
const STORIES_ASKED = 100;

export interface IntakeRules {
  readonly maxAgeMs: number;
  /** On the first poll of a feed items younger than this are announced; 0 for none. */
  readonly firstPollMs: number;
}

/** A story to be offered to subscriptions. */
export interface Announcement {
  readonly entry: LoggedStory;
  /** As this feed tells it: its outlet and scope, which may differ from those of the feed that brought it first. */
  readonly story: Story;
  /** One of a flood from a re-made feed: to be gathered in one message. */
  readonly gathered: boolean;
}

/** What a document comes to. Nothing of it is written but the story log. */
export interface Taken {
  /** Oldest first. */
  readonly announcements: readonly Announcement[];
  /** Known stories whose title or summary was corrected. */
  readonly revisions: readonly Story[];
  /** Identity keys to be remembered once all else is done. */
  readonly seen: readonly SeenKey[];
  readonly state: Pick<FeedState, 'learnt' | 'guidOffUntil' | 'recent'>;
  readonly counts: Readonly<Record<Judgement['kind'] | 'learnt', number>>;
}

interface Judged {
  readonly item: FeedItem;
  readonly url: string;
  readonly keys: ItemKeys;
  readonly records: Readonly<Record<keyof KnownKeys, SeenRecord | null>>;
  readonly judgement: Judgement;
}

/** Reads a document against what is known: what is new, what was corrected, and what to remember. May be repeated without harm. */
export async function takeIn(
  deps: { readonly store: Store; readonly log: StoryLog; readonly rules: IntakeRules },
  lease: FeedLease,
  document: FeedDocument,
  now: number,
): Promise<Taken> {
  const { store, log, rules } = deps;
  const { feed, state } = lease;
  const { judged, guidOffUntil, archive } = await judgeItems(store, lease, document, now);

  const counts = { new: 0, carried: 0, edited: 0, known: 0, learnt: 0 };
  const fresh: { story: Story; carried: boolean; announce: boolean }[] = [];
  const revisions: Story[] = [];
  const turns = createTurns();
  for (const { item, judgement } of oldestFirst(judged)) {
    counts[judgement.kind]++;
    if (judgement.kind === 'known') continue;
    await turns(item.summaryHtml.length + item.contentHtml.length);
    const story = composeStory(item, document, { ...feed, scopes: scopesOf(feed) }, judgement.storyId, now);
    if (judgement.kind === 'edited') {
      const former = archive.get(judgement.storyId);
      if (former && former.story.feedId === feed.id && corrected(former.story, story))
        revisions.push(revise(former.story, story));
      continue;
    }
    const old = story.effective < now - rules.maxAgeMs;
    const young = story.published !== null && story.published > now - rules.firstPollMs;
    const announce = !old && (state.learnt || young);
    if (!announce) counts.learnt++;
    if (!old) fresh.push({ story, carried: judgement.kind === 'carried', announce });
  }

  const logged = await logStories(store, log, fresh);
  const dump = state.learnt && counts.new >= DUMP_ITEMS && counts.new >= judged.length * DUMP_SHARE;
  const offered = fresh.filter(({ announce, story }) => announce && logged.has(story.id));
  const alone = dump
    ? newest(
        offered.map(({ story }) => story),
        now,
      )
    : null;
  const announcements = offered.flatMap(({ story }) => {
    const entry = logged.get(story.id);
    return entry ? [{ entry, story, gathered: alone !== null && !alone.has(story.id) }] : [];
  });

  return {
    announcements,
    revisions,
    seen: judged.flatMap((one) => keysToRemember(one, now)),
    state: {
      learnt: true,
      guidOffUntil,
      recent: [...state.recent, ...announcements.map(() => now)].slice(-RECENT_KEPT),
    },
    counts,
  };
}

/** Looks all keys up and judges each item; tried a second time without guids where the first shows that they cannot be believed. */
async function judgeItems(
  store: Store,
  { feed, state }: FeedLease,
  document: FeedDocument,
  now: number,
): Promise<{ judged: readonly Judged[]; guidOffUntil: number | null; archive: ReadonlyMap<StoryId, LoggedStory> }> {
  const turns = createTurns();
  const addresses: string[] = [];
  for (const { link } of document.items) {
    await turns(link.length);
    addresses.push(canonicalUrl(link));
  }
  const telling = tellingAddresses(addresses, canonicalUrl(document.link));
  const urls = addresses.map((url) => (telling.has(url) ? url : ''));
  let guidOffUntil = state.guidOffUntil !== null && now < state.guidOffUntil ? state.guidOffUntil : null;

  for (;;) {
    const trusted = guidOffUntil === null;
    const keyed: Pick<Judged, 'item' | 'url' | 'keys'>[] = [];
    for (const [i, item] of document.items.entries()) {
      const url = urls[i] ?? '';
      await turns(item.summary.length);
      keyed.push({ item, url, keys: itemKeys(feed.id, item, url, trusted, now) });
    }
    const found = await findRecords(
      store,
      keyed.map(({ keys }) => keys),
    );
    if (
      trusted &&
      !guidsBelievable(
        keyed.map(({ item, url }, i) => ({
          id: item.id,
          url,
          urlKnownHere: found[i]?.url?.feedId === feed.id,
          guidKept: (found[i]?.guid ?? null) !== null && found[i]?.guid?.storyId === found[i]?.url?.storyId,
        })),
      )
    ) {
      guidOffUntil = now + GUID_OFF_MS;
      continue;
    }
    const archive = await formerStories(store, found);
    const former = (id: StoryId): Former | null => {
      const story = archive.get(id)?.story;
      return story
        ? {
            title: story.title,
            text: `${story.summary} ${story.body}`,
            url: canonicalUrl(story.url),
            published: story.published,
          }
        : null;
    };
    const judged: Judged[] = [];
    for (const [i, { item, url, keys }] of keyed.entries()) {
      const records = found[i] ?? { guid: null, url: null, text: null, title: null };
      await turns(records.text ? 0 : item.summary.length + item.content.length);
      judged.push({ item, url, keys, records, judgement: judge(feed.id, item, url, keys, records, former) });
    }
    return { judged, guidOffUntil, archive };
  }
}

/** The records of each item's keys; title keys are asked for only where nothing else is known. */
async function findRecords(
  store: Store,
  all: readonly ItemKeys[],
): Promise<Record<keyof KnownKeys, SeenRecord | null>[]> {
  const first = await lookUp(
    store,
    all.flatMap(({ guid, url, text }) => [guid, url, text]),
  );
  const found = all.map(({ guid, url, text }) => ({
    guid: first(guid),
    url: first(url),
    text: first(text),
    title: null as SeenRecord | null,
  }));
  const unknown = all.flatMap((keys, i) => (found[i]?.guid || found[i]?.url || found[i]?.text ? [] : keys.titles));
  if (unknown.length === 0) return found;
  const titles = await lookUp(store, unknown);
  for (const [i, keys] of all.entries()) {
    const record = found[i];
    if (record) record.title = keys.titles.map(titles).find((title) => title !== null) ?? null;
  }
  return found;
}

async function lookUp(store: Store, keys: readonly string[]): Promise<(key: string) => SeenRecord | null> {
  const asked = [...new Set(keys)].filter((key) => key !== '');
  const records = await inTurns(asked, KEYS_ASKED, async (some) => store.findSeen(some));
  const byKey = new Map(asked.map((key, i) => [key, records[i] ?? null]));
  return (key) => byKey.get(key) ?? null;
}

/** The archived stories whose texts judging has to compare: a known guid or title whose text is not the known one. */
async function formerStories(
  store: Store,
  found: readonly Record<keyof KnownKeys, SeenRecord | null>[],
): Promise<ReadonlyMap<StoryId, LoggedStory>> {
  const ids = new Set<StoryId>();
  for (const { guid, url, text, title } of found) {
    if (text) continue;
    for (const record of [guid, url, title]) if (record) ids.add(record.storyId);
  }
  if (ids.size === 0) return new Map();
  const entries = await inTurns([...ids], STORIES_ASKED, async (some) => store.getStories(some));
  return new Map(entries.flatMap((entry) => (entry ? [[entry.story.id, entry] as const] : [])));
}

/** Every fresh story with its place in the log; a carried one that the archive has let go is missing. */
async function logStories(
  store: Store,
  log: StoryLog,
  fresh: readonly { readonly story: Story; readonly carried: boolean }[],
): Promise<ReadonlyMap<StoryId, LoggedStory>> {
  const carried = fresh.filter((one) => one.carried).map(({ story }) => story.id);
  const present = carried.length === 0 ? [] : await store.getStories(carried);
  const appended = await log.append(fresh.filter((one) => !one.carried).map(({ story }) => story));
  const entries = [...present.flatMap((entry) => entry ?? []), ...appended];
  return new Map(entries.map((entry) => [entry.story.id, entry]));
}

function keysToRemember({ keys, records, judgement }: Judged, now: number): SeenKey[] {
  const { storyId } = judgement;
  const stale = (record: SeenRecord | null): boolean =>
    record === null || record.storyId !== storyId || record.lastSeen < now - FRESH_KEY_MS;
  const remember = [
    stale(records.guid) ? keys.guid : '',
    stale(records.url) ? keys.url : '',
    stale(records.text) ? keys.text : '',
    judgement.kind === 'known' ? '' : (keys.titles[0] ?? ''),
  ];
  return remember.filter((key) => key !== '').map((key) => ({ key, storyId }));
}

/** By the publisher's dates where all have one; else from the end, since feeds list the newest first. */
function oldestFirst(judged: readonly Judged[]): readonly Judged[] {
  const fromEnd = judged.toReversed();
  if (fromEnd.some(({ item }) => item.published === null)) return fromEnd;
  return fromEnd.sort((a, b) => (a.item.published ?? 0) - (b.item.published ?? 0));
}

/** The ids of the few newest stories of a dump that are young enough to be told one by one. */
function newest(stories: readonly Story[], now: number): ReadonlySet<StoryId> {
  const young = stories.filter((story) => story.effective > now - DUMP_ALERT_AGE_MS);
  const latest = young.toSorted((a, b) => b.effective - a.effective).slice(0, DUMP_ALERTS);
  return new Set(latest.map((story) => story.id));
}

function corrected(former: Story, story: Story): boolean {
  return former.title !== story.title || former.summary !== story.summary || former.body !== story.body;
}

/** The corrected text on the story as it was first taken in: its times and its link stay. */
function revise(former: Story, story: Story): Story {
  const { title, summary, body } = story;
  return { ...former, title, summary, body };
}
