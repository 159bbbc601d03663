import type { FeedLease, LoggedStory, SeenKey, SeenRecord, Store } from '../ports.ts';
import { composeStory } from '../story/compose.ts';
import type { Judgement } from '../story/identity.ts';
import type { FeedDocument } from '../story/item.ts';
import type { FeedId, Story, StoryId } from '../story/story.ts';
import { scopesOf, type FeedState } from './feed.ts';
import { addressesOf, judgeItems, meetsKnown, type Judged, type Judgements } from './judging.ts';
import { shortHash, type KnownItem, type LastDocument } from './last-documents.ts';
import type { StoryLog } from './story-log.ts';
import { createTurns } from './turns.ts';

const DAY_MS = 86_400_000;
/** A known feed whose document is suddenly almost all new has been re-made, not written. */
const DUMP_SHARE = 0.8;
const DUMP_ITEMS = 20;
const DUMP_ALERTS = 5;
const DUMP_ALERT_AGE_MS = DAY_MS;
const RECENT_KEPT = 20;

export interface IntakeRules {
  readonly maxAgeMs: number;
  /** On the first poll of a feed items younger than this are announced; 0 for none. */
  readonly firstPollMs: number;
  /** A key seen so lately is not written again. */
  readonly keyFreshMs: number;
}

/** A story to be offered to subscriptions. */
export interface Announcement {
  readonly entry: LoggedStory;
  /** As this feed tells it: its outlet and scope, which may differ from those of the feed that brought it first. */
  readonly story: Story;
  /** One of a flood from a re-made feed: to be told of in one line with the others. */
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
  /** What may be remembered of the document once its keys are written; null where the next one has to be read whole. */
  readonly last: LastDocument | null;
}

/** A document as it was read. */
export interface Read {
  readonly document: FeedDocument;
  /** The document from which its unchanged items are known. */
  readonly last: LastDocument | null;
  /** Reads it with the items that were left out. */
  readonly whole: () => Promise<FeedDocument>;
}

/** Reads a document against what is known: what is new, what was corrected, and what to remember. May be repeated without harm. */
export async function takeIn(
  deps: { readonly store: Store; readonly log: StoryLog; readonly rules: IntakeRules },
  lease: FeedLease,
  read: Read,
  now: number,
): Promise<Taken> {
  const { store, log, rules } = deps;
  const { feed, state } = lease;
  const sifted = await sift(store, lease, read, now);
  const { document, known, judged, guidOffUntil, archive } = sifted;

  const counts = { new: 0, carried: 0, edited: 0, known: known.length, learnt: 0 };
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
  const dump = state.learnt && counts.new >= DUMP_ITEMS && counts.new >= (judged.length + known.length) * DUMP_SHARE;
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
    seen: judged.flatMap((one) => keysToRemember(one, now - rules.keyFreshMs)),
    state: {
      learnt: true,
      guidOffUntil,
      recent: [...state.recent, ...announcements.map(() => now)].slice(-RECENT_KEPT),
    },
    counts,
    last: lastDocument(feed.id, sifted, read.last?.lookedUpAt ?? now, now),
  };
}

interface Sifted extends Judgements {
  /** As it was judged: without what is known, or whole. */
  readonly document: FeedDocument;
  readonly addresses: { readonly items: readonly string[]; readonly site: string };
  /** Items that are as they were, and had not to be judged. */
  readonly known: readonly KnownItem[];
}

/** Judges what is not known to be as it was; the whole document where that might make a difference to the rest. */
async function sift(store: Store, lease: FeedLease, read: Read, now: number): Promise<Sifted> {
  const { document, last, whole } = read;
  const unchanged = new Set(document.unchanged);
  const known = last?.items.filter(({ mark }) => unchanged.has(mark)) ?? [];
  if (known.length > 0) {
    const addresses = await addressesOf(document);
    if (!meetsKnown(document.items, addresses.items, known)) {
      const judgements = await judgeItems(store, lease, document.items, addresses, known, now);
      if (judgements.guidOffUntil === null) return { ...judgements, document, addresses, known };
    }
  }
  const all = unchanged.size === 0 ? document : await whole();
  const addresses = await addressesOf(all);
  const judgements = await judgeItems(store, lease, all.items, addresses, [], now);
  return { ...judgements, document: all, addresses, known: [] };
}

/** Not of a document whose guids are not believed or whose items share an address: there each item hangs on the others. */
function lastDocument(
  feedId: FeedId,
  { document, addresses, known, judged, guidOffUntil }: Sifted,
  lookedUpAt: number,
  now: number,
): LastDocument | null {
  const { marks } = document;
  const own = addresses.items.filter((address) => address !== '' && address !== addresses.site);
  if (marks === undefined || guidOffUntil !== null || new Set(own).size < own.length) return null;
  const items = judged.map(({ item, url, records }, i) => ({
    mark: marks.items[i] ?? 0,
    address: shortHash(url),
    guid: shortHash(item.id),
    own: url !== '' && (records.url === null || records.url.feedId === feedId),
  }));
  return { frame: marks.frame, items: [...known, ...items], lookedUpAt: known.length > 0 ? lookedUpAt : now };
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

/** @param freshSince keys seen since then (epoch ms) for the same story are as they should be */
function keysToRemember({ keys, records, judgement }: Judged, freshSince: number): SeenKey[] {
  const { storyId } = judgement;
  const stale = (record: SeenRecord | null): boolean =>
    record === null || record.storyId !== storyId || record.lastSeen < freshSince;
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
