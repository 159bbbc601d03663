import type { CanonicalFeed, CanonicalItem, CanonicalText } from './canonical.ts';
import { absoluteLink } from './links.ts';
import { newestFirst } from './choose.ts';
import { readDate } from './dates.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * A JSON Feed 1.0 or 1.1 (jsonfeed.org), as forgiving as its own advice to readers: numbers are taken as ids, a single
 * author where a list should be, missing ids. Null when the value is no such feed.
 */
export function readJsonFeed(value: unknown, feedUrl: string, mostItems: number): CanonicalFeed | null {
  const feed = record(value);
  if (feed === null) return null;
  const items = feed['items'];
  const version = words(feed['version']);
  const listed = Array.isArray(items) ? items : [];
  if (!/jsonfeed\.org/i.test(version) && !(Array.isArray(items) && words(feed['title']) !== '')) return null;
  const read = listed.map((item) => readItem(record(item), feedUrl)).filter((item) => item !== null);
  return {
    title: literal(words(feed['title'])),
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
    items: newestFirst(read, mostItems, ({ published }) => published),
  };
}

function readItem(item: Json | null, feedUrl: string): CanonicalItem | null {
  if (item === null) return null;
  const id = words(item['id']);
  const html = words(item['content_html']);
  const text = words(item['content_text']);
  const read: CanonicalItem = {
    title: literal(words(item['title'])),
    link:
      link(item['url'], feedUrl) ||
      link(item['external_url'], feedUrl) ||
      (/^https?:/i.test(id) ? absoluteLink(id, '') : '') ||
      link(record(listOf(item['attachments'])[0])?.['url'], feedUrl),
    id,
    published: readDate(words(item['date_published'])) ?? readDate(words(item['date_modified'])),
    authors: authorsOf(item),
    categories: listOf(item['tags'])
      .map(words)
      .filter((tag) => tag !== '')
      .slice(0, 50),
    language: words(item['language']),
    summary: { text: words(item['summary']), form: 'text' },
    content: html === '' ? { text, form: 'text' } : { text: html, form: 'html' },
  };
  const empty =
    read.title.text === '' && read.link === '' && id === '' && read.content.text === '' && read.summary.text === '';
  return empty ? null : read;
}

/** Titles are plain text by the book, yet programs that make them write HTML entities all the same. */
function literal(text: string): CanonicalText {
  return { text, form: 'guess' };
}

/** Version 1.1 `authors`, else version 1.0 `author`; the name, else the address. */
function authorsOf(owner: Json): string[] {
  const named = [...listOf(owner['authors']), owner['author']].map((author) => {
    const person = record(author);
    return person === null ? words(author) : words(person['name']) || words(person['url']);
  });
  const list = Array.isArray(owner['authors']) && owner['authors'].length > 0 ? named.slice(0, -1) : named;
  return [...new Set(list.filter((name) => name !== ''))].slice(0, 20);
}

function hubOf(hubs: unknown, base: string): string {
  for (const hub of listOf(hubs)) {
    const entry = record(hub);
    if (entry && /websub|pubsubhubbub/i.test(words(entry['type']))) return link(entry['url'], base);
  }
  return '';
}

function record(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
}

function link(value: unknown, base: string): string {
  return absoluteLink(words(value), base);
}
