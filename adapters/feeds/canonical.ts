import Parser from 'rss-parser';

/** A text and what it is written in. */
export interface CanonicalText {
  readonly text: string;
  readonly form: 'html' | 'text' | 'guess';
}

/** An item as it is written into the canonical document. Links are absolute, everything else as published. */
export interface CanonicalItem {
  readonly title: CanonicalText;
  readonly link: string;
  readonly id: string;
  /** Dates in the order in which they are to be believed. */
  readonly dates: readonly string[];
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly language: string;
  readonly summary: CanonicalText;
  readonly content: CanonicalText;
}

export interface CanonicalFeed {
  readonly title: CanonicalText;
  readonly link: string;
  readonly language: string;
  readonly authors: readonly string[];
  readonly ttl: string;
  readonly updatePeriod: string;
  readonly updateFrequency: string;
  readonly skipHours: readonly string[];
  readonly skipDays: readonly string[];
  readonly hub: string;
  readonly self: string;
  readonly items: readonly CanonicalItem[];
}

/**
 * Names that rss-parser gives no meaning of its own. `description`, `summary`, `content` and `content:encoded` are never
 * written: it runs a regular expression over them that takes seconds for 50 KB of hostile text. Markup stays outside of the
 * document altogether, which only carries its number.
 */
const RAW = { keepArray: true };
const ITEM_FIELDS = [
  ['title', 'titles', RAW],
  ['guid', 'guids', RAW],
  ['n:date', 'dates', RAW],
  ['n:author', 'authors', RAW],
  ['n:category', 'categories', RAW],
  ['n:language', 'language'],
  ['n:summary', 'summary', RAW],
  ['n:content', 'content', RAW],
];
const FEED_FIELDS = [
  ['title', 'titles', RAW],
  ['n:author', 'authors', RAW],
  ['n:hub', 'hub'],
  ['n:self', 'self'],
  ['n:update-period', 'updatePeriod'],
  ['n:update-frequency', 'updateFrequency'],
  ['n:skip-hour', 'skipHour', RAW],
  ['n:skip-day', 'skipDay', RAW],
];

/** Writes the canonical document and has rss-parser read it. */
export async function readCanonical(feed: CanonicalFeed): Promise<CanonicalFeed> {
  const kept: string[] = [];
  const parser = new Parser({
    defaultRSS: 2,
    customFields: { item: ITEM_FIELDS, feed: FEED_FIELDS as unknown as string[] },
  });
  const output = (await parser.parseString(writeFeed(feed, kept))) as unknown as Output;
  return readFeed(output, kept);
}

type Output = Readonly<Record<string, unknown>> & { readonly items: readonly Readonly<Record<string, unknown>>[] };

function writeFeed(feed: CanonicalFeed, kept: string[]): string {
  const head = [
    element('title', feed.title.text, feed.title.form),
    element('link', feed.link),
    element('language', feed.language),
    element('ttl', feed.ttl),
    element('n:update-period', feed.updatePeriod),
    element('n:update-frequency', feed.updateFrequency),
    element('n:hub', feed.hub),
    element('n:self', feed.self),
    ...feed.authors.map((author) => element('n:author', author)),
    ...feed.skipHours.map((hour) => element('n:skip-hour', hour)),
    ...feed.skipDays.map((day) => element('n:skip-day', day)),
  ];
  const items = feed.items.map((item) => writeItem(item, kept));
  return `<rss version="2.0"><channel>${head.join('')}${items.join('')}</channel></rss>`;
}

function writeItem(item: CanonicalItem, kept: string[]): string {
  return (
    '<item>' +
    element('title', item.title.text, item.title.form) +
    element('link', item.link) +
    element('guid', item.id) +
    item.dates.map((date) => element('n:date', date)).join('') +
    item.authors.map((author) => element('n:author', author)).join('') +
    item.categories.map((category) => element('n:category', category)).join('') +
    element('n:language', item.language) +
    reference('n:summary', item.summary, kept) +
    reference('n:content', item.content, kept) +
    '</item>'
  );
}

function element(name: string, text: string, form = ''): string {
  if (text === '') return '';
  return `<${name}${form === '' ? '' : ` form="${form}"`}>${escapeXml(text)}</${name}>`;
}

function reference(name: string, { text, form }: CanonicalText, kept: string[]): string {
  if (text === '') return '';
  kept.push(text);
  return `<${name} form="${form}">${kept.length - 1}</${name}>`;
}

function escapeXml(text: string): string {
  return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

function readFeed(output: Output, kept: readonly string[]): CanonicalFeed {
  return {
    title: formed(output['titles']),
    link: text(output['link']),
    language: text(output['language']),
    authors: texts(output['authors']),
    ttl: text(output['ttl']),
    updatePeriod: text(output['updatePeriod']),
    updateFrequency: text(output['updateFrequency']),
    skipHours: texts(output['skipHour']),
    skipDays: texts(output['skipDay']),
    hub: text(output['hub']),
    self: text(output['self']),
    items: output.items.map((item) => ({
      title: formed(item['titles']),
      link: text(item['link']),
      id: texts(item['guids'])[0] ?? '',
      dates: texts(item['dates']),
      authors: texts(item['authors']),
      categories: texts(item['categories']),
      language: text(item['language']),
      summary: fetched(item['summary'], kept),
      content: fetched(item['content'], kept),
    })),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** A text with its `form`, as xml2js gives an element with an attribute: `{_: text, $: {form}}`. */
function formed(value: unknown): CanonicalText {
  const node = (Array.isArray(value) ? value[0] : value) as { _?: unknown; $?: { form?: unknown } } | undefined;
  const form = node?.$?.form;
  return { text: text(node?._), form: form === 'html' || form === 'text' ? form : 'guess' };
}

function fetched(value: unknown, kept: readonly string[]): CanonicalText {
  const node = formed(value);
  return { text: node.text === '' ? '' : (kept[Number(node.text)] ?? ''), form: node.form };
}
