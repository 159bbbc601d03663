import { APOSTROPHE, classOf, HYPHEN, RUN, WORD } from './characters.ts';
import { foldMarks, lower } from './normalise.ts';
import type { Form } from './form.ts';
import { particleForms } from './korean.ts';

/** A word as it is written, read: `cease-fire` has two parts, and a form for each and for both together. */
export interface Surface {
  readonly raw: string;
  /** How many positions it takes. */
  readonly parts: number;
  readonly forms: readonly Form[];
  /** Before which of its parts a phrase ends (`end.Next`). */
  readonly breaks: readonly boolean[];
  /** A full stop after it does not end a sentence: `U.S`, `J`, `Mr`. */
  readonly abbreviation: boolean;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  /** The character before it, '' for the first. */
  readonly before: string;
}

const ELISIONS = new Set(
  'l d j m t s n c qu jusqu lorsqu puisqu quoiqu aujourd dell all nell sull dall un quest quell sant'.split(' '),
);
const CONTRACTIONS = new Set(['s', 'll', 're', 've', 'd', 'm']);
const TURKISH_SUFFIX =
  /^(?:[dt][ae]n?|[yn]?[aeiu]|[dt][ae]ki|n?[iu]n|y?l[ae]|l[iu]|l[ae]r(?:[aei]|in|[dt][ae]n?)?|[sc][iu]z?|ca|ce)$/u;
const ABBREVIATIONS = new Set(
  'mr mrs ms dr st sen rep gov gen col lt sgt capt prof rev hon vs no jr sr inc corp co ltd jan feb mar apr jun jul aug sep sept oct nov dec ft mt sec pres u ee'.split(
    ' ',
  ),
);

/** Reads a raw token. A long one is read as a single plain word. */
export function readSurface(raw: string): Surface {
  if (isPlain(raw)) return plainSurface(raw);
  if (isUnjoined(raw)) return unjoinedSurface(raw);
  const pieces = splitPieces(raw);
  const forms: Form[] = [];
  const breaks: boolean[] = [];
  for (const [part, piece] of pieces.entries()) {
    breaks.push(piece.before === '.' && !isInitial(pieces[part - 1]) && !isShortened(raw, pieces[part - 1]));
    forms.push(...readPiece(raw, piece, part));
  }
  if (pieces.length > 1) forms.push(...wholeForms(raw, pieces, forms));
  return { raw, parts: pieces.length, forms, breaks, abbreviation: isAbbreviation(raw, forms) };
}

/** A word of letters of ASCII with at most one capital, the first, or of small letters and a number: it has one form. */
export function isPlain(raw: string): boolean {
  return /^(?:[a-zA-Z][a-z]*|[a-z]+\d+)$/u.test(raw);
}

/** Whether a plain surface is a shortened word. */
export function isPlainAbbreviation(raw: string): boolean {
  return raw.length === 1 || ABBREVIATIONS.has(raw.toLowerCase());
}

const UNBROKEN: readonly boolean[] = [false];

/** Its normal form is itself in lower case: nothing has to be looked for. */
function plainSurface(raw: string): Surface {
  const word = raw.toLowerCase();
  const end = raw.length;
  const form: Form = { word, cased: raw, marked: word, capitals: '', part: 0, parts: 1, start: 0, end, primary: true };
  return { raw, parts: 1, forms: [form], breaks: UNBROKEN, abbreviation: isPlainAbbreviation(raw) };
}

/** Whether a raw token holds letters, digits and marks only, so that nothing in it parts or joins words. */
function isUnjoined(raw: string): boolean {
  for (let i = 0; i < raw.length; i++) {
    const kind = classOf(raw.charCodeAt(i));
    if (kind !== WORD && kind !== RUN) return false;
  }
  return true;
}

/** A word of one piece: one form, and those without its particles. */
function unjoinedSurface(raw: string): Surface {
  const form = formOf(raw, 0, isTypePlural(raw, 0, raw.length) ? raw.length - 1 : raw.length, 0, 1, true);
  const { word } = form;
  const abbreviation = (word.length === 1 && !/\d/u.test(word)) || ABBREVIATIONS.has(word);
  return { raw, parts: 1, forms: [form, ...particleForms(form)], breaks: UNBROKEN, abbreviation };
}

/** A single letter before a full stop shortens a word: `S.Korea`. */
function isInitial(piece: Piece | undefined): boolean {
  return piece !== undefined && piece.end - piece.start === 1;
}

/** So does a full stop after an abbreviation: `No.5`, `St.Louis`. */
function isShortened(raw: string, piece: Piece | undefined): boolean {
  return piece !== undefined && ABBREVIATIONS.has(raw.slice(piece.start, piece.end).toLowerCase());
}

function isAbbreviation(raw: string, forms: readonly Form[]): boolean {
  const [last] = forms;
  if (forms.length !== 1 || last === undefined) return isDottedWord(raw);
  return (last.word.length === 1 && !/\d/u.test(last.word)) || isDottedWord(raw) || ABBREVIATIONS.has(last.word);
}

/** Splits at hyphens and spaces, and at the full stops, colons, slashes and ampersands that do not hold a word together. */
function splitPieces(raw: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let before = '';
  for (let at = 0; at <= raw.length; at++) {
    const sign = raw[at] ?? '';
    if (at < raw.length && !partsWord(raw, start, at, sign)) continue;
    if (at > start) pieces.push({ start, end: at, before });
    // Of the three in `H & M` the middle one tells.
    if (sign !== ' ') before = sign;
    start = at + 1;
  }
  return pieces;
}

function partsWord(raw: string, start: number, at: number, sign: string): boolean {
  if (classOf(sign.charCodeAt(0)) === HYPHEN) return true;
  if (sign === ':' || sign === '/' || sign === ' ') return true;
  if (sign === '&') return raw[at - 1] === ' ' || longPieces(raw, '&');
  if (sign !== '.') return false;
  const piece = raw.slice(start).split(/[-‐‑‒–−]/u, 1)[0] ?? '';
  return !isDottedWord(raw.slice(start, start + piece.length)) && !isNumber(raw, at);
}

function longPieces(raw: string, sign: string): boolean {
  return raw.split(sign).every((piece) => piece.length >= 3);
}

function isNumber(raw: string, at: number): boolean {
  return /\d/u.test(raw[at - 1] ?? '') && /\d/u.test(raw[at + 1] ?? '');
}

/** `U.S`, `U.S.`, `a.m.`, `U.S.'s`: single letters with full stops between; or doubled capitals, as in Spanish `EE.UU.`; or `Ph.D.` */
function isDottedWord(text: string): boolean {
  return /^(?:\p{L}(?:\.\p{L})+\.?(?:['’]s)?|(\p{Lu})\1(?:\.(\p{Lu})\2)+\.?|\p{Lu}\p{Ll}\.\p{Lu}\.?)$/u.test(text);
}

function readPiece(raw: string, { start, end }: Piece, part: number): Form[] {
  const text = raw.slice(start, end);
  if (isDottedWord(text)) return [dottedForm(text, start, part)];
  const apostrophes = apostropheOffsets(text);
  if (apostrophes.length > 0) return apostropheForms(raw, start, end, apostrophes, part);
  const form = formOf(raw, start, isTypePlural(raw, start, end) ? end - 1 : end, part, 1, true);
  return [form, ...particleForms(form)];
}

/** The plural of a type with a number: `F-35s`, `MiG29s`, not that of a decade. */
function isTypePlural(raw: string, start: number, end: number): boolean {
  if (raw[end - 1] !== 's' || !/^\d$/u.test(raw[end - 2] ?? '')) return false;
  return /^\p{L}[\p{L}‐‑‒–−-]*\d{1,4}s$/u.test(raw.slice(0, end)) && /\d{1,4}s$/u.test(raw.slice(start, end));
}

function dottedForm(text: string, start: number, part: number): Form {
  const bare = text.replace(/['’]s$/u, '');
  const letters = foldMarks(bare.replaceAll('.', ''));
  const word = lower(letters);
  const capitals = letters === word ? '' : letters.toUpperCase() === letters ? letters : '';
  const cased = foldMarks(bare.replace(/\.$/u, ''));
  return { word, cased, marked: word, capitals, part, parts: 1, start, end: start + bare.length, primary: true };
}

function apostropheOffsets(text: string): number[] {
  const found: number[] = [];
  for (let i = 0; i < text.length; i++) if (classOf(text.charCodeAt(i)) === APOSTROPHE) found.push(i);
  return found;
}

/** `Japan's`, `l'Iran`, `O'Brien`, `İstanbul'da`, `we'll`: the word without its possessive, elision or contraction. */
function apostropheForms(raw: string, start: number, end: number, offsets: readonly number[], part: number): Form[] {
  const first = start + (offsets[0] ?? 0);
  const last = start + (offsets.at(-1) ?? 0);
  const head = lower(foldMarks(raw.slice(start, first)));
  const tail = lower(foldMarks(raw.slice(last + 1, end)));
  if (offsets.length === 1 && CONTRACTIONS.has(tail)) return [formOf(raw, start, first, part, 1, true)];
  if (CONTRACTIONS.has(tail)) return readPieceWithout(raw, start, last, part);
  const joined = formOf(raw, start, end, part, 1, false);
  if (ELISIONS.has(head) && end - first > 2) {
    const rest = raw.slice(first + 1, end);
    const inner = apostropheOffsets(rest).length > 0 ? [] : [formOf(raw, first + 1, end, part, 1, true)];
    return inner.length > 0 ? [...inner, joined] : [{ ...joined, primary: true }];
  }
  const whole = { ...joined, primary: true };
  const suffixed = offsets.length === 1 && first - start >= 3 && tail !== 't' && TURKISH_SUFFIX.test(tail);
  return suffixed ? [{ ...whole, suffixed }, formOf(raw, start, first, part, 1, false)] : [whole];
}

function readPieceWithout(raw: string, start: number, end: number, part: number): Form[] {
  const text = raw.slice(start, end);
  return apostropheForms(raw, start, end, apostropheOffsets(text), part);
}

/** The forms of several parts together: `ceasefire` of `cease-fire`, `3:0`, `example.com`, `johnson&johnson`. */
function wholeForms(raw: string, pieces: readonly Piece[], forms: readonly Form[]): Form[] {
  if (pieces.length === 2 && pieces[1]?.before === '.' && isShortened(raw, pieces[0])) return [];
  const primary = pieces.map((_, part) => forms.find((form) => form.part === part && form.primary));
  let cased = '';
  let marked = '';
  for (const [part, piece] of pieces.entries()) {
    const own = primary[part];
    if (own === undefined) return [];
    const hyphen = piece.before !== '' && classOf(piece.before.charCodeAt(0)) === HYPHEN;
    const digits = /\d$/u.test(cased) && /^\d/u.test(own.cased);
    const sign = piece.before === '' ? '' : hyphen ? (digits ? '-' : '') : piece.before;
    cased += sign + (isDottedWord(own.cased) ? own.cased.replaceAll('.', '') : own.cased);
    marked += sign + own.marked;
  }
  const start = pieces[0]?.start ?? 0;
  const end = primary.at(-1)?.end ?? raw.length;
  const word = lower(cased);
  return [{ word, cased, marked, capitals: '', part: 0, parts: pieces.length, start, end, primary: true }];
}

function formOf(raw: string, start: number, end: number, part: number, parts: number, primary: boolean): Form {
  const text = clean(raw.slice(start, end));
  const cased = foldMarks(text);
  const word = lower(cased);
  const marked = text === cased ? word : text.normalize('NFC').toLowerCase();
  return { word, cased, marked, capitals: word === cased ? '' : capitalsOf(cased), part, parts, start, end, primary };
}

/** Without apostrophes, and without the comma of 1,000; that of 1,5 stays. */
function clean(text: string): string {
  if (/^[A-Za-z0-9]*$/u.test(text)) return text;
  let out = '';
  for (const character of text) {
    const kind = classOf(character.codePointAt(0) ?? 0);
    if (kind !== APOSTROPHE) out += character;
  }
  return out.replaceAll(/,(?=\d{3})/gu, '');
}

function capitalsOf(cased: string): string {
  if (/^[A-Z\d&]*[A-Z][A-Z\d&]*$/u.test(cased) && cased.length > 1) return cased;
  const plural = /^([A-Z]{2,})s$/u.exec(cased);
  if (plural) return plural[1] ?? '';
  return /^\p{Lu}{2,}$/u.test(cased) ? cased : '';
}
