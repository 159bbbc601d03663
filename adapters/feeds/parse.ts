import type { FeedDocument, SourceMarks } from '../../src/story/item.ts';
import { readCanonical } from './canonical.ts';
import { decodeFeed, looksLikeText } from './decode.ts';
import { FeedError } from './feed-error.ts';
import { itemSources } from './item-sources.ts';
import { isExcessive, parseJson } from './json.ts';
import { readJsonFeed } from './json-feed.ts';
import { normaliseFeed } from './normalise.ts';
import { feedsOfPage } from './page-feeds.ts';
import { MOST_ITEMS } from './open-elements.ts';
import { rebuildFeed } from './rebuild.ts';

/** Raised whenever the same bytes come to other items: bodies read by an older version are read again. */
export const parserVersion = 4;

/** Bytes that are read at all; what fetches them stops earlier. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** Feeds with every extension there is have some hundred names; a list of 200,000 items is still cut rather than refused. */
const JSON_LIMITS = { depth: 256, parts: 500_000, names: 50_000 };

export interface AboutBody {
  /** The address that answered, against which relative links are resolved. */
  readonly url: string;
  /** The Content-Type header, '' when there was none. */
  readonly contentType: string;
  /** Asks for marks, and for items with these marks to be left out where all around them is as it was. */
  readonly known?: SourceMarks;
}

/**
 * Reads a body as a feed: RSS 0.90 to 2.0, RSS 1.1, Atom 0.3 and 1.0, CDF, JSON Feed 1.0 and 1.1, whatever their charset and
 * however damaged. At most the newest 2,000 items are kept, texts are bounded. Rejects with a `FeedError` and nothing else.
 *
 * Every XML feed is rebuilt before rss-parser reads it, not only those it fails on: the rebuild resolves what rss-parser
 * cannot (prefixes, xml:base, xml:lang, content types, the order of mixed content), keeps markup away from its quadratic
 * snippet, and makes one path of what would be two. It costs about as much as rss-parser alone on the same bytes: `npm run bench -- feeds`.
 */
export async function parseFeed(bytes: Uint8Array, about: AboutBody): Promise<FeedDocument> {
  try {
    return await readBody(bytes, about);
  } catch (error) {
    if (error instanceof FeedError) throw error;
    throw new FeedError('broken', 'The body begins as a feed but cannot be read.', { cause: error });
  }
}

async function readBody(bytes: Uint8Array, { url, contentType, known }: AboutBody): Promise<FeedDocument> {
  if (bytes.byteLength > MOST_BYTES) throw new FeedError('too_large', `The body is over ${MOST_BYTES} bytes.`);
  if (!looksLikeText(bytes)) throw new FeedError('not_a_feed', 'The body is no text: an archive, an image or noise.');
  const text = decodeFeed(bytes, contentType).trimStart();
  if (text.replace('\ufeff', '').trim() === '') throw new FeedError('empty', 'The body is empty.');
  if (/^[\ufeff\s]*[{[]/.test(text)) return readJson(text, url);

  return known === undefined ? readXml(text, url) : readNews(text, url, known);
}

/** Reads what is not known. What was taken out must be what the reader would have read: else all of it is read. */
async function readNews(text: string, url: string, known: SourceMarks): Promise<FeedDocument> {
  const sources = itemSources(text, url);
  if (sources === null) return readXml(text, url);
  const { marks } = sources;
  const among = new Set(marks.frame === known.frame ? Array.from(known.items) : []);
  const unchanged = Array.from(marks.items).filter((mark) => among.has(mark));
  if (unchanged.length > 0) {
    const items = Array.from(marks.items).filter((mark) => !among.has(mark));
    const { root, feed } = rebuildFeed(sources.without(among), url);
    if (root === 'feed' && feed.items.length === items.length) {
      return { ...normaliseFeed(await readCanonical(feed)), marks: { frame: marks.frame, items }, unchanged };
    }
  }
  const document = await readXml(text, url);
  return document.items.length === marks.items.length ? { ...document, marks } : document;
}

async function readXml(text: string, url: string): Promise<FeedDocument> {
  const { root, feed } = rebuildFeed(text, url);
  if (root === 'html') {
    const discovered = feedsOfPage(text, url);
    const offer = discovered.length === 0 ? 'It names no feed.' : `It offers: ${discovered.join(', ')}`;
    throw new FeedError('html_page', `The address is a web page, not a feed. ${offer}`, { discovered });
  }
  if (root !== 'feed') throw new FeedError('not_a_feed', 'The body is neither RSS, Atom nor JSON Feed.');
  return normaliseFeed(await readCanonical(feed));
}

function readJson(text: string, url: string): FeedDocument {
  if (isExcessive(text, JSON_LIMITS))
    throw new FeedError('broken', 'The body is JSON nested deeper, or of more parts or names, than any feed is.');
  const value = parseJson(text.replace(/^\ufeff/, ''));
  if (value === undefined) throw new FeedError('broken', 'The body begins as JSON but breaks off or is not valid.');
  const feed = readJsonFeed(value, url, MOST_ITEMS);
  if (feed === null) throw new FeedError('not_a_feed', 'The body is JSON, but no JSON Feed.');
  return normaliseFeed(feed);
}
