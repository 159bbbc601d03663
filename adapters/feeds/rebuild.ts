import { chooseFeed, chooseItem, newestFirst, publishedOf } from './choose.ts';
import { capturedField, kindOf, type Capture, type Field } from './field.ts';
import { isAtom, resolveName, rootScope, scopeWithin, type NamespaceScope } from './namespaces.ts';
import type { CanonicalFeed } from './canonical.ts';
import { createEntities, type Entities } from './entities.ts';
import { cut, decodeReferences } from './plain-text.ts';
import { readAttributes, scanXml, type XmlHandler } from './xml-scan.ts';

/** What the outermost element told. */
export type RootKind = 'feed' | 'html' | 'other' | 'none';

export interface Rebuilt {
  readonly root: RootKind;
  readonly feed: CanonicalFeed;
}

export const MOST_ITEMS = 2_000;
const DEEPEST = 256;
const MOST_FIELDS = 400;
/** What is noted even of an item with hundreds of categories before it. */
const ESSENTIAL = new Set(['title', 'link', 'guid', 'id', 'pubdate', 'published', 'updated', 'description', 'content']);

type FrameKind = 'feed' | 'item' | 'source' | 'aside' | 'other';

interface Frame {
  readonly raw: string;
  readonly kind: FrameKind;
  readonly scope: NamespaceScope;
  readonly base: string;
  readonly lang: string;
}

/** An item before its fields are chosen from. */
interface SeenItem {
  readonly fields: readonly Field[];
  /** Epoch ms, null for none; undefined until it is asked for. */
  published?: number | null;
}

interface State {
  readonly source: string;
  readonly entities: Entities;
  readonly stack: Frame[];
  /** How many elements of a name (in lower case) are open. */
  readonly open: Map<string, number>;
  readonly feedFields: Field[];
  /** In the order of the source. */
  items: SeenItem[];
  itemFields: Field[] | null;
  capture: Capture | null;
  /** Open elements beyond the deepest that is followed. */
  beyond: number;
  root: RootKind;
}

const FEED_ROOTS = new Set(['rss', 'rdf:rdf', 'rdf', 'feed', 'channel', 'item', 'entry']);
/** Elements of a feed that hold titles and links of something else. */
const ASIDES = new Set(['image', 'textinput', 'itunes:owner', 'media:community', 'source', 'cloud']);
const EMPTY: ReadonlyMap<string, string> = new Map();
/** Of what is no person: nothing is ever put in. */
const NO_PARTS = new Map<string, string>();

/**
 * Reads any of RSS 0.9x, 1.0, 1.1, 2.0, Atom 0.3, 1.0 and CDF, damaged or not, and gives it as one canonical form: names
 * resolved, `xml:base` and `xml:lang` applied, content decoded, the newest 2,000 items kept. Linear in the source.
 */
export function rebuildFeed(source: string, feedUrl: string): Rebuilt {
  const state: State = {
    source,
    entities: createEntities(),
    open: new Map(),
    stack: [{ raw: '', kind: 'other', scope: rootScope(), base: feedUrl, lang: '' }],
    feedFields: [],
    items: [],
    itemFields: null,
    capture: null,
    beyond: 0,
    root: 'none',
  };
  scanXml(source, handlerOf(state));
  if (state.capture) endCapture(state, source.length);
  if (state.itemFields) endItem(state);
  const items = newest(state.items).flatMap(({ fields }) => chooseItem(fields) ?? []);
  return { root: state.root, feed: { ...chooseFeed(state.feedFields), items } };
}

function handlerOf(state: State): XmlHandler {
  return {
    done: () => state.root === 'html',
    open(raw, attributes, end, empty) {
      if (state.capture && openWithin(state, state.capture, raw, empty, end)) return;
      openElement(state, raw, attributes, end, empty);
    },
    close: (raw, start) => closeElement(state, raw, start),
    text(start, end) {
      const { capture } = state;
      if (!capture) return;
      addText(capture, state.entities.expand(state.source.slice(start, Math.min(end, start + capture.most))));
    },
    cdata(start, end) {
      const { capture } = state;
      if (capture) addText(capture, state.source.slice(start, Math.min(end, start + capture.most)));
    },
    doctype(start, end) {
      const inside = state.source.slice(start, end);
      if (/^\s{0,20}html\b/i.test(inside.slice(0, 40)) && state.root === 'none') state.root = 'html';
      else state.entities.declare(inside);
    },
  };
}

function addText(capture: Capture, text: string): void {
  const room = capture.most - capture.text.length;
  const piece = cut(text, Math.max(0, room));
  if (capture.part === '') capture.text += piece;
  else capture.parts.set(capture.part, (capture.parts.get(capture.part) ?? '') + piece);
}

/** A tag inside a captured element: true when it belongs to it, false when it shows that the element was never closed. */
function openWithin(state: State, capture: Capture, raw: string, empty: boolean, end: number): boolean {
  const name = resolveName(capture.scope, raw);
  if (capture.kind !== 'person' && endsUnclosed(capture, name, raw)) {
    endCapture(state, state.source.lastIndexOf('<', end - 1));
    return false;
  }
  if (capture.kind === 'person') {
    if (name === 'item' || name === 'entry' || name === 'title' || name === 'link') {
      endCapture(state, state.source.lastIndexOf('<', end - 1));
      return false;
    }
    capture.part = empty ? '' : name.slice(name.indexOf(':') + 1);
    return true;
  }
  capture.markup = true;
  if (raw === capture.raw && !empty) capture.sameOpen++;
  return true;
}

/** Markup may hold HTML, in which `title`, `summary` and `source` are words too; what only a feed has ends it. */
function endsUnclosed(capture: Capture, name: string, raw: string): boolean {
  if (capture.literal) return false;
  if (name === 'item' || name === 'entry') return true;
  const kind = kindOf(name);
  if (kind === null || raw === capture.raw) return false;
  if (capture.kind === 'short') return true;
  return name === 'guid' || name === 'pubdate' || (name.includes(':') && !name.startsWith('xhtml:'));
}

function openElement(state: State, raw: string, attributeText: string, end: number, empty: boolean): void {
  if (state.stack.length > DEEPEST) {
    if (!empty) state.beyond++;
    return;
  }
  const outer = state.stack.at(-1);
  if (!outer) return;
  const attributes = attributeText.length > 1 ? readAttributes(attributeText) : EMPTY;
  const scope = attributeText.includes('xmlns') ? scopeWithin(outer.scope, attributes) : outer.scope;
  const name = resolveName(scope, raw);
  if (state.root === 'none') {
    if (name === 'html' || name === 'xhtml:html') state.root = 'html';
    else if (!HTML_DIRT.has(name)) state.root = FEED_ROOTS.has(name) ? 'feed' : 'other';
  } else if (state.root === 'other' && FEED_ROOTS.has(name)) state.root = 'feed';

  const base = attributes.get('xml:base');
  const frame: Frame = {
    raw,
    kind: frameKind(state, name, outer.kind),
    scope,
    base: base === undefined ? outer.base : resolveBase(decodeReferences(base), outer.base),
    lang: attributes.get('xml:lang') ?? (name === 'html' ? '' : outer.lang),
  };
  if (frame.kind === 'item') {
    if (state.itemFields) endItem(state);
    state.itemFields = [];
  }
  const kind = outer.kind === 'aside' ? null : kindWithin(outer.kind, name, attributes);
  const carrier = (frame.kind === 'item' || frame.kind === 'feed') && attributes.size > 0;
  if (kind !== null || carrier)
    startField(state, frame, {
      name: outer.kind === 'source' ? `source ${name}` : name,
      nested: outer.kind === 'other',
      attributes,
      kind: frame.kind === 'aside' && outer.kind !== 'source' ? null : kind,
      end,
      empty,
    });
  if (state.capture === null && !empty) push(state, frame);
  if (empty && frame.kind === 'item') endItem(state);
}

/**
 * Of where an entry was taken from (RFC 4287 section 4.2.11) only the author concerns the entry. What is `multipart` (Atom 0.3)
 * has its texts inside.
 */
function kindWithin(
  outer: FrameKind,
  name: string,
  attributes: ReadonlyMap<string, string>,
): ReturnType<typeof kindOf> {
  if (outer === 'source' && name !== 'author') return null;
  return attributes.get('type')?.startsWith('multipart/') ? null : kindOf(name);
}

/** What a web server writes before the feed when something went wrong: warnings in HTML. */
const HTML_DIRT = new Set(['br', 'b', 'p', 'font', 'div', 'script', 'pre', 'center', 'table', 'xml']);

function frameKind(state: State, name: string, outer: FrameKind): FrameKind {
  if (outer === 'aside' || outer === 'source') return 'aside';
  if (name === 'item' || name === 'entry') return 'item';
  if (name === 'rss' || name === 'rdf:rdf' || name === 'feed' || name === 'channel') return 'feed';
  if (name === 'source' && outer === 'item') return 'source';
  if (ASIDES.has(name)) return 'aside';
  if (outer === 'feed' && state.itemFields === null && name.endsWith(':image')) return 'aside';
  return 'other';
}

interface Opened {
  readonly name: string;
  readonly nested: boolean;
  readonly attributes: ReadonlyMap<string, string>;
  readonly kind: ReturnType<typeof kindOf>;
  readonly end: number;
  readonly empty: boolean;
}

/** Notes what the attributes say at once; text is captured until the element is closed. */
function startField(state: State, { raw, scope, base, lang }: Frame, opened: Opened): void {
  const { name, nested, end } = opened;
  const fields = state.itemFields ?? state.feedFields;
  if (fields.length >= MOST_FIELDS && !(ESSENTIAL.has(name) && fields.length < MOST_FIELDS + 50)) return;
  const atom = isAtom(scope, raw);
  const kind = opened.kind ?? 'attributes';
  const attributes = expanded(state, opened.attributes);
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

function endCapture(state: State, end: number): void {
  const { capture } = state;
  if (!capture) return;
  state.capture = null;
  (state.itemFields ?? state.feedFields).push(capturedField(capture, state.source, end));
}

function closeElement(state: State, raw: string, start: number): void {
  const { capture } = state;
  if (capture) {
    if (sameName(raw, capture.raw)) {
      if (capture.sameOpen > 0 && raw === capture.raw) capture.sameOpen--;
      else endCapture(state, start);
      return;
    }
    if (capture.kind === 'person' && capture.part !== '') capture.part = '';
    if (!closesAround(state, raw)) return;
    endCapture(state, start);
  }
  if (state.beyond > 0) {
    state.beyond--;
    return;
  }
  const name = raw.toLowerCase();
  // Otherwise an end tag whose start was lost, or a second one: nothing is open that it could end.
  if ((state.open.get(name) ?? 0) > 0) closeUpTo(state, name);
}

function push(state: State, frame: Frame): void {
  state.stack.push(frame);
  const name = frame.raw.toLowerCase();
  state.open.set(name, (state.open.get(name) ?? 0) + 1);
}

/** Closes the innermost element of this name with all that was left open inside of it. */
function closeUpTo(state: State, name: string): void {
  let item = false;
  for (;;) {
    const frame = state.stack.pop();
    if (!frame) break;
    const own = frame.raw.toLowerCase();
    state.open.set(own, (state.open.get(own) ?? 1) - 1);
    item ||= frame.kind === 'item';
    if (own === name) break;
  }
  if (item) endItem(state);
}

/** An end tag of what stands around a captured element: its own end tag was lost. */
function closesAround(state: State, raw: string): boolean {
  const name = raw.toLowerCase();
  const local = name.slice(name.indexOf(':') + 1);
  if (local !== 'item' && local !== 'entry' && local !== 'channel' && local !== 'feed' && local !== 'rss') return false;
  return !state.capture?.literal && (state.open.get(name) ?? 0) > 0;
}

function endItem(state: State): void {
  if (!state.itemFields) return;
  const fields = state.itemFields;
  state.itemFields = null;
  if (fields.length > 0) state.items.push({ fields });
  // Items are read for good when all have been seen: of 200,000 only the newest cost more than their date.
  if (state.items.length >= MOST_ITEMS * 2) state.items = newest(state.items);
}

function newest(items: readonly SeenItem[]): SeenItem[] {
  const kept = newestFirst(items, MOST_ITEMS, (item) => {
    if (item.published === undefined) item.published = publishedOf(item.fields);
    return item.published;
  });
  return [...kept];
}

function sameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}

function resolveBase(base: string, outer: string): string {
  const trimmed = base.trim();
  if (trimmed === '') return outer;
  if (URL.canParse(trimmed, outer)) return new URL(trimmed, outer).href;
  return URL.canParse(trimmed) ? trimmed : outer;
}
