import { decodeHTMLStrict } from 'entities';
import { withoutTerminalSequences } from '../../src/story/plain-characters.ts';

/** What bytes 0x80-0x9f mean in windows-1252; as characters they are controls that nobody writes on purpose. */
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;
const C1_CONTROLS = /[\u0080-\u009f]/g;

const HALVES_OF_CHARACTERS = /&#(?:x?d[89ab]|5[56])/i;

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

/** Without escape sequences, control characters and halves of characters; a C1 control is read as the windows-1252 character it was meant as. */
export function cleanCharacters(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  if (!CONTROL.test(whole)) return whole;
  return withoutTerminalSequences(whole)
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

/** At most `most` UTF-16 units, no character cut in two. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}

/** Every run of white space as one space. Single spaces, which are most of it, are left where they are: that is what takes time. */
export function oneSpace(text: string): string {
  return text.replaceAll(/[^\S ]\s*| \s+/g, ' ');
}

function tidy(text: string): string {
  return text
    .replaceAll(/[^\S\n ][^\S\n]*| [^\S\n]+/g, ' ')
    .replaceAll(/ \n ?|\n /g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
