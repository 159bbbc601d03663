import { headsOfSurface, mayLoseHead, plainHead, unjoinedHead } from './key-heads.ts';
import { isPlainSurface, isUnjoinedSurface, rawOf } from './surface-table.ts';

/** The surfaces of a text by the letters that their words begin with, so that few of them have to be read in full. */
export interface SurfacesByHead {
  /** The surfaces with a word that begins with these two letters (or with the only one of a word), and maybe some more. */
  from(letters: string): readonly number[];
}

/** Plain heads: a letter, and after it nothing, a letter or a digit. */
const [SECONDS, HEADS] = [37, 26 * 37] as const;
const NONE: readonly number[] = [];

/** @param surfaces each once; what is given keeps their order within plain ones and within all others */
export function surfacesByHead(surfaces: readonly number[], language: string): SurfacesByHead {
  const others = new Map<string, number[]>();
  const codes = new Int16Array(surfaces.length);
  const ends = new Int32Array(HEADS + 1);
  for (const [i, surface] of surfaces.entries()) {
    const code = codeOf(surface, language);
    codes[i] = code;
    if (code >= 0) ends[code] = (ends[code] ?? 0) + 1;
    else addOther(others, surface, language);
  }
  // Counting sort: plain words are most of any text, and a list of each head in a map would cost more than they do.
  for (let code = 1; code <= HEADS; code++) ends[code] = (ends[code] ?? 0) + (ends[code - 1] ?? 0);
  const sorted = new Int32Array(ends[HEADS] ?? 0);
  for (let i = surfaces.length - 1; i >= 0; i--) {
    const code = codes[i] ?? -1;
    if (code < 0) continue;
    const at = (ends[code] ?? 0) - 1;
    ends[code] = at;
    sorted[at] = surfaces[i] ?? 0;
  }
  return {
    from(letters) {
      const rest = others.get(letters) ?? NONE;
      const code = codeOfLetters(letters);
      if (code < 0 || ends[code] === ends[code + 1]) return rest;
      return [...sorted.subarray(ends[code], ends[code + 1]), ...rest];
    },
  };
}

/** The code of the head of a plain surface; negative for any other, and where a stemmer may change its head. */
function codeOf(surface: number, language: string): number {
  if (!isPlainSurface(surface)) return -1;
  if (language !== 'en' && mayLoseHead(rawOf(surface), language)) return -1;
  return plainHead(surface);
}

function codeOfLetters(letters: string): number {
  if (!/^[a-z][a-z\d]?$/u.test(letters)) return -1;
  const second = letters.charCodeAt(1);
  const rest = letters.length === 1 ? 0 : second > 96 ? second - 96 : second - 48 + 27;
  return (letters.charCodeAt(0) - 97) * SECONDS + rest;
}

function addOther(into: Map<string, number[]>, surface: number, language: string): void {
  const only = isUnjoinedSurface(surface) ? unjoinedHead(surface, language) : '';
  if (only !== '') return addUnder(into, only, surface);
  for (const head of headsOfSurface(surface, language)) addUnder(into, head, surface);
}

function addUnder(into: Map<string, number[]>, head: string, surface: number): void {
  const list = into.get(head);
  if (list === undefined) into.set(head, [surface]);
  else list.push(surface);
}
