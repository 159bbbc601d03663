import Parser from 'rss-parser';

/** A text and what it is written in. */
export interface CanonicalText {
  readonly text: string;
  readonly form: 'html' | 'text' | 'guess';
}

/** An item as it is written into the canonical document. Links are absolute, dates read, everything else as published. */
export interface CanonicalItem {
  readonly title: CanonicalText;
  readonly link: string;
  readonly id: string;
  /** Epoch ms; null when none of its dates can be read. */
  readonly published: number | null;
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
 * document altogether, which only carries its number. What an item has several of stands in one element, by lines, small
 * facts (the time, the forms and numbers of its texts) in another, and names are short: rss-parser spends its time by the element and by the letter of its name.
 */
const ITEM_FIELDS = [
  ['by', 'authors'],
  ['tags', 'categories'],
  ['lang', 'language'],
  ['facts', 'facts'],
];
const FEED_FIELDS = [
  ['by', 'authors'],
  ['hub', 'hub'],
  ['self', 'self'],
  ['period', 'updatePeriod'],
  ['frequency', 'updateFrequency'],
  ['hours', 'hoursSkipped'],
  ['days', 'daysSkipped'],
  ['form', 'forms'],
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
  const head =
    element('title', feed.title.text) +
    element('link', feed.link) +
    element('language', feed.language) +
    element('ttl', feed.ttl) +
    element('period', feed.updatePeriod) +
    element('frequency', feed.updateFrequency) +
    element('hub', feed.hub) +
    element('self', feed.self) +
    element('by', lines(feed.authors)) +
    element('hours', lines(feed.skipHours)) +
    element('days', lines(feed.skipDays)) +
    element('form', feed.title.form);
  const items = feed.items.map((item) => writeItem(item, kept));
  return `<rss version="2.0"><channel>${head}${items.join('')}</channel></rss>`;
}

function writeItem(item: CanonicalItem, kept: string[]): string {
  const { title, summary, content } = item;
  const facts = `${item.published ?? '-'} ${title.form} ${reference(summary, kept)} ${reference(content, kept)}`;
  return (
    '<item>' +
    element('title', title.text) +
    element('link', item.link) +
    element('guid', item.id) +
    element('by', lines(item.authors)) +
    element('tags', lines(item.categories)) +
    element('lang', item.language) +
    `<facts>${facts}</facts>` +
    '</item>'
  );
}

function element(name: string, text: string): string {
  return text === '' ? '' : `<${name}>${escapeXml(text)}</${name}>`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => (text.includes('\n') ? text.replaceAll('\n', ' ') : text)).join('\n');
}

/** The number and form of a text that stays outside. */
function reference({ text, form }: CanonicalText, kept: string[]): string {
  if (text === '') return '- guess';
  kept.push(text);
  return `${kept.length - 1} ${form}`;
}

function escapeXml(text: string): string {
  return /[&<>]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
}

function readFeed(output: Output, kept: readonly string[]): CanonicalFeed {
  return {
    title: { text: text(output['title']), form: formOf(text(output['forms'])) },
    link: text(output['link']),
    language: text(output['language']),
    authors: linesOf(output['authors']),
    ttl: text(output['ttl']),
    updatePeriod: text(output['updatePeriod']),
    updateFrequency: text(output['updateFrequency']),
    skipHours: linesOf(output['hoursSkipped']),
    skipDays: linesOf(output['daysSkipped']),
    hub: text(output['hub']),
    self: text(output['self']),
    items: output.items.map((item) => readItem(item, kept)),
  };
}

function readItem(item: Readonly<Record<string, unknown>>, kept: readonly string[]): CanonicalItem {
  const [published, titleForm, summary, summaryForm, content, contentForm] = text(item['facts']).split(' ');
  return {
    title: { text: text(item['title']), form: formOf(titleForm) },
    link: text(item['link']),
    id: text(item['guid']),
    published: published === undefined || published === '-' ? null : Number(published),
    authors: linesOf(item['authors']),
    categories: linesOf(item['categories']),
    language: text(item['language']),
    summary: { text: kept[Number(summary)] ?? '', form: formOf(summaryForm) },
    content: { text: kept[Number(content)] ?? '', form: formOf(contentForm) },
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function linesOf(value: unknown): string[] {
  const all = text(value);
  return all === '' ? [] : all.split('\n');
}

function formOf(word: string | undefined): CanonicalText['form'] {
  return word === 'html' || word === 'text' ? word : 'guess';
}
