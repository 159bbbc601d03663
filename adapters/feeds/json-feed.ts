import type { CanonicalFeed, CanonicalItem, CanonicalText } from './canonical.ts';
import { absoluteLink } from './links.ts';
import { newestFirst, saysAnything } from './choose.ts';
import { readDate } from './dates.ts';
import { cut } from './plain-text.ts';

const MOST_PEOPLE = 20;
const MOST_TAGS = 50;
const MOST_TITLE = 20_000;

type Json = Readonly<Record<string, unknown>>;

/**
 * A JSON Feed 1.0 or 1.1 (jsonfeed.org), as forgiving as its own advice to readers: numbers are taken as ids, a single
 * author where a list should be, missing ids. Null when the value is no such feed.
 */
export function readJsonFeed(value: unknown, feedUrl: string, mostItems: number): CanonicalFeed | null {
  const feed = record(value);
  if (feed === null) return null;
  if (!isFeed(feed)) return null;
  const items = listOf(feed['items']).map(record).filter(hasContent);
  return {
    title: plainly(words(feed['title'])),
    link: link(feed['home_page_url'], feedUrl),
    language: words(feed['language']),
    authors: authorsOf(feed),
    ttl: '',
    updatePeriod: '',
    updateFrequency: '',
    skipHours: [],
    skipDays: [],
    hub: hubOf(feed['hubs'], feedUrl),
    self: link(feed['feed_url'], feedUrl),
    // Of hundreds of thousands of items only the newest are read for good.
    items: newestFirst(items, mostItems, publishedOf).flatMap((item) => readItem(item, feedUrl) ?? []),
  };
}

/** The names that a feed may have at its top; others begin with `_`. */
const VOCABULARY = new Set(
  [
    'version title home_page_url feed_url description user_comment next_url icon favicon author authors language expired',
    'hubs items',
  ].flatMap((line) => line.split(' ')),
);

/** It says so, or has a title and items, or has nothing that a feed has not. */
function isFeed(feed: Json): boolean {
  if (/jsonfeed\.org/i.test(words(feed['version']))) return true;
  if (Array.isArray(feed['items']) && words(feed['title']) !== '') return true;
  const names = Object.keys(feed).filter((name) => !name.startsWith('_'));
  return names.length > 0 && names.every((name) => VOCABULARY.has(name));
}

/** What an item is read from. */
const ITEM_NAMES = [
  'id title url content_html content_text summary date_published date_modified tags external_url authors author',
  'attachments language',
].flatMap((line) => line.split(' '));

/** Asks for names rather than lists them all: there may be a million that nobody knows. */
function hasContent(item: Json | null): item is Json {
  return item !== null && ITEM_NAMES.some((name) => item[name] !== undefined);
}

function publishedOf(item: Json): number | null {
  return readDate(words(item['date_published'])) ?? readDate(words(item['date_modified']));
}

function readItem(item: Json, feedUrl: string): CanonicalItem | null {
  const id = typeof item['id'] === 'boolean' ? String(item['id']) : words(item['id']);
  const html = words(item['content_html']);
  const text = words(item['content_text']);
  const read: CanonicalItem = {
    title: plainly(words(item['title'])),
    link:
      link(item['url'], feedUrl) ||
      link(item['external_url'], feedUrl) ||
      (/^https?:/i.test(id) ? absoluteLink(id, '') : '') ||
      link(record(listOf(item['attachments'])[0])?.['url'], feedUrl),
    id,
    published: publishedOf(item),
    authors: authorsOf(item),
    categories: listOf(item['tags'])
      .slice(0, MOST_TAGS)
      .map(words)
      .filter((tag) => tag !== ''),
    language: words(item['language']),
    summary: { text: words(item['summary']), form: 'text' },
    content: html === '' ? { text, form: 'text' } : { text: html, form: 'html' },
  };
  return saysAnything(read) ? read : null;
}

/** A `<` that begins no emphasis. */
const LITERAL_LESS_THAN =
  /<(?!\/?(?:a|abbr|b|bdi|bdo|big|br|cite|code|em|i|ins|mark|q|s|small|span|strong|sub|sup|u|wbr)(?:[\s/][^<>]*)?>)/gi;

/** Titles are plain text by the book, yet programs that make them write entities and emphasis of HTML all the same. */
function plainly(title: string): CanonicalText {
  const text = cut(title, MOST_TITLE);
  return { text: text.includes('<') ? text.replaceAll(LITERAL_LESS_THAN, '&lt;') : text, form: 'guess' };
}

/** Version 1.1 `authors`, else version 1.0 `author`; the name, else the mail address. */
function authorsOf(owner: Json): string[] {
  const [authors, author] = [owner['authors'], owner['author']].map((people) =>
    listOf(people)
      .slice(0, MOST_PEOPLE)
      .map(personOf)
      .filter((name) => name !== ''),
  );
  return [...new Set(authors?.length === 0 ? author : authors)];
}

function personOf(author: unknown): string {
  const person = record(author);
  if (person === null) return typeof author === 'string' ? author.trim() : '';
  const [, address = ''] = /^mailto:([^?]{1,300})/i.exec(words(person['url'])) ?? [];
  return words(person['name']) || address;
}

function hubOf(hubs: unknown, base: string): string {
  for (const hub of listOf(hubs)) {
    const entry = record(hub);
    if (entry && /websub|pubsubhubbub/i.test(words(entry['type']))) return link(entry['url'], base);
  }
  return '';
}

/** An object by its names in lower case, the first of equal ones; null for anything else. */
function record(value: unknown): Json | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if (!Object.keys(value).some((name) => /[A-Z]/.test(name))) return value as Json;
  const said = Object.entries(value).filter(([, inside]) => inside !== null);
  return Object.fromEntries(said.toReversed().map(([name, inside]) => [name.toLowerCase(), inside as unknown]));
}

/** A list, also where somebody left out the brackets around its only entry. */
function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A text or number, or the first of a list of texts; '' for anything else. */
function words(value: unknown): string {
  if (Array.isArray(value)) return typeof value[0] === 'string' ? value[0].trim() : '';
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

function link(value: unknown, base: string): string {
  return typeof value === 'number' ? '' : absoluteLink(words(value), base);
}
