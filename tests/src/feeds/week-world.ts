import type { FeedSource, FetchAnswer, FetchRequest } from '../../../src/ports.ts';
import type { FeedItem } from '../../../src/story/item.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;
const FEEDS_A_HOST = 4;
const KEPT_MS = 3 * DAY;
/** Enough for the outages below: no story leaves its feed unseen because of them. */
const MOST_KEPT = 400;
/** What stands in a feed before the first look: nothing of it is news. */
const BEFORE_MS = 2 * DAY;

export interface Published {
  readonly url: string;
  readonly at: number;
}

/** Something that goes wrong on a host, from one time to another. */
interface Fault {
  readonly kind: 'timeout' | 'busy' | 'too many';
  readonly from: number;
  readonly until: number;
  readonly retryAfterMs: number | null;
}

interface WorldFeed {
  readonly url: string;
  readonly host: string;
  readonly stories: readonly Published[];
  /** From then on all items carry the date of that time, or other ids. */
  readonly redatedAt: number;
  readonly renamedAt: number;
  readonly movedAt: number;
  readonly goneAt: number;
  readonly hasEtag: boolean;
}

export interface Asked {
  readonly url: string;
  readonly host: string;
  readonly at: number;
  /** The host was to be left alone at that time. */
  readonly whileHeld: boolean;
  readonly outcome: FetchAnswer['kind'];
}

/** A week of publishers, the same on every run. */
export interface World {
  readonly source: FeedSource;
  readonly urls: readonly string[];
  readonly asked: readonly Asked[];
  /** Everything published from the start until `until` that its readers had a chance to see. */
  published(until: number): readonly Published[];
  /** The feeds that end for good, and since when; those that move, and from when on. */
  readonly gone: ReadonlyMap<string, number>;
  readonly moved: ReadonlyMap<string, number>;
}

/**
 * Publishers with their habits and faults: feeds that are silent for hours or days, hosts that say 429 and 503, feeds that
 * move, end, date all their items anew or change all their ids.
 */
export function createWorld(feeds: number, start: number, now: () => number, random: () => number): World {
  const hosts = Math.ceil(feeds / FEEDS_A_HOST);
  const faults = Array.from({ length: hosts }, () => drawFaults(start, random));
  const all = Array.from({ length: feeds }, (_, i) => drawFeed(i, hosts, start, random));
  const byUrl = new Map(all.flatMap((feed) => [feed.url, `${feed.url}/new`].map((url) => [url, feed] as const)));
  const heldUntil = new Map<string, number>();
  const asked: Asked[] = [];

  function answerTo({ url, validators, bodyHash }: FetchRequest, feed: WorldFeed): FetchAnswer {
    const at = now();
    const fault = faults[hostNumber(feed.host)]?.find(({ from, until }) => at >= from && at < until);
    if (fault) {
      const wholeHost = fault.kind !== 'timeout';
      if (wholeHost) heldUntil.set(feed.host, Math.max(heldUntil.get(feed.host) ?? 0, at + (fault.retryAfterMs ?? 0)));
      return failed(fault.kind, { retryAfterMs: fault.retryAfterMs, wholeHost });
    }
    if (at >= feed.goneAt) return failed('http_410', { gone: true });
    const movedTo = at >= feed.movedAt && !url.endsWith('/new') ? `${feed.url}/new` : '';
    const shown = feed.stories.filter((story) => story.at <= at && story.at > at - KEPT_MS).slice(-MOST_KEPT);
    const hash = `${shown[0]?.url} ${shown.at(-1)?.url} ${at >= feed.redatedAt} ${at >= feed.renamedAt}`;
    const etag = feed.hasEtag ? `"${hash}"` : '';
    const kept = { validators: { etag, lastModified: '' }, hints: { maxAgeMs: null }, movedTo };
    if ((etag !== '' && etag === validators.etag) || hash === bodyHash) return { kind: 'unchanged', ...kept };
    const items = shown.toReversed().map((story) => itemAt(feed, story, at));
    const document = { title: feed.host, link: `https://${feed.host}/`, language: 'en', items };
    return { kind: 'document', document, bodyHash: hash, finalUrl: movedTo || url, ...kept };
  }

  return {
    urls: all.map(({ url }) => url),
    asked,
    gone: new Map(all.filter(({ goneAt }) => goneAt < Infinity).map(({ url, goneAt }) => [url, goneAt])),
    moved: new Map(all.filter(({ movedAt }) => movedAt < Infinity).map(({ url, movedAt }) => [url, movedAt])),
    published: (until) =>
      all
        .filter(({ goneAt }) => goneAt === Infinity)
        .flatMap(({ stories }) => stories.filter(({ at }) => at > start && at <= until)),
    source: {
      parserVersion: 1,
      async fetch(request) {
        const feed = byUrl.get(request.url);
        if (!feed) throw new Error(`nobody publishes ${request.url}`);
        const whileHeld = (heldUntil.get(feed.host) ?? 0) > now();
        const answer = answerTo(request, feed);
        asked.push({ url: request.url, host: feed.host, at: now(), whileHeld, outcome: answer.kind });
        return answer;
      },
      discover: async () => [],
      close: async () => undefined,
    },
  };
}

function hostNumber(host: string): number {
  return Number(/\d+/.exec(host)?.[0] ?? 0);
}

/** A few troubles in the week, each over within a day. */
function drawFaults(start: number, random: () => number): Fault[] {
  return Array.from({ length: Math.floor(random() * 4) }, () => {
    const from = start + BEFORE_MS / 2 + random() * (WEEK - BEFORE_MS);
    const kind = random() < 0.4 ? 'timeout' : random() < 0.5 ? 'busy' : 'too many';
    const asks = kind === 'too many' || (kind === 'busy' && random() < 0.5);
    return {
      kind,
      from,
      until: from + 10 * MINUTE + random() * 12 * HOUR,
      retryAfterMs: asks ? Math.round(5 * MINUTE + random() * 3 * HOUR) : null,
    };
  });
}

function drawFeed(number: number, hosts: number, start: number, random: () => number): WorldFeed {
  const host = `host${number % hosts}.example`;
  const url = `https://${host}/feed${number}`;
  // From one story in forty minutes to one in two days.
  const gapMs = 40 * MINUTE * 72 ** random();
  const stories: Published[] = [];
  for (let at = start - BEFORE_MS; at < start + WEEK; at += gapMs * -Math.log(1 - random())) {
    stories.push({ url: `https://${host}/${number}/${stories.length}`, at: Math.round(at) });
  }
  const sometime = (): number => start + DAY + random() * 5 * DAY;
  return {
    url,
    host,
    stories,
    redatedAt: random() < 0.15 ? sometime() : Infinity,
    renamedAt: random() < 0.15 ? sometime() : Infinity,
    movedAt: random() < 0.1 ? start + random() * 2 * DAY : Infinity,
    goneAt: random() < 0.03 ? sometime() : Infinity,
    hasEtag: random() < 0.6,
  };
}

function itemAt({ redatedAt, renamedAt }: WorldFeed, story: Published, at: number): FeedItem {
  const id = at >= renamedAt ? `tag:new:${story.url}` : story.url;
  return itemOf(story.url, id, at >= redatedAt ? Math.max(story.at, Math.floor(redatedAt)) : story.at);
}

/** Every story has words of its own, so that no two are taken for one event. */
function itemOf(url: string, id: string, published: number): FeedItem {
  const own = Array.from({ length: 12 }, (_, i) => wordOf(`${url} ${i}`));
  return {
    id,
    title: `${own.slice(0, 6).join(' ')} harbour`,
    link: url,
    published,
    summary: own.slice(6).join(' '),
    content: '',
    summaryHtml: '',
    contentHtml: '',
    author: '',
    categories: [],
    language: 'en',
  };
}

function wordOf(seed: string): string {
  let hash = 2_166_136_261;
  for (const character of seed) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  let word = '';
  for (let i = 0; i < 8; i++, hash = Math.floor(hash / 20)) {
    word += i % 2 === 0 ? 'bcdfghklmnprstvwz'[hash % 17] : 'aeiou'[hash % 5];
  }
  return word;
}

function failed(code: string, parts: Partial<Extract<FetchAnswer, { kind: 'failed' }>>): FetchAnswer {
  const none = { retryAfterMs: null, wholeHost: false, gone: false, discovered: [] };
  return { kind: 'failed', code, message: code, ...none, ...parts };
}
