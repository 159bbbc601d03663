import { classOf, HYPHEN, SPACE, NEWLINE, SILENT } from '../story/text/characters.ts';
import type { QueryProblem } from './query-problem.ts';

/** What is wrong with a query, in English and as data; where (UTF-16 offset in the text typed); and a corrected one where there is one. */
export interface QueryError {
  readonly message: string;
  readonly problem: QueryProblem;
  readonly at: number;
  readonly suggestion?: string;
}

/** An error with the corrections to try, best first. */
export interface Mistake {
  readonly problem: QueryProblem;
  readonly at: number;
  readonly suggestions: readonly string[];
}

/** One token of the language of queries. */
export interface Token {
  readonly kind: 'word' | 'phrase' | 'field' | 'open' | 'close' | 'or' | 'and' | 'not' | 'near' | 'end';
  readonly start: number;
  readonly end: number;
  /** The word, the phrase without its quotes, the field's name, or the number after NEAR/. */
  readonly text: string;
  readonly exact: boolean;
  readonly prefix: boolean;
  readonly within: number | null;
}

/** What is thrown inside the reader for a member's mistake; `parseQuery` turns it into a returned value. */
export interface Refusal {
  readonly mistake: Mistake;
}

export function refusal(problem: QueryProblem, at: number, ...suggestions: readonly string[]): Refusal {
  return { mistake: { problem, at, suggestions } };
}

export function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && 'mistake' in error;
}

const CLOSING: Readonly<Record<string, string>> = {
  '"': '"”“„＂〞', '“': '”"“‟', '”': '”"“', '„': '“”"', '‟': '”"', '＂': '＂"', '«': '»', '»': '«', '‹': '›', '›': '‹',
  '「': '」', '『': '』', '〝': '〟〞', '《': '》', '〈': '〉', '｢': '｣',
}; // prettier-ignore
const MOST_SLOP = 100;

/** The token at or after an offset. A refusal is thrown for a quote that is never closed. */
export function nextToken(text: string, from: number): Token {
  const start = skipSpace(text, from);
  if (start >= text.length) return token('end', start, start);
  const sign = text[start] ?? '';
  if (sign === '(' || sign === '（') return token('open', start, start + 1);
  if (sign === ')' || sign === '）') return token('close', start, start + 1);
  if (sign === '|' || sign === '｜') return token('or', start, text[start + 1] === sign ? start + 2 : start + 1);
  if (isExclusion(text, start)) return token('not', start, endOfHyphens(text, start));
  // A dash that excludes nothing says nothing.
  const after = endOfHyphens(text, start);
  if (after > start && after < text.length && !isSpaceAt(text, after)) return nextToken(text, after);
  if (isEqual(sign)) return afterEqual(text, start);
  if (sign in CLOSING && Object.hasOwn(CLOSING, sign)) return phrase(text, start, start, false);
  if (isSingleQuoted(text, start)) return phrase(text, start, start, false);
  return word(text, start, start, false);
}

function token(kind: Token['kind'], start: number, end: number, more: Partial<Token> = {}): Token {
  return { kind, start, end, text: '', exact: false, prefix: false, within: null, ...more };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpaceAt(text, at)) at++;
  return at;
}

function isSpaceAt(text: string, at: number): boolean {
  const kind = classOf(text.charCodeAt(at));
  return kind === SPACE || kind === NEWLINE || kind === SILENT || isListComma(text, at);
}

/** A comma between words parts them like a space; one between digits is part of the number. */
function isListComma(text: string, at: number): boolean {
  if (!/[,;，、；]/u.test(text[at] ?? '')) return false;
  return !(/\d/u.test(text[at - 1] ?? '') && /\d/u.test(text[at + 1] ?? ''));
}

function isEqual(sign: string): boolean {
  return sign === '=' || sign === '＝';
}

/** A dash of any kind, after white space or a bracket, with a term right after it. */
function isExclusion(text: string, at: number): boolean {
  if (!isDashAt(text, at)) return false;
  const before = text[at - 1] ?? ' ';
  if (at > 0 && !isSpaceAt(text, at - 1) && !/[(（|｜]/u.test(before)) return false;
  const end = endOfHyphens(text, at);
  return end < text.length && !isSpaceAt(text, end) && !/[)）|｜]/u.test(text[end] ?? '');
}

function isDashAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return classOf(code) === HYPHEN || text[at] === '—' || text[at] === '―';
}

function endOfHyphens(text: string, at: number): number {
  let end = at;
  while (end < text.length && isDashAt(text, end)) end++;
  return end;
}

function afterEqual(text: string, start: number): Token {
  const at = start + 1;
  const sign = text[at] ?? '';
  if (at >= text.length || isSpaceAt(text, at)) return word(text, start, start, false);
  if (Object.hasOwn(CLOSING, sign) || isSingleQuoted(text, at)) return phrase(text, start, at, true);
  return word(text, start, at, true);
}

/** An apostrophe that opens a quotation of several words: before a letter, and closed after one. */
function isSingleQuoted(text: string, at: number): boolean {
  return /^['‘]$/u.test(text[at] ?? '') && singleClose(text, at) > 0;
}

function singleClose(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    if (!/^['’‘]$/u.test(text[end] ?? '')) continue;
    const after = text[end + 1] ?? ' ';
    if (!/[\s)）|~]/u.test(after)) continue;
    return /\S\s+\S/u.test(text.slice(at + 1, end)) ? end : 0;
  }
  return 0;
}

function phrase(text: string, start: number, opening: number, exact: boolean): Token {
  const sign = text[opening] ?? '';
  const closing = Object.hasOwn(CLOSING, sign) ? (CLOSING[sign] ?? '') : '';
  const close = closing === '' ? singleClose(text, opening) : closeOf(text, opening + 1, closing);
  if (close < 0) throw openQuote(text, opening, sign);
  // One kind of quotation mark is printed: those inside cannot stay.
  const inner = text
    .slice(opening + 1, close)
    .replaceAll(/["“”„‟«»]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  const slop = /^[~～](\d{1,3})(?=[\s)）|]|$)/u.exec(text.slice(close + 1, close + 6));
  const within = slop ? Math.min(Math.max(Number(slop[1]), 1), MOST_SLOP) : null;
  return token('phrase', start, close + 1 + (slop?.[0].length ?? 0), { text: inner, exact, within });
}

function closeOf(text: string, from: number, closing: string): number {
  for (let at = from; at < text.length; at++) if (closing.includes(text[at] ?? '')) return at;
  return -1;
}

function openQuote(text: string, at: number, sign: string): unknown {
  const close = CLOSING[sign]?.[0] ?? '"';
  const before = text.slice(0, at).trim();
  // One after the last word: the one before the first is missing.
  const whole = text.slice(at + 1).trim() === '' && !/["“”„«»()|:]/u.test(before) ? [`"${before}"`] : [];
  return refusal(
    { code: 'open quotation' },
    at,
    ...whole,
    `${text.trimEnd()}${close}`,
    `${text.trimEnd().replace(/\)+$/u, '')}${close})`,
    `${text.slice(0, at)}${text.slice(at + 1)}`,
  );
}

/** A word, an operator in capitals, or a field's name with its colon. */
function word(text: string, start: number, from: number, exact: boolean): Token {
  let end = from;
  while (end < text.length && !endsWord(text, end, from)) end++;
  end += spelledOut(text, from, end);
  const raw = text.slice(from, end).replaceAll(' ', '');
  if (!exact) {
    const special = operator(raw, start, end) ?? fieldName(raw, start);
    if (special) return special;
  }
  const stars = /[*＊]+$/u.exec(raw);
  const bare = stars ? raw.slice(0, -stars[0].length) : raw;
  return token('word', start, end, { text: bare, exact, prefix: stars !== null });
}

/** How much more belongs to a name that is spelled with spaces around its `&`: `H & M`, `AT & T`. */
function spelledOut(text: string, from: number, end: number): number {
  const [more = ''] = /^ & \p{L}{1,2}(?=[\s)）|｜,;]|$)/u.exec(text.slice(end, end + 6)) ?? [];
  const letters = end - from + more.length - 3;
  return more !== '' && letters <= 3 && /^\p{L}+$/u.test(text.slice(from, end)) ? more.length : 0;
}

function endsWord(text: string, at: number, from: number): boolean {
  if (isSpaceAt(text, at) && classOf(text.charCodeAt(at)) !== SILENT) return true;
  const sign = text[at] ?? '';
  if (/[()（）|｜"“”„‟＂«»「」『』]/u.test(sign)) return at > from || sign !== text[from];
  return false;
}

function operator(raw: string, start: number, end: number): Token | null {
  if (raw === 'OR') return token('or', start, end);
  if (raw === 'AND' || raw === '&&') return token('and', start, end);
  if (raw === '||') return token('or', start, end);
  if (raw === 'NOT') return token('not', start, end);
  const near = /^NEAR(?:\/(\S*))?$/u.exec(raw);
  if (near === null) return null;
  const [, count = ''] = near;
  return token('near', start, end, { text: /^\d{1,4}$/u.test(count) ? count : '' });
}

/** Letters and a colon with something after it in the same word or the next; digits before a colon are a score or a time. */
function fieldName(raw: string, start: number): Token | null {
  const found = /^(\p{L}[\p{L}_]{0,30})[:：]/u.exec(raw);
  if (!found || found[1] === undefined) return null;
  return token('field', start, start + found[0].length, { text: found[1] });
}
