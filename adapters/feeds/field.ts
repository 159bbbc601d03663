import { isUtf8 } from 'node:buffer';
import type { NamespaceScope } from './namespaces.ts';
import { cut } from './plain-text.ts';

/**
 * How the text of an element is read: `short` (one value, no markup expected but in titles), `markup` (may hold HTML),
 * `person` (text, or name and email), `attributes` (all is said in its attributes).
 */
export type FieldKind = 'short' | 'markup' | 'person' | 'attributes';

/** One value of an item or of the feed, in the order of the source. */
export interface Field {
  readonly name: string;
  /** It stands in an element that no feed has, and may belong to that. */
  readonly nested: boolean;
  readonly text: string;
  /** What `text` is: HTML, literal text, or something that only its look can tell (titles of RSS). */
  readonly form: 'html' | 'text' | 'guess';
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements inside a person. */
  readonly parts: ReadonlyMap<string, string>;
  readonly base: string;
  readonly lang: string;
}

/** The fields of an item or of the feed by name. */
export type Fields = ReadonlyMap<string, readonly Field[]>;

/** An element whose text is being gathered. */
export interface Capture {
  readonly raw: string;
  readonly name: string;
  readonly nested: boolean;
  readonly kind: FieldKind;
  readonly attributes: ReadonlyMap<string, string>;
  readonly scope: NamespaceScope;
  readonly base: string;
  readonly lang: string;
  readonly atom: boolean;
  /** Inline XML of Atom: whatever stands inside belongs to it. */
  readonly literal: boolean;
  readonly start: number;
  /** UTF-16 units kept. */
  readonly most: number;
  text: string;
  readonly parts: Map<string, string>;
  part: string;
  markup: boolean;
  /** Elements of the same name open inside it. */
  sameOpen: number;
}

const SHORT = [
  'title dc:title dcterms:title media:title itunes:title link guid id dc:identifier url feedburner:origlink',
  'pubdate published updated issued modified created date lastbuilddate dc:date dc:created dc:modified',
  'dcterms:issued dcterms:created dcterms:modified dcterms:date dcterms:available dcterms:datesubmitted',
  'prism:publicationdate category dc:subject dcterms:subject media:category itunes:keywords media:keywords',
  'keywords language dc:language dcterms:language ttl sy:updateperiod sy:updatefrequency hour day prism:url',
  'tags',
].flatMap((line) => line.split(' '));
const MARKUP = [
  'description summary content dc:description dcterms:abstract dcterms:description itunes:summary',
  'itunes:subtitle media:description content:encoded fullitem body xhtml:body xhtml:div abstract',
  'googleplay:description prodlink dc:abstract media:text rdf:value',
].flatMap((line) => line.split(' '));
const PERSONS = [
  'author',
  'dc:creator',
  'dcterms:creator',
  'dc:author',
  'itunes:author',
  'creator',
  'managingeditor',
  'media:credit',
  'googleplay:author',
  'foaf:maker',
  'itunes:owner',
];
const ATTRIBUTES = ['enclosure', 'itunes:category', 'media:content', 'atom:link'];

const KINDS: ReadonlyMap<string, FieldKind> = new Map([
  ...SHORT.map((name) => [name, 'short'] as const),
  ...MARKUP.map((name) => [name, 'markup'] as const),
  ...PERSONS.map((name) => [name, 'person'] as const),
  ...ATTRIBUTES.map((name) => [name, 'attributes'] as const),
]);

/** How the element of this resolved name is read; null when it is none of a feed's. */
export function kindOf(name: string): FieldKind | null {
  return KINDS.get(name) ?? null;
}

/** What a captured element comes to when it ends at `end`. */
export function capturedField(capture: Capture, source: string, end: number): Field {
  const { name, nested, attributes, parts, base, lang } = capture;
  const form = formOf(capture);
  const raw = capture.markup ? inlineMarkup(source, capture, end) : capture.text;
  return { name, nested, text: transferred(raw, capture), form, attributes, parts, base, lang };
}

/** The markup as it stands in the source, with its CDATA sections opened. */
function inlineMarkup(source: string, capture: Capture, end: number): string {
  const inside = source.slice(capture.start, Math.min(end, capture.start + capture.most));
  if (!inside.includes('<![CDATA[')) return inside;
  const opened =
    capture.attributes.get('type') === 'xhtml' ? inside.replaceAll(WORDS_IN_CDATA, escapedAmpersands) : inside;
  return opened.replaceAll('<![CDATA[', '').replaceAll(']]>', '');
}

/** A section without markup, in which an ampersand is one: XHTML is not escaped a second time. */
const WORDS_IN_CDATA = /<!\[CDATA\[[^<>]*\]\]>/g;

function escapedAmpersands(section: string): string {
  return section.replaceAll('&', '&amp;');
}

/** Atom 0.3 `mode`, Atom 1.0 `type` (RFC 4287 section 4.1.3.3); all else is HTML, or a title that may be. */
function formOf({ markup, atom, attributes, kind, name }: Capture): Field['form'] {
  if (markup) return 'html';
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  if (type === 'html' || type === 'xhtml' || type.endsWith('html') || type.endsWith('html+xml')) return 'html';
  if (type === 'text' || type === 'plain' || type === 'text/plain')
    return atom || name.startsWith('media:') ? 'text' : 'guess';
  if (kind === 'markup') return atom && type === '' ? 'guess' : 'html';
  return 'guess';
}

/** Text sent as base64 is decoded; media that is no text at all comes to ''. */
function transferred(text: string, { attributes, atom, markup, kind, name }: Capture): string {
  if (attributes.size === 0 || markup) return text;
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  const binary =
    atom && (kind === 'markup' || name === 'title') && type.includes('/') && !/^text\/|xml$|html$/.test(type);
  // Atom 0.3 says how in `mode`; Atom 1.0 leaves it to the type.
  const mode = attributes.get('mode')?.toLowerCase();
  if (mode !== 'base64' && (!binary || mode !== undefined)) return text;
  const bytes = Buffer.from(cut(text, 1_000_000), 'base64');
  return isUtf8(bytes) && !bytes.includes(0) ? bytes.toString('utf8') : '';
}

/** By name, in their order; what stands in a strange element comes after what does not. */
export function fieldsByName(list: readonly Field[]): Fields {
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

/** The fields of a name in their order; none is an empty list. */
export function allOf(fields: Fields, name: string): readonly Field[] {
  return fields.get(name) ?? [];
}

const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)/i;

/** Whether these are the attributes of a picture, which illustrates an item: by what they say, else by the name of the file. */
export function isPicture(attributes: ReadonlyMap<string, string>): boolean {
  const medium = attributes.get('medium') ?? '';
  const type = attributes.get('type') ?? '';
  if (medium === '' && type === '') return PICTURE_FILE.test(attributes.get('url') ?? '');
  return medium === 'image' || type.startsWith('image/');
}

/** Whether a text says anything. */
export function hasInk(text: string): boolean {
  return /\S/.test(text);
}
