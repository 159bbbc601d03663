import { withoutClitics } from './clitics.ts';
import type { Form } from './form.ts';
import { irregularForms } from './lemma.ts';
import { foldCharacter, lower } from './normalise.ts';
import { isPlainSurface, lengthOf, rawOf, surfaceOf, unitOf } from './surface-table.ts';
import { keyedForms } from './token-keys.ts';

/**
 * The letters that the words of a key begin with: inflection changes the end of a word, save in few irregular words, so that
 * most words of a story need not be read in full to know that a key does not find them.
 */

/** Irish changes the beginning of words. */
const INITIAL_CHANGE = new Set(['ga']);
/** Scripts whose one-letter words and articles are written onto the next word. */
const PREFIXING = /[\u0590-\u06FF]/u;
/**
 * Languages whose stemmers change the beginning of short words even of ASCII letters: found by stemming all of up to four,
 * Irish by its rules.
 */
const CHANGING = new Set(['tr', 'fi', 'lt', 'ga']);
let byLemma: ReadonlyMap<string, readonly string[]> | null = null;

/** The first two letters of a word. */
function headOf(word: string): string {
  return word.length > 2 ? word.slice(0, 2) : word;
}

/** The heads of all surfaces that can have a key in a language; null when they can begin with anything. */
export function headsOfKey(key: string, language: string): readonly string[] | null {
  const text = key.slice(2);
  if (!key.startsWith('w:')) return [headOf(lower(text))];
  if (INITIAL_CHANGE.has(language) || text.length < 2) return null;
  byLemma ??= headsByLemma();
  return [headOf(text), ...(byLemma.get(text) ?? [])];
}

/** The heads under which a surface is to be looked for, in a language. */
export function headsOfSurface(surface: number, language: string): readonly string[] {
  const raw = rawOf(surface);
  if (language !== 'en' && mayLoseHead(raw, language)) return headsOfKeys(surface, language);
  if (isPlainSurface(surface)) return [headOf(raw.slice(0, 2).toLowerCase())];
  const { forms } = surfaceOf(surface);
  if (language !== 'en' && forms.some(({ word }) => mayLoseHead(word, language))) return headsOfKeys(surface, language);
  if (PREFIXING.test(raw)) return headsWithoutPrefixes(forms);
  const [only] = forms;
  if (only !== undefined && forms.length === 1 && only.word === only.cased) return [headOf(only.word)];
  return Array.from(new Set(forms.flatMap(({ word, cased }) => [headOf(word), headOf(lower(cased))])));
}

/** Of words as they are, and without the one-letter words and the article before them. */
function headsWithoutPrefixes(forms: readonly Form[]): readonly string[] {
  const heads = new Set<string>();
  for (const { word, cased } of forms) {
    heads.add(headOf(lower(cased)));
    for (const bare of [word, ...withoutClitics(word)]) {
      heads.add(headOf(bare));
      if (bare.startsWith('ال')) heads.add(headOf(bare.slice(2)));
    }
  }
  return Array.from(heads);
}

/** The head of a plain surface as a number: its letter, and nothing (0), a letter or a digit after it. */
export function plainHead(surface: number): number {
  const second = unitOf(surface, 1);
  const rest = second === 0 ? 0 : second > 57 ? (second | 32) - 96 : second - 48 + 27;
  return ((unitOf(surface, 0) | 32) - 97) * 37 + rest;
}

const headsOfPairs = new Map<number, string>();
const MOST_PAIRS = 50_000;

/** The only head of a surface of letters and digits; '' where it has to be read to know. */
export function unjoinedHead(surface: number, language: string): string {
  const first = unitOf(surface, 0);
  // Letters of Arabic and Hebrew carry words before them; a short word can lose its head.
  if (lengthOf(surface) < 5 || (first >= 0x590 && first <= 0x6ff)) return '';
  const pair = first * 0x10000 + unitOf(surface, 1);
  let head = headsOfPairs.get(pair);
  if (head === undefined) {
    head = lower(foldCharacter(String.fromCharCode(first)) + foldCharacter(String.fromCharCode(unitOf(surface, 1))));
    head = head.length < 2 ? '' : head.slice(0, 2);
    if (headsOfPairs.size < MOST_PAIRS) headsOfPairs.set(pair, head);
  }
  return language !== 'en' && head.charAt(0) === head.charAt(1) ? '' : head;
}

/** Whether a stemmer can take a letter of the beginning: where nearly nothing else is there, or a doubled one. */
export function mayLoseHead(raw: string, language: string): boolean {
  const first = raw.charCodeAt(0);
  // Letters from Hebrew on have no stemmer.
  if (first >= 0x590 && first !== 0x1e9e) return false;
  if (raw.length >= 5 && raw[0] !== raw[1] && !/^[ßẞ]/u.test(raw)) return false;
  return CHANGING.has(language) || /[^\u0000-\u007F]/u.test(raw);
}

function headsOfKeys(surface: number, language: string): readonly string[] {
  const keys = keyedForms(surface, language).flatMap((form) => form.keys);
  return Array.from(new Set(keys.map((key) => headOf(lower(key.slice(2))))));
}

/** The other beginnings of the forms of a lemma: `we` of go, `bo` of buy. */
function headsByLemma(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [form, lemma] of irregularForms()) {
    const head = headOf(form);
    if (head === headOf(lemma)) continue;
    const heads = found.get(lemma) ?? [];
    if (!heads.includes(head)) heads.push(head);
    found.set(lemma, heads);
  }
  return found;
}
