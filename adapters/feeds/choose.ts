import type { CanonicalFeed, CanonicalItem, CanonicalText } from './canonical.ts';
import { readDate } from './dates.ts';
import type { Field } from './field.ts';
import { absoluteLink } from './links.ts';
import { personOf } from './people.ts';

const NOTHING: CanonicalText = { text: '', form: 'text' };
const MOST_CATEGORIES = 50;
const MOST_DATES = 4;

const TITLES = ['title', 'dc:title', 'dcterms:title', 'itunes:title', 'media:title'];
/** The date of publication before that of a change, each in the order of how well publishers keep it. */
const DATES = [
  'published pubdate issued dcterms:issued dcterms:available prism:publicationdate dc:date dcterms:date date',
  'created dcterms:created dc:created dcterms:datesubmitted updated modified dcterms:modified dc:modified',
  'lastbuilddate',
].flatMap((line) => line.split(' '));
const SUMMARIES = [
  'description',
  'summary',
  'abstract',
  'dc:description',
  'dcterms:abstract',
  'dcterms:description',
  'dc:abstract',
];
const LATE_SUMMARIES = [
  'itunes:summary',
  'googleplay:description',
  'media:description',
  'itunes:subtitle',
  'media:text',
];
const CONTENTS = ['content:encoded', 'content', 'fullitem', 'body', 'xhtml:body', 'xhtml:div', 'prodlink'];
const AUTHORS = [
  'author',
  'dc:creator',
  'dcterms:creator',
  'creator',
  'dc:author',
  'itunes:author',
  'googleplay:author',
  'foaf:maker',
  'media:credit',
  'source author',
];
const FEED_AUTHORS = [...AUTHORS.slice(0, -2), 'managingeditor'];
const CATEGORIES = ['category', 'dc:subject', 'dcterms:subject', 'media:category', 'itunes:category'];
const KEYWORDS = ['itunes:keywords', 'media:keywords', 'keywords', 'tags'];

type Fields = ReadonlyMap<string, readonly Field[]>;

/** One item out of what its elements say; null when they say nothing. */
export function chooseItem(list: readonly Field[]): CanonicalItem | null {
  const fields = byName(list);
  const id = idOf(fields);
  const { summary, content } = textsOf(fields);
  const item: CanonicalItem = {
    title: firstText(fields, TITLES),
    link: itemLink(fields, id),
    id,
    published: dateOf(fields),
    authors: peopleOf(fields, AUTHORS),
    categories: categoriesOf(fields),
    language: languageOf(fields) || (list.find(({ lang }) => lang !== '')?.lang ?? ''),
    summary,
    content,
  };
  const empty = item.title.text === '' && item.link === '' && id === '' && summary.text === '' && content.text === '';
  return empty && item.published === null ? null : item;
}

/** The feed itself, without its items. */
export function chooseFeed(list: readonly Field[]): Omit<CanonicalFeed, 'items'> {
  const fields = byName(list);
  return {
    title: firstText(fields, TITLES),
    link: feedLink(fields),
    language: languageOf(fields) || (list.find(({ lang }) => lang !== '')?.lang ?? ''),
    authors: peopleOf(fields, FEED_AUTHORS),
    ttl: firstWord(fields, 'ttl'),
    updatePeriod: firstWord(fields, 'sy:updateperiod'),
    updateFrequency: firstWord(fields, 'sy:updatefrequency'),
    skipHours: words(fields, 'hour'),
    skipDays: words(fields, 'day'),
    hub: atomLink(fields, ['hub']),
    self: atomLink(fields, ['self']),
  };
}

/** When an item that is told by these fields was published (epoch ms), null where that cannot be read. */
export function publishedOf(list: readonly Field[]): number | null {
  return dateOf(byName(list));
}

/** The newest `most` of the items in their own order. One without a date is as old as the one before it. */
export function newestFirst<T>(items: readonly T[], most: number, published: (item: T) => number | null): readonly T[] {
  if (items.length <= most) return items;
  let before = Number.POSITIVE_INFINITY;
  const dated = items.map((item, at) => {
    before = published(item) ?? before;
    return { item, at, date: before };
  });
  return dated
    .sort((a, b) => (a.date === b.date ? a.at - b.at : b.date - a.date))
    .slice(0, most)
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** By name, in their order; what stands in a strange element comes after what does not. */
function byName(list: readonly Field[]): Fields {
  const fields = new Map<string, Field[]>();
  const nested = list.filter((field) => field.nested);
  const ordered = nested.length === 0 ? list : [...list.filter((field) => !field.nested), ...nested];
  for (const field of ordered) {
    const same = fields.get(field.name);
    if (same) same.push(field);
    else fields.set(field.name, [field]);
  }
  return fields;
}

function all(fields: Fields, name: string): readonly Field[] {
  return fields.get(name) ?? [];
}

function firstText(fields: Fields, names: readonly string[]): CanonicalText {
  for (const name of names)
    for (const { text, form } of all(fields, name)) if (hasInk(text)) return { text: trimmed(text), form };
  return NOTHING;
}

function hasInk(text: string): boolean {
  return /\S/.test(text);
}

function trimmed(text: string): string {
  return text.trim();
}

/** A second description tells more than the first: it is taken for the content when there is no other. */
function textsOf(fields: Fields): { readonly summary: CanonicalText; readonly content: CanonicalText } {
  const content = bestContent(fields);
  const summaries = SUMMARIES.flatMap((name) => all(fields, name)).filter(({ text }) => hasInk(text));
  const [first, second] = summaries;
  if (!first) return { summary: firstText(fields, LATE_SUMMARIES), content };
  const summary = { text: trimmed(first.text), form: first.form };
  if (content.text !== '' || !second || second.text === first.text) return { summary, content };
  return { summary, content: { text: trimmed(second.text), form: second.form } };
}

function bestContent(fields: Fields): CanonicalText {
  const found = CONTENTS.flatMap((name) => all(fields, name)).filter(({ text }) => hasInk(text));
  const best = found.find(({ form }) => form === 'html') ?? found[0];
  return best ? { text: trimmed(best.text), form: best.form } : NOTHING;
}

function idOf(fields: Fields): string {
  for (const name of ['guid', 'id', 'dc:identifier'])
    for (const { text } of all(fields, name)) if (hasInk(text)) return trimmed(text);
  for (const name of ['item', 'entry'])
    for (const { attributes } of all(fields, name)) {
      const about = attributes.get('rdf:about') ?? attributes.get('about') ?? attributes.get('rdf:id') ?? '';
      if (hasInk(about)) return trimmed(about);
    }
  return '';
}

function itemLink(fields: Fields, id: string): string {
  return (
    textLink(fields, ['feedburner:origlink']) ||
    atomLink(fields, ['alternate', '']) ||
    textLink(fields, ['link']) ||
    attributeLink(fields, ['link'], 'rdf:resource') ||
    attributeLink(fields, ['item', 'entry'], 'href') ||
    permalink(fields) ||
    textLink(fields, ['prism:url', 'url']) ||
    atomLink(fields, ['related', 'via', 'self']) ||
    attributeLink(fields, ['content'], 'src') ||
    attributeLink(fields, ['item', 'entry'], 'rdf:about') ||
    (/^https?:\/\//i.test(id) ? absoluteLink(id, '') : '') ||
    attributeLink(fields, ['enclosure', 'media:content'], 'url') ||
    atomLink(fields, ['enclosure'])
  );
}

function feedLink(fields: Fields): string {
  return (
    atomLink(fields, ['alternate', '']) ||
    textLink(fields, ['link']) ||
    attributeLink(fields, ['channel'], 'href') ||
    attributeLink(fields, ['channel'], 'rdf:about') ||
    idLink(fields)
  );
}

function idLink(fields: Fields): string {
  const id = idOf(fields);
  return /^https?:\/\//i.test(id) ? absoluteLink(id, '') : '';
}

/** A guid is an address unless it says that it is none (RSS 2.0, `isPermaLink`); it must look like one all the same. */
function permalink(fields: Fields): string {
  for (const { text, attributes, base } of all(fields, 'guid')) {
    const says = (attributes.get('ispermalink') ?? 'true').trim().toLowerCase();
    const looks = /^(?:https?:\/\/|www\.|\/)/i.test(text.trim());
    if (says === 'true' && (looks || attributes.has('ispermalink'))) return absoluteLink(text, base);
  }
  return '';
}

function textLink(fields: Fields, names: readonly string[]): string {
  for (const name of names)
    for (const { text, base } of all(fields, name)) {
      const link = hasInk(text) ? absoluteLink(text, base) : '';
      if (link !== '') return link;
    }
  return '';
}

function attributeLink(fields: Fields, names: readonly string[], attribute: string): string {
  for (const name of names)
    for (const { attributes, base } of all(fields, name)) {
      const value = attributes.get(attribute) ?? '';
      const link = hasInk(value) ? absoluteLink(value, base) : '';
      if (link !== '') return link;
    }
  return '';
}

/** The first `link` with one of these relations in their order, pages before other media. */
function atomLink(fields: Fields, relations: readonly string[]): string {
  for (const relation of relations) {
    const found = all(fields, 'link').filter(
      ({ attributes }) => attributes.has('href') && relationOf(attributes) === relation,
    );
    const page = found.find(({ attributes }) => isPage(attributes)) ?? found[0];
    const link = page ? absoluteLink(page.attributes.get('href') ?? '', page.base) : '';
    if (link !== '') return link;
  }
  return '';
}

function relationOf(attributes: ReadonlyMap<string, string>): string {
  const relation = (attributes.get('rel') ?? 'alternate').trim().toLowerCase();
  return relation.replace('http://www.iana.org/assignments/relation/', '');
}

function isPage(attributes: ReadonlyMap<string, string>): boolean {
  const type = attributes.get('type')?.trim().toLowerCase() ?? '';
  return type === '' || type.includes('html');
}

/** The first date that can be read, of at most four. */
function dateOf(fields: Fields): number | null {
  let tried = 0;
  for (const name of DATES) {
    for (const { text } of all(fields, name)) {
      if (!hasInk(text)) continue;
      const date = readDate(text);
      if (date !== null || ++tried >= MOST_DATES) return date;
    }
  }
  // CDF has it in an attribute.
  return readDate(all(fields, 'item')[0]?.attributes.get('lastmod') ?? '');
}

function languageOf(fields: Fields): string {
  return firstWord(fields, 'language') || firstWord(fields, 'dc:language') || firstWord(fields, 'dcterms:language');
}

function firstWord(fields: Fields, name: string): string {
  return words(fields, name)[0] ?? '';
}

function words(fields: Fields, name: string): string[] {
  return all(fields, name)
    .map(({ text }) => trimmed(text))
    .filter((text) => text !== '')
    .slice(0, 31);
}

/** The people of the first element that names any; addresses where there are no names. */
function peopleOf(fields: Fields, names: readonly string[]): string[] {
  let addresses: string[] = [];
  for (const name of names) {
    const people = all(fields, name)
      .map(({ text, parts }) => personOf(text, parts))
      .filter((person) => person !== '');
    const found = [...new Set(people)].slice(0, 20);
    if (found.some((person) => !/^\S+@\S+$/.test(person))) return found;
    if (addresses.length === 0) addresses = found;
  }
  return addresses;
}

function categoriesOf(fields: Fields): string[] {
  const found = new Set<string>();
  for (const name of CATEGORIES)
    for (const { text, attributes } of all(fields, name)) found.add(categoryOf(text, attributes));
  for (const name of KEYWORDS)
    for (const { text } of all(fields, name))
      for (const word of text.slice(0, 2_000).split(',')) found.add(word.trim());
  found.delete('');
  return [...found].slice(0, MOST_CATEGORIES);
}

function categoryOf(text: string, attributes: ReadonlyMap<string, string>): string {
  const term = (attributes.get('term') ?? attributes.get('text') ?? '').trim();
  const label = (attributes.get('label') ?? '').trim();
  if (/^https?:\/\//i.test(term) && label !== '') return label;
  return term || trimmed(text) || label;
}
