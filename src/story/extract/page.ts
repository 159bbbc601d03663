import { decodeHTML } from 'entities';
import { Tokenizer } from 'htmlparser2';
import { CLOSED_BY, DROPPED_ELEMENTS, HEAD_ONLY, KEPT_ATTRIBUTES } from './markup-rules.ts';
import { VOID_ELEMENTS } from './page-tree.ts';
import type { PageElement } from './page-tree.ts';

/** Bounds on a page, whatever it holds: what is beyond them is not read. */
export interface PageLimits {
  /** UTF-16 units of markup. */
  readonly maxLength: number;
  readonly maxElements: number;
  readonly maxDepth: number;
  /** Sum over all elements of their depth: what a pass over every subtree costs. */
  readonly maxDepthSum: number;
}

export const PAGE_LIMITS: PageLimits = {
  maxLength: 2 * 1024 * 1024,
  maxElements: 50_000,
  maxDepth: 500,
  maxDepthSum: 600_000,
};

/** A page without what is never read (scripts, styles, drawings, form fields), within bounds. */
export interface Page {
  readonly body: PageElement;
  /** Values of `<meta>` by lower-case name, property or itemprop; the first of a name counts. */
  readonly meta: ReadonlyMap<string, string>;
  /** The content of the title element. */
  readonly title: string;
  readonly lang: string;
  /** Values of href of `<link rel=canonical>` and `<base>`, as written; '' for none. */
  readonly canonical: string;
  readonly base: string;
  /** Contents of JSON-LD scripts as written. */
  readonly jsonLd: readonly string[];
  /** The sum of the depths of its elements. */
  readonly depthSum: number;
}

const MAX_META = 300;
const MAX_VALUE_LENGTH = 2000;
const MAX_JSON_LD = 20;

interface OpenTag {
  readonly name: string;
  readonly attributes: Map<string, string>;
}

/**
 * Reads markup into a bounded tree in one pass whose cost is linear in its length, however badly it nests. Implied
 * end tags are those of htmlparser2, so that the tree can be written out and read again without a change.
 */
export function readPage(html: string, limits: PageLimits = PAGE_LIMITS): Page {
  const source = html.length > limits.maxLength ? html.slice(0, limits.maxLength) : html;
  const builder = createBuilder(limits);
  let tag: OpenTag | null = null;
  let attributeName = '';
  let attributeStart = -1;
  let attributeEnd = -1;
  const finishTag = () => {
    if (tag !== null) builder.open(tag);
    tag = null;
  };
  const tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      ontext: (start, end) => builder.text(source.slice(start, end)),
      ontextentity: (codepoint) => builder.text(String.fromCodePoint(codepoint)),
      oncdata: (start, end, offset) => builder.text(source.slice(start, end - offset)),
      onopentagname: (start, end) => {
        tag = { name: source.slice(start, Math.min(end, start + 40)).toLowerCase(), attributes: new Map() };
      },
      onattribname: (start, end) => {
        attributeName = end - start > 40 ? '' : source.slice(start, end).toLowerCase();
        attributeStart = attributeEnd = -1;
      },
      onattribdata: (start, end) => {
        if (attributeStart < 0) attributeStart = start;
        attributeEnd = end;
      },
      onattribentity: () => undefined,
      onattribend: () => {
        if (tag === null || !KEPT_ATTRIBUTES.has(attributeName) || tag.attributes.has(attributeName)) return;
        const end = Math.min(attributeEnd, attributeStart + MAX_VALUE_LENGTH);
        tag.attributes.set(attributeName, attributeStart < 0 ? '' : source.slice(attributeStart, end));
      },
      onopentagend: finishTag,
      onselfclosingtag: () => {
        if (tag !== null) builder.open(tag, true);
        tag = null;
      },
      isInForeignContext: () => builder.foreign(),
      onclosetag: (start, end) => builder.close(source.slice(start, Math.min(end, start + 40)).toLowerCase()),
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  return builder.page();
}

interface Builder {
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

function createBuilder(limits: PageLimits): Builder {
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
