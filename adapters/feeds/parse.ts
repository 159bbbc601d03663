import Parser from 'rss-parser';
import type { FeedDocument, FeedItem } from '../../src/story/item.ts';
import { decodeFeed } from './decode.ts';
import { FeedError } from './feed-error.ts';
import { cleanCharacters, htmlToText, titleText } from './plain-text.ts';

/** A body read by another version of the parser is read again. */
export const parserVersion = 1;

const MOST_ITEMS = 2000;
const MOST_TEXT = 100_000;
const MOST_TITLE = 1000;

type Raw = Readonly<Record<string, unknown>>;

/**
 * Markup must not reach rss-parser under the names it makes snippets of: its expression for that is quadratic. Elements
 * are renamed before, attributes and all.
 */
const renamed: readonly (readonly [from: RegExp, to: string])[] = [
  [/<(\/?)content:encoded\b/giu, '<$1nh-content'],
  [/<(\/?)content\b/giu, '<$1nh-content'],
  [/<(\/?)description\b/giu, '<$1nh-summary'],
  [/<(\/?)summary\b/giu, '<$1nh-summary'],
];

/**
 * A feed's bytes as a document: RSS, RDF, Atom and JSON Feed. Rejects with a FeedError for what is none.
 */
export async function parseFeed(
  bytes: Uint8Array,
  { url, contentType }: { readonly url: string; readonly contentType: string },
): Promise<FeedDocument> {
  const text = decodeFeed(bytes, contentType).trim();
  if (text === '') throw new FeedError('empty', 'the answer is empty');
  if (text.startsWith('{')) return readJsonFeed(text, url);
  if (/^(?:<!doctype html|<html)/iu.test(text.slice(0, 200).replace(/^<\?xml[^>]*>\s*/iu, ''))) {
    throw new FeedError('html_page', 'a web page, not a feed', { discovered: alternates(text, url) });
  }
  if (!text.startsWith('<')) throw new FeedError('not_a_feed', 'neither XML nor JSON that any feed is written in');
  return readXmlFeed(text, url);
}

async function readXmlFeed(text: string, url: string): Promise<FeedDocument> {
  const parser = new Parser<Raw, Raw>({
    defaultRSS: 2,
    customFields: {
      feed: ['language', 'nh-summary', 'ttl'],
      item: ['nh-content', 'nh-summary', 'dc:date', 'dc:creator', 'published', 'updated', 'id', 'guid', 'author'],
    },
  });
  const source = renamed.reduce((xml, [from, to]) => xml.replaceAll(from, to), text);
  try {
    const feed = await parser.parseString(source);
    const link = absolute(plain(feed['link']), url);
    return {
      title: titleText(plain(feed['title']), MOST_TITLE),
      link,
      language: plain(feed['language']),
      items: feed.items.slice(0, MOST_ITEMS).map((item) => itemFrom(item, url)),
    };
  } catch (error) {
    throw new FeedError('broken', 'it cannot be read as a feed', { cause: error });
  }
}

function itemFrom(raw: Raw, url: string): FeedItem {
  const summaryHtml = markup(raw['nh-summary']);
  const contentHtml = markup(raw['nh-content']);
  return {
    id: plain(raw['guid']) || plain(raw['id']),
    title: titleText(plain(raw['title']), MOST_TITLE),
    link: absolute(plain(raw['link']), url),
    published: timeOf(raw['pubDate'] ?? raw['isoDate'] ?? raw['published'] ?? raw['dc:date'] ?? raw['updated']),
    summary: htmlToText(summaryHtml, MOST_TEXT),
    content: htmlToText(contentHtml, MOST_TEXT),
    summaryHtml,
    contentHtml,
    author: titleText(plain(raw['creator']) || plain(raw['dc:creator']) || plain(raw['author']), MOST_TITLE),
    categories: Array.isArray(raw['categories']) ? raw['categories'].map(plain).filter((name) => name !== '') : [],
    language: '',
  };
}

function readJsonFeed(text: string, url: string): FeedDocument {
  let feed: Raw;
  try {
    feed = JSON.parse(text) as Raw;
  } catch (error) {
    throw new FeedError('broken', 'it cannot be read as JSON', { cause: error });
  }
  if (!Array.isArray(feed['items'])) throw new FeedError('not_a_feed', 'JSON, but no JSON Feed');
  const items = feed['items']
    .slice(0, MOST_ITEMS)
    .filter((item): item is Raw => typeof item === 'object' && item !== null);
  return {
    title: titleText(plain(feed['title']), MOST_TITLE),
    link: absolute(plain(feed['home_page_url']), url),
    language: plain(feed['language']),
    items: items.map((item) => {
      const contentHtml = markup(item['content_html'] ?? item['content_text']);
      const summaryHtml = markup(item['summary']);
      const authors = [item['author'], ...(Array.isArray(item['authors']) ? item['authors'] : [])] as (
        | Raw
        | undefined
      )[];
      return {
        id: plain(item['id']),
        title: titleText(plain(item['title']), MOST_TITLE),
        link: absolute(plain(item['url']) || plain(item['external_url']), url),
        published: timeOf(item['date_published'] ?? item['date_modified']),
        summary: htmlToText(summaryHtml, MOST_TEXT),
        content: htmlToText(contentHtml, MOST_TEXT),
        summaryHtml,
        contentHtml,
        author: authors
          .map((author) => plain(author?.['name']))
          .filter((name) => name !== '')
          .join(', '),
        categories: Array.isArray(item['tags']) ? item['tags'].map(plain) : [],
        language: plain(item['language']),
      };
    }),
  };
}

/** The text of a node, whatever shape the XML gave it. */
function plain(value: unknown): string {
  if (typeof value === 'string') return cleanCharacters(value).trim();
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return plain(value[0]);
  if (typeof value === 'object' && value !== null) {
    const { _, name, $ } = value as { _?: unknown; name?: unknown; $?: { href?: unknown } };
    return plain(_ ?? name ?? $?.href ?? '');
  }
  return '';
}

function markup(value: unknown): string {
  return plain(value).slice(0, MOST_TEXT);
}

/** Epoch ms of a date in whatever form; one without a zone is UTC; null for none. */
function timeOf(value: unknown): number | null {
  const text = plain(value);
  if (text === '') return null;
  const zoned = /(?:z|[+-]\d{2}:?\d{2}|gmt|utc|[a-z]{3,4})\)?$/iu.test(text)
    ? text
    : `${text}${/^\d{4}-\d\d-\d\d$/u.test(text) ? '' : /t/iu.test(text) ? 'Z' : ' UTC'}`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? null : time;
}

function absolute(link: string, base: string): string {
  const url = URL.parse(link === '' ? 'about:blank' : link, base);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : '';
}

/** The feeds that a page names. */
function alternates(html: string, base: string): string[] {
  return [...html.slice(0, 300_000).matchAll(/<link\b[^<>]{1,1000}>/giu)].flatMap(([tag]) => {
    if (!/type\s*=\s*["']?application\/(?:rss|atom|feed)\+(?:xml|json)/iu.test(tag)) return [];
    const href = /href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/iu.exec(tag);
    const url = absolute(href?.[1] ?? href?.[2] ?? href?.[3] ?? '', base);
    return url === '' ? [] : [url];
  });
}
