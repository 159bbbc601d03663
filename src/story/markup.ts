import { Tokenizer } from 'htmlparser2';
import { type Attributes, isClutter, isConcealed } from './markup-clutter.ts';
import { decodeLeftovers, oneLine, visible } from './plain-characters.ts';
import { decodeHTML } from 'entities';

/** One block of text, or one line of a block that has line breaks. One line of plain text, never empty. */
export interface Passage {
  readonly text: string;
  /** It goes on with the paragraph of the passage before it, after a line break. */
  readonly continued: boolean;
  /** How many of its characters, white space apart, stand in links. */
  readonly linked: number;
  /** What its first element holds when it begins with one (`<b>Title</b> text`), else ''. */
  readonly lead: string;
  /** What its last link holds when it ends with one, else ''. */
  readonly lastLink: string;
  /** It holds text in the grey in which Google News names a publisher. */
  readonly grey: boolean;
}

export interface Reading {
  /** Also leave out what its class, role or place shows to be about the page and not the story. */
  readonly dropClutter: boolean;
  /** Most characters of markup that are read. */
  readonly mostChars: number;
}

const ALWAYS_DROPPED = new Set(
  `script style noscript iframe frame frameset noframes noembed object embed applet svg canvas audio video template form
   button input select option optgroup textarea datalist label legend fieldset head title nav figcaption map dialog rp rt
   annotation annotation-xml menu progress meter`
    .trim()
    .split(/\s+/u),
);
const DROPPED_AS_CLUTTER = new Set(['aside', 'footer']);
const BLOCKS = new Set(
  `address article aside blockquote body center caption dd details dir div dl dt figure footer h1 h2 h3 h4 h5 h6 header hgroup hr
   html li main ol p pre section summary table tbody tfoot thead tr ul`
    .trim()
    .split(/\s+/u),
);
const VOID = new Set('area base br col embed frame hr img input link meta param source track wbr'.split(' '));
/** An element that ends when one of its like begins. */
const CLOSED_BY_LIKE = new Set('li dt dd tr td th option p'.split(' '));
/** How far up a closing tag looks for what it closes: keeps the reading linear. */
const MOST_LEVELS = 64;
/** A longer text is read this far. */
const MOST_PASSAGES = 1500;
const MOST_TEXT_CHARS = 60_000;
const MOST_ATTRIBUTE_CHARS = 400;
const KEPT_ATTRIBUTES = new Set([
  'class',
  'id',
  'style',
  'hidden',
  'aria-hidden',
  'role',
  'color',
  'alt',
  'itemprop',
  'width',
  'height',
]);

const TAG_NAMES =
  'p|br|div|span|a|b|i|u|em|strong|img|ul|ol|li|h[1-6]|table|tr|td|blockquote|figure|iframe|script|style|font|section|article|small|sup|sub|pre|hr';
/** Tags that were escaped once too often: a closing tag, a line break, or one with attributes; a lone `<b>` may be meant. */
const ESCAPED_TAGS = new RegExp(
  `</(?:${TAG_NAMES})\\s{0,3}>|<(?:br|hr|p)\\s{0,3}/?>|<(?:${TAG_NAMES})\\s[a-z-]{2,20}\\s{0,3}=[^<>]{0,2000}>`,
  'iu',
);
const TWICE_ESCAPED_TAGS = new RegExp(`&lt;/?(?:${TAG_NAMES})(?:\\s[^<>&]{0,500})?/?&gt;`, 'iu');

/** The text of any markup, block by block, without what a reader would not see. Never throws; linear in the length read. */
export function passagesOf(html: string, reading: Reading): Passage[] {
  const first = read(html.slice(0, reading.mostChars), reading.dropClutter);
  const again = secondReading(first, reading);
  return again ?? first;
}

function secondReading(first: readonly Passage[], reading: Reading): Passage[] | null {
  const joined = first.map(({ text, continued }) => (continued ? `<br>${text}` : `<p>${text}`)).join('\n');
  const escaped = first.some(({ text }) => ESCAPED_TAGS.test(text));
  if (escaped) return read(joined, reading.dropClutter);
  if (first.some(({ text }) => TWICE_ESCAPED_TAGS.test(text))) return read(decodeHTML(joined), reading.dropClutter);
  return null;
}

interface Element {
  readonly name: string;
  readonly drops: boolean;
}

interface Draft {
  parts: string[];
  length: number;
  empty: boolean;
  linked: number;
  lead: string;
  leadDepth: number;
  linkStart: number;
  linkEnd: number;
  grey: boolean;
  continued: boolean;
}

function read(html: string, dropClutter: boolean): Passage[] {
  const source = prepared(html);
  const passages: Passage[] = [];
  const stack: Element[] = [];
  let draft = emptyDraft(false);
  /** Depth of the outermost element that is left out, or -1. */
  let droppedAt = -1;
  let links = 0;
  let chars = 0;
  let name = '';
  let attribute = '';
  let attributes: Attributes = {};

  function isFull(): boolean {
    return passages.length >= MOST_PASSAGES || chars >= MOST_TEXT_CHARS;
  }

  function flush(continued: boolean): void {
    const text = draft.empty ? '' : oneLine(visible(decodeLeftovers(draft.parts.join(''))));
    if (text === '') {
      draft.parts = [];
      if (!continued) draft = emptyDraft(false);
      return;
    }
    passages.push(finished(draft, text));
    chars += text.length;
    if (isFull()) tokenizer.pause();
    draft = emptyDraft(continued);
  }

  function write(text: string): void {
    if (droppedAt >= 0) return;
    draft.parts.push(text);
    draft.length += text.length;
    draft.empty &&= !/\S/u.test(text);
    if (links > 0) draft.linked += text.replaceAll(/\s/gu, '').length;
  }

  function popTo(depth: number): void {
    while (stack.length > depth) {
      const element = stack.pop();
      if (element?.name === 'a') {
        links--;
        draft.linkEnd = draft.length;
      }
      if (element?.name === 'q' && droppedAt < 0) write('”');
    }
    if (droppedAt >= stack.length) droppedAt = -1;
    if (draft.leadDepth > stack.length) {
      draft.lead = oneLine(visible(draft.parts.join('')));
      draft.leadDepth = -1;
    }
  }

  function depthOf(tag: string): number {
    const least = Math.max(0, stack.length - MOST_LEVELS);
    for (let depth = stack.length - 1; depth >= least; depth--) if (stack[depth]?.name === tag) return depth;
    return -1;
  }

  /** Ends what HTML ends by itself: a paragraph before any block, a list item before the next. */
  function closeImplied(tag: string): void {
    const ends = CLOSED_BY_LIKE.has(tag) ? tag : BLOCKS.has(tag) ? 'p' : '';
    if (ends === '') return;
    const least = Math.max(0, stack.length - MOST_LEVELS);
    for (let depth = stack.length - 1; depth >= least; depth--) {
      const open = stack[depth]?.name ?? '';
      if (open === ends || (open === 'p' && BLOCKS.has(tag))) return popTo(depth);
      if (BLOCKS.has(open) || open === 'td' || open === 'th') return;
    }
  }

  function open(selfClosing: boolean): void {
    closeImplied(name);
    if (droppedAt < 0) {
      if (name === 'br') flush(!lastWasBreak());
      else if (BLOCKS.has(name)) flush(false);
      else if (name === 'td' || name === 'th') write(' ');
      else if (name === 'q') write('“');
      else if (name === 'img') write(emojiOf(attributes));
    }
    if (VOID.has(name) || (selfClosing && !BLOCKS.has(name))) return;
    const drops = isDropped(name, attributes, dropClutter);
    if (drops && droppedAt < 0) {
      droppedAt = stack.length;
      if (BLOCKS.has(name)) flush(false);
    }
    stack.push({ name, drops });
    if (droppedAt >= 0) {
      if (name === 'a') links++;
      return;
    }
    if (name === 'font' && attributes['color']?.toLowerCase() === '#6f6f6f') draft.grey = true;
    if (name === 'a') {
      links++;
      draft.linkStart = draft.length;
    }
    if (draft.leadDepth < 0 && draft.lead === '' && draft.empty && !BLOCKS.has(name)) draft.leadDepth = stack.length;
  }

  /** A second line break in a row ends the paragraph. */
  function lastWasBreak(): boolean {
    return draft.continued && draft.empty;
  }

  function close(tag: string): void {
    const depth = depthOf(tag);
    if (depth >= 0) popTo(depth);
    if (droppedAt < 0 && BLOCKS.has(tag)) flush(false);
    else if (droppedAt < 0 && tag === 'br') flush(true);
  }

  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      ontext: (start, end) => write(source.slice(start, end)),
      ontextentity: (code) => write(String.fromCodePoint(code)),
      onopentagname(start, end) {
        name = source.slice(start, end).toLowerCase();
        attributes = {};
      },
      onattribname(start, end) {
        attribute = source.slice(start, Math.min(end, start + 20)).toLowerCase();
        if (KEPT_ATTRIBUTES.has(attribute)) attributes[attribute] ??= '';
      },
      onattribdata(start, end) {
        const known = attributes[attribute];
        if (known !== undefined && known.length < MOST_ATTRIBUTE_CHARS)
          attributes[attribute] = known + source.slice(start, Math.min(end, start + MOST_ATTRIBUTE_CHARS));
      },
      onattribentity(code) {
        const known = attributes[attribute];
        if (known !== undefined && known.length < MOST_ATTRIBUTE_CHARS)
          attributes[attribute] = known + String.fromCodePoint(code);
      },
      onattribend() {
        attribute = '';
      },
      onopentagend: () => open(false),
      onselfclosingtag: () => open(true),
      onclosetag: (start, end) => close(source.slice(start, end).trim().toLowerCase()),
      oncdata: (start, end) => write(source.slice(start, end)),
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  flush(false);
  return passages;
}

function nothing(): void {}

function emptyDraft(continued: boolean): Draft {
  return {
    parts: [],
    length: 0,
    empty: true,
    linked: 0,
    lead: '',
    leadDepth: -1,
    linkStart: -1,
    linkEnd: -1,
    grey: false,
    continued,
  };
}

function finished(draft: Draft, text: string): Passage {
  const raw = draft.parts.join('');
  const ends =
    draft.linkEnd > draft.linkStart && draft.linkStart >= 0 && /^[\s.…»→>)\]]*$/u.test(raw.slice(draft.linkEnd));
  return {
    text,
    continued: draft.continued,
    linked: draft.linked,
    lead: draft.lead,
    lastLink: ends ? oneLine(visible(raw.slice(draft.linkStart, draft.linkEnd))) : '',
    grey: draft.grey,
  };
}

function isDropped(name: string, attributes: Attributes, dropClutter: boolean): boolean {
  if (ALWAYS_DROPPED.has(name) || isConcealed(attributes)) return true;
  return dropClutter && (DROPPED_AS_CLUTTER.has(name) || isClutter(attributes));
}

/** The emoji that an image stands for: some publishers turn them into images. */
function emojiOf(attributes: Attributes): string {
  const alt = attributes['alt'] ?? '';
  return alt.length <= 24 && /^(?:\p{Extended_Pictographic}|\p{RI}|\p{Emoji_Modifier}|\u200D|\uFE0F)+$/u.test(alt)
    ? alt
    : '';
}

/** CDATA marks come off, and a tag cut off at the end of the text goes, unless it is none. */
function prepared(html: string): string {
  const plain = withLineTags(html.replaceAll(/<!\[CDATA\[|\]\]>/gu, ''));
  const last = plain.lastIndexOf('<');
  if (last < 0 || plain.indexOf('>', last) >= 0) return plain;
  const isTag = new RegExp(`^<(?:/?(?:${TAG_NAMES})(?:[\\s/"'=][^]*)?|/?[a-z]{0,10}|[!?][^]*)$`, 'iu').test(
    plain.slice(last, last + 5000),
  );
  return isTag ? plain.slice(0, last) : `${plain.slice(0, last)}&lt;${plain.slice(last + 1)}`;
}

/** In a text without any tag the line breaks are the author's own. */
function withLineTags(text: string): string {
  if (/<[a-z!/]/iu.test(text)) return text;
  return text.replaceAll(/\s{0,40}\n\s{0,40}/gu, (gap) => (/\n[^\S\n]*\n/u.test(gap) ? '<p>' : '<br>'));
}
