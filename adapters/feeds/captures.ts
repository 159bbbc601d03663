import { capturedField, hasInk, kindOf, type Capture } from './field.ts';
import { isAtom, resolveName } from './namespaces.ts';
import { FEED_ROOTS, type Frame, type State } from './open-elements.ts';
import { cut } from './plain-text.ts';

const MOST_FIELDS = 400;
/** What is noted even of an item with hundreds of categories before it. */
const ESSENTIAL = new Set(['title', 'link', 'guid', 'id', 'pubdate', 'published', 'updated', 'description', 'content']);
/** Of what is no person: nothing is ever put in. */
const NO_PARTS = new Map<string, string>();
/** Markup that people put around a name. */
const INLINE = new Set(['a', 'b', 'div', 'em', 'i', 'p', 'small', 'span', 'strong']);

/** An element whose value is to be noted. */
export interface Opened {
  /** Resolved; `source author` for the author of where an entry was taken from. */
  readonly name: string;
  readonly nested: boolean;
  readonly attributes: ReadonlyMap<string, string>;
  readonly kind: ReturnType<typeof kindOf>;
  readonly end: number;
  readonly empty: boolean;
}

/** Notes what the attributes say at once; text is captured until the element is closed. */
export function startField(state: State, { raw, scope, base, lang }: Frame, opened: Opened): void {
  const { name, nested, end } = opened;
  const fields = state.itemFields ?? state.feedFields;
  if (fields.length >= MOST_FIELDS && !(ESSENTIAL.has(name) && fields.length < MOST_FIELDS + 50)) return;
  const atom = isAtom(scope, raw);
  const kind = opened.kind ?? 'attributes';
  const expandedAttributes = expanded(state, withoutPrefix(opened.attributes, raw));
  const attributes = name === 'link' ? withBaseFor(state, expandedAttributes, base) : expandedAttributes;
  const capture: Capture = {
    raw,
    name,
    nested,
    kind,
    attributes,
    scope,
    base,
    lang,
    atom,
    literal: atom && attributes.size > 0 && /xml$/i.test(attributes.get('type') ?? ''),
    start: end,
    most: kind === 'markup' ? 1_000_000 : 20_000,
    text: '',
    parts: kind === 'person' ? new Map<string, string>() : NO_PARTS,
    part: '',
    markup: false,
    sameOpen: 0,
  };
  // `<link/>https://…`, as programs that take it for HTML's link write it.
  const empty = opened.empty && !(name === 'link' && attributes.size === 0);
  if (kind === 'attributes' || empty) fields.push(capturedField(capture, state.source, end));
  else state.capture = capture;
}

function expanded(state: State, attributes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  let refers = false;
  for (const value of attributes.values()) refers ||= value.includes('&');
  if (!refers) return attributes;
  return new Map([...attributes].map(([key, value]) => [key, state.entities.expand(value)]));
}

/** Attributes with the prefix of their element mean the same without it: `<atom:link atom:href="…">`. */
function withoutPrefix(attributes: ReadonlyMap<string, string>, raw: string): ReadonlyMap<string, string> {
  const prefix = raw.slice(0, raw.indexOf(':') + 1).toLowerCase();
  if (prefix === '' || ![...attributes.keys()].some((name) => name.startsWith(prefix))) return attributes;
  const own = [...attributes].map(
    ([name, value]) => [name.startsWith(prefix) ? name.slice(prefix.length) : name, value] as const,
  );
  return new Map([...own, ...attributes]);
}

/** An address left empty is the base itself where one was declared (RFC 3986 section 5.2.2); elsewhere it was forgotten. */
function withBaseFor(state: State, attributes: ReadonlyMap<string, string>, base: string): ReadonlyMap<string, string> {
  if (attributes.get('href')?.trim() !== '' || base === state.stack[0]?.base) return attributes;
  return new Map([...attributes, ['href', base]]);
}

/** Text inside of the captured element, up to what is kept of it. */
export function addText(capture: Capture, text: string): void {
  const room = capture.most - capture.text.length;
  const piece = cut(text, Math.max(0, room));
  if (capture.part === '') capture.text += piece;
  else capture.parts.set(capture.part, (capture.parts.get(capture.part) ?? '') + piece);
}

/** Notes what the captured element comes to when it ends at `end`; nothing when none is captured. */
export function endCapture(state: State, end: number): void {
  const { capture } = state;
  if (!capture) return;
  state.capture = null;
  (state.itemFields ?? state.feedFields).push(capturedField(capture, state.source, end));
}

/** A tag inside a captured element: true when it belongs to it, false when it shows that the element was never closed. */
export function openWithin(state: State, capture: Capture, raw: string, empty: boolean, end: number): boolean {
  const name = resolveName(capture.scope, raw);
  const begins = state.root !== 'feed' && FEED_ROOTS.has(name);
  if (!begins && isRdfStructure(capture, name)) {
    if (name === 'rdf:li') beginMember(state, capture);
    return true;
  }
  if (begins || (capture.kind !== 'person' && endsUnclosed(capture, name, raw))) {
    endCapture(state, state.source.lastIndexOf('<', end - 1));
    return false;
  }
  if (capture.kind === 'person') {
    const ofItem = (name === 'title' || name === 'link') && !isClosedLater(state.source, capture.raw, end);
    if (name === 'item' || name === 'entry' || ofItem) {
      endCapture(state, state.source.lastIndexOf('<', end - 1));
      return false;
    }
    if (!empty) capture.part = partOf(name);
    return true;
  }
  capture.markup = true;
  if (raw === capture.raw && !empty) capture.sameOpen++;
  return true;
}

/** RDF's ways around a value: lists, a value of its own, the name of how a date is written. */
const RDF_STRUCTURE = new Set(['rdf:bag', 'rdf:seq', 'rdf:alt', 'rdf:li']);
const RDF_OF_SHORT = new Set(['rdf:value', 'rdf:description', 'dcterms:w3cdtf']);

function isRdfStructure({ kind, markup, literal }: Capture, name: string): boolean {
  if (literal || markup || kind === 'markup') return false;
  return RDF_STRUCTURE.has(name) || (kind === 'short' && RDF_OF_SHORT.has(name));
}

/** A list of values is several elements with one each; of alternatives the first is taken, as of elements. */
function beginMember(state: State, capture: Capture): void {
  const fields = state.itemFields ?? state.feedFields;
  if ((!hasInk(capture.text) && capture.parts.size === 0) || fields.length >= MOST_FIELDS) return;
  fields.push(capturedField(capture, state.source, capture.start));
  const parts = capture.kind === 'person' ? new Map<string, string>() : NO_PARTS;
  state.capture = { ...capture, text: '', parts, part: '' };
}

/** How far ahead the end of a person is looked for. */
const PERSON_CHARS = 1_000;

/** Whether an element ends before another one like it, or its item, does: what stands until then is its own. */
function isClosedLater(source: string, raw: string, from: number): boolean {
  const ahead = source.slice(from, from + PERSON_CHARS);
  const close = ahead.indexOf(`</${raw}`);
  if (close < 0) return false;
  return !ahead.slice(0, close).includes(`<${raw}`) && !/<\/?(?:item|entry)\b/i.test(ahead.slice(0, close));
}

/**
 * What an element inside of a person says of them; '' for markup around their text. Of a namespace that nobody knows the
 * name may be of anything: an affiliation has one, too.
 */
function partOf(name: string): string {
  if (name.startsWith('?:')) return name;
  const part = name.slice(name.indexOf(':') + 1);
  return INLINE.has(part) ? '' : part;
}

/** Markup may hold HTML, in which `title`, `summary` and `source` are words too; what only a feed has ends it. */
function endsUnclosed(capture: Capture, name: string, raw: string): boolean {
  if (capture.literal) return false;
  if (name === 'item' || name === 'entry') return true;
  const kind = kindOf(name);
  if (kind === null || raw === capture.raw || name.startsWith('xhtml:')) return false;
  if (capture.kind === 'short') return true;
  return name === 'guid' || name === 'pubdate' || name.includes(':');
}

/** An end tag of what stands around a captured element: its own end tag was lost. */
export function closesAround(state: State, raw: string): boolean {
  const name = raw.toLowerCase();
  const local = name.slice(name.indexOf(':') + 1);
  if (local !== 'item' && local !== 'entry' && local !== 'channel' && local !== 'feed' && local !== 'rss') return false;
  return !state.capture?.literal && (state.open.get(name) ?? 0) > 0;
}
