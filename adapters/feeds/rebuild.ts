import type { CanonicalFeed } from './canonical.ts';
import { addText, closesAround, endCapture, openWithin, startField } from './captures.ts';
import { chooseFeed, chooseItem } from './choose.ts';
import { createEntities } from './entities.ts';
import { isPicture, kindOf } from './field.ts';
import { resolveName, rootScope, scopeWithin } from './namespaces.ts';
import {
  closeUpTo,
  endItem,
  FEED_ROOTS,
  newest,
  push,
  type Frame,
  type FrameKind,
  type RootKind,
  type State,
} from './open-elements.ts';
import { decodeReferences } from './plain-text.ts';
import { readAttributes, scanXml, type XmlHandler } from './xml-scan.ts';

export interface Rebuilt {
  readonly root: RootKind;
  readonly feed: CanonicalFeed;
}

const DEEPEST = 256;
/** Elements of a feed that hold titles and links of something else. */
const ASIDES = new Set(['image', 'textinput', 'media:community', 'source', 'cloud']);
/** What a web server writes before the feed when something went wrong: warnings in HTML. */
const HTML_DIRT = new Set(['br', 'b', 'p', 'font', 'div', 'script', 'pre', 'center', 'table', 'xml']);
const EMPTY: ReadonlyMap<string, string> = new Map();

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
    htmlDeclared: false,
  };
  scanXml(source, handlerOf(state));
  if (state.capture) endCapture(state, source.length);
  if (state.itemFields) endItem(state);
  if (state.root === 'none' && state.htmlDeclared) state.root = 'html';
  const items = newest(state.items).flatMap(({ fields }) => chooseItem(fields) ?? []);
  return { root: state.root, feed: { ...chooseFeed(state.feedFields), items } };
}

function handlerOf(state: State): XmlHandler {
  return {
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
    within: () => state.capture?.raw ?? '',
    doctype(start, end) {
      const inside = state.source.slice(start, end);
      state.htmlDeclared ||= /^\s{0,20}html\b/i.test(inside.slice(0, 40));
      state.entities.declare(inside);
    },
  };
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
  noteRoot(state, name, attributes);

  const base = attributes.get('xml:base');
  const frame: Frame = {
    raw,
    kind: frameKind(state, name, outer.kind, attributes),
    scope,
    base: base === undefined ? outer.base : resolveBase(decodeReferences(base), outer.base),
    lang: attributes.get('xml:lang') ?? (name === 'html' ? '' : outer.lang),
  };
  if (frame.kind === 'item') {
    // `<item/>` inside of an item is dirt, not the end of it.
    if (state.itemFields && empty && attributes.size === 0) return;
    if (state.itemFields) endItem(state);
    state.itemFields = [];
  }
  const kind = outer.kind === 'aside' || state.root === 'html' ? null : kindWithin(outer.kind, name, attributes);
  const carrier = (frame.kind === 'item' || frame.kind === 'feed') && attributes.size > 0;
  if (kind !== null || carrier)
    startField(state, frame, {
      name: outer.kind === 'source' ? `source ${name}` : name,
      nested: outer.kind === 'other' || outer.kind === 'picture' || outer.kind === 'media',
      attributes,
      kind: frame.kind === 'aside' && outer.kind !== 'source' ? null : kind,
      end,
      empty,
    });
  if (state.capture === null && !empty) push(state, frame);
  if (empty && frame.kind === 'item') endItem(state);
}

const FEED_NAMESPACE = /\/(?:atom|rss|rdf\/simple)\b/i;

/** What the outermost element says the document is; a feed inside of a page is a feed that was wrapped on its way. */
function noteRoot(state: State, name: string, attributes: ReadonlyMap<string, string>): void {
  if (state.root === 'feed') return;
  if (state.root === 'html') {
    // Pages hold RDF about their licence, too: all but `rss` has to name its vocabulary.
    const known = (name === 'feed' || name === 'rdf:rdf') && FEED_NAMESPACE.test(attributes.get('xmlns') ?? '');
    if (name !== 'rss' && !known) return;
    state.root = 'feed';
    state.feedFields.length = 0;
  } else if (FEED_ROOTS.has(name)) state.root = 'feed';
  else if (name === 'html' || name === 'xhtml:html' || name === 'head') state.root = 'html';
  else if (state.root === 'none' && !HTML_DIRT.has(name)) state.root = state.htmlDeclared ? 'html' : 'other';
}

/**
 * Of where an entry was taken from (RFC 4287 section 4.2.11) only the author concerns the entry; who made a picture or film that
 * it shows, and what a picture is called, is not of the item. What is `multipart` (Atom 0.3) has its texts inside.
 */
function kindWithin(
  outer: FrameKind,
  name: string,
  attributes: ReadonlyMap<string, string>,
): ReturnType<typeof kindOf> {
  if (outer === 'source' && name !== 'author') return null;
  if (outer === 'picture' && name === 'media:title') return null;
  if ((outer === 'picture' || outer === 'media') && name === 'media:credit') return null;
  return attributes.get('type')?.startsWith('multipart/') ? null : kindOf(name);
}

function frameKind(state: State, name: string, outer: FrameKind, attributes: ReadonlyMap<string, string>): FrameKind {
  if (outer === 'aside' || outer === 'source') return 'aside';
  if (name === 'item' || name === 'entry') return 'item';
  if (name === 'rss' || name === 'rdf:rdf' || name === 'feed' || name === 'channel') return 'feed';
  if (name === 'source' && outer === 'item') return 'source';
  if (ASIDES.has(name)) return 'aside';
  if (name === 'media:content') return isPicture(attributes) ? 'picture' : 'media';
  if (outer === 'feed' && state.itemFields === null && name.endsWith(':image')) return 'aside';
  return 'other';
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

function sameName(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}

function resolveBase(base: string, outer: string): string {
  const trimmed = base.trim();
  if (trimmed === '') return outer;
  if (URL.canParse(trimmed, outer)) return new URL(trimmed, outer).href;
  return URL.canParse(trimmed) ? trimmed : outer;
}
