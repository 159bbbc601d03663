import type { CanonicalFeed, CanonicalItem, CanonicalText } from './canonical.ts';
import { readDate } from './dates.ts';
import { allOf, fieldsByName, hasInk, type Field, type Fields } from './field.ts';
import { feedLink, idOf, itemLink, linkTo } from './item-links.ts';
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
const CONTENTS = ['content:encoded', 'content', 'fullitem', 'body', 'xhtml:body', 'xhtml:div', 'prodlink', 'rdf:value'];
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
const FEED_AUTHORS = [...AUTHORS.slice(0, -2), 'managingeditor', 'itunes:owner'];
const CATEGORIES = ['category', 'dc:subject', 'dcterms:subject', 'media:category', 'itunes:category'];
const KEYWORDS = ['itunes:keywords', 'media:keywords', 'keywords', 'tags'];

/** One item out of what its elements say; null when they say nothing. */
export function chooseItem(list: readonly Field[]): CanonicalItem | null {
  const fields = fieldsByName(list);
  const id = idOf(fields);
  const { summary, content } = textsOf(fields, list);
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
  return saysAnything(item) || languageOf(fields) !== '' ? item : null;
}

/** Whether anything at all is known of an item. */
export function saysAnything({
  title,
  link,
  id,
  published,
  summary,
  content,
  authors,
  categories,
}: CanonicalItem): boolean {
  const words = [title.text, link, id, summary.text, content.text, ...authors, ...categories];
  return published !== null || words.some((text) => text !== '');
}

/** The feed itself, without its items. */
export function chooseFeed(list: readonly Field[]): Omit<CanonicalFeed, 'items'> {
  const fields = fieldsByName(list);
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
    hub: linkTo(fields, 'hub'),
    self: linkTo(fields, 'self'),
  };
}

/** When an item that is told by these fields was published (epoch ms), null where that cannot be read. */
export function publishedOf(list: readonly Field[]): number | null {
  return dateOf(fieldsByName(list));
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

function firstText(fields: Fields, names: readonly string[]): CanonicalText {
  for (const name of names)
    for (const { text, form } of allOf(fields, name)) if (hasInk(text)) return { text: text.trim(), form };
  return NOTHING;
}

/** A second description tells more than the first: it is taken for the content when there is no other. */
function textsOf(
  fields: Fields,
  list: readonly Field[],
): { readonly summary: CanonicalText; readonly content: CanonicalText } {
  const content = bestContent(fields);
  const both = fields.has('summary') && fields.has('description');
  const summaryFirst =
    both && list.find(({ name }) => name === 'summary' || name === 'description')?.name === 'summary';
  const summaries = sayingOf(fields, summaryFirst ? ['summary', ...SUMMARIES] : SUMMARIES);
  const [first, second] = summaries;
  if (!first) return { summary: firstText(fields, LATE_SUMMARIES), content };
  const summary = { text: first.text.trim(), form: first.form };
  if (content.text !== '' || !second || second.text === first.text) return { summary, content };
  return { summary, content: { text: second.text.trim(), form: second.form } };
}

function bestContent(fields: Fields): CanonicalText {
  const found = sayingOf(fields, CONTENTS);
  const best = found.find(({ form }) => form === 'html') ?? found[0];
  return best ? { text: best.text.trim(), form: best.form } : NOTHING;
}

/** The fields of these names that say anything, in the order of the names. */
function sayingOf(fields: Fields, names: readonly string[]): readonly Field[] {
  const found: Field[] = [];
  for (const name of names) for (const field of allOf(fields, name)) if (hasInk(field.text)) found.push(field);
  return found;
}

/** The first date that can be read, of at most four. */
function dateOf(fields: Fields): number | null {
  let tried = 0;
  for (const name of DATES) {
    for (const { text } of allOf(fields, name)) {
      if (!hasInk(text)) continue;
      const date = readDate(text);
      if (date !== null || ++tried >= MOST_DATES) return date;
    }
  }
  // CDF has it in an attribute.
  return readDate(allOf(fields, 'item')[0]?.attributes.get('lastmod') ?? '');
}

function languageOf(fields: Fields): string {
  return firstWord(fields, 'language') || firstWord(fields, 'dc:language') || firstWord(fields, 'dcterms:language');
}

function firstWord(fields: Fields, name: string): string {
  return words(fields, name)[0] ?? '';
}

function words(fields: Fields, name: string): readonly string[] {
  if (!fields.has(name)) return [];
  return allOf(fields, name)
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .slice(0, 31);
}

/** The people of the first element that names any; addresses where there are no names. */
function peopleOf(fields: Fields, names: readonly string[]): string[] {
  let addresses: string[] = [];
  for (const name of names) {
    if (!fields.has(name)) continue;
    const people = allOf(fields, name)
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
    for (const { text, attributes } of allOf(fields, name)) found.add(categoryOf(text, attributes));
  for (const name of KEYWORDS)
    for (const { text } of allOf(fields, name))
      for (const word of text.slice(0, 2_000).split(',')) found.add(word.trim());
  found.delete('');
  return [...found].slice(0, MOST_CATEGORIES);
}

function categoryOf(text: string, attributes: ReadonlyMap<string, string>): string {
  const term = (attributes.get('term') ?? attributes.get('text') ?? '').trim();
  const label = (attributes.get('label') ?? '').trim();
  if (/^https?:\/\//i.test(term) && label !== '') return label;
  return term || text.trim() || label;
}
