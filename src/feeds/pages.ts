import type { Audience } from '../delivery/audience.ts';
import type { ArticleSource, Clock, LoggedStory, SeenKey, Store } from '../ports.ts';
import type { Article } from '../story/extract/article.ts';
import { digest, wordOverlap, wordsHeld } from '../story/identity.ts';
import { canonicalUrl } from '../story/link.ts';
import { sameSite } from '../story/site.ts';
import type { Story } from '../story/story.ts';
import { saysTooLittle } from '../story/summarise.ts';
import type { Announcement } from './intake.ts';

/** No alert waits longer than this for pages: the feed's own text serves then. */
const PAGES_MS = 10_000;
/** A page tells a story if it holds this share of the words of its title: a wall or the site's front page does not. */
const TOLD_SHARE = 0.5;
const SAME_TITLE = 0.5;

/** Announcements after their pages were read, and the further addresses that their stories are known by now. */
export interface ReadPages {
  readonly announcements: readonly Announcement[];
  readonly seen: readonly SeenKey[];
}

/** What became of one page, for the figures. */
export type PageOutcome = 'read' | 'failed' | 'other' | 'late';

interface PageDeps {
  readonly store: Store;
  readonly audience: Audience;
  readonly articles: ArticleSource;
  readonly clock: Clock;
  readonly onPage?: (outcome: PageOutcome) => void;
}

/**
 * Reads the page of each announced story that somebody is to hear of and whose feed says too little, once a story. The page's
 * text goes to the story in the Store; who hears of it stays decided by the feed. A story that turns out to
 * stand at the address of another takes that one's place in the log. Takes 10 s at most, and never fails for a page.
 */
export async function readPages(
  deps: PageDeps,
  announcements: readonly Announcement[],
  signal: AbortSignal,
): Promise<ReadPages> {
  const ended = new AbortController();
  const late = new AbortController();
  const give = (): void => late.abort();
  signal.addEventListener('abort', give, { once: true });
  void deps.clock.sleep(PAGES_MS, ended.signal).then(give);
  try {
    const read = await Promise.all(announcements.map(async (one) => readPage(deps, one, late.signal)));
    return { announcements: read.flatMap(({ announcement }) => announcement), seen: read.flatMap(({ seen }) => seen) };
  } finally {
    ended.abort();
    signal.removeEventListener('abort', give);
  }
}

interface ReadPage {
  readonly announcement: Announcement;
  readonly seen: readonly SeenKey[];
}

async function readPage(deps: PageDeps, announcement: Announcement, late: AbortSignal): Promise<ReadPage> {
  const { store, audience, clock, onPage } = deps;
  const { story } = announcement.entry;
  const unread = { announcement, seen: [] };
  if (story.url === '' || story.article !== undefined || !saysTooLittle(story)) return unread;
  if ((await audience.wanting(announcement.story, clock.now())).length === 0) return unread;

  const answer = await Promise.race([deps.articles.read(story.url, late), whenAborted(late)]);
  if (answer === null) {
    onPage?.('late');
    return unread;
  }
  const tells = answer.kind === 'article' && tellsOf(answer.article, story);
  onPage?.(tells ? 'read' : answer.kind === 'failed' ? 'failed' : 'other');
  await store.reviseStory({ ...story, article: tells ? answer.article.text : '' });
  return tells ? placed(store, announcement, answer.article, answer.finalUrl) : unread;
}

async function whenAborted(signal: AbortSignal): Promise<null> {
  if (signal.aborted) return null;
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}

function tellsOf({ title, text }: Article, story: Story): boolean {
  return wordsHeld(story.title, `${title}\n${text}`) >= TOLD_SHARE;
}

/** Looks the page's own addresses up: a story that is known by one of them under much the same title is that story. */
async function placed(store: Store, announcement: Announcement, article: Article, finalUrl: string): Promise<ReadPage> {
  const { story } = announcement.entry;
  const keys = pageAddresses(story, article, finalUrl).map((url) => digest('u', url));
  const records = await store.findSeen(keys);
  const seen = keys.flatMap((key, i) => (records[i] === null ? [{ key, storyId: story.id }] : []));
  const others = records.flatMap((record) => (record && record.storyId !== story.id ? [record.storyId] : []));
  const entries = others.length === 0 ? [] : await store.getStories(others);
  const first = entries.find((entry) => entry !== null && wordOverlap(entry.story.title, story.title) >= SAME_TITLE);
  return { announcement: first ? inPlaceOf(first, announcement) : announcement, seen };
}

function inPlaceOf(entry: LoggedStory, announcement: Announcement): Announcement {
  return { ...announcement, entry, story: { ...announcement.story, id: entry.story.id } };
}

/** The addresses that a page is known by besides the story's link, as keys; none that could be a site's front page. */
function pageAddresses(story: Story, { canonical }: Article, finalUrl: string): string[] {
  const given = canonical !== '' && sameSite(canonical, finalUrl) ? [finalUrl, canonical] : [finalUrl];
  const own = canonicalUrl(story.url);
  const keys = given.filter(namesPage).map((url) => canonicalUrl(url));
  return [...new Set(keys)].filter((key) => key !== '' && key !== own);
}

function namesPage(url: string): boolean {
  const read = URL.parse(url);
  return read !== null && (read.pathname.length > 1 || read.search !== '');
}
