import type { FeedLease, LoggedStory, SeenRecord, Store } from '../ports.ts';
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
import type { StoryId } from '../story/story.ts';
import { shortHash, type KnownItem } from './last-documents.ts';
import { createTurns, inTurns } from './turns.ts';

const DAY_MS = 86_400_000;
/** How long a feed's guids are not believed after they repeated or changed. */
const GUID_OFF_MS = 30 * DAY_MS;
/** Asked of the Store at a time, so that nothing else waits for long. */
const KEYS_ASKED = 300;
const STORIES_ASKED = 100;

/** An item, what is known of its keys, and what it is to us. */
export interface Judged {
  readonly item: FeedItem;
  /** Its canonical address; '' for none, or one that does not tell it apart. */
  readonly url: string;
  readonly keys: ItemKeys;
  readonly records: Readonly<Record<keyof KnownKeys, SeenRecord | null>>;
  readonly judgement: Judgement;
}

/** What the items of a document come to. */
export interface Judgements {
  /** In the document's order. */
  readonly judged: readonly Judged[];
  readonly guidOffUntil: number | null;
  /** What the archive holds of the stories that texts were compared with. */
  readonly archive: ReadonlyMap<StoryId, LoggedStory>;
}

/** The canonical address of each item, '' for none; then that of the site. */
export async function addressesOf(
  document: FeedDocument,
): Promise<{ readonly items: string[]; readonly site: string }> {
  const turns = createTurns();
  const items: string[] = [];
  for (const { link } of document.items) {
    await turns(link.length);
    items.push(canonicalUrl(link));
  }
  return { items, site: canonicalUrl(document.link) };
}

/** Whether items share an address or a guid with others that are known already: then all of them have to be judged together. */
export function meetsKnown(
  items: readonly FeedItem[],
  addresses: readonly string[],
  known: readonly KnownItem[],
): boolean {
  const held = new Set(known.map(({ address }) => address));
  const guids = new Set(known.map(({ guid }) => guid));
  return (
    addresses.some((address) => address !== '' && held.has(shortHash(address))) ||
    items.some(({ id }) => id !== '' && guids.has(shortHash(id)))
  );
}

/**
 * Looks all keys up and judges each item; tried a second time without guids where the first shows that they cannot be believed.
 * @param known items of the same document that are as they were, and are not among `items`
 */
export async function judgeItems(
  store: Store,
  { feed, state }: FeedLease,
  items: readonly FeedItem[],
  addresses: { readonly items: readonly string[]; readonly site: string },
  known: readonly KnownItem[],
  now: number,
): Promise<Judgements> {
  const turns = createTurns();
  const telling = tellingAddresses(addresses.items, addresses.site);
  const urls = addresses.items.map((url) => (telling.has(url) ? url : ''));
  const returned = known.filter(({ own }) => own).length;
  let guidOffUntil = state.guidOffUntil !== null && now < state.guidOffUntil ? state.guidOffUntil : null;

  for (;;) {
    const trusted = guidOffUntil === null;
    const keyed: Pick<Judged, 'item' | 'url' | 'keys'>[] = [];
    for (const [i, item] of items.entries()) {
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
        returned,
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
