import { parseOpml, printOpml } from '../feeds/opml.ts';
import { feedAt, newFeedState, type Feed, type FeedState, type Follower } from '../feeds/feed.ts';
import type { FeedCandidate } from '../ports.ts';
import { feedIdOf } from '../story/identity.ts';
import { card, type Card, type Line, type Row } from './card.ts';
import type { Ask, Desk, Handler } from './desk.ts';
import type { Speaker } from './request.ts';
import { failed } from './mistakes.ts';

const PAGE = 15;
const MOST_FEEDS = 100_000;
const DAY_MS = 86_400_000;
const CHOICES = 10;

type Names = 'feeds' | 'feeds add' | 'feeds remove' | 'feeds import' | 'feeds export';

interface Watched {
  readonly feed: Feed;
  readonly state: FeedState;
}

/** What members see of the feeds and may add to them. The host's own feeds are changed in the OPML file only. */
export function feedHandlers(desk: Desk): Readonly<Record<Names, Handler>> {
  const { store, source, rules } = desk;

  /** The feeds whose stories this scope hears of, the failing ones first. */
  async function visible({ speaker }: Ask): Promise<Watched[]> {
    const all = await store.listFeeds('', MOST_FEEDS);
    return all
      .filter(({ feed }) => feed.listed || followerOf(feed, speaker) !== null)
      .sort((a, b) => b.state.failures - a.state.failures || nameOf(a.feed).localeCompare(nameOf(b.feed)));
  }

  async function feeds(ask: Ask): Promise<Card> {
    const { words } = ask;
    const all = await visible(ask);
    if (all.length === 0)
      return card({ title: words.noFeeds, lines: [[{ code: words.feedsAddExample('bbc.com/news') }]] });
    const pages = Math.ceil(all.length / PAGE);
    const page = Math.max(1, Math.min(pages, Number.parseInt(ask.options['page'] ?? '1', 10) || 1));
    const failing = all.filter(({ state }) => state.failures > 0).length;
    return card({
      title: words.feedsTitle(all.length, failing),
      rows: all.slice((page - 1) * PAGE, page * PAGE).map((one) => healthRow(ask, one)),
      lines: pages > 1 ? [[words.page(page, pages)]] : [],
      actions: pages > page ? [{ label: words.nextPage, command: `feeds ${page + 1}`, style: 'plain' }] : [],
    });
  }

  function healthRow(ask: Ask, { feed, state }: Watched): Row {
    const { words, now } = ask;
    const title: Line = [{ bold: nameOf(feed) }, feed.title === '' ? '' : `  ${feed.url}`];
    if (state.stopped !== '') return { lines: [title, [words.feedStopped(state.stopped)]], actions: [] };
    if (state.lastError) {
      const next: Line = state.nextAt > now ? [words.triedAgain, { time: state.nextAt }] : [words.triedNow];
      return {
        lines: [title, [words.feedFailing(words.feedReason(state.lastError.code, state.lastError.message)), ...next]],
        actions: [],
      };
    }
    if (state.lastSuccessAt === null) return { lines: [title, [words.feedNotYet]], actions: [] };
    const line: Line = [words.lastRead, { time: state.lastSuccessAt }, words.itemsADay(itemsADay(state, now))];
    return { lines: [title, line], actions: [] };
  }

  async function add(ask: Ask): Promise<Card> {
    const { words, speaker, options } = ask;
    if (ask.place.feeds === 'managers' && !speaker.manager) return failed(words.managersFeeds);
    const address = webAddress(options['address'] ?? '');
    if (address === null)
      return failed(words.noAddress(options['address'] ?? ''), { address: words.noAddress(options['address'] ?? '') });
    const found = await source.discover(address);
    if ('failed' in found) return failed(words.feedUnreadable(found.failed));
    const [only] = found;
    if (!only) return failed(words.noFeedThere(address));
    if (found.length > 1) return choices(ask, found);
    return watchFeed(ask, only, tagsIn(options['tag']));
  }

  function choices(ask: Ask, found: readonly FeedCandidate[]): Card {
    return card({
      title: ask.words.whichFeed,
      rows: found.slice(0, CHOICES).map(({ url, title }) => ({
        lines: [[{ bold: title === '' ? url : title }], [url]],
        actions: [{ label: ask.words.addFeed, command: `feeds add ${url}`, style: 'plain' }],
      })),
    });
  }

  async function watchFeed(ask: Ask, { url, title }: FeedCandidate, tags: readonly string[]): Promise<Card> {
    const { words, speaker } = ask;
    const all = await visible(ask);
    const known = all.find(({ feed }) => feed.url === url);
    if (known) return card({ lines: [[words.feedKnown(nameOf(known.feed))]] });
    const own = all.filter(({ feed }) => followerOf(feed, speaker) !== null);
    if (own.length >= rules.feedsPerScope) return failed(words.feedsFull(rules.feedsPerScope));
    await follow(ask, [{ url, title, tags }]);
    return card({
      tone: 'good',
      title: words.feedAdded(title === '' ? url : title),
      lines: [[url], [words.feedLearns]],
    });
  }

  /** Adds the speaker's scope to those who hear of each feed; one that another scope follows already is shared. */
  async function follow(
    { speaker, now }: Ask,
    feeds: readonly { readonly url: string; readonly title: string; readonly tags: readonly string[] }[],
  ): Promise<void> {
    const follower: Follower = { scope: speaker.scope, member: speaker.member, destination: speaker.destination };
    const followed: Feed[] = [];
    for (const { url, title, tags } of feeds) {
      const known = await store.getFeed(feedIdOf(url));
      const feed = known?.feed ?? feedAt(url, { title, tags });
      followed.push({ ...feed, followers: [...feed.followers, follower] });
    }
    await store.putFeeds(followed, newFeedState(now));
    desk.onFeedsAdded();
  }

  async function remove(ask: Ask): Promise<Card> {
    const { words, speaker } = ask;
    const typed = (ask.options['feed'] ?? '')
      .trim()
      .replace(/^<(.*)>$/u, '$1')
      .toLowerCase();
    const found = (await visible(ask)).find(
      ({ feed }) => feed.id === typed || feed.url.toLowerCase() === typed || feed.title.toLowerCase() === typed,
    );
    if (!found) return failed(words.noSuchFeed(typed));
    const { feed } = found;
    const follower = followerOf(feed, speaker);
    if (follower === null) return failed(words.feedOfHost(nameOf(feed)));
    if (follower.member !== speaker.member && !speaker.manager) return failed(words.feedNotYours);
    const others = feed.followers.filter(({ scope }) => scope !== speaker.scope);
    if (others.length === 0) await store.removeFeed(feed.id);
    else await store.putFeeds([{ ...feed, followers: others }], newFeedState(ask.now));
    return card({
      tone: 'good',
      title: words.feedRemoved(nameOf(feed)),
      actions: [{ label: words.undo, command: `feeds add ${feed.url}`, style: 'plain' }],
    });
  }

  async function importFeeds(ask: Ask): Promise<Card> {
    const { words, speaker } = ask;
    if (ask.place.feeds === 'managers' && !speaker.manager) return failed(words.managersFeeds);
    if (ask.file === '') return failed(words.fileNeeded('feeds import', 'feeds.opml'));
    const read = parseOpml(ask.file);
    if (!read.ok) return failed(words.badOpml(read.line, read.message));
    const all = await visible(ask);
    const known = new Set(all.map(({ feed }) => feed.url));
    const fresh = read.feeds.filter(({ url }) => !known.has(url));
    const own = all.filter(({ feed }) => followerOf(feed, speaker) !== null).length;
    if (own + fresh.length > rules.feedsPerScope) return failed(words.feedsFull(rules.feedsPerScope));
    await follow(ask, fresh);
    return card({ tone: 'good', title: words.feedsImported(fresh.length, read.feeds.length - fresh.length) });
  }

  async function exportFeeds(ask: Ask): Promise<Card> {
    const all = await visible(ask);
    const text = printOpml(
      all.map(({ feed }) => feed),
      'Newshound',
    );
    return card({ title: ask.words.feedsExported(all.length), file: { name: 'newshound-feeds.opml', text } });
  }

  return {
    feeds,
    'feeds add': add,
    'feeds remove': remove,
    'feeds import': importFeeds,
    'feeds export': exportFeeds,
  };
}

/** Through whom the speaker's scope follows a feed, or null. */
function followerOf({ followers }: Feed, { scope }: Speaker): Follower | null {
  return followers.find((one) => one.scope === scope) ?? null;
}

/** An address as people type it, with or without `https://`; null when it is none. */
function webAddress(typed: string): string | null {
  const text = typed.trim().replace(/^<([^|>]*)(?:\|[^>]*)?>$/u, '$1');
  const url = URL.parse(/^[a-z][a-z\d+.-]*:/iu.test(text) && !/^[^/]*:\d/u.test(text) ? text : `https://${text}`);
  return url && /^https?:$/u.test(url.protocol) && url.hostname.includes('.') ? url.href : null;
}

function tagsIn(typed: string | undefined): string[] {
  return (typed ?? '').split(/[\s,]+/u).filter((tag) => tag !== '');
}

function nameOf(feed: Feed): string {
  return feed.title === '' ? feed.url : feed.title;
}

/** From the first-seen times of its latest stories; null while too little is known. */
function itemsADay({ recent }: FeedState, now: number): number | null {
  const [oldest] = recent;
  return oldest === undefined || recent.length < 2
    ? null
    : (recent.length * DAY_MS) / Math.max(now - oldest, DAY_MS / 24);
}
