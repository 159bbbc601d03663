import { allOf, hasInk, isPicture, type Field, type Fields } from './field.ts';
import { absoluteLink } from './links.ts';
import { htmlToText } from './html-text.ts';

/** The publisher's own identifier: of RSS and Atom, else of RDF, else of Dublin Core; '' for none. */
export function idOf(fields: Fields): string {
  return firstText(fields, ['guid', 'id']) || aboutOf(fields) || firstText(fields, ['dc:identifier']);
}

function firstText(fields: Fields, names: readonly string[]): string {
  for (const name of names) for (const { text } of allOf(fields, name)) if (hasInk(text)) return text.trim();
  return '';
}

function aboutOf(fields: Fields): string {
  for (const name of ['item', 'entry'])
    for (const { attributes } of allOf(fields, name)) {
      const about = attributes.get('rdf:about') ?? bareAbout(attributes) ?? attributes.get('rdf:id') ?? '';
      if (hasInk(about)) return about.trim();
    }
  return '';
}

/** RDF of 1999 let `about` go without its prefix; of another vocabulary it may be anything but an address. */
function bareAbout(attributes: ReadonlyMap<string, string>): string | undefined {
  const about = attributes.get('about');
  return about !== undefined && /^\s*[a-z][a-z0-9+.-]*:/i.test(about) ? about : undefined;
}

/** The address of an item: a page before other media, the publisher's own before that of a service; '' for none. */
export function itemLink(fields: Fields, id: string): string {
  return (
    textLink(fields, ['feedburner:origlink']) ||
    plainLink(fields) ||
    atomLink(fields, ['alternate', '']) ||
    relatedText(fields, ['alternate', '']) ||
    attributeLink(fields, ['link'], 'rdf:resource') ||
    attributeLink(fields, ['item', 'entry'], 'href') ||
    permalink(fields) ||
    textLink(fields, ['prism:url', 'url']) ||
    atomLink(fields, ['related', 'via', 'self']) ||
    relatedText(fields, ['related', 'via', 'self']) ||
    attributeLink(fields, ['content'], 'src') ||
    attributeLink(fields, ['item', 'entry'], 'rdf:about') ||
    (!fields.has('guid') && /^https?:\/\//i.test(id) ? absoluteLink(id, '') : '') ||
    mediaLink(fields) ||
    atomLink(fields, ['enclosure']) ||
    relatedText(fields, ['enclosure'])
  );
}

/** The address of the site that a feed belongs to; '' for none. */
export function feedLink(fields: Fields): string {
  return (
    plainLink(fields) ||
    atomLink(fields, ['alternate', '']) ||
    relatedText(fields, ['alternate', '']) ||
    attributeLink(fields, ['channel'], 'href') ||
    attributeLink(fields, ['channel'], 'rdf:about') ||
    idLink(fields)
  );
}

/** Where the `link` with this relation leads; '' for none. */
export function linkTo(fields: Fields, relation: string): string {
  return atomLink(fields, [relation]);
}

function idLink(fields: Fields): string {
  const id = idOf(fields);
  return /^https?:\/\//i.test(id) ? absoluteLink(id, '') : '';
}

/** A guid is an address unless it says that it is none (RSS 2.0, `isPermaLink`): then it may look like one and lead nowhere. */
function permalink(fields: Fields): string {
  for (const { text, attributes, base } of allOf(fields, 'guid')) {
    const says = (attributes.get('ispermalink') ?? 'true').trim().toLowerCase();
    const looks = /^(?:https?:\/\/|www\.|\/)/i.test(text.trim());
    if (says === 'true' && (looks || attributes.has('ispermalink'))) return absoluteLink(text, base);
  }
  return '';
}

/** The text of a `link` without attributes, as RSS writes it: its own, before what it borrows from Atom. */
function plainLink(fields: Fields): string {
  for (const field of allOf(fields, 'link')) {
    const link = field.attributes.size === 0 && !field.nested ? absoluteText(field) : '';
    if (link !== '') return link;
  }
  return '';
}

/** What an item brings along when it has no page. A picture only illustrates it. */
function mediaLink(fields: Fields): string {
  for (const name of ['enclosure', 'media:content'])
    for (const { attributes, base } of allOf(fields, name)) {
      const link = isPicture(attributes) ? '' : absoluteLink(attributes.get('url') ?? '', base);
      if (link !== '') return link;
    }
  return '';
}

function textLink(fields: Fields, names: readonly string[]): string {
  for (const name of names)
    for (const field of allOf(fields, name)) {
      const link = absoluteText(field);
      if (link !== '') return link;
    }
  return '';
}

function absoluteText({ text, base, form }: Field): string {
  if (!hasInk(text)) return '';
  // Somebody made a link of the link: `<link><a href="…">…</a></link>`.
  return absoluteLink(form === 'html' && text.includes('<') ? htmlToText(text, 5_000) : text, base);
}

/** The first `link` with one of these relations whose address is its text, as RSS writes it and Atom by mistake. */
function relatedText(fields: Fields, relations: readonly string[]): string {
  for (const field of allOf(fields, 'link')) {
    const own = relationsOf(field.attributes);
    const link = relations.some((relation) => own.includes(relation)) ? absoluteText(field) : '';
    if (link !== '') return link;
  }
  return '';
}

function attributeLink(fields: Fields, names: readonly string[], attribute: string): string {
  for (const name of names)
    for (const { attributes, base } of allOf(fields, name)) {
      const value = attributes.get(attribute) ?? '';
      const link = hasInk(value) ? absoluteLink(value, base) : '';
      if (link !== '') return link;
    }
  return '';
}

/** The first `link` with one of these relations in their order, pages before other media. */
function atomLink(fields: Fields, relations: readonly string[]): string {
  for (const relation of relations) {
    const found = allOf(fields, 'link').filter(
      ({ attributes }) => attributes.has('href') && relationsOf(attributes).includes(relation),
    );
    const page = found.find(({ attributes }) => isPage(attributes)) ?? found[0];
    const link = page ? absoluteLink(page.attributes.get('href') ?? '', page.base) : '';
    if (link !== '') return link;
  }
  return '';
}

/** Of Atom it is one; some write several, as in HTML. */
function relationsOf(attributes: ReadonlyMap<string, string>): readonly string[] {
  const relation = (attributes.get('rel') ?? 'alternate').trim().toLowerCase();
  return relation.replace('http://www.iana.org/assignments/relation/', '').split(/\s+/, 5);
}

function isPage(attributes: ReadonlyMap<string, string>): boolean {
  const type = attributes.get('type')?.trim().toLowerCase() ?? '';
  return type === '' || type.includes('html');
}
