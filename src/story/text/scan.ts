import { APOSTROPHE, classOf, COMMA, EMOJI, HYPHEN, isDigit, NEWLINE, RUN, SILENT, STOP, WORD } from './characters.ts';
import { numberIn, slotAt } from './surface-table.ts';

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
  /** Its slot, for the shape the surface table had. */
  slot: Int32Array;
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
    slot: new Int32Array(256),
    start: new Int32Array(256),
    end: new Int32Array(256),
    joint: new Uint8Array(256),
  };
}

/** The units of the text being scanned, with zeros after its end: a typed array is read much faster than a string. */
let units = new Uint16Array(4096);
let bytes = Buffer.from(units.buffer);
let length = 0;

/**
 * Reads a text into raw tokens: words with what is written inside them (`Japan's`, `cease-fire`, `U.S.`, `1,000`, `C++`),
 * single characters of scripts without spaces, and emoji. Linear in the length of the text.
 */
export function scan(text: string, into: RawTokens): void {
  into.count = 0;
  if (text === '') return;
  load(text);
  // Locals: what the loops read for every unit.
  const [all, size] = [units, length];
  let joint = ENDED;
  let newlines = 0;
  let at = 0;
  while (at < size) {
    const code = all[at] ?? 0;
    if (code === 32) {
      joint |= SPACED;
      at++;
      continue;
    }
    let end = at;
    if (isAsciiLetter(code)) {
      do end++;
      while (isLowerCase(all[end] ?? 0));
      // Mostly a space follows: then the word ends here.
      if (all[end] !== 32 && end < size) end = endOfWord(at, end);
    } else end = endOfToken(at);
    if (end > at) {
      add(into, at, end, joint);
      joint = 0;
      newlines = 0;
      at = end;
      continue;
    }
    const kind = classOf(code);
    if (kind === STOP) joint |= code === DOT ? SPACED | DOTTED : SPACED | ENDED;
    else if (kind === COMMA) joint |= SPACED | PARTED;
    else if (kind === NEWLINE) joint |= newlines++ > 0 ? SPACED | ENDED : SPACED;
    else if (kind === HYPHEN) joint |= isDash(at, joint) ? SPACED | PARTED : SPACED;
    else if (kind !== SILENT) joint |= SPACED;
    if (code === AND && into.count > 0 && (end = endOfInitials(into, at)) > at) {
      into.count--;
      add(into, into.start[into.count] ?? 0, end, into.joint[into.count] ?? 0);
      joint = 0;
      at = end;
      continue;
    }
    at++;
  }
}

/** Where the name ends that is spelled with spaces around an `&` here (`H & M`, `AT & T`); the same place when it is none. */
function endOfInitials({ count, start, end }: RawTokens, at: number): number {
  const before = (end[count - 1] ?? 0) - (start[count - 1] ?? 0);
  if (at - 1 !== end[count - 1] || units[at - 1] !== 32 || units[at + 1] !== 32) return at;
  let last = at + 2;
  while (isCapital(units[last] ?? 0)) last++;
  const after = last - at - 2;
  if (before + after > 3 || after === 0 || isWord(last)) return at;
  for (let i = at - 1 - before; i < at - 1; i++) if (!isCapital(units[i] ?? 0)) return at;
  return endOfWord(at + 2, last);
}

function isCapital(code: number): boolean {
  return code > 64 && code < 91;
}

function isLowerCase(code: number): boolean {
  return code > 96 && code < 123;
}

function isAsciiLetter(code: number): boolean {
  return (code | 32) > 96 && (code | 32) < 123;
}

/** Where the token that begins here ends; the same place when none does. */
function endOfToken(start: number): number {
  const kind = kindAt(start);
  if (kind === WORD) return endOfWord(start, start + widthAt(start));
  return kind === RUN ? endOfCluster(start) : kind === EMOJI ? endOfEmoji(start) : start;
}

function load(text: string): void {
  ({ length } = text);
  if (length + 8 > units.length) {
    units = new Uint16Array(length * 2);
    bytes = Buffer.from(units.buffer);
  }
  bytes.write(text, 'utf16le');
  units.fill(0, length, length + 8);
}

function add(into: RawTokens, start: number, end: number, joint: number): void {
  if (into.count === into.surface.length) grow(into);
  const { count } = into;
  const slot = slotAt(units, start, end);
  into.slot[count] = slot;
  into.surface[count] = numberIn(slot);
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
  into.slot = longer(into.slot);
  into.start = longer(into.start);
  into.end = longer(into.end);
  const joint = new Uint8Array(into.joint.length * 2);
  joint.set(into.joint);
  into.joint = joint;
}

/** A hyphen between spaces, or two in a row, is a dash. */
function isDash(at: number, joint: number): boolean {
  const next = classOf(units[at + 1] ?? 0);
  return next === HYPHEN || ((joint & SPACED) !== 0 && (at + 1 >= length || next < WORD));
}

function endOfCluster(start: number): number {
  let end = start + widthAt(start);
  const most = Math.min(length, end + 8);
  while (end < most && classOf(units[end] ?? 0) === SILENT) end++;
  return end;
}

/** Joined pictographs are one, and so are the two letters of a flag. */
function endOfEmoji(start: number): number {
  let end = start + widthAt(start);
  if (isRegional(pointAt(start)) && isRegional(pointAt(end))) return end + 2;
  const most = Math.min(length, end + 32);
  while (end < most) {
    const code = pointAt(end);
    const joined = units[end - 1] === ZERO_WIDTH_JOINER && classOf(code) === EMOJI;
    if (!joined && classOf(code) !== SILENT && !isSkinTone(code)) break;
    end += widthAt(end);
  }
  return end;
}

function isRegional(code: number): boolean {
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}

function isSkinTone(code: number): boolean {
  return code >= 0x1f3fb && code <= 0x1f3ff;
}

/** @param read up to where the word has been read */
function endOfWord(start: number, read: number): number {
  let end = read;
  for (;;) {
    const code = units[end] ?? 0;
    // Lower-case letters and spaces: by far the most frequent.
    if (isLowerCase(code)) {
      end++;
      continue;
    }
    if (code === 32 || end >= length) return end;
    const kind = kindAt(end);
    if (kind === WORD || kind === SILENT) {
      end += code < 0xd800 || code > 0xdbff ? 1 : 2;
      continue;
    }
    const more = end - start > MOST_COMPOUND ? 0 : connector(start, end, code, kind);
    if (more === 0) return end;
    end += more;
  }
}

/** How many units of the text at `at` belong to the word that began at `start`; 0 when it ends here. */
function connector(start: number, at: number, code: number, kind: number): number {
  if (code === DOT) return isWord(at + 1) || isDottedLetter(start, at) ? 1 : 0;
  if (kind === APOSTROPHE || kind === HYPHEN || code === AND) return isWord(at + 1) ? 1 : 0;
  if (code === COLON || code === SLASH) return digitAt(at - 1) && digitAt(at + 1) ? 1 : 0;
  if (code === COMMA_SIGN) return isThousands(at) || isDecimal(at) ? 1 : 0;
  if (code === PLUS) return units[at + 1] === PLUS && !digitAt(at - 1) && !isWord(at + 2) ? 2 : 0;
  return code === HASH && !digitAt(at - 1) && !isWord(at + 1) ? 1 : 0;
}

/** The last full stop of `U.S.` or `a.m.`. */
function isDottedLetter(start: number, at: number): boolean {
  return at - start > 2 && units[at - 2] === DOT && !digitAt(at - 1);
}

/** A comma with a digit before it and exactly three after it. */
function isThousands(at: number): boolean {
  return digitAt(at - 1) && digitAt(at + 1) && digitAt(at + 2) && digitAt(at + 3) && !digitAt(at + 4);
}

/** A comma with a digit before it and one or two after it, in no list of digits: 1,5 of many languages. */
function isDecimal(at: number): boolean {
  if (!digitAt(at - 1) || !digitAt(at + 1) || (at > 1 && units[at - 2] === COMMA_SIGN)) return false;
  const after = digitAt(at + 2) ? at + 3 : at + 2;
  return !digitAt(after) && !(units[after] === COMMA_SIGN && digitAt(after + 1));
}

function digitAt(at: number): boolean {
  return isDigit(units[at] ?? 0);
}

function isWord(at: number): boolean {
  return kindAt(at) === WORD;
}

function kindAt(at: number): number {
  const code = units[at] ?? 0;
  return code < 0xd800 || code > 0xdfff ? classOf(code) : classOf(pointAt(at));
}

/** The code point that begins here; half of one alone is itself. */
function pointAt(at: number): number {
  const high = units[at] ?? 0;
  if (high < 0xd800 || high > 0xdbff) return high;
  const low = units[at + 1] ?? 0;
  return low < 0xdc00 || low > 0xdfff ? high : (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
}

function widthAt(at: number): number {
  return pointAt(at) > 0xffff ? 2 : 1;
}
