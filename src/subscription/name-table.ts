import { foldWord, lower } from '../story/text/normalise.ts';
import { isStopWord } from '../story/text/stop-words.ts';
import { stemsOf } from '../story/text/stem.ts';
import { readWords, type Words } from '../story/text/words.ts';
import { surfaceOf } from '../story/text/surface-table.ts';
import { PROVINCES_WITH_NAMESAKES, STATES_WITH_NAMESAKES } from './countries.ts';
import { peopleOf, pluralOf, readRows, type CountryRow } from './country-rows.ts';
import { demonymForms } from './demonym-forms.ts';
import { FOREIGN_DEMONYMS } from './foreign-demonyms.ts';

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
  /** The languages of CLDR that write it so; none for a name of the table. */
  readonly from: readonly string[];
  /** Of a script without spaces. */
  readonly run: boolean;
  readonly kind: 'name' | 'demonym' | 'capital' | 'other';
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

let states: ReadonlySet<string> | null = null;
let provinces: ReadonlySet<string> | null = null;

/** Whether a town with the name of a capital of these countries is another one when this state or province is said after it. */
export function hasNamesake(codes: readonly string[], state: string): boolean {
  states ??= readStates(STATES_WITH_NAMESAKES);
  provinces ??= readStates(PROVINCES_WITH_NAMESAKES);
  return states.has(state) || (provinces.has(state) && !codes.includes('CA'));
}

function readStates(list: string): ReadonlySet<string> {
  return new Set(list.split(',').map((name) => foldWord(name.trim())));
}

/** Every name, read once at first use. */
export function allNames(): readonly Name[] {
  names ??= readNames();
  return names;
}

/** The keys of a name's words by their stems, for a language that inflects names at the end; none where it does not. */
export function inflectedKeys(name: Name, language: string): readonly (readonly string[])[] {
  if (name.run || (name.kind === 'other' && /\p{sc=Latin}/u.test(name.text))) return [];
  if (name.from.length > 0 && !name.from.includes(language)) return [];
  const last = name.words.at(-1) ?? '';
  if (GENITIVE_S.has(language) && last.length > 3) return [[...name.keys.slice(0, -1), `e:${last}s`]];
  if (!INFLECTED.has(language) || last.length < 5) return [];
  const stems = (form: (last: string) => string): string[] =>
    name.words.map((word, i) => {
      const change = i === name.words.length - 1 ? form : (same: string) => same;
      return `w:${stemsOf(change(word), change(name.marked[i] ?? word), language)[0] ?? word}`;
    });
  // The Russian stemmer parts Корея and Китай from their other cases; Polska is Polsce in some of them, Suomi Suome-.
  return [
    stems((last) => last),
    stems((last) => last.replace(/я$/u, 'е').replace(/й$/u, 'я').replace(/ka$/u, 'ce').replace(/mi$/u, 'me')),
  ];
}

interface Collected {
  readonly text: string;
  readonly codes: Set<string>;
  readonly languages: Set<string>;
  own: boolean;
  cased: boolean;
  /** A demonym of a language that writes it small. */
  small: boolean;
  kind: Name['kind'];
}

function readNames(): readonly Name[] {
  const collected = new Map<string, Collected>();
  for (const row of readRows()) collectRow(collected, row);
  for (const language of LANGUAGES) collectLanguage(collected, language);
  for (const line of FOREIGN_DEMONYMS.trim().split('\n')) collectDemonyms(collected, line);
  return [...collected.values()].flatMap((entry) => nameOf(entry) ?? []);
}

function collectRow(into: Map<string, Collected>, row: CountryRow): void {
  const kinds = [
    ['demonym', row.demonyms.flatMap((name) => [name, pluralOf(name)])],
    ['capital', row.capitals],
    ['other', row.code === '-' ? row.others.flatMap((name) => [name, pluralOf(name)]) : row.others],
    ['demonym', row.others.flatMap(peopleOf)],
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

function collectLanguage(into: Map<string, Collected>, language: string): void {
  for (const style of ['long', 'short'] as const) {
    const display = new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
    const plain = new Set(regionCodes().map((code) => display.of(code)));
    for (const code of regionCodes()) {
      if (SELF_NAMED.has(code) && (style === 'long' || code === 'CD' || code === 'CG')) continue;
      for (const text of spellings(display.of(code) ?? '', plain)) {
        const entry = collect(into, text, code, 'name');
        entry.languages.add(language === 'zh-Hant' ? 'zh' : language);
        if (ACRONYM.test(text)) entry.cased = true;
        for (const people of peopleOf(text)) collect(into, people, code, 'demonym').languages.add(language);
        if (language === 'en') {
          entry.own = true;
          entry.kind = 'name';
        }
      }
    }
  }
}

/** One line of the table of demonyms in other languages. */
function collectDemonyms(into: Map<string, Collected>, line: string): void {
  const colon = line.indexOf(':');
  const code = line.slice(0, colon);
  for (const part of line.slice(colon + 1).split(';')) {
    const [language = '', ...words] = part.trim().split(/\s+/u);
    for (const text of words.flatMap((word) => demonymForms(word, language))) {
      if (into.get(keyOf(text))?.own) continue;
      const entry = collect(into, text, code, 'demonym');
      entry.languages.add(language);
      if (/^\p{Ll}/u.test(text)) entry.small = true;
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

/** `Myanmar (Burma)` is two names, `Saint Martin (France)` in some languages is one of another; `St. Lucia` and `A & B` are said in other ways too. */
function spellings(name: string, plain: ReadonlySet<string | undefined>): string[] {
  if (name === '' || name.startsWith('Unknown')) return [];
  const outer = name.replaceAll(/[（(][^)）]*[)）]/gu, ' ').trim();
  const inner = /[（(]([^)）]*)[)）]/u.exec(name)?.[1] ?? '';
  const found = new Set([outer]);
  if (inner.length > 3 && !plain.has(inner) && !/\b(?:SAR|RAE|RAS)\b/u.test(inner)) found.add(inner);
  for (const text of Array.from(found)) {
    if (text.includes(' & ')) found.add(text.replace(' & ', ' and '));
    if (text.startsWith('St. ')) found.add(text.replace('St. ', 'Saint ').replace(' & ', ' and '));
  }
  return [...found].filter((text) => text !== '');
}

function collect(into: Map<string, Collected>, text: string, code: string, kind: Name['kind']): Collected {
  const key = keyOf(text);
  let entry = into.get(key);
  if (entry === undefined) {
    entry = { text, codes: new Set(), languages: new Set(), own: false, cased: false, small: false, kind };
    into.set(key, entry);
  }
  // What English or the table says stands; another language's homonym does not join it.
  if (!entry.own || kind !== 'name') entry.codes.add(code);
  return entry;
}

/** Names of one key are written alike. */
function keyOf(text: string): string {
  return foldWord(text)
    .replaceAll(/[\s.’'-]+/gu, ' ')
    .trim();
}

function nameOf(entry: Collected): Name | null {
  const { text, own, kind } = entry;
  const codes = entry.codes.has('-') ? [] : [...entry.codes];
  const read = readWords(text, '');
  const { words, marked, keys } = keysOf(read, text, entry.cased);
  if (words.length === 0 || (!own && codes.length > 1)) return null;
  const run = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u.test(text);
  const everywhere = own || run || (kind !== 'demonym' && distinct(words, text));
  const cased = entry.cased || (!own && !entry.small && /^\p{Lu}/u.test(text));
  const from = [...entry.languages];
  return {
    text,
    codes,
    keys,
    words,
    marked,
    cased,
    languages: everywhere ? null : from,
    from: own ? [] : from,
    run,
    kind,
  };
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
