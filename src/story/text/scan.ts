import { APOSTROPHE, classOf, COMMA, EMOJI, HYPHEN, isDigit, NEWLINE, RUN, SILENT, STOP, WORD } from './characters.ts';
import { surfaceAt } from './surface-table.ts';

/** What stands before a token, as bits; 0 when it follows the last one with nothing between. */
export const SPACED = 1;
/** A comma, semicolon, colon or dash: parts a phrase. */
export const PARTED = 2;
/** A mark that ends a sentence, or an empty line. */
export const ENDED = 4;
/** A full stop: ends a sentence unless the token before is an abbreviation. */
export const DOTTED = 8;

/** The raw tokens of one text, in columns; only the first `count` of each are meant. Reused from text to text. */
export interface RawTokens {
  count: number;
  /** Number of the surface in the surface table. */
  surface: Int32Array;
  /** UTF-16 offsets in the text, end exclusive. */
  start: Int32Array;
  end: Int32Array;
  joint: Uint8Array;
}

/** A token grows past this many units by letters only: apostrophes, hyphens and the like then part it. */
const MOST_COMPOUND = 64;
const [DOT, COLON, SLASH, AND, PLUS, HASH, COMMA_SIGN] = [46, 58, 47, 38, 43, 35, 44] as const;
const ZERO_WIDTH_JOINER = 0x200d;

export function createRawTokens(): RawTokens {
  return {
    count: 0,
    surface: new Int32Array(256),
    start: new Int32Array(256),
    end: new Int32Array(256),
    joint: new Uint8Array(256),
  };
}

/**
 * Reads a text into raw tokens: words with what is written inside them (`Japan's`, `cease-fire`, `U.S.`, `1,000`, `C++`),
 * single characters of scripts without spaces, and emoji. Linear in the length of the text.
 */
export function scan(text: string, into: RawTokens): void {
  into.count = 0;
  let joint = ENDED;
  let newlines = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const kind = code < 0xd800 || code > 0xdfff ? classOf(code) : classOf(text.codePointAt(at) ?? code);
    const width = kind === WORD || kind === RUN || kind === EMOJI ? endOf(text, at, kind) - at : 0;
    if (width > 0) {
      add(into, text, at, at + width, joint);
      joint = 0;
      newlines = 0;
      at += width;
      continue;
    }
    if (kind === STOP) joint |= code === DOT ? SPACED | DOTTED : SPACED | ENDED;
    else if (kind === COMMA) joint |= SPACED | PARTED;
    else if (kind === NEWLINE) joint |= newlines++ > 0 ? SPACED | ENDED : SPACED;
    else if (kind === HYPHEN) joint |= isDash(text, at, joint) ? SPACED | PARTED : SPACED;
    else if (kind !== SILENT) joint |= SPACED;
    at++;
  }
}

function add(into: RawTokens, text: string, start: number, end: number, joint: number): void {
  if (into.count === into.surface.length) grow(into);
  const { count } = into;
  into.surface[count] = surfaceAt(text, start, end);
  into.start[count] = start;
  into.end[count] = end;
  into.joint[count] = joint;
  into.count = count + 1;
}

function grow(into: RawTokens): void {
  const longer = (column: Int32Array): Int32Array => {
    const more = new Int32Array(column.length * 2);
    more.set(column);
    return more;
  };
  into.surface = longer(into.surface);
  into.start = longer(into.start);
  into.end = longer(into.end);
  const joint = new Uint8Array(into.joint.length * 2);
  joint.set(into.joint);
  into.joint = joint;
}

/** A hyphen between spaces, or two in a row, is a dash. */
function isDash(text: string, at: number, joint: number): boolean {
  const next = text.charCodeAt(at + 1);
  return classOf(next) === HYPHEN || ((joint & SPACED) !== 0 && (Number.isNaN(next) || classOf(next) < WORD));
}

function endOf(text: string, start: number, kind: number): number {
  if (kind === WORD) return endOfWord(text, start);
  return kind === RUN ? endOfCluster(text, start) : endOfEmoji(text, start);
}

function endOfCluster(text: string, start: number): number {
  let end = start + widthAt(text, start);
  const most = Math.min(text.length, end + 8);
  while (end < most && classOf(text.charCodeAt(end)) === SILENT) end++;
  return end;
}

/** Joined pictographs are one, and so are the two letters of a flag. */
function endOfEmoji(text: string, start: number): number {
  let end = start + widthAt(text, start);
  const first = text.codePointAt(start) ?? 0;
  if (isRegional(first) && isRegional(text.codePointAt(end) ?? 0)) return end + 2;
  const most = Math.min(text.length, end + 32);
  while (end < most) {
    const code = text.codePointAt(end) ?? 0;
    const joined = text.charCodeAt(end - 1) === ZERO_WIDTH_JOINER && classOf(code) === EMOJI;
    if (!joined && classOf(code) !== SILENT && !isSkinTone(code)) break;
    end += widthAt(text, end);
  }
  return end;
}

function isRegional(code: number): boolean {
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}

function isSkinTone(code: number): boolean {
  return code >= 0x1f3fb && code <= 0x1f3ff;
}

function endOfWord(text: string, start: number): number {
  let end = start + widthAt(text, start);
  for (;;) {
    const code = text.charCodeAt(end);
    // Lower-case letters: by far the most frequent.
    if (code > 96 && code < 123) {
      end++;
      continue;
    }
    if (end >= text.length) return end;
    const kind = code < 0xd800 || code > 0xdfff ? classOf(code) : classOf(text.codePointAt(end) ?? code);
    if (kind === WORD || kind === SILENT) {
      end += code < 0xd800 || code > 0xdbff ? 1 : 2;
      continue;
    }
    const more = end - start > MOST_COMPOUND ? 0 : connector(text, start, end, code, kind);
    if (more === 0) return end;
    end += more;
  }
}

/** How many units of the text at `at` belong to the word that began at `start`; 0 when it ends here. */
function connector(text: string, start: number, at: number, code: number, kind: number): number {
  if (code === DOT) return isWord(text, at + 1) || isDottedLetter(text, start, at) ? 1 : 0;
  if (kind === APOSTROPHE || kind === HYPHEN || code === AND) return isWord(text, at + 1) ? 1 : 0;
  if (code === COLON || code === SLASH) return digitAt(text, at - 1) && digitAt(text, at + 1) ? 1 : 0;
  if (code === COMMA_SIGN) return isThousands(text, at) || isDecimal(text, at) ? 1 : 0;
  if (code === PLUS) return text.charCodeAt(at + 1) === PLUS && !digitAt(text, at - 1) && !isWord(text, at + 2) ? 2 : 0;
  return code === HASH && !digitAt(text, at - 1) && !isWord(text, at + 1) ? 1 : 0;
}

/** The last full stop of `U.S.` or `a.m.`. */
function isDottedLetter(text: string, start: number, at: number): boolean {
  return at - start > 2 && text.charCodeAt(at - 2) === DOT && !digitAt(text, at - 1);
}

/** A comma with a digit before it and exactly three after it. */
function isThousands(text: string, at: number): boolean {
  return (
    digitAt(text, at - 1) &&
    digitAt(text, at + 1) &&
    digitAt(text, at + 2) &&
    digitAt(text, at + 3) &&
    !digitAt(text, at + 4)
  );
}

/** A comma with a digit before it and one or two after it, in no list of digits: 1,5 of many languages. */
function isDecimal(text: string, at: number): boolean {
  if (!digitAt(text, at - 1) || !digitAt(text, at + 1) || text.charCodeAt(at - 2) === COMMA_SIGN) return false;
  const after = digitAt(text, at + 2) ? at + 3 : at + 2;
  return !digitAt(text, after) && !(text.charCodeAt(after) === COMMA_SIGN && digitAt(text, after + 1));
}

function digitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return !Number.isNaN(code) && isDigit(code);
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdfff) return classOf(code) === WORD;
  return classOf(text.codePointAt(at) ?? code) === WORD;
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
