import lemmatizer from 'wink-lemmatizer';
import { countryNamed, isCountryName } from './countries.ts';
import { printTerm, type Query, type Term, type Unit } from './query.ts';

/** A story as matching reads it. */
export interface MatchableStory {
  readonly title: string;
  readonly summary: string;
  readonly body?: string;
  readonly lang?: string;
  readonly source?: string;
  readonly url?: string;
}

/** A stretch of the story's own text, in UTF-16 units. */
export interface MatchSpan {
  readonly field: 'title' | 'summary' | 'body';
  readonly start: number;
  readonly end: number;
}

interface Word {
  readonly text: string;
  /** As published. */
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  /** No comma or full stop stands between it and the word before. */
  readonly joined: boolean;
}

interface Part {
  readonly field: MatchSpan['field'];
  readonly text: string;
  readonly words: readonly Word[];
}

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const wordPattern =
  /\p{Extended_Pictographic}|(?:\p{L}\.){2,}|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:[+#]+|(?:['’](?!s\b)|(?<=\d),(?=\d)|(?<=\d)\.(?=\d))[\p{L}\p{M}\p{N}]+)*/gu;
const forms = new Map<string, readonly string[]>();
const MOST_FORMS = 50_000;
/** Nouns and verbs of news language that go together; inflection alone does not join them. */
const pairs = new Map([
  ['seizure', 'seize'],
  ['merger', 'merge'],
  ['resignation', 'resign'],
]);

/** The spans that answer a query, or null when the story does not. */
export function matchStory(query: Query, story: MatchableStory): { readonly spans: readonly MatchSpan[] } | null {
  const parts = partsOf(story);
  const spans: MatchSpan[] = [];
  if (!answers(query, story, parts, spans)) return null;
  spans.sort((a, b) => order(a.field) - order(b.field) || a.start - b.start || b.end - a.end);
  return {
    spans: spans.filter(
      (span, i) => !spans.slice(0, i).some((one) => one.field === span.field && one.end > span.start),
    ),
  };
}

/** What a story lacks of a query, as it would be typed, and what it holds that is excluded. */
export function missingFrom(query: Query, story: MatchableStory): string[] {
  const parts = partsOf(story);
  return query.groups
    .filter((units) => !units.some((unit) => unitAnswers(unit, story, parts, [])))
    .map((units) =>
      units
        .map(({ term, excluded }) => (term === null ? '(…)' : `${excluded ? 'it holds ' : ''}${printTerm(term)}`))
        .join(' OR '),
    );
}

function answers(query: Query, story: MatchableStory, parts: readonly Part[], spans: MatchSpan[]): boolean {
  return query.groups.every((units) => {
    let found = false;
    for (const unit of units) if (unitAnswers(unit, story, parts, spans)) found = true;
    return found;
  });
}

function unitAnswers(
  { excluded, term, query }: Unit,
  story: MatchableStory,
  parts: readonly Part[],
  spans: MatchSpan[],
): boolean {
  const found: MatchSpan[] = [];
  const matched =
    term === null ? query !== null && answers(query, story, parts, found) : termAnswers(term, story, parts, found);
  if (!excluded && matched) spans.push(...found);
  return matched !== excluded;
}

function termAnswers(term: Term, story: MatchableStory, parts: readonly Part[], spans: MatchSpan[]): boolean {
  const { field, words } = term;
  if (field === 'lang') return (story.lang ?? '').toLowerCase().startsWith((words[0] ?? '').toLowerCase());
  if (field === 'source') return sourceAnswers(words.join(' ').toLowerCase(), story);
  const before = spans.length;
  for (const part of parts) {
    if (field !== null && field !== part.field) continue;
    for (const [start, end] of places(term, part)) spans.push({ field: part.field, start, end });
  }
  return spans.length > before;
}

function sourceAnswers(wanted: string, { source = '', url = '' }: MatchableStory): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, '') : '';
  if (host === wanted || host.endsWith(`.${wanted}`) || host.split('.').includes(wanted)) return true;
  return ` ${source.toLowerCase()} `.includes(` ${wanted} `);
}

function places(term: Term, part: Part): [number, number][] {
  const { kind, words, apart } = term;
  if (kind === 'near') return nearPlaces(words, apart, part);
  if (kind === 'prefix') {
    const start = folded(words[0] ?? '');
    return part.words.flatMap((word): [number, number][] =>
      word.text.startsWith(start) ? [[word.start, word.end]] : [],
    );
  }
  if (kind === 'exact') return runs(words.flatMap(wordsOf), part, exactly);
  if (kind === 'phrase') return runs(words.flatMap(wordsOf), part, alike);
  const country = countryNamed(words.join(' '));
  const names = country === null ? [words.join(' ')] : country.names;
  return names.flatMap((name) => {
    const wanted = wordsOf(name);
    const found = runs(wanted, part, acronym(name) ? exactly : alike);
    return country === null ? found : found.filter((place) => !insideLongerName(place, wanted, part, country.code));
  });
}

/** `Sudan` in “South Sudan” is another country: a longer name that holds these words wins. */
function insideLongerName([start, end]: [number, number], wanted: readonly Word[], part: Part, code: string): boolean {
  const first = part.words.findIndex((word) => word.start === start);
  const before = part.words[first - 1];
  if (first < 1 || !before || !wanted[0]) return false;
  const longer = [
    before.text,
    ...part.words.filter((word) => word.start >= start && word.end <= end).map(({ text }) => text),
  ];
  if (longer.join(' ') === 'latin american') return true;
  return isCountryName(longer) && countryNamed(longer.join(' '))?.code !== code;
}

/** Where the words stand side by side; a word of a script without spaces is looked for within runs of letters. */
function runs(wanted: readonly Word[], part: Part, same: (wanted: Word, word: Word) => boolean): [number, number][] {
  const [first] = wanted;
  if (!first) return [];
  if (wanted.length === 1 && unspaced.test(first.text)) return within(first.text, part.text);
  const found: [number, number][] = [];
  for (let i = 0; i + wanted.length <= part.words.length; i++) {
    const fits = wanted.every((word, j) => {
      const there = part.words[i + j];
      return there !== undefined && same(word, there) && (j === 0 || there.joined);
    });
    const last = part.words[i + wanted.length - 1];
    if (fits && last) found.push([part.words[i]?.start ?? 0, last.end]);
  }
  return found;
}

function within(wanted: string, text: string): [number, number][] {
  const found: [number, number][] = [];
  const plain = text.toLowerCase();
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length))
    found.push([at, at + wanted.length]);
  return found;
}

function nearPlaces(words: readonly string[], apart: number, part: Part): [number, number][] {
  const at = words.map((word) =>
    part.words.flatMap((there, i) => (wordsOf(word).some((wanted) => alike(wanted, there)) ? [i] : [])),
  );
  const [firsts = [], ...others] = at;
  for (const first of firsts) {
    const near = others.map((places) => places.find((place) => place !== first && Math.abs(place - first) <= apart));
    if (near.some((place) => place === undefined)) continue;
    return [first, ...near].flatMap((place): [number, number][] => {
      const word = place === undefined ? undefined : part.words[place];
      return word ? [[word.start, word.end]] : [];
    });
  }
  return [];
}

function exactly(wanted: Word, word: Word): boolean {
  return /\p{Lu}/u.test(wanted.raw)
    ? wanted.raw.replaceAll('.', '') === word.raw.replaceAll('.', '')
    : wanted.text === word.text;
}

function alike(wanted: Word, word: Word): boolean {
  if (wanted.text === word.text) return true;
  if (acronym(wanted.raw)) return false;
  const others = formsOf(word.text);
  return formsOf(wanted.text).some((form) => others.includes(form));
}

/** Two or three capitals find only capitals: `US` is not “us”. */
function acronym(text: string): boolean {
  return /^(?:\p{Lu}{2,3}|(?:\p{Lu}\.){2,3})$/u.test(text);
}

/** A word and what it is a form of, memoised: texts repeat their words. */
function formsOf(word: string): readonly string[] {
  let known = forms.get(word);
  if (known) return known;
  if (forms.size >= MOST_FORMS) forms.clear();
  const lemmas = /^[a-z]{3,30}$/u.test(word)
    ? [lemmatizer.noun(word), lemmatizer.verb(word), lemmatizer.adjective(word)]
    : [];
  const all = new Set([word, ...lemmas]);
  for (const form of Array.from(all)) {
    const pair = pairs.get(form);
    if (pair !== undefined) all.add(pair);
  }
  known = [...all];
  forms.set(word, known);
  return known;
}

function partsOf({ title, summary, body = '' }: MatchableStory): Part[] {
  return [part('title', title), part('summary', summary), part('body', body)];
}

function part(field: Part['field'], text: string): Part {
  return { field, text, words: wordsOf(text) };
}

function wordsOf(text: string): Word[] {
  let end = 0;
  return [...text.matchAll(wordPattern)].map((match): Word => {
    const gap = text.slice(end, match.index);
    end = match.index + match[0].length;
    return { text: folded(match[0]), raw: match[0], start: match.index, end, joined: !/[,.;:!?。、]/u.test(gap) };
  });
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}.,]/gu, '')
    .toLowerCase();
}

function order(field: MatchSpan['field']): number {
  return field === 'title' ? 0 : field === 'summary' ? 1 : 2;
}
