import { classOf, RUN, SILENT } from './characters.ts';
import { HAN_PAIRS } from './han-pairs.ts';

/** A text in its normal form, with the way back into the text it came from. */
export interface NormalText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, and its end, the offset in the original that it came from. */
  readonly offsets: Uint32Array;
}

const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'Th', ß: 'ss', ẞ: 'SS', æ: 'ae', Æ: 'Ae',
  œ: 'oe', Œ: 'Oe', ı: 'i', İ: 'I', ħ: 'h', Ħ: 'H', ŧ: 't', Ŧ: 'T', ŋ: 'n', Ŋ: 'N', ə: 'e', Ə: 'E', ё: 'е', Ё: 'Е', ς: 'σ',
  أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ؤ: 'و', ئ: 'ي',
}; // prettier-ignore

/** Letters whose mark makes another letter, not another form of one. */
const WHOLE_LETTERS = /[йЙїЇўЎ]/u;
const MARKED = /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}]/u;
/** Arabic vowel signs and tatweel, Hebrew points: left out of the normal form. */
const VOWEL_SIGNS = /[\u0591-\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED]/u;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\u202A-\u202E]/u;
const SKIN_TONE = /[\u{1F3FB}-\u{1F3FF}]/u;
const LOOSE_MARK = /[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF]/u;

const folded = new Map<string, string>();
let twins: ReadonlyMap<string, string> | null = null;

/**
 * One character, or one with its marks, in normal form with its case kept: NFKC, Latin, Greek and Cyrillic marks dropped,
 * letters such as ø ł ß folded, Arabic and Chinese variants made one, digits of any script as ASCII. '' for what is left out.
 */
export function foldCharacter(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const found = fold(character);
  if (folded.size < 50_000) folded.set(character, found);
  return found;
}

/** A word in normal form, its case kept. */
export function foldMarks(word: string): string {
  if (isAscii(word)) return word;
  let out = '';
  for (let start = 0; start < word.length;) {
    const end = endOfCluster(word, start);
    out += foldCharacter(end - start === 1 ? word.charAt(start) : word.slice(start, end));
    start = end;
  }
  return out;
}

/** A word in normal form, in lower case: what words are compared by. */
export function foldWord(word: string): string {
  return lower(foldMarks(word));
}

/** Lower case without the marks that İ and ẞ would bring. */
export function lower(text: string): string {
  return isAscii(text) ? text.toLowerCase() : foldCase(text);
}

/** A whole text in normal form with its offset map; the same text when it is normalised once more. */
export function normalise(text: string): NormalText {
  let out = '';
  const offsets = new Uint32Array(text.length * 4 + 1);
  let grown = offsets;
  for (const { text: cluster, start } of clusters(text)) {
    const form = lower(foldCharacter(cluster));
    if (out.length + form.length >= grown.length) {
      const more = new Uint32Array((out.length + form.length) * 2);
      more.set(grown);
      grown = more;
    }
    for (let unit = 0; unit < form.length; unit++) grown[out.length + unit] = start;
    out += form;
  }
  grown[out.length] = text.length;
  return { text: out, offsets: grown.subarray(0, out.length + 1) };
}

interface Cluster {
  readonly text: string;
  readonly start: number;
}

/** Where a character with the marks on it ends; marks beyond the eighth stand alone, so that no cluster grows without end. */
function endOfCluster(text: string, start: number): number {
  const code = text.codePointAt(start) ?? 0;
  let end = start + (code > 0xffff ? 2 : 1);
  if (code > 127 || text.charCodeAt(end) > 127) {
    const most = Math.min(text.length, end + 8);
    while (end < most && classOf(text.charCodeAt(end)) === SILENT) end++;
  }
  return end;
}

function* clusters(text: string): Generator<Cluster> {
  let start = 0;
  while (start < text.length) {
    const end = endOfCluster(text, start);
    yield { text: text.slice(start, end), start };
    start = end;
  }
}

function fold(character: string): string {
  const direct = LETTERS[character];
  if (direct !== undefined) return direct;
  let out = '';
  for (const part of character.normalize('NFKC').normalize('NFC')) out += foldOne(part);
  const composed = out.normalize('NFC');
  // A mark whose base is left out would join what stands before it.
  const form = /^\p{M}/u.test(character) ? composed : composed.replace(/^\p{M}+/u, '');
  return form === character || form.length === 0 ? form : again(form);
}

/** Until nothing changes: a fold can bring forth what is folded itself. */
function again(form: string): string {
  let before = form;
  for (let turn = 0; turn < 4; turn++) {
    let next = '';
    for (const part of before.normalize('NFKC')) next += foldOne(part);
    next = next.normalize('NFC');
    if (next === before) return next;
    before = next;
  }
  return before;
}

function foldOne(part: string): string {
  if (INVISIBLE.test(part) || VOWEL_SIGNS.test(part) || SKIN_TONE.test(part) || LOOSE_MARK.test(part)) return '';
  const letter = LETTERS[part];
  if (letter !== undefined) return letter;
  if (/\p{Nd}/u.test(part)) return String(digitValue(part));
  if (classOf(part.codePointAt(0) ?? 0) === RUN) return simplify(part);
  if (!MARKED.test(part) || WHOLE_LETTERS.test(part)) return part;
  let bare = '';
  for (const piece of part.normalize('NFD')) if (!LOOSE_MARK.test(piece)) bare += LETTERS[piece] ?? piece;
  return bare;
}

/** Unicode sets decimal digits in runs of ten, zero first. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 58) return code - 48;
  // The mathematical digits begin at a code point that is no multiple of ten: count from their start.
  if (code >= 0x1d7ce && code <= 0x1d7ff) return (code - 0x1d7ce) % 10;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

/** The simplified twin of a traditional character, where the two stand for each other only. */
function simplify(character: string): string {
  twins ??= readPairs();
  return twins.get(character) ?? character;
}

/** A text with its traditional characters simplified where the mapping is one to one; offsets stay. */
export function simplified(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += simplify(text.charAt(i));
  return out;
}

function readPairs(): Map<string, string> {
  const pairs = new Map<string, string>();
  const characters = Array.from(HAN_PAIRS.replaceAll('\n', ''));
  for (let i = 0; i + 1 < characters.length; i += 2) pairs.set(characters[i] ?? '', characters[i + 1] ?? '');
  return pairs;
}

/** What lower case can leave that is no normal form. */
const UNFOLDED = new RegExp(
  `[${Object.keys(LETTERS).join('')}\\u0300-\\u036F\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF]`,
  'u',
);

function foldCase(text: string): string {
  const small = text.toLowerCase();
  if (!UNFOLDED.test(small)) return small;
  let out = '';
  for (const character of small) out += LOOSE_MARK.test(character) ? '' : (LETTERS[character] ?? character);
  return out;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
