import { classOf, RUN } from '../story/text/characters.ts';
import { isEnglishWord } from '../story/text/morphology.ts';
import { lower } from '../story/text/normalise.ts';
import { isOneSegment } from '../story/text/segments.ts';
import { isStopWord } from '../story/text/stop-words.ts';
import type { Form } from '../story/text/form.ts';
import { surfaceOf } from '../story/text/surface-table.ts';
import { askedKeys } from '../story/text/token-keys.ts';
import { readWords, type Words } from '../story/text/words.ts';
import { COMPOUNDS } from './compounds.ts';

/** One word that a story is to hold at one place. */
export interface Element {
  readonly word: string;
  readonly marked: string;
  readonly cased: string;
  /** any: inflected too; exact: this word in any case; cased: with its case; capitals: in capitals or with full stops. */
  readonly mode: 'any' | 'exact' | 'cased' | 'capitals';
  /** The query has a mark before it that ends a phrase elsewhere (`"Yahoo! Finance"`): here it may stand in the story too. */
  readonly afterMark: boolean;
}

/** Words that a story is to hold one after another, with the other ways to write them. */
export interface Pattern {
  /** The alternatives, the plain one first: any will do. */
  readonly sequences: readonly (readonly Element[])[];
  /** Of a script without spaces: a dictionary word, to be found at the borders of words only. */
  readonly borderBefore: boolean;
  readonly borderAfter: boolean;
  /** Of a script without spaces, two characters or more. */
  readonly run: boolean;
}

/** Long acronyms that are ordinary words too: in capitals they mean themselves only. */
const TWINS = new Set(
  'AIDS BRIC CARES CHIPS COPS DARE DREAM FAST FIRE HEAT LEAP MASH NICE PACE QUAD RICE SALT SEAL SEALS SMART START SWAT SWIFT'.split(
    ' ',
  ),
);
let compounds: ReadonlyMap<string, readonly [string, string]> | null = null;

/** The keys of a token any of which makes it this element, in a language. */
export function elementKeys({ word, marked, cased, mode }: Element, language: string): readonly string[] {
  switch (mode) {
    case 'any':
      return askedKeys(word, marked, language);
    case 'exact':
      return [`e:${lower(cased)}`];
    case 'cased':
      return [`E:${cased}`];
    case 'capitals':
      return [`C:${cased}`];
  }
}

/**
 * Reads the text of a word or phrase of a query; null when it holds nothing that can be searched.
 * @param exact as written: no inflection, and with its capitals where it has any
 */
export function readPattern(text: string, exact = false): Pattern | null {
  const words = readWords(text, '');
  if (words.count === 0) return null;
  const base: Element[] = [];
  const joins: { readonly at: number; readonly count: number; readonly element: Element }[] = [];
  for (let at = 0; at < words.count;) {
    const forms = surfaceOf(words.surface[at] ?? 0).forms.filter(({ primary }) => primary);
    const { parts } = surfaceOf(words.surface[at] ?? 0);
    const whole = forms.find((form) => form.parts > 1);
    const afterMark = at > 0 && words.broken[at] === 1;
    if (whole !== undefined && /[^\p{L}\p{N}\p{M}-]/u.test(whole.word)) base.push(elementOf(whole, exact, afterMark));
    else {
      if (whole !== undefined)
        joins.push({ at: base.length, count: parts, element: elementOf(whole, exact, afterMark) });
      const singles = forms.filter((form) => form.parts === 1);
      for (const longer of elided(at, words, singles)) {
        joins.push({ at: base.length, count: 1, element: elementOf(longer, exact, afterMark) });
      }
      base.push(...singles.map((form, i) => elementOf(form, exact, afterMark && i === 0)));
    }
    at += parts;
  }
  if (base.length === 0) return null;
  const sequences = [base, ...joins.map(({ at, count, element }) => replaced(base, at, count, [element]))];
  if (!exact) sequences.push(...spacings(base, words.count > 1));
  return { sequences, ...runOf(words, text) };
}

/** Of a word with an elision, the whole as one word: `D'Angelo` is written DAngelo too. */
function elided(at: number, words: Words, singles: readonly Form[]): readonly Form[] {
  const [only] = singles;
  if (only === undefined || singles.length > 1) return [];
  return surfaceOf(words.surface[at] ?? 0).forms.filter(({ parts, start }) => parts === 1 && start < only.start);
}

function elementOf(form: Form, exact: boolean, afterMark: boolean): Element {
  const { word, marked, capitals } = form;
  const cased = exact || capitals === '' ? form.cased : capitals;
  if (exact) return { word, marked, cased, mode: form.cased === lower(form.cased) ? 'exact' : 'cased', afterMark };
  const acronym = cased === capitals && /^\p{Lu}+$/u.test(cased) && (cased.length <= 3 || TWINS.has(cased));
  return { word, marked, cased, mode: acronym ? 'capitals' : 'any', afterMark };
}

/** The other spacings of single words: `ceasefire` as two words, and where a phrase has them as two, as one. */
function spacings(base: readonly Element[], several: boolean): Element[][] {
  const found: Element[][] = [];
  for (const [at, element] of base.entries()) {
    if (element.mode !== 'any') continue;
    for (const halves of [...halvesOf(element), ...humps(element)]) found.push(replaced(base, at, 1, halves));
    const next = base[at + 1];
    if (!several || next === undefined || next.mode !== 'any' || next.afterMark) continue;
    const joined = joinedWord(element.word, next.word);
    if (joined !== null) found.push(replaced(base, at, 2, [plain(joined, element.afterMark)]));
  }
  return found.slice(0, 16);
}

/** The one word that two make together, where that is a known word; else null. */
export function joinedWord(a: string, b: string): string | null {
  if (!/^[a-z]+$/u.test(a) || !/^[a-z]+$/u.test(b) || isStopWord(a)) return null;
  const joined = a + b;
  if (compoundHalves(joined)) return joined;
  return a.length > 2 && b.length > 2 && isEnglishWord(joined) ? joined : null;
}

/** The words of a name with capitals inside, as written one by one: `ExxonMobil` is Exxon Mobil, `JPMorgan` JP Morgan. */
function humps({ cased, afterMark }: Element): Element[][] {
  if (!/^\p{L}{4,40}$/u.test(cased)) return [];
  const parts = cased.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu}{2})(?=\p{Lu}\p{Ll})/u);
  if (parts.length < 2 || parts.length > 4 || !/^\p{Lu}./u.test(parts[0] ?? '')) return [];
  return [
    parts.map((part, i) => ({
      word: lower(part),
      marked: lower(part),
      cased: part,
      mode: /^\p{Lu}{2,}$/u.test(part) ? 'capitals' : 'cased',
      afterMark: afterMark && i === 0,
    })),
  ];
}

function halvesOf({ word, afterMark }: Element): Element[][] {
  const lettersDigits = /^([a-z]{1,12})(\d{1,5})$/u.exec(word);
  if (lettersDigits) return [[plain(lettersDigits[1] ?? '', afterMark), plain(lettersDigits[2] ?? '')]];
  if (!/^[a-z]{6,30}$/u.test(word)) return [];
  const known = compoundHalves(word);
  if (known) return [[plain(known[0], afterMark), plain(known[1])]];
  for (let at = 4; at <= word.length - 4; at++) {
    const [a, b] = [word.slice(0, at), word.slice(at)];
    if (isEnglishWord(a) && isEnglishWord(b) && !isStopWord(a) && !isStopWord(b))
      return [[plain(a, afterMark), plain(b)]];
  }
  return [];
}

function compoundHalves(word: string): readonly [string, string] | undefined {
  compounds ??= new Map(
    COMPOUNDS.split(',').flatMap((pair) => {
      const [a = '', b = ''] = pair.trim().split(/\s+/u);
      return [
        [a + b, [a, b]],
        [`${a}${b}s`, [a, `${b}s`]],
      ] as const;
    }),
  );
  return compounds.get(word);
}

function plain(word: string, afterMark = false): Element {
  return { word, marked: word, cased: word, mode: 'any', afterMark };
}

function replaced(base: readonly Element[], at: number, count: number, by: readonly Element[]): Element[] {
  return [...base.slice(0, at), ...by, ...base.slice(at + count)];
}

function runOf(words: Words, text: string): Pick<Pattern, 'borderBefore' | 'borderAfter' | 'run'> {
  const isRun = (offset: number): boolean => classOf(text.codePointAt(offset) ?? 0) === RUN;
  const first = isRun(words.offset[0] ?? 0);
  const last = isRun(words.offset[words.count - 1] ?? 0);
  if (!first && !last) return { borderBefore: false, borderAfter: false, run: false };
  const [head, tail] = endRuns(text);
  return {
    borderBefore: first && isOneSegment(head),
    borderAfter: last && isOneSegment(tail),
    run: first && last && words.count > 1,
  };
}

/** The first and the last stretch of a text without a break between its letters. */
function endRuns(text: string): readonly [string, string] {
  const runs =
    text.match(
      /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30FC\p{M}]+/gu,
    ) ?? [];
  return [runs[0] ?? '', runs.at(-1) ?? ''];
}
