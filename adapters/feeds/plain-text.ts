import { decodeHTML, decodeHTMLStrict } from 'entities';

/** What bytes 0x80-0x9f mean in windows-1252; as characters they are controls that nobody writes on purpose. */
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const C1_CONTROLS = /[\u0080-\u009f]/g;

/** Elements whose inside is not text. */
const SKIPPED = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math', 'head', 'form']);
/** Elements that begin a new line, and those that begin a new paragraph. */
const LINES = new Set(['br', 'div', 'li', 'tr', 'dt', 'dd', 'hr', 'section', 'article', 'header', 'footer', 'option']);
const PARAGRAPHS = new Set(
  ['p h1 h2 h3 h4 h5 h6 blockquote ul ol dl table pre figure aside figcaption address'].flatMap((line) =>
    line.split(' '),
  ),
);
const CELLS = new Set(['td', 'th']);

/** Elements that a title is ever marked up with; `<T>` or `<stdio.h>` in one is meant to be read. */
const MARKUP_OF_TITLES =
  /<\/?(?:a|abbr|b|bdi|bdo|big|br|cite|code|del|div|em|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|nobr|object|ol|p|q|s|samp|script|small|span|strike|strong|style|sub|sup|svg|table|tt|u|ul|var|wbr)(?:\s[^<>]*|\/)?>/i;
const CLOSES_MARKUP = /<\/[a-z][a-z0-9]{0,10}\s*>|<(?:br|hr|img|wbr)(?:\s[^<>]*|\/)?>/i;
const HALVES_OF_CHARACTERS = /&#(?:x?d[89ab]|5[56])/i;
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,30});/i;

/** Decodes the references of XML and those of HTML that end in `;`; what is no reference stays as it is. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return decodeHTMLStrict(HALVES_OF_CHARACTERS.test(text) ? joinHalves(text) : text);
}

/** References to the two halves of a character, as programs that think in UTF-16 write them, as one to the whole. */
function joinHalves(text: string): string {
  return text.replaceAll(/&#(x[\da-f]{4}|\d{5});&#(x[\da-f]{4}|\d{5});/gi, (both, high: string, low: string) => {
    const [first = 0, second = 0] = [high, low].map((digits) => Number(digits.replace(/^x/i, '0x')));
    const isPair = first >= 0xd800 && first <= 0xdbff && second >= 0xdc00 && second <= 0xdfff;
    return isPair ? String.fromCharCode(first, second) : both;
  });
}

/** Without control characters and halves of characters; a C1 control is read as the windows-1252 character it was meant as. */
export function cleanCharacters(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (!CONTROL.test(whole)) return whole;
  return whole
    .replaceAll(C1_CONTROLS, (control) => {
      const meant = CP1252[control.charCodeAt(0) - 0x80] ?? '';
      return meant >= '\u00a0' ? meant : '';
    })
    .replaceAll(CONTROLS, '');
}

/** One line: controls removed, every run of white space one space, at most `most` UTF-16 units. */
export function oneLine(text: string, most: number): string {
  return cut(oneSpace(cleanCharacters(text.length > most * 4 ? text.slice(0, most * 4) : text)).trim(), most);
}

/** Literal text with its line breaks, at most `most` UTF-16 units. */
export function literalText(text: string, most: number): string {
  return cut(tidy(cleanCharacters(cut(text, most * 2))), most);
}

/** A title that may or may not be HTML, as one line of plain text: markup dropped, doubly escaped entities decoded. */
export function titleText(text: string, most: number): string {
  let plain = text.length > most * 4 ? text.slice(0, most * 4) : text;
  if (plain.includes('<') && CLOSES_MARKUP.test(plain) && MARKUP_OF_TITLES.test(plain))
    plain = htmlToText(plain, most * 2);
  // Twice, for what was escaped once too often on its way through two programs.
  for (let pass = 0; pass < 2 && ENTITY.test(plain); pass++) plain = decodeHTML(plain);
  return oneLine(plain, most);
}

/**
 * The text of HTML: tags, comments and what is not text (scripts, styles) dropped, entities decoded, a line break for a
 * new line and an empty line for a new paragraph. Linear in the input; at most `most` UTF-16 units come out.
 */
export function htmlToText(html: string, most: number): string {
  if (!html.includes('<')) return literalText(decodeHtml(cut(html, most * 2)), most);
  let out = '';
  let at = 0;
  /** Elements with no end tag further on: their inside cannot be told from the rest. */
  const endless = new Set<string>();
  while (at < html.length && out.length < most * 2) {
    const lt = html.indexOf('<', at);
    const end = lt < 0 ? html.length : lt;
    if (end > at) out += decodeHtml(oneSpace(html.slice(at, Math.min(end, at + most * 2))));
    if (lt < 0) break;
    at = afterTag(html, lt);
    if (at === lt) {
      out += '<';
      at = lt + 1;
      continue;
    }
    const name = tagName(html, lt);
    if (PARAGRAPHS.has(name)) out += '\n\n';
    else if (name === 'br' || (LINES.has(name) && !out.endsWith('\n'))) out += '\n';
    else if (CELLS.has(name)) out += ' ';
    else if (
      SKIPPED.has(name) &&
      !endless.has(name) &&
      html.charCodeAt(lt + 1) !== 47 &&
      html.charCodeAt(at - 2) !== 47
    ) {
      const after = afterElement(html, at, name);
      if (after < 0) endless.add(name);
      else at = after;
    }
  }
  return cut(tidy(cleanCharacters(out)), most);
}

/** At most `most` UTF-16 units, no character cut in two. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}

function decodeHtml(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text;
}

/** Every run of white space as one space. Single spaces, which are most of it, are left where they are: that is what takes time. */
function oneSpace(text: string): string {
  return text.replaceAll(/[^\S ]\s*| \s+/g, ' ');
}

function tidy(text: string): string {
  return text
    .replaceAll(/[^\S\n ][^\S\n]*| [^\S\n]+/g, ' ')
    .replaceAll(/ \n ?|\n /g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
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
