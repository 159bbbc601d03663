import { distance as lettersApart } from 'fastest-levenshtein';
import { countryNamed } from './countries.ts';

export type Field = 'title' | 'summary' | 'body' | 'source' | 'lang';

/** One thing looked for. `words` are as typed, without quotes; a phrase or a name has several. */
export interface Term {
  readonly kind: 'word' | 'phrase' | 'exact' | 'prefix' | 'near';
  readonly words: readonly string[];
  /** How far apart the words of a `near` may stand. */
  readonly apart: number;
  readonly field: Field | null;
}

/** A term or a query in brackets, perhaps excluded. */
export interface Unit {
  readonly excluded: boolean;
  readonly term: Term | null;
  readonly query: Query | null;
}

/** All groups must match, each by one of its units. */
export interface Query {
  readonly groups: readonly (readonly Unit[])[];
}

export interface QueryProblem {
  readonly message: string;
  /** UTF-16 offset in the text typed. */
  readonly at: number;
  readonly suggestion?: string;
}

export type ReadQuery =
  | {
      readonly ok: true;
      readonly query: Query;
      readonly warnings: readonly { readonly message: string; readonly at: number }[];
    }
  | { readonly ok: false; readonly error: QueryProblem };

const MOST_CHARS = 500;
const fields: readonly Field[] = ['title', 'summary', 'body', 'source', 'lang'];
const stopWords = new Set(
  'a an and are as at be but by for from has have he her his i if in is it its of on or she so that the their they this to was were will with you'.split(
    ' ',
  ),
);

interface Token {
  readonly kind: 'open' | 'close' | 'or' | 'unit';
  readonly at: number;
  readonly excluded: boolean;
  readonly field: Field | null;
  readonly exact: boolean;
  readonly words: readonly string[];
  readonly phrase: boolean;
  readonly prefix: boolean;
  readonly apart: number;
}

class Mistake extends Error {
  readonly problem: QueryProblem;
  constructor(message: string, at: number, suggestion?: string) {
    super(message);
    this.problem = suggestion === undefined ? { message, at } : { message, at, suggestion };
  }
}

/** Reads a query as a member types it. A mistake comes back with its place and, where there is one, a query that would be right. */
export function parseQuery(text: string): ReadQuery {
  try {
    if (text.length > MOST_CHARS)
      throw new Mistake(`A query has at most ${MOST_CHARS} characters, this one ${text.length}.`, MOST_CHARS);
    const tokens = scan(text);
    const reader = { tokens, next: 0 };
    const groups = readGroups(reader, text);
    const left = tokens[reader.next];
    if (left) throw new Mistake('A closing bracket without an opening one.', left.at, text.replaceAll(/[()]/gu, ''));
    const query = { groups: withoutStopWords(groups) };
    refuseEmpty(query, groups, text);
    const lower = /(?:^|\s)or(?=\s)/u.exec(text);
    const warnings = lower
      ? [{ message: 'a lower-case “or” is left out; OR in capitals finds either side', at: lower.index }]
      : [];
    return { ok: true, query, warnings };
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, error: error.problem };
    throw error;
  }
}

/** The form that `parseQuery` reads back as the same query. */
export function printQuery(query: Query): string {
  return query.groups.map((units) => units.map(printUnit).join(' OR ')).join(' ');
}

function printUnit({ excluded, term, query }: Unit): string {
  const body = term === null ? `(${query === null ? '' : printQuery(query)})` : printTerm(term);
  return `${excluded ? '-' : ''}${body}`;
}

/** A term as it would be typed. */
export function printTerm({ kind, words, apart, field }: Term): string {
  const text = words.join(' ');
  const lead = field === null ? '' : `${field}:`;
  if (kind === 'phrase') return `${lead}"${text}"`;
  if (kind === 'exact') return `${lead}=${words.length > 1 ? `"${text}"` : text}`;
  if (kind === 'prefix') return `${lead}${text}*`;
  if (kind === 'near') return `${lead}"${text}"~${apart}`;
  return `${lead}${text}`;
}

function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const rest = (): string => text.slice(at);
  while (at < text.length) {
    const space = /^\s+/u.exec(rest());
    if (space) {
      at += space[0].length;
      continue;
    }
    const start = at;
    const plain = {
      at: start,
      excluded: false,
      field: null,
      exact: false,
      words: [],
      phrase: false,
      prefix: false,
      apart: 0,
    };
    const excluded = /^(?:[-–—−](?=\S)|NOT\s+)/u.exec(rest());
    if (excluded) at += excluded[0].length;
    const mark = text[at] ?? '';
    if (mark === '(' || mark === ')') {
      tokens.push({ ...plain, kind: mark === '(' ? 'open' : 'close', excluded: excluded !== null });
      at++;
      continue;
    }
    if (mark === '|' || /^OR(?=\s|$)/u.test(rest())) {
      tokens.push({ ...plain, kind: 'or' });
      at += mark === '|' ? 1 : 2;
      continue;
    }
    const near = /^NEAR\/(\d{1,2})\s+/u.exec(rest());
    const last = tokens.at(-1);
    if (near && last?.kind === 'unit') {
      at += near[0].length;
      const word = readWord(text, at);
      at += word.length;
      if (word === '') throw new Mistake('NEAR needs a word on both sides.', start);
      tokens[tokens.length - 1] = { ...last, words: [...last.words, word], phrase: true, apart: Number(near[1]) };
      continue;
    }
    const field = readField(text, at);
    if (field) at += field.length;
    const exact = text[at] === '=';
    if (exact) at++;
    const quote = quoteAt(text, at);
    if (quote) {
      at = quote.end;
      const apart = /^~(\d{1,2})/u.exec(rest());
      if (apart) at += apart[0].length;
      const common = {
        ...plain,
        kind: 'unit',
        excluded: excluded !== null,
        field: field?.name ?? null,
        exact,
        phrase: true,
      } as const;
      tokens.push({ ...common, words: quote.words, apart: Number(apart?.[1] ?? 0) });
      continue;
    }
    const word = readWord(text, at);
    if (word === '') {
      if (at === start) at++;
      else throw new Mistake('Something is missing here.', at);
      continue;
    }
    at += word.length;
    const prefix = word.endsWith('*');
    const bare = prefix ? word.slice(0, -1) : word;
    if (prefix && Array.from(bare).length < 2)
      throw new Mistake('A beginning needs at least two letters before *.', start);
    tokens.push({
      ...plain,
      kind: 'unit',
      excluded: excluded !== null,
      field: field?.name ?? null,
      exact,
      words: [bare],
      prefix,
    });
  }
  return tokens;
}

function readWord(text: string, at: number): string {
  return /^[^\s()"“”„«»「」|]+/u.exec(text.slice(at))?.[0] ?? '';
}

function readField(text: string, at: number): { readonly name: Field; readonly length: number } | null {
  const found = /^(\p{L}+)[:：](?=\S)(?!\/\/)/u.exec(text.slice(at));
  if (!found) return null;
  const typed = (found[1] ?? '').toLowerCase();
  const name = fields.find((field) => field === typed);
  if (name) return { name, length: found[0].length };
  const nearest = fields.toSorted((a, b) => lettersApart(typed, a) - lettersApart(typed, b))[0] ?? 'title';
  throw new Mistake(
    `There is no field “${found[1]}:”. There are ${fields.join(', ')}.`,
    at,
    text.slice(0, at) + text.slice(at).replace(found[0], `${nearest}:`),
  );
}

const closing: Readonly<Record<string, string>> = { '"': '"”', '“': '”"', '„': '“”"', '«': '»', '「': '」', '”': '”"' };

function quoteAt(text: string, at: number): { readonly words: readonly string[]; readonly end: number } | null {
  const closers = closing[text[at] ?? ''];
  if (closers === undefined) return null;
  for (let end = at + 1; end < text.length; end++) {
    if (!closers.includes(text[end] ?? '')) continue;
    const words = text
      .slice(at + 1, end)
      .split(/\s+/u)
      .filter((word) => word !== '');
    if (words.length === 0) throw new Mistake('There is nothing between these quotes.', at);
    return { words, end: end + 1 };
  }
  throw new Mistake('This quote is never closed.', at, `${text.trimEnd()}"`);
}

interface Reader {
  readonly tokens: readonly Token[];
  next: number;
}

function readGroups(reader: Reader, text: string): Unit[][] {
  const groups: Unit[][] = [];
  for (;;) {
    const token = reader.tokens[reader.next];
    if (!token || token.kind === 'close') return groups;
    if (token.kind === 'or')
      throw new Mistake('OR needs something on both sides.', token.at, withoutOr(text, token.at));
    const units = [readUnit(reader, text)];
    while (reader.tokens[reader.next]?.kind === 'or') {
      const or = reader.tokens[reader.next];
      reader.next++;
      const after = reader.tokens[reader.next];
      if (!after || after.kind === 'or' || after.kind === 'close') {
        throw new Mistake('OR needs something on both sides.', or?.at ?? 0, withoutOr(text, or?.at ?? 0));
      }
      units.push(readUnit(reader, text));
    }
    groups.push(units);
  }
}

function withoutOr(text: string, at: number): string {
  return `${text.slice(0, at)} ${text.slice(at).replace(/^(?:OR|\|)/u, '')}`.replaceAll(/\s+/gu, ' ').trim();
}

function readUnit(reader: Reader, text: string): Unit {
  const token = reader.tokens[reader.next];
  if (!token) throw new Mistake('Something is missing at the end.', text.length);
  reader.next++;
  if (token.kind === 'unit') return { excluded: token.excluded, term: nameOrWord(reader, token), query: null };
  const groups = readGroups(reader, text);
  if (reader.tokens[reader.next]?.kind !== 'close')
    throw new Mistake('This bracket is never closed.', token.at, `${text.trimEnd()})`);
  reader.next++;
  if (groups.length === 0) throw new Mistake('There is nothing between these brackets.', token.at);
  return { excluded: token.excluded, term: null, query: { groups } };
}

/** Bare words that together are the name of a country are one term. */
function nameOrWord(reader: Reader, token: Token): Term {
  const { field, exact, phrase, prefix, words, apart } = token;
  if (apart > 0) return { kind: 'near', words, apart, field };
  if (exact) return { kind: 'exact', words, apart: 0, field };
  if (phrase) return { kind: 'phrase', words, apart: 0, field };
  if (prefix) return { kind: 'prefix', words, apart: 0, field };
  for (const length of [4, 3, 2]) {
    const more = reader.tokens.slice(reader.next, reader.next + length - 1);
    if (more.length < length - 1 || !more.every(isBare)) continue;
    const name = [...words, ...more.flatMap((one) => one.words)];
    if (countryNamed(name.join(' ')) === null) continue;
    reader.next += length - 1;
    return { kind: 'word', words: name, apart: 0, field };
  }
  return { kind: 'word', words, apart: 0, field };
}

function isBare({ kind, excluded, field, exact, phrase, prefix }: Token): boolean {
  return kind === 'unit' && !excluded && field === null && !exact && !phrase && !prefix;
}

function isStopWord({ term }: Unit): boolean {
  return term?.kind === 'word' && term.field === null && term.words.every((word) => stopWords.has(word));
}

function withoutStopWords(groups: readonly (readonly Unit[])[]): (readonly Unit[])[] {
  return groups.filter((units) => !(units.length === 1 && units.every(isStopWord)));
}

function refuseEmpty(query: Query, groups: readonly (readonly Unit[])[], text: string): void {
  if (groups.length === 0) throw new Mistake('There is nothing to look for.', 0);
  const positive = query.groups.filter((units) => units.some(isPositive));
  if (query.groups.length === 0)
    throw new Mistake(
      'These words are in every story. Add one that is not, or put them in quotes.',
      0,
      `"${text.trim()}"`,
    );
  if (positive.length === 0) throw new Mistake('A query needs something to look for, not only what to leave out.', 0);
  const mixed = query.groups.find((units) => units.some(isPositive) && !units.every(isPositive));
  if (mixed) throw new Mistake('Every side of OR needs something to look for.', 0);
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text))
    throw new Mistake('There is no letter or digit to look for.', 0);
}

function isPositive({ excluded, query }: Unit): boolean {
  return !excluded && (query === null || query.groups.some((units) => units.some(isPositive)));
}
