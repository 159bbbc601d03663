import { decodeHTML } from 'entities';
import type { StructuredArticle } from './json-ld.ts';
import type { Page } from './page-tree.ts';
import { rawText } from './page-tree.ts';
import type { PageElement } from './page-tree.ts';

/** What a page says about its article beside the text; '' and null where it says nothing. */
export interface PageFacts {
  readonly title: string;
  readonly byline: string;
  readonly published: number | null;
  readonly lang: string;
  readonly canonical: string;
  readonly siteName: string;
}

const MAX_TITLE_LENGTH = 500;
const MAX_NAME_LENGTH = 200;
const MAX_ADDRESS_LENGTH = 2000;
/** What stands between a headline and the name of its site. */
const SITE_SEPARATOR = /\s+[|\u2013\u2014\u00B7\u2022\u00BB\u00AB:-]\s+/u;

/** Scripts that say in one character what others say in several. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

const PUBLISHED_NAMES = [
  'article:published_time',
  'og:article:published_time',
  'datepublished',
  'date',
  'dc.date.issued',
  'dc.date',
  'dcterms.created',
  'dcterms.date',
  'parsely-pub-date',
  'sailthru.date',
  'publishdate',
  'publish-date',
  'pubdate',
  'publication_date',
  'citation_publication_date',
];
const BYLINE_NAMES = [
  'author',
  'article:author',
  'og:article:author',
  'dc.creator',
  'parsely-author',
  'sailthru.author',
  'byl',
];
const LANG_NAMES = ['og:locale', 'content-language', 'dc.language', 'language'];

/** Reads the facts from structured data, meta tags and the page itself, in this order of trust. */
export function readFacts(page: Page, structured: StructuredArticle | null, url: string): PageFacts {
  const siteName = tidy(
    page.meta.get('og:site_name') ?? page.meta.get('application-name') ?? structured?.siteName ?? '',
    MAX_NAME_LENGTH,
  );
  return {
    title: readTitle(page, structured, siteName),
    byline: readByline(page, structured),
    published: readPublished(page, structured),
    lang: readLang(page, structured),
    canonical: readCanonical(page, url),
    siteName,
  };
}

function tidy(text: string, most: number): string {
  return text
    .replace(/[\s\u200B\uFEFF]+/gu, ' ')
    .trim()
    .slice(0, most);
}

function firstOf(page: Page, names: readonly string[]): string {
  for (const name of names) {
    const value = page.meta.get(name);
    if (value !== undefined) return value;
  }
  return '';
}

function readTitle(page: Page, structured: StructuredArticle | null, siteName: string): string {
  const given = page.meta.get('og:title') ?? page.meta.get('twitter:title') ?? decodeHTML(structured?.headline ?? '');
  const heading = soleHeading(page.body);
  const title = tidy(given || page.title || heading, MAX_TITLE_LENGTH);
  if (heading !== '' && title !== heading && title.toLowerCase().includes(heading.toLowerCase())) return heading;
  return withoutSiteName(title, siteName);
}

/** The text of the page's one h1; '' when there are none or several. */
function soleHeading(body: PageElement): string {
  const headings: PageElement[] = [];
  collectHeadings(body, headings);
  const text = headings.length === 1 && headings[0] !== undefined ? tidy(rawText(headings[0]), MAX_TITLE_LENGTH) : '';
  return text.length >= (UNSPACED.test(text) ? 4 : 10) ? text : '';
}

function collectHeadings(element: PageElement, found: PageElement[]): void {
  for (const child of element.children) {
    if (typeof child === 'string' || found.length > 1) continue;
    if (child.name === 'h1') found.push(child);
    else collectHeadings(child, found);
  }
}

/** Takes " | Name of the site" off the end, or "Name of the site: " off the beginning. */
function withoutSiteName(title: string, siteName: string): string {
  const parts = title.split(SITE_SEPARATOR);
  if (parts.length < 2) return title;
  const last = parts.at(-1) ?? '';
  const first = parts[0] ?? '';
  const site = siteName.toLowerCase();
  if (site !== '' && last.toLowerCase() === site)
    return title.slice(0, title.length - last.length).replace(/\s+\S\s+$/u, '');
  if (site !== '' && first.toLowerCase() === site) return title.slice(first.length).replace(/^\s+\S\s+/u, '');
  return title;
}

function readByline(page: Page, structured: StructuredArticle | null): string {
  const candidates = [structured?.author ?? '', ...BYLINE_NAMES.map((name) => page.meta.get(name) ?? '')];
  const named = candidates.find((name) => name !== '' && !/^(?:https?:|\/\/|www\.)/u.test(name)) ?? '';
  return tidy(decodeHTML(named), MAX_NAME_LENGTH).replace(/^(?:by|von|par|por)\s+(?=\p{Lu})/iu, '');
}

function readPublished(page: Page, structured: StructuredArticle | null): number | null {
  const values = [structured?.published ?? '', ...PUBLISHED_NAMES.map((name) => page.meta.get(name) ?? '')];
  for (const value of values) {
    const time = parseTime(value);
    if (time !== null) return time;
  }
  const stamp = firstStamp(page.body);
  return stamp === '' ? null : parseTime(stamp);
}

/** ISO 8601 and RFC 5322 dates; a time without a zone counts as UTC. Null for anything else and for odd years. */
function parseTime(value: string): number | null {
  const text = value.trim().slice(0, 60);
  const iso =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?$/iu.exec(
      text,
    );
  let time = Number.NaN;
  if (iso !== null) {
    const [, year, month, day, hour = '00', minute = '00', second = '00', zone = ''] = iso;
    time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${isoZone(zone)}`);
  } else if (
    /^(?:[a-z]{3},\s)?\d{1,2}\s[a-z]{3,9}\s\d{4}\s\d\d:\d\d(?::\d\d)?\s(?:[+-]\d{4}|GMT|UTC|Z|[ECMP][SD]T)$/iu.test(
      text,
    )
  ) {
    time = Date.parse(text);
  }
  const plausible = time > Date.UTC(1980, 0) && time < Date.UTC(2100, 0);
  return plausible ? time : null;
}

function isoZone(zone: string): string {
  if (!/^[+-]/u.test(zone)) return 'Z';
  const digits = zone.replace(':', '').padEnd(5, '0');
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
}

/** The first machine-readable time in the page's own text. */
function firstStamp(element: PageElement): string {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    const stamp = child.name === 'time' ? (child.attributes.get('datetime') ?? '') : firstStamp(child);
    if (stamp !== '') return stamp;
  }
  return '';
}

function readLang(page: Page, structured: StructuredArticle | null): string {
  const tag = page.lang || firstOf(page, LANG_NAMES) || structured?.lang || '';
  const found = /^[a-z]{2,3}(?:[-_][a-z\d]{2,8}){0,3}/iu.exec(tag.trim());
  return found === null ? '' : found[0].replaceAll('_', '-');
}

function readCanonical(page: Page, url: string): string {
  const address = page.canonical || page.meta.get('og:url') || '';
  if (address === '') return '';
  const base = URL.canParse(page.base, url) ? new URL(page.base, url).href : url;
  const found = URL.canParse(address) ? new URL(address) : URL.canParse(address, base) ? new URL(address, base) : null;
  const isWeb = found?.protocol === 'http:' || found?.protocol === 'https:';
  return isWeb ? found.href.slice(0, MAX_ADDRESS_LENGTH) : '';
}
