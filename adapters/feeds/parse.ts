import type { FeedDocument } from '../../src/story/item.ts';
import { readCanonical } from './canonical.ts';
import { decodeFeed, looksLikeText } from './decode.ts';
import { FeedError } from './feed-error.ts';
import { readJsonFeed } from './json-feed.ts';
import { normaliseFeed } from './normalise.ts';
import { feedsOfPage } from './page-feeds.ts';
import { MOST_ITEMS, rebuildFeed } from './rebuild.ts';

/** Raised whenever the same bytes come to other items: bodies read by an older version are read again. */
export const parserVersion = 2;

/** Bytes that are read at all; what fetches them stops earlier. */
const MOST_BYTES = 16 * 1024 * 1024;

const DEEPEST_JSON = 256;

export interface AboutBody {
  /** The address that answered, against which relative links are resolved. */
  readonly url: string;
  /** The Content-Type header, '' when there was none. */
  readonly contentType: string;
}

/**
 * Reads a body as a feed: RSS 0.90 to 2.0, RSS 1.1, Atom 0.3 and 1.0, CDF, JSON Feed 1.0 and 1.1, whatever their charset and
 * however damaged. At most the newest 2,000 items are kept, texts are bounded. Rejects with a `FeedError` and nothing else.
 *
 * Every XML feed is rebuilt before rss-parser reads it, not only those it fails on: the rebuild resolves what rss-parser
 * cannot (prefixes, xml:base, xml:lang, content types, the order of mixed content), keeps markup away from its quadratic
 * snippet, and makes one path of what would be two. It costs about half as much again as rss-parser alone: `npm run bench -- feeds`.
 */
export async function parseFeed(bytes: Uint8Array, about: AboutBody): Promise<FeedDocument> {
  try {
    return await readBody(bytes, about);
  } catch (error) {
    if (error instanceof FeedError) throw error;
    throw new FeedError('broken', 'The body begins as a feed but cannot be read.', { cause: error });
  }
}

async function readBody(bytes: Uint8Array, { url, contentType }: AboutBody): Promise<FeedDocument> {
  if (bytes.byteLength > MOST_BYTES) throw new FeedError('too_large', `The body is over ${MOST_BYTES} bytes.`);
  if (!looksLikeText(bytes)) throw new FeedError('not_a_feed', 'The body is no text: an archive, an image or noise.');
  const text = decodeFeed(bytes, contentType).trimStart();
  if (text.replace('\ufeff', '').trim() === '') throw new FeedError('empty', 'The body is empty.');
  if (/^[\ufeff\s]*[{[]/.test(text)) return readJson(text, url);

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
  if (nestsDeeper(text, DEEPEST_JSON))
    throw new FeedError('broken', 'The body is JSON nested deeper than any feed is.');
  const value = jsonOf(text.replace(/^\ufeff/, ''));
  if (value === undefined) throw new FeedError('broken', 'The body begins as JSON but breaks off or is not valid.');
  const feed = readJsonFeed(value, url, MOST_ITEMS);
  if (feed === null) throw new FeedError('not_a_feed', 'The body is JSON, but no JSON Feed.');
  return normaliseFeed(feed);
}

/** True when arrays and objects stand in each other more than `most` deep: what reads such a text takes memory by the level. */
function nestsDeeper(text: string, most: number): boolean {
  const sign = /["[\]{}]/g;
  let depth = 0;
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    const [found] = match;
    if (found === '"') sign.lastIndex = endOfString(text, sign.lastIndex);
    else if (found === ']' || found === '}') depth--;
    else if (++depth > most) return true;
  }
  return false;
}

/** Behind the quote that ends the JSON string whose inside begins at `from`. */
function endOfString(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote >= 0) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 92) backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
