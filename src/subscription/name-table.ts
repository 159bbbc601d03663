import { foldWord, lower } from '../story/text/normalise.ts';
import { isStopWord } from '../story/text/stop-words.ts';
import { stemsOf } from '../story/text/stem.ts';
import { readWords, type Words } from '../story/text/words.ts';
import { surfaceOf } from '../story/text/surface-table.ts';
import { COUNTRIES } from './countries.ts';

/** One name of one country (or of several, or of something that only sounds like one). */
export interface Name {
  readonly text: string;
  /** None for a name that only contains a country's. */
  readonly codes: readonly string[];
  /** The keys of its words in order. */
  readonly keys: readonly string[];
  /** The words in normal form, and with their marks. */
  readonly words: readonly string[];
  readonly marked: readonly string[];
  /** Counts only where it is written with a capital. */
  readonly cased: boolean;
  /** null: in a text of any language; else in these only. */
  readonly languages: readonly string[] | null;
  /** Of a script without spaces. */
  readonly run: boolean;
  readonly kind: 'name' | 'demonym' | 'capital' | 'other';
}

/** What is told about one country when a query is read back. */
export interface CountryNames {
  readonly code: string;
  readonly demonyms: readonly string[];
  readonly capitals: readonly string[];
  readonly others: readonly string[];
}

const LANGUAGES =
  'en fr de es it pt nl sv da nb fi pl cs sk hu ro bg ru uk el tr ar he fa hi bn ur th vi id ms ja ko zh zh-Hant hr sr sl et lv lt ca eu gl is sw fil ta te'.split(
    ' ',
  );
/** Languages whose nouns change at the end: names are found by their stems. */
const INFLECTED = new Set('ru uk pl cs sk hr sl fi hu el'.split(' '));
/** Languages that put an -s on a name without an apostrophe. */
const GENITIVE_S = new Set('de sv da nb nl'.split(' '));
/** Codes of CLDR that are no country of the day, or that the table names better. */
const NO_COUNTRY = new Set(
  'AC AN BU BV CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UM UN VD XA XB YD YU ZR ZZ'.split(' '),
);
/** Foreign names of countries that are English words, or names of other places. */
const ORDINARY = new Set(
  'chili chine columbia dominique granada grenade guama guiana indie island norfolk salvador salvadora turki'.split(
    ' ',
  ),
);
const SELF_NAMED = new Set(['HK', 'MO', 'CD', 'CG', 'PS']);

const ACRONYM = /^\p{Lu}[\p{Lu}.]{1,5}$/u;

let names: readonly Name[] | null = null;
let countries: ReadonlyMap<string, CountryNames> | null = null;

/** Every name, read once at first use. */
export function allNames(): readonly Name[] {
  names ??= readNames();
  return names;
}

/** What the table says of a country; undefined for a code it does not know. */
export function countryNames(code: string): CountryNames | undefined {
  countries ??= new Map(readTable().flatMap((row) => (row.code === '-' ? [] : [[row.code, withoutMarks(row)]])));
  return countries.get(code);
}

/** The keys of a name's words by their stems, for a language that inflects names at the end; none where it does not. */
export function inflectedKeys(name: Name, language: string): readonly (readonly string[])[] {
  if (name.run || (name.kind === 'other' && /\p{sc=Latin}/u.test(name.text))) return [];
  const last = name.words.at(-1) ?? '';
  if (GENITIVE_S.has(language) && last.length > 3) return [[...name.keys.slice(0, -1), `e:${last}s`]];
  if (!INFLECTED.has(language) || last.length < 5) return [];
  const stems = (form: (word: string) => string): string[] =>
    name.words.map((word, i) => `w:${stemsOf(form(word), form(name.marked[i] ?? word), language)[0] ?? word}`);
  // The Russian stemmer parts Корея and Китай from their other cases.
  return [stems((word) => word), stems((word) => word.replace(/я$/u, 'е').replace(/й$/u, 'я'))];
}

interface Row extends CountryNames {
  readonly at: number;
}

function readTable(): Row[] {
  const rows: Row[] = [];
  for (const [at, line] of COUNTRIES.trim().split('\n').entries()) {
    const colon = line.indexOf(':');
    const [demonyms = '', capitals = '', others = ''] = line.slice(colon + 1).split(';');
    rows.push({
      at,
      code: line.slice(0, colon),
      demonyms: list(demonyms),
      capitals: list(capitals),
      others: list(others),
    });
  }
  return rows;
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function withoutMarks({ code, demonyms, capitals, others }: Row): CountryNames {
  const bare = (all: readonly string[]): string[] => all.map((name) => name.replace(/^\^/u, ''));
  return { code, demonyms: bare(demonyms), capitals: bare(capitals), others: bare(others) };
}

interface Collected {
  readonly text: string;
  readonly codes: Set<string>;
  readonly languages: Set<string>;
  own: boolean;
  cased: boolean;
  kind: Name['kind'];
}

function readNames(): readonly Name[] {
  const collected = new Map<string, Collected>();
  for (const row of readTable()) collectRow(collected, row);
  for (const language of LANGUAGES) collectLanguage(collected, language);
  return [...collected.values()].flatMap((entry) => nameOf(entry) ?? []);
}

function collectRow(into: Map<string, Collected>, row: Row): void {
  const kinds = [
    ['demonym', row.demonyms.flatMap((name) => [name, pluralOf(name)])],
    ['capital', row.capitals],
    ['other', row.code === '-' ? row.others.flatMap((name) => [name, pluralOf(name)]) : row.others],
  ] as const;
  for (const [kind, all] of kinds) {
    for (const marked of all) {
      const text = marked.replace(/^\^/u, '');
      const entry = collect(into, text, row.code, kind);
      entry.own = true;
      if (text !== marked || ACRONYM.test(text)) entry.cased = true;
    }
  }
}

/** `^Pole` gives `^Poles`; nothing where English has no plural in -s. */
function pluralOf(demonym: string): string {
  return /(?:ese|sh|ch|ss|men|s|Khmer|Lao)$/u.test(demonym) || !/[a-z]$/u.test(demonym) ? demonym : `${demonym}s`;
}

function collectLanguage(into: Map<string, Collected>, language: string): void {
  for (const style of ['long', 'short'] as const) {
    const display = new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
    for (const code of regionCodes()) {
      if (SELF_NAMED.has(code) && (style === 'long' || code === 'CD' || code === 'CG')) continue;
      for (const text of spellings(display.of(code) ?? '')) {
        const entry = collect(into, text, code, 'name');
        entry.languages.add(language === 'zh-Hant' ? 'zh' : language);
        if (ACRONYM.test(text)) entry.cased = true;
        if (language === 'en') {
          entry.own = true;
          entry.kind = 'name';
        }
      }
    }
  }
}

let codes: readonly string[] | null = null;

function regionCodes(): readonly string[] {
  if (codes !== null) return codes;
  const display = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const pairs = letters.flatMap((a) => letters.map((b) => a + b));
  codes = pairs.filter((code) => !NO_COUNTRY.has(code) && display.of(code) !== undefined);
  return codes;
}

/** `Myanmar (Burma)` is two names; `St. Lucia` and `A & B` are said in other ways too. */
function spellings(name: string): string[] {
  if (name === '' || name.startsWith('Unknown')) return [];
  const outer = name.replaceAll(/[（(][^)）]*[)）]/gu, ' ').trim();
  const inner = /[（(]([^)）]*)[)）]/u.exec(name)?.[1] ?? '';
  const found = new Set([outer]);
  if (inner.length > 3 && !/\b(?:SAR|RAE|RAS)\b/u.test(inner)) found.add(inner);
  for (const text of Array.from(found)) {
    if (text.includes(' & ')) found.add(text.replace(' & ', ' and '));
    if (text.startsWith('St. ')) found.add(text.replace('St. ', 'Saint ').replace(' & ', ' and '));
  }
  return [...found].filter((text) => text !== '');
}

function collect(into: Map<string, Collected>, text: string, code: string, kind: Name['kind']): Collected {
  const key = foldWord(text)
    .replaceAll(/[\s.’'-]+/gu, ' ')
    .trim();
  let entry = into.get(key);
  if (entry === undefined) {
    entry = { text, codes: new Set(), languages: new Set(), own: false, cased: false, kind };
    into.set(key, entry);
  }
  // What English or the table says stands; another language's homonym does not join it.
  if (!entry.own || kind !== 'name') entry.codes.add(code);
  return entry;
}

function nameOf(entry: Collected): Name | null {
  const { text, own, kind } = entry;
  const codes = entry.codes.has('-') ? [] : [...entry.codes];
  const read = readWords(text, '');
  const { words, marked, keys } = keysOf(read, text, entry.cased);
  if (words.length === 0 || (!own && codes.length > 1)) return null;
  const run = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(text);
  const everywhere = own || run || distinct(words, text);
  const cased = entry.cased || (!own && /^\p{Lu}/u.test(text));
  return { text, codes, keys, words, marked, cased, languages: everywhere ? null : [...entry.languages], run, kind };
}

/** A foreign name that cannot be taken for a word of another language. */
function distinct(words: readonly string[], text: string): boolean {
  if (!/\p{sc=Latin}/u.test(text)) return words.join('').length > 2;
  if (words.length > 1)
    return (words[0] ?? '').length > 2 && words.some((word) => word.length > 3 && !isStopWord(word));
  const [word = ''] = words;
  return word.length > 4 && !ORDINARY.has(word) && !isStopWord(word);
}

interface WordRow {
  words: string[];
  marked: string[];
  keys: string[];
}

function keysOf(read: Words, text: string, cased: boolean): WordRow {
  const row: WordRow = { words: [], marked: [], keys: [] };
  const capitals = cased && ACRONYM.test(text);
  for (let at = 0; at < read.count; at++) {
    const part = read.part[at] ?? 0;
    const form = surfaceOf(read.surface[at] ?? 0).forms.find(
      (one) => one.part === part && one.parts === 1 && one.primary,
    );
    if (form === undefined) continue;
    row.words.push(form.word);
    row.marked.push(form.marked);
    row.keys.push(capitals && form.capitals !== '' ? `C:${form.capitals}` : `e:${lower(form.cased)}`);
  }
  return row;
}
