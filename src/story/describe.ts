import { type DescriptionContext, withoutBoilerplate } from './boilerplate.ts';
import { passagesOf } from './markup.ts';
import { oneLine } from './plain-characters.ts';

export type { DescriptionContext } from './boilerplate.ts';

/** What is read of a description, of a feed's full text and of a title, in UTF-16 units: each takes well under 50 ms. */
const MOST_DESCRIPTION_CHARS = 120_000;
const MOST_TEXT_CHARS = 300_000;
const MOST_TITLE_CHARS = 10_000;
/** What looks like a tag in a title but is no element that a title could hold. */
const NO_TAG =
  /<(?!\/?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|ol|p|q|s|script|small|span|strike|strong|style|sub|sup|svg|tt|u|ul|wbr)(?:[\s/>])|!--|!\[CDATA\[)/giu;

/**
 * A feed's description as plain paragraphs parted by blank lines, without what is not about the story: hidden and active
 * elements, captions and credits, sharing, invitations to read on, notes of syndication, paywalls, the title repeated.
 * Markup that was escaped twice is read as markup.
 * @returns '' when nothing is left; never throws
 */
export function cleanDescription(html: string, context: DescriptionContext): string {
  const passages = passagesOf(html, { dropClutter: true, mostChars: MOST_DESCRIPTION_CHARS });
  return withoutBoilerplate(passages, context).join('\n\n');
}

/** Any markup as plain paragraphs parted by blank lines; hidden and active elements left out, everything else kept. '' for none. */
export function plainText(html: string): string {
  const paragraphs: string[] = [];
  for (const { text, continued } of passagesOf(html, { dropClutter: false, mostChars: MOST_TEXT_CHARS })) {
    if (continued && paragraphs.length > 0) paragraphs.push(`${paragraphs.pop() ?? ''} ${text}`);
    else paragraphs.push(text);
  }
  return paragraphs.join('\n\n');
}

/** A title as one line of plain text: tags out, entities decoded even when escaped twice. '' for none. */
export function cleanTitle(text: string): string {
  const escaped = text.slice(0, MOST_TITLE_CHARS).replaceAll(NO_TAG, '&lt;');
  const passages = passagesOf(escaped, { dropClutter: false, mostChars: MOST_TITLE_CHARS * 4 });
  return oneLine(passages.map((passage) => passage.text).join(' '))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}
