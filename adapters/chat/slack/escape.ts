import { visibleText } from '../../../src/delivery/sanitize.ts';

/** A feed's text within mrkdwn: the three characters that begin control sequences, and nothing else, are escaped. */
export function escaped(text: string): string {
  return visibleText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The text of a link: a bar would end its address, a line break the link, and backticks could begin code that ends below it. */
export function escapedLabel(text: string): string {
  return escaped(text).replaceAll('|', '¦').replaceAll('`', 'ˋ').replaceAll(/\s+/gu, ' ');
}

/** An address within `<address|label>`: already ASCII, with what could end it percent-encoded. */
export function escapedAddress(url: string): string {
  return url
    .replaceAll('|', '%7C')
    .replaceAll('<', '%3C')
    .replaceAll('>', '%3E')
    .replaceAll(' ', '%20')
    .replaceAll('&', '&amp;');
}
