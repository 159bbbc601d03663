import { decodeHTML } from 'entities';
import { CLOSED_BY, DROPPED_ELEMENTS, HEAD_ONLY } from './markup-rules.ts';
import { VOID_ELEMENTS } from './page-tree.ts';
import type { Page, PageElement, PageLimits } from './page-tree.ts';

const MAX_META = 300;
const MAX_JSON_LD = 20;

/** An opening tag with those of its attributes that are read, values as written. */
export interface OpenTag {
  readonly name: string;
  readonly attributes: Map<string, string>;
}

/** Takes the tokens of a page in order. */
export interface PageBuilder {
  text(data: string): void;
  /** `selfClosed`: its tag ends in `/>`, which counts for drawings and formulas only. */
  open(tag: OpenTag, selfClosed?: boolean): void;
  /** Inside a drawing or a formula, where HTML's raw text elements are none. */
  foreign(): boolean;
  close(name: string): void;
  page(): Page;
}

/** An open element: null where its tag is left out but its end must still be found. */
interface Level {
  readonly name: string;
  readonly element: PageElement | null;
  readonly dropped: boolean;
}

/** Builds the tree within bounds; text goes on being read where elements no longer are. */
export function createPageBuilder(limits: PageLimits): PageBuilder {
  const body: PageElement = { name: 'body', attributes: new Map(), children: [], parent: null, depth: 1 };
  const meta = new Map<string, string>();
  const jsonLd: string[] = [];
  const levels: Level[] = [];
  const openByName = new Map<string, number>();
  const found = { title: '', lang: '', canonical: '', base: '' };
  let current = body;
  let elements = 0;
  let depthSum = 0;
  let droppedLevels = 0;
  let jsonLdOpen = false;
  let titleOpen = false;
  let full = false;

  function inForeign(): boolean {
    return (openByName.get('svg') ?? 0) > 0 || (openByName.get('math') ?? 0) > 0;
  }

  function pushLevel(level: Level): void {
    levels.push(level);
    openByName.set(level.name, (openByName.get(level.name) ?? 0) + 1);
    if (level.dropped) droppedLevels++;
    if (level.element !== null) current = level.element;
  }

  function popLevel(): string {
    const level = levels.pop();
    if (level === undefined) return '';
    openByName.set(level.name, (openByName.get(level.name) ?? 1) - 1);
    if (level.dropped) droppedLevels--;
    if (level.element !== null) current = level.element.parent ?? body;
    return level.name;
  }

  function impliedEnds(name: string): void {
    const closed = CLOSED_BY.get(name);
    if (closed === undefined) return;
    for (let top = levels.at(-1); top !== undefined && closed.has(top.name); top = levels.at(-1)) popLevel();
  }

  function readHeadTag({ name, attributes }: OpenTag): void {
    if (name === 'html') found.lang ||= decoded(attributes, 'lang') || decoded(attributes, 'xml:lang');
    if (name === 'base') found.base ||= decoded(attributes, 'href');
    if (name === 'link' && /\bcanonical\b/i.test(attributes.get('rel') ?? ''))
      found.canonical ||= decoded(attributes, 'href');
    if (name !== 'meta' || meta.size >= MAX_META) return;
    const content = decoded(attributes, 'content');
    for (const key of ['property', 'name', 'itemprop', 'http-equiv']) {
      const label = attributes.get(key)?.trim().toLowerCase() ?? '';
      if (label !== '' && content !== '' && !meta.has(label)) meta.set(label, content);
    }
  }

  return {
    text(data) {
      if (jsonLdOpen) jsonLd[jsonLd.length - 1] += data;
      else if (titleOpen) found.title += data;
      if (full || droppedLevels > 0) return;
      const text = plainText(data, current === body || (openByName.get('pre') ?? 0) > 0);
      const last = current.children.length - 1;
      if (typeof current.children[last] === 'string') current.children[last] += text;
      else current.children.push(text);
    },

    foreign: inForeign,

    open(tag, selfClosed = false) {
      const name = tag.name === 'image' ? 'img' : tag.name;
      readHeadTag(tag);
      if (HEAD_ONLY.has(name)) {
        if (name === 'body') for (const [key, value] of shownAttributes(tag)) body.attributes.set(key, value);
        return;
      }
      const foreign = name === 'svg' || name === 'math';
      if (full || inForeign() || (foreign && selfClosed)) return;
      impliedEnds(name);
      const dropped = DROPPED_ELEMENTS.has(name);
      const shown = !dropped && droppedLevels === 0 && current.depth < limits.maxDepth && depthSum < limits.maxDepthSum;
      if (!shown) {
        if (droppedLevels === 0) this.text(' ');
        jsonLdOpen = jsonLd.length < MAX_JSON_LD && isJsonLd(tag);
        if (jsonLdOpen) jsonLd.push('');
        titleOpen = name === 'title' && droppedLevels === 0 && found.title === '';
        if (!VOID_ELEMENTS.has(name) && levels.length < limits.maxElements) pushLevel({ name, element: null, dropped });
        return;
      }
      const element: PageElement = {
        name,
        attributes: shownAttributes(tag),
        children: [],
        parent: current,
        depth: current.depth + 1,
      };
      current.children.push(element);
      depthSum += element.depth;
      if (++elements >= limits.maxElements) full = true;
      if (!VOID_ELEMENTS.has(name)) pushLevel({ name, element, dropped: false });
    },

    close(name) {
      if (name === 'script') jsonLdOpen = false;
      if (name === 'title') titleOpen = false;
      if ((openByName.get(name) ?? 0) === 0) {
        if ((name === 'br' || name === 'p') && !full) this.open({ name, attributes: new Map() });
        if (name === 'p') impliedEnds('p');
        return;
      }
      while (popLevel() !== name);
    },

    page() {
      const title = decodeHTML(found.title).replace(/\s+/gu, ' ').trim();
      return { body, meta, jsonLd, ...found, title, depthSum };
    },
  };
}

/** Text decoded, its white space made single: long runs of it are what regular expressions are slow on. */
function plainText(source: string, preformatted: boolean): string {
  const text = source.includes('&') ? decodeHTML(source) : source;
  return preformatted ? text.replace(/[^\S\n]+/gu, ' ') : text.replace(/\s+/gu, ' ');
}

function isJsonLd({ name, attributes }: OpenTag): boolean {
  return name === 'script' && /^\s*application\/ld\+json/iu.test(attributes.get('type') ?? '');
}

function decoded(attributes: ReadonlyMap<string, string>, name: string): string {
  return decodeHTML(attributes.get(name) ?? '').trim();
}

const HIDDEN_STYLE = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;

/** The attributes that tell what a block is for; a style only as far as it hides. */
function shownAttributes({ name, attributes }: OpenTag): Map<string, string> {
  const shown = new Map<string, string>();
  for (const key of ['class', 'id', 'role', 'itemprop', 'rel', 'aria-modal', 'aria-hidden', 'colspan', 'rowspan']) {
    const value = attributes.get(key);
    if (value !== undefined && value !== '') shown.set(key, value);
  }
  if (name === 'a' && attributes.has('href')) shown.set('href', attributes.get('href')?.startsWith('#') ? '#a' : '/');
  if (attributes.has('hidden') || HIDDEN_STYLE.test(attributes.get('style') ?? '')) shown.set('hidden', '');
  if (name === 'time' && attributes.has('datetime')) shown.set('datetime', attributes.get('datetime') ?? '');
  return shown;
}
