import { decodeHTML } from 'entities';
import { htmlToText, withoutSections } from './html-text.ts';
import { oneLine } from './plain-text.ts';

/** Elements that a title is ever marked up with; `<T>` or `<stdio.h>` in one is meant to be read. */
const TITLE_ELEMENTS = [
  'a abbr acronym applet article aside b bdi bdo big blink blockquote body br center cite code dd del dfn div dl dt em embed',
  'figure font footer form frame frameset h[1-6] head header hr html i iframe img ins kbd label li link mark marquee meta nobr',
  'noscript object ol p pre q ruby s samp script section small span strike strong style sub sup svg table tbody td th thead tr',
  'tt u ul var wbr',
]
  .join(' ')
  .replaceAll(' ', '|');
const MARKUP_OF_TITLES = new RegExp(`<!--|</?(?:${TITLE_ELEMENTS})(?:\\s[^<>]*|/)?>`, 'i');
/** A `<` that begins none of them. */
const LITERAL_LESS_THAN = new RegExp(`<(?!!--|/?(?:${TITLE_ELEMENTS})(?:[\\s/][^<>]*)?>)`, 'gi');
const CLOSES_MARKUP = /<\/[a-z][a-z0-9]{0,10}\s*>|<(?:br|hr|img|wbr)(?:\s[^<>]*|\/)?>|-->/i;
/** Markup around the whole of a title. */
const WRAPPED = new RegExp(`^\\s*<(${TITLE_ELEMENTS})(?:\\s[^<>]*)?>[^]*</\\1\\s*>\\s*$`, 'i');
const ENTITY = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,30});/i;

/** A title that may or may not be HTML, as one line of plain text: markup dropped, doubly escaped entities decoded. */
export function titleText(text: string, most: number): string {
  let plain = withoutSections(text.length > most * 4 ? text.slice(0, most * 4) : text);
  if (plain.includes('<') && CLOSES_MARKUP.test(plain) && MARKUP_OF_TITLES.test(plain))
    plain = htmlToText(plain.replaceAll(LITERAL_LESS_THAN, '&lt;'), most * 2);
  // Twice, for what was escaped once too often on its way through two programs.
  for (let pass = 0; pass < 2 && ENTITY.test(plain); pass++) {
    const escaped = !plain.includes('>');
    plain = decodeHTML(plain);
    // Nobody writes about tags in nothing but tags.
    if (escaped && WRAPPED.test(plain)) plain = htmlToText(plain, most * 2);
  }
  return oneLine(plain, most);
}
