import { readWords, type Words } from '../story/text/words.ts';
import { nameAt } from './names.ts';
import type { NameTerm, WordTerm } from './query-tree.ts';

/** The text of a query as words, for finding names among them; read when first needed. */
export interface Typed {
  readonly text: string;
  words: Words | null;
  /** The position that begins at each offset. */
  places: ReadonlyMap<number, number> | null;
}

/** A name that bare words make together, and where in the text it ends. */
export interface NameRead {
  readonly term: NameTerm | WordTerm;
  readonly end: number;
}

/** Short forms that are typed in small letters too. */
const SMALL = new Set(['uk', 'usa', 'uae', 'dprk', 'drc', 'prc']);

/**
 * The name that bare words from an offset on make together, or null. A country's name stands for the country; other names
 * of several words (South Korean, Mexico City, Latin America) are one term in their own form; a demonym or capital of one
 * word is a word like others.
 */
export function readName(typed: Typed, start: number): NameRead | null {
  const words = (typed.words ??= readWords(typed.text, ''));
  const at = placesOf(typed, words).get(start);
  const small = isSmall(typed.text, start);
  const found = at === undefined ? null : nameAt(words, at, small);
  if (found === null) return smallName(typed.text, start);
  const end = endOfName(typed.text, start, found.end);
  if (end === 0) return null;
  const text = typed.text.slice(start, found.end);
  // Paris, Texas: two words, as no name has a comma.
  if (text.includes(',')) return null;
  const isCountry = found.codes.length > 0 && (found.kind === 'name' || found.kind === 'other');
  if (isCountry) return { term: { kind: 'name', text, codes: found.codes, loose: found.cased && small }, end };
  return found.positions > 1 && /\s/u.test(text) ? { term: { kind: 'word', text }, end } : null;
}

/** `uk` and `usa` as members type them. */
function smallName(text: string, start: number): NameRead | null {
  const word = /^[a-z]{2,5}(?![\p{L}\p{N}.'’*:-])/u.exec(text.slice(start, start + 8))?.[0] ?? '';
  if (!SMALL.has(word)) return null;
  const found = nameAt(readWords(word.toUpperCase(), ''), 0);
  if (found === null) return null;
  return { term: { kind: 'name', text: word, codes: found.codes, loose: true }, end: start + word.length };
}

function placesOf(typed: Typed, words: Words): ReadonlyMap<number, number> {
  if (typed.places !== null) return typed.places;
  const places = new Map<number, number>();
  for (let at = 0; at < words.count; at++) if (words.part[at] === 0) places.set(words.offset[at] ?? 0, at);
  typed.places = places;
  return places;
}

function isSmall(text: string, start: number): boolean {
  return /^\p{Ll}/u.test(text.slice(start));
}

/** The end of the last word of a name, its possessive and punctuation with it; 0 when more is written onto it. */
function endOfName(text: string, start: number, end: number): number {
  if (/["“”„«»()|*=]/u.test(text.slice(start, end))) return 0;
  const rest = /^(?:['’]s?)?[.!?…]{0,3}(?=$|[\s()（）|｜,;，、；"“”„‟＂«»「」『』])/u.exec(text.slice(end, end + 8));
  return rest === null ? 0 : end + rest[0].length;
}

/** The countries of a word such as `US-China` or `Japan/Korea`, when all its parts are countries; else null. */
export function hyphenedCountries(text: string): readonly NameTerm[] | null {
  const parts = text.split(/[-‐‑–—/]/u);
  if (parts.length < 2 || parts.length > 4) return null;
  const terms: NameTerm[] = [];
  for (const part of parts) {
    const read = readName({ text: part, words: null, places: null }, 0);
    if (read === null || read.term.kind !== 'name' || read.end !== part.length) return null;
    terms.push(read.term);
  }
  return terms;
}
