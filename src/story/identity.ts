import { hash } from 'node:crypto';
import type { FeedItem } from './item.ts';
import type { FeedId, StoryId } from './story.ts';

const DAY_MS = 86_400_000;
const TITLE_WINDOW_DAYS = 3;
const MIN_TITLE_WORDS = 4;
const MIN_TEXT_LETTERS = 60;
const SAME_TEXT = 0.5;
const OTHER_TEXT = 0.2;
/** Of a title and text only this much is read for the text key: an edit far down a long text is no news. */
const TEXT_KEY_CHARS = 4000;

/**
 * The keys an item is known by, as digests of 16 hex digits. Not every item has every key.
 * - guid: this feed's own identifier for it, always there: the guid, else the link, else the text
 * - url: its canonical address, in all feeds
 * - text: its text; in all feeds when long enough to tell stories apart, else for this item alone
 * - titles: this feed, its title and the day, for today and the three days before; empty for short titles
 */
export interface ItemKeys {
  readonly storyId: StoryId;
  readonly guid: string;
  readonly url: string;
  readonly text: string;
  readonly titles: readonly string[];
}

/** What the Store knows about one key: the story it stands for and the feed that brought it first. */
export interface Known {
  readonly storyId: StoryId;
  readonly feedId: FeedId;
}

/** What the archive still holds of a known story, for comparing texts; null when it was swept or never was. */
export interface Former {
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly published: number | null;
}

/**
 * What an item is to us.
 * - new: never seen
 * - carried: the same story, first brought by another feed: it may still be news to somebody who follows this one
 * - edited: known here, its text changed
 * - known: known here, nothing to do
 */
export type Judgement =
  | { readonly kind: 'new'; readonly storyId: StoryId }
  | { readonly kind: 'carried'; readonly storyId: StoryId }
  | { readonly kind: 'edited'; readonly storyId: StoryId }
  | { readonly kind: 'known'; readonly storyId: StoryId };

/** A 64-bit digest as 16 hex digits: what all identity keys and ids are made with. */
export function digest(...parts: readonly string[]): string {
  return hash('sha256', parts.join('\u0000'), 'hex').slice(0, 16);
}

/** The id of a feed: a digest of the address it was first known by. */
export function feedIdOf(url: string): FeedId {
  return digest('feed', url);
}

/**
 * The keys of one item.
 * @param url its canonical address ('' for none, or when it does not tell stories of this feed apart)
 * @param guidTrusted false while the feed's guids repeat or change
 * @param now epoch ms
 */
export function itemKeys(
  feedId: FeedId,
  item: Pick<FeedItem, 'id' | 'title' | 'summary' | 'content'>,
  url: string,
  guidTrusted: boolean,
  now: number,
): ItemKeys {
  const title = normalised(item.title);
  const text = normalised((item.summary === '' ? item.content : item.summary).slice(0, TEXT_KEY_CHARS));
  const own = guidTrusted && item.id !== '' ? `id ${item.id}` : url === '' ? `text ${title} ${text}` : `url ${url}`;
  const guid = digest('g', feedId, own);
  const telling = text.length >= MIN_TEXT_LETTERS && title !== '';
  const today = Math.floor(now / DAY_MS);
  const titled = title.split(' ').length >= MIN_TITLE_WORDS;
  return {
    storyId: url === '' ? guid : digest('u', url),
    guid,
    url: url === '' ? '' : digest('u', url),
    text: telling ? digest('c', title, text) : digest('c', feedId, own, title, text),
    // Only what nothing else is known of is looked up by these: most items never need them.
    get titles() {
      if (!titled) return [];
      return Array.from({ length: TITLE_WINDOW_DAYS + 1 }, (_, back) =>
        digest('t', feedId, title, String(today - back)),
      );
    },
  };
}

/** What the Store answered for the keys of one item; null where a key is unknown. `title` is the newest title key known. */
export interface KnownKeys {
  readonly guid: Known | null;
  readonly url: Known | null;
  readonly text: Known | null;
  readonly title: Known | null;
}

/**
 * Judges an item by what is known of its keys. A date never makes a story new: only a re-used guid is told by one.
 * @param former gives the archived text of a story, or null; asked only where texts have to be compared
 */
export function judge(
  feedId: FeedId,
  item: Pick<FeedItem, 'title' | 'summary' | 'content' | 'published'>,
  url: string,
  keys: ItemKeys,
  known: KnownKeys,
  former: (id: StoryId) => Former | null,
): Judgement {
  if (known.guid) {
    const { storyId } = known.guid;
    if (known.text) return { kind: 'known', storyId };
    if (guidReused(item, url, storyId, known, former(storyId))) return { kind: 'new', storyId: keys.storyId };
    return { kind: 'edited', storyId };
  }
  const elsewhere = known.url ?? known.text;
  if (elsewhere) {
    const here = [known.url, known.text].some((record) => record?.feedId === feedId);
    // The same text at another address is a story of its own, which the grouper puts beside the first.
    const storyId = known.url ? known.url.storyId : here ? elsewhere.storyId : keys.storyId;
    if (here) return { kind: known.text ? 'known' : 'edited', storyId };
    return known.url ? { kind: 'carried', storyId } : { kind: 'new', storyId };
  }
  if (known.title && sameByTitle(item, url, former(known.title.storyId))) {
    return { kind: 'edited', storyId: known.title.storyId };
  }
  return { kind: 'new', storyId: keys.storyId };
}

/**
 * Whether a feed's guids can be believed: not if one repeats in a document for different addresses,
 * nor if at least half of the items whose address was known came back under new guids, or under those of others.
 * @param asBefore how many more there are whose address was known and whose guid is the same
 */
export function guidsBelievable(
  items: readonly {
    readonly id: string;
    readonly url: string;
    readonly urlKnownHere: boolean;
    /** Its guid is known, and for the story at this address. */
    readonly guidKept: boolean;
  }[],
  asBefore = 0,
): boolean {
  const addresses = new Map<string, string>();
  for (const { id, url } of items) {
    if (id === '') continue;
    const other = addresses.get(id);
    if (other !== undefined && other !== url) return false;
    addresses.set(id, url);
  }
  const back = items.filter((item) => item.urlKnownHere);
  const changed = back.filter((item) => !item.guidKept).length;
  const returned = back.length + asBefore;
  return returned < 4 || changed * 2 < returned;
}

/** Addresses that tell items of one document apart; one that stands for several items, or for the site itself, does not. */
export function tellingAddresses(urls: readonly string[], siteUrl: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const url of urls) counts.set(url, (counts.get(url) ?? 0) + 1);
  return new Set(
    [...counts].filter(([url, count]) => url !== '' && url !== siteUrl && count === 1).map(([url]) => url),
  );
}

/** Letters and digits of a text, case-folded, one space between words: what sameness of text goes by. */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Jaccard similarity of two texts' sets of words, 0 to 1; 0 when either is empty. */
export function wordOverlap(a: string, b: string): number {
  const left = new Set(words(a));
  const right = new Set(words(b));
  if (left.size === 0 || right.size === 0) return 0;
  let common = 0;
  for (const word of left) if (right.has(word)) common++;
  return common / (left.size + right.size - common);
}

/** The share of a text's words that another text holds, 0 to 1; 0 when the first has none. */
export function wordsHeld(text: string, within: string): number {
  const wanted = new Set(words(text));
  const held = new Set(words(within));
  let common = 0;
  for (const word of wanted) if (held.has(word)) common++;
  return wanted.size === 0 ? 0 : common / wanted.size;
}

/** Words, or pairs of letters where a script writes none apart. */
function words(text: string): string[] {
  const plain = normalised(text);
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(plain)) {
    const letters = Array.from(plain.replaceAll(' ', ''));
    return letters.slice(1).map((letter, i) => `${letters[i]}${letter}`);
  }
  return plain === '' ? [] : plain.split(' ');
}

function guidReused(
  item: Pick<FeedItem, 'title' | 'summary' | 'content' | 'published'>,
  url: string,
  storyId: StoryId,
  known: KnownKeys,
  former: Former | null,
): boolean {
  if (url === '' || known.url?.storyId === storyId) return false;
  if (former === null) return known.url === null && item.published !== null;
  if (former.url === url) return false;
  const later = item.published !== null && (former.published === null || item.published > former.published);
  return later && wordOverlap(fullText(item), `${former.title} ${former.text}`) < OTHER_TEXT;
}

function sameByTitle(
  item: Pick<FeedItem, 'title' | 'summary' | 'content'>,
  url: string,
  former: Former | null,
): boolean {
  if (former === null) return false;
  const text = item.summary === '' ? item.content : item.summary;
  return similarAddress(url, former.url) || wordOverlap(text, former.text) >= SAME_TEXT;
}

/** Two addresses on one host whose paths share at least half of their words. */
function similarAddress(a: string, b: string): boolean {
  if (!URL.canParse(a) || !URL.canParse(b)) return false;
  const [left, right] = [new URL(a), new URL(b)];
  return left.host === right.host && wordOverlap(left.pathname, right.pathname) >= SAME_TEXT;
}

function fullText(item: Pick<FeedItem, 'title' | 'summary' | 'content'>): string {
  return `${item.title} ${item.summary === '' ? item.content : item.summary}`;
}
