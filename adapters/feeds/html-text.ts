import { decodeHTML } from 'entities';
import { cleanCharacters, cut, oneSpace } from './plain-text.ts';

/** Elements whose inside is not text. */
const SKIPPED = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'annotation',
  'head',
  'form',
]);
/** Elements that begin a new line, and those that begin a new paragraph. */
const LINES = new Set(['div', 'li', 'tr', 'dt', 'dd', 'hr', 'section', 'article', 'header', 'footer', 'option']);
const PARAGRAPHS = new Set(
  ['p h1 h2 h3 h4 h5 h6 blockquote ul ol dl table pre figure aside figcaption address'].flatMap((line) =>
    line.split(' '),
  ),
);
const CELLS = new Set(['td', 'th']);

/**
 * The text of HTML: tags, comments and what is not text (scripts, styles) dropped, entities decoded, a line break for a
 * new line and an empty line for a new paragraph. Linear in the input; at most `most` UTF-16 units come out.
 */
export function htmlToText(markup: string, most: number): string {
  const html = cleanCharacters(withoutSections(markup));
  const out: Written = { text: '', breaks: 0, space: false };
  let at = 0;
  /** Elements with no end tag further on: their inside cannot be told from the rest. */
  const endless = new Set<string>();
  while (at < html.length && out.text.length < most) {
    const lt = html.indexOf('<', at);
    const end = lt < 0 ? html.length : lt;
    if (end > at) write(out, html.slice(at, Math.min(end, at + most * 2)));
    if (lt < 0) break;
    at = afterTag(html, lt);
    if (at === lt) {
      write(out, '<');
      at = lt + 1;
      continue;
    }
    const name = tagName(html, lt);
    if (SKIPPED.has(name)) at = afterSkipped(html, lt, at, name, endless);
    else breakAt(out, name);
  }
  return cut(out.text, most);
}

/** What has been written, and what is due before the next word. Only lengths of it are asked: to look into it costs its length. */
interface Written {
  text: string;
  /** 0 to 2. */
  breaks: number;
  space: boolean;
}

function write(out: Written, raw: string): void {
  const piece = oneSpace(raw.includes('&') ? cleanCharacters(decodeHTML(raw)) : raw);
  const from = piece.startsWith(' ') ? 1 : 0;
  const spaceAfter = piece.endsWith(' ');
  const words = piece.slice(from, spaceAfter ? -1 : undefined);
  if (words === '') {
    out.space ||= piece !== '';
    return;
  }
  if (out.text !== '') out.text += out.breaks > 0 ? '\n\n'.slice(0, out.breaks) : out.space || from > 0 ? ' ' : '';
  out.text += words;
  out.breaks = 0;
  out.space = spaceAfter;
}

function breakAt(out: Written, name: string): void {
  if (name === 'br') out.breaks = Math.min(out.breaks + 1, 2);
  else if (PARAGRAPHS.has(name)) out.breaks = 2;
  else if (LINES.has(name)) out.breaks ||= 1;
  else if (CELLS.has(name)) out.space = true;
}

/** Behind an element that is no text, when its start tag stands at `lt` and it is ever closed; else behind the tag. */
function afterSkipped(html: string, lt: number, afterTagAt: number, name: string, endless: Set<string>): number {
  const starts = html.charCodeAt(lt + 1) !== 47 && html.charCodeAt(afterTagAt - 2) !== 47;
  if (!starts || endless.has(name)) return afterTagAt;
  const after = afterElement(html, afterTagAt, name);
  if (after < 0) endless.add(name);
  return after < 0 ? afterTagAt : after;
}

/** The marks of CDATA sections that were escaped as if they were text. */
export function withoutSections(text: string): string {
  return text.includes('<![CDATA[') ? text.replaceAll('<![CDATA[', '').replaceAll(']]>', '') : text;
}

/** Where the tag or comment at `lt` ends; `lt` itself when this `<` is only a character. */
function afterTag(html: string, lt: number): number {
  const next = html.charCodeAt(lt + 1);
  if (next === 33 && html.startsWith('--', lt + 2)) {
    const end = html.indexOf('-->', lt + 4);
    return end < 0 ? html.length : end + 3;
  }
  const opens = next === 47 || next === 33 || next === 63 || isLetter(next);
  if (!opens) return lt;
  let quote = 0;
  let firstGt = -1;
  for (let at = lt + 1; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (code === 62) {
      if (quote === 0) return at + 1;
      if (firstGt < 0) firstGt = at;
    } else if (code === 60 && quote === 0) return at;
    else if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if ((code === 34 || code === 39) && html.charCodeAt(at - 1) === 61) quote = code;
  }
  return firstGt < 0 ? html.length : firstGt + 1;
}

/** Where the element whose start tag ended at `from` ends; -1 when it has no end tag. */
function afterElement(html: string, from: number, name: string): number {
  const closing = new RegExp(`</${name}[^<>]{0,50}>`, 'gi');
  closing.lastIndex = from;
  const match = closing.exec(html);
  return match ? match.index + match[0].length : -1;
}

function tagName(html: string, lt: number): string {
  const from = html.charCodeAt(lt + 1) === 47 ? lt + 2 : lt + 1;
  let at = from;
  while (at < html.length && at < from + 24 && isNameCharacter(html.charCodeAt(at))) at++;
  const name = html.slice(from, at).toLowerCase();
  return name.slice(name.indexOf(':') + 1);
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isNameCharacter(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 58;
}
