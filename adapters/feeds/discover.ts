import type { FeedDocument, SourceMarks } from '../../src/story/item.ts';
import { Parser } from 'htmlparser2';
import type { FeedCandidate } from '../../src/ports.ts';
import type { Http, HttpOk } from './http.ts';
import { knownFeeds } from './known-sites.ts';

type Discovered = readonly FeedCandidate[] | { readonly failed: string };

/** Reads a body; `known` as in `FetchRequest`. Rejects with an error that has `code`, `message` and may have `discovered` for what is no feed. */
export type ParseFeed = (
  bytes: Uint8Array,
  about: { readonly url: string; readonly contentType: string; readonly known?: SourceMarks },
) => Promise<FeedDocument>;

export const FEED_ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, ' +
  'text/xml;q=0.9, text/html;q=0.5, */*;q=0.3';

const FEED_TYPES = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/rdf+xml',
  'application/feed+json',
  'application/json',
  'application/xml',
  'text/xml',
]);
/** Where sites keep their feed, commonest first. Tried one after the other: that is polite, and one hit ends it. */
const COMMON_PATHS = [
  '/feed',
  '/rss',
  '/atom.xml',
  '/feed.xml',
  '/index.xml',
  '/rss.xml',
  '/feed.json',
  '/feeds/posts/default',
];
const UNREACHABLE = new Set(['timeout', 'refused', 'reset', 'dns', 'unreachable', 'tls', 'host_held', 'aborted']);
const MAX_CANDIDATES = 20;
/** The links stand in the head of a page. */
const MAX_PAGE_BYTES = 4_194_304;
const HEAD_CHARACTERS = 524_288;
const MAX_TITLE = 200;

/** Finds the feeds at an address; see `FeedSource.discover`. */
export function createDiscovery(http: Http, parse: ParseFeed) {
  async function feedAt(answer: HttpOk): Promise<FeedCandidate | null> {
    try {
      const { title } = await parse(answer.body, {
        url: answer.finalUrl,
        contentType: answer.headers['content-type'] ?? '',
      });
      return { url: answer.movedTo || answer.finalUrl, title };
    } catch {
      return null;
    }
  }

  /** The first feed that answers at one of the common paths. */
  async function atCommonPaths(page: string, signal?: AbortSignal): Promise<readonly FeedCandidate[]> {
    for (const url of commonAddresses(page)) {
      if (signal?.aborted === true) return [];
      const answer = await http.get(url, { accept: FEED_ACCEPT, ...(signal ? { signal } : {}) });
      // A host that cannot be reached, or has had enough, is not asked for one path after the other.
      if (answer.kind === 'failed') {
        if (UNREACHABLE.has(answer.code)) return [];
        continue;
      }
      if (answer.status === 429 || answer.status === 503) return [];
      if (answer.status !== 200) continue;
      const feed = await feedAt(answer);
      if (feed !== null) return [feed];
    }
    return [];
  }

  return async function discover(address: string, signal?: AbortSignal): Promise<Discovered> {
    const url = readAddress(address);
    if (url === null) return { failed: 'this is not an address' };
    const known = knownFeeds(url);
    if (known.length > 0) return known;

    const answer = await http.get(url.href, { accept: FEED_ACCEPT, ...(signal ? { signal } : {}) });
    if (answer.kind === 'failed') return { failed: answer.message };
    if (answer.status !== 200) return { failed: `${url.host} answered with status ${answer.status}` };
    const itself = await feedAt(answer);
    if (itself !== null) return [itself];

    const linked = answer.body.length > MAX_PAGE_BYTES ? [] : linkedFeeds(answer);
    if (linked.length > 0) return linked;
    const found = await atCommonPaths(answer.finalUrl, signal);
    return found.length > 0 ? found : { failed: `no feed was found at ${url.host}` };
  };
}

/** An address as people type it: without a scheme, or with the old `feed:` one. Null for what is none. */
export function readAddress(text: string): URL | null {
  const trimmed = text
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/iu, '')
    .replace(/^feed:\/\//iu, 'https://');
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//iu.test(trimmed) ? trimmed : `https://${trimmed}`);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url : null;
}

/** The feeds a page's head names (RSS Advisory Board and WHATWG `rel=alternate`), in its order, those for comments last. */
function linkedFeeds({ body, finalUrl }: HttpOk): readonly FeedCandidate[] {
  const found = new Map<string, FeedCandidate>();
  let base = finalUrl;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (found.size >= MAX_CANDIDATES) return;
      if (name === 'base' && base === finalUrl) base = URL.parse(attributes['href'] ?? '', finalUrl)?.href ?? finalUrl;
      if (name !== 'link') return;
      const link = readLink(attributes, base);
      if (link !== null && link.url !== finalUrl && !found.has(link.url)) found.set(link.url, link);
    },
  });
  // Names, types and addresses are ASCII in every charset that a page may have; only a title may come out garbled.
  parser.write(new TextDecoder().decode(body).slice(0, HEAD_CHARACTERS));
  parser.end();
  return [...found.values()].toSorted((a, b) => Number(isForComments(a)) - Number(isForComments(b)));
}

function readLink(attributes: Readonly<Record<string, string>>, base: string): FeedCandidate | null {
  const relations = (attributes['rel'] ?? '').toLowerCase().split(/\s+/u);
  const type = (attributes['type'] ?? '').toLowerCase().split(';')[0]?.trim() ?? '';
  const isFeed = relations.includes('feed') || (relations.includes('alternate') && FEED_TYPES.has(type));
  const href = attributes['href'] ?? '';
  if (!isFeed || href === '' || /\/wp-json\/|oembed/u.test(href)) return null;
  const url = URL.parse(href, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  const title = (attributes['title'] ?? '').replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return { url: url.href, title: title.slice(0, MAX_TITLE) };
}

function isForComments({ url, title }: FeedCandidate): boolean {
  return /\bcomments?\b/iu.test(`${url} ${title}`);
}

/** Under the page's own folder first (a blog below a site), then at the site's root. */
function commonAddresses(page: string): readonly string[] {
  const { origin, pathname } = new URL(page);
  const folder = pathname.replace(/\/[^/]*\.[^/]*$|\/+$/u, '');
  const below = folder === '' ? [] : [`${origin}${folder}/feed`];
  return [...below, ...COMMON_PATHS.map((path) => origin + path)];
}
