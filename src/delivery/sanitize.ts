import { withoutTerminalSequences } from '../story/plain-characters.ts';

/**
 * Characters that change how text reads without being seen: controls that drive a terminal, directions that turn a line
 * around, spaces and hyphens of no width that hide in names and links. ZWJ and ZWNJ stay: emoji, Persian and Indic
 * spelling need them. Tab and line feed stay.
 */
const UNSEEN =
  /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/g;

/** All that Unicode (UAX 14, class BK, CR, NL) counts as the end of a line. */
const LINE_END = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The text with nothing in it that a reader cannot see: no terminal sequences, no control characters but tab and line feed, no directional or
 * zero-width characters, every kind of line end as a line feed, lone surrogates as U+FFFD. Applying it twice changes nothing more.
 */
export function visibleText(text: string): string {
  return withoutTerminalSequences(text.toWellFormed()).replace(LINE_END, '\n').replace(UNSEEN, '');
}

/** The visible text on one line: every run of white space is one space, none at the ends. */
export function oneLine(text: string): string {
  return visibleText(text).replace(/\s+/g, ' ').trim();
}

/**
 * The host of an http(s) address as the network knows it: lower case, ASCII (Punycode where the name has other letters),
 * without port and user. '' for anything else.
 */
export function asciiHost(url: string): string {
  return webAddress(url)?.hostname ?? '';
}

/**
 * An http(s) address as it may be shown: ASCII only, without user and password. '' for anything else and for one longer
 * than `max` UTF-16 units.
 */
export function asciiUrl(url: string, max = 2000): string {
  const address = webAddress(url);
  if (address === null) return '';
  address.username = '';
  address.password = '';
  return address.href.length > max ? '' : address.href;
}

/** Whether a reader could take this label for an address, so that it must not hide another address behind it. */
export function looksLikeAddress(label: string): boolean {
  return /:\/\/|\bwww\.|[\p{L}\p{N}-]\.[\p{L}]{2,24}(?![\p{L}\p{M}\p{N}])/iu.test(label);
}

/**
 * The text itself when `measure` of it is at most `max`; else as many whole graphemes of it as leave room for an ellipsis,
 * without white space before it. '' when not even the ellipsis fits. `measure` counts UTF-16 units unless given; it must
 * not shrink when text is added. Never cuts inside a surrogate pair, an emoji or a letter with its marks.
 */
export function truncateGraphemes(
  text: string,
  max: number,
  measure: (text: string) => number = (text) => text.length,
): string {
  const cuts = [0];
  let probe = 32;
  for (const { index, segment } of graphemes.segment(text)) {
    cuts.push(index + segment.length);
    if (cuts.length < probe) continue;
    // Look from time to time, so that a long text is not cut into graphemes far beyond what can be shown.
    if (measure(text.slice(0, index + segment.length)) > max) break;
    probe *= 2;
  }
  if (cuts.at(-1) === text.length && measure(text) <= max) return text;

  let [low, high] = [0, cuts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(shortened(text, cuts[middle] ?? 0)) <= max) low = middle;
    else high = middle - 1;
  }
  const short = shortened(text, cuts[low] ?? 0);
  return measure(short) <= max ? short : '';
}

function shortened(text: string, end: number): string {
  return `${text.slice(0, end).trimEnd()}…`;
}

function webAddress(url: string): URL | null {
  const address = URL.parse(url);
  return address !== null && (address.protocol === 'https:' || address.protocol === 'http:') ? address : null;
}
