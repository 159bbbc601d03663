import { decodeHTMLStrict } from 'entities';

/**
 * Characters nobody sees: controls but for tab and line breaks, marks and overrides of direction, zero-width ones, soft
 * hyphens, interlinear marks. The joiners ZWJ and ZWNJ stay: emoji, Persian and the scripts of India need them.
 */
const UNSEEN =
  /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFC]/gu;
/**
 * What drives a terminal: control sequences and strings with all that is in them (ECMA-48, 5.4 and 5.6), where they begin with
 * an escape. Their single characters (U+009B …) are more often a wrong charset: nothing but themselves is left out.
 */
const TERMINAL_SEQUENCE = /\u001B\[[0-?]*[ -/]*[@-~]|\u001B[\]PX^_][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)/g;
/** Tag characters spell regional flags behind a black flag and are a hiding place anywhere else. */
const STRAY_TAGS = /(\u{1F3F4}[\u{E0020}-\u{E007E}]{1,10}\u{E007F})|[\u{E0000}-\u{E007F}]/gu;
const BREAK = '\n';
/** Text of these scripts breaks its lines between any two letters: a line break there is no space. */
const BROKEN_WORD =
  /(?<=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}、。，])\n(?=[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}「『（])/gu;
const ENTITY = /&(?:[a-z]{2,8}\d{0,2}|#\d{1,7}|#x[\da-f]{1,6});/giu;

/** A text without escape sequences; an escape that begins none stays. */
export function withoutTerminalSequences(text: string): string {
  return text.includes('\u001B') ? text.replaceAll(TERMINAL_SEQUENCE, '') : text;
}

/** A text without escape sequences, unseen characters and lone surrogates. White space stays as it is. */
export function visible(text: string): string {
  const whole = text.isWellFormed() ? text : text.replaceAll(/\p{Cs}/gu, '');
  return withoutTerminalSequences(whole).replaceAll(UNSEEN, '').replaceAll(STRAY_TAGS, '$1');
}

/** One line: white space of any kind folded to single spaces, none at the ends. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\s\u0085]+/gu, (run) => (/[\n\r\u2028\u2029\u0085]/u.test(run) ? BREAK : ' '))
    .replaceAll(BROKEN_WORD, '')
    .replaceAll(BREAK, ' ')
    .trim();
}

/**
 * Decodes entities that were escaped twice (`&amp;#8217;`). Angle brackets stay escaped: without a tag beside them they are
 * what the text is about.
 */
export function decodeLeftovers(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(ENTITY, (entity) => {
    const decoded = decodeHTMLStrict(entity);
    return decoded === '<' || decoded === '>' ? entity : decoded;
  });
}
