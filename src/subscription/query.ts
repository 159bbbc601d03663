import { joinedWord } from './pattern.ts';
import { readWords } from '../story/text/words.ts';
import { FIELD_NAMES, languageCode, nearestOf } from './query-fields.ts';
import { nextToken, refusal, type Mistake, type QueryError, type Token } from './query-lexer.ts';
import { checkedWhole } from './query-check.ts';
import { problemInEnglish } from './query-problem.ts';
import { hyphenedCountries, readName, type Typed } from './query-names.ts';
import { printNode, type Query, type QueryNode, type QueryTerm } from './query-tree.ts';
import { warningsOf, type QueryWarning } from './query-warnings.ts';
import { isStopWord } from '../story/text/stop-words.ts';
import { foldWord } from '../story/text/normalise.ts';

export { printQuery, type Query } from './query-tree.ts';
export type { QueryError } from './query-lexer.ts';
export type { QueryWarning } from './query-warnings.ts';

export type QueryReading =
  | { readonly ok: true; readonly query: Query; readonly warnings: readonly QueryWarning[] }
  | { readonly ok: false; readonly error: QueryError };

const MOST_CHARACTERS = 500;
const MOST_NESTED = 30;
const MOST_APART = 100;

/**
 * Reads what a member typed. `at` is a UTF-16 offset in it; a `suggestion` is a corrected query that can be read.
 */
export function parseQuery(text: string): QueryReading {
  try {
    return readQuery(text);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { ok: false, error: withGoodSuggestion(error.mistake) };
  }
}

function readQuery(text: string): QueryReading {
  if (text.trim() === '') throw refusal({ code: 'empty' }, 0);
  if (text.length > MOST_CHARACTERS) throw tooLong(text);
  const parser: Parser = { text, at: 0, typed: null, depth: 0, terms: [] };
  const root = readAll(parser, 0);
  checkedWhole(root, text);
  return { ok: true, query: { root: settled(root, text) }, warnings: warningsOf(root, parser.terms, text) };
}

/** Typed without spaces, a name can pass for a word: what is kept is what the printed query reads as. */
function settled(root: QueryNode, text: string): QueryNode {
  const printed = printNode(root);
  if (printed === text) return root;
  const again = parseQuery(printed);
  return again.ok ? again.query.root : root;
}

interface Parser {
  readonly text: string;
  at: number;
  /** The words of the text for finding names among them; read when first needed. */
  typed: Typed | null;
  depth: number;
  /** Terms with where they were typed. */
  readonly terms: Placed[];
}

/** A term, and where in the text it begins. */
interface Placed {
  readonly term: QueryNode;
  readonly at: number;
  readonly excluded: boolean;
}

interface Refusal {
  readonly mistake: Mistake;
}

function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && 'mistake' in error;
}

/** A suggestion is kept only if it can be read itself. */
function withGoodSuggestion({ problem, at, suggestions }: Mistake): QueryError {
  const good = suggestions.find((suggestion) => {
    const tidy = suggestion.trim();
    try {
      return tidy !== '' && readQuery(tidy).ok;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return false;
    }
  });
  const error = { message: problemInEnglish(problem), problem, at };
  return good === undefined ? error : { ...error, suggestion: good.trim() };
}

function tooLong(text: string): unknown {
  const head = text.slice(0, MOST_CHARACTERS);
  const space = head.lastIndexOf(' ');
  const cut = space > 0 ? head.slice(0, space) : head;
  const plain = cut.replaceAll(/["“”„«»()|]/gu, ' ').replaceAll(/\s+/gu, ' ');
  return refusal(
    { code: 'too long', length: text.length, most: MOST_CHARACTERS },
    MOST_CHARACTERS,
    cut,
    plain,
    plain.split(' ').slice(0, 8).join(' '),
  );
}

/** Terms up to the end, or to the bracket that closes. */
function readAll(parser: Parser, opened: number): QueryNode {
  const units: QueryNode[] = [];
  for (;;) {
    const token = nextToken(parser.text, parser.at);
    if (token.kind === 'end' || token.kind === 'close') {
      if (token.kind === 'close' && opened === 0) throw strayClose(parser, token);
      if (token.kind === 'end' && opened > 0) throw openBracket(parser, opened - 1);
      parser.at = token.end;
      break;
    }
    if (token.kind === 'and') {
      parser.at = token.end;
      continue;
    }
    if (token.kind === 'or') throw orWithoutSide(parser, token);
    const unit = readChain(parser);
    if (unit !== null) pushUnit(units, unit);
  }
  const [only] = units;
  if (only === undefined) {
    if (opened > 0) throw emptyBrackets(parser, opened - 1);
    throw refusal({ code: 'no word' }, 0);
  }
  return units.length === 1 ? only : { kind: 'all', of: units };
}

/** Adds a unit; two plain words that make one known word together are a compound. */
function pushUnit(units: QueryNode[], unit: QueryNode): void {
  const last = units.at(-1);
  if (unit.kind === 'word' && last?.kind === 'word') {
    const joined = joinedWord(foldWord(last.text), foldWord(unit.text));
    if (joined !== null) {
      units[units.length - 1] = { kind: 'compound', left: last, right: unit, joined: { kind: 'word', text: joined } };
      return;
    }
  }
  units.push(unit);
}

/** One unit, or several with OR between them. */
function readChain(parser: Parser): QueryNode | null {
  const first = readUnit(parser);
  const branches = first === null ? [] : [first];
  for (;;) {
    const or = nextToken(parser.text, parser.at);
    if (or.kind !== 'or') break;
    if (branches.length === 0) throw orWithoutSide(parser, or);
    parser.at = or.end;
    const after = nextToken(parser.text, parser.at);
    if (after.kind === 'end' || after.kind === 'close' || after.kind === 'or') throw orWithoutSide(parser, or);
    const branch = readUnit(parser);
    if (branch === null) throw orWithoutSide(parser, or);
    branches.push(branch);
  }
  const [only] = branches;
  if (only === undefined) return null;
  // A stop word that stands for one side of OR is meant.
  return branches.length === 1
    ? only
    : { kind: 'any', of: branches.map((branch) => (branch.kind === 'stop' ? asWord(branch) : branch)) };
}

function asWord({ text }: { readonly text: string }): QueryNode {
  return { kind: 'word', text };
}

function readUnit(parser: Parser): QueryNode | null {
  const token = nextToken(parser.text, parser.at);
  if (token.kind !== 'not') return readNear(parser, false);
  parser.at = token.end;
  const next = nextToken(parser.text, parser.at);
  if (
    next.kind === 'end' ||
    next.kind === 'close' ||
    next.kind === 'or' ||
    next.kind === 'not' ||
    next.kind === 'and'
  ) {
    const { text } = parser;
    throw refusal(
      { code: 'empty exclusion' },
      token.start,
      cutOut(text, token.start, next.kind === 'not' ? next.start : token.end),
    );
  }
  const of = readNear(parser, true);
  return of === null || of.kind === 'stop' ? null : { kind: 'not', of };
}

/** A term, with the NEAR and the second term that may follow it. */
function readNear(parser: Parser, excluded: boolean): QueryNode | null {
  const start = nextToken(parser.text, parser.at).start;
  const left = readTerm(parser, excluded);
  const near = nextToken(parser.text, parser.at);
  if (near.kind !== 'near') {
    if (left !== null) parser.terms.push({ term: left, at: start, excluded });
    return left;
  }
  const { text } = parser;
  const within = Number(near.text === '' ? Number.NaN : near.text);
  const fixed = `${text.slice(0, near.start)}NEAR/5${text.slice(near.end)}`;
  if (!(within >= 1 && within <= MOST_APART)) {
    throw refusal({ code: 'NEAR without a number', most: MOST_APART }, near.start, fixed);
  }
  parser.at = near.end;
  const right = readTerm(parser, excluded);
  const without = cutOut(text, near.start, near.end);
  if (left === null || right === null || !mayStandNear(left) || !mayStandNear(right)) {
    throw refusal({ code: 'NEAR without terms' }, near.start, without);
  }
  if (nextToken(text, parser.at).kind === 'near')
    throw refusal({ code: 'NEAR of three' }, nextToken(text, parser.at).start, without);
  const node: QueryNode = { kind: 'near', left, right, within };
  parser.terms.push({ term: node, at: start, excluded });
  return node;
}

type Nearable = Extract<QueryTerm, { kind: 'word' | 'name' | 'exact' | 'prefix' | 'phrase' }>;

function mayStandNear(node: QueryNode): node is Nearable {
  return ['word', 'name', 'exact', 'prefix', 'phrase'].includes(node.kind);
}

function readTerm(parser: Parser, excluded: boolean): QueryNode | null {
  const token = nextToken(parser.text, parser.at);
  switch (token.kind) {
    case 'open':
      return readGroup(parser, token);
    case 'field':
      return readField(parser, token, excluded);
    case 'phrase':
      return readPhrase(parser, token);
    case 'word':
      return readWord(parser, token);
    case 'end':
    case 'close':
    case 'or':
    case 'and':
    case 'not':
    case 'near':
      if (token.kind === 'near')
        throw refusal({ code: 'NEAR without terms' }, token.start, cutOut(parser.text, token.start, token.end));
      return null;
  }
}

function readGroup(parser: Parser, token: Token): QueryNode {
  if (parser.depth >= MOST_NESTED) throw refusal({ code: 'nested too deep' }, token.start);
  parser.at = token.end;
  parser.depth++;
  const of = readAll(parser, token.start + 1);
  parser.depth--;
  return { kind: 'group', of };
}

function readPhrase(parser: Parser, token: Token): QueryNode | null {
  parser.at = token.end;
  const { text } = token;
  if (readWords(text, '').count === 0) return null;
  if (token.exact) return { kind: 'exact', text };
  return { kind: 'phrase', text, within: token.within };
}

function readWord(parser: Parser, token: Token): QueryNode | null {
  const { text } = token;
  const words = readWords(text, '');
  if (words.count === 0) {
    parser.at = token.end;
    return null;
  }
  if (token.prefix) return readPrefix(parser, token);
  if (token.exact) {
    parser.at = token.end;
    return { kind: 'exact', text };
  }
  const name = readName((parser.typed ??= { text: parser.text, words: null, places: null }), token.start);
  if (name !== null) {
    parser.at = name.end;
    return name.term;
  }
  parser.at = token.end;
  const countries = hyphenedCountries(text);
  if (countries !== null) return { kind: 'group', of: { kind: 'all', of: countries } };
  const form = foldWord(text).replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
  const acronym = /^\p{Lu}{2,3}$/u.test(text) || /^(?:\p{L}\.)+\p{L}?\.?$/u.test(text);
  return !acronym && isStopWord(form) ? { kind: 'stop', text } : { kind: 'word', text };
}

function readPrefix(parser: Parser, token: Token): QueryNode {
  parser.at = token.end;
  const letters = Array.from(foldWord(token.text).replaceAll(/[^\p{L}\p{N}]/gu, ''));
  if (letters.length < 2) {
    const { text } = parser;
    throw refusal(
      { code: 'short prefix' },
      token.start,
      `${text.slice(0, token.start)}${token.text}${text.slice(token.end)}`,
      cutOut(text, token.start, token.end),
      `="${token.text}"`,
    );
  }
  return { kind: 'prefix', text: token.text };
}

function readField(parser: Parser, token: Token, excluded: boolean): QueryNode | null {
  const name = token.text;
  const { text } = parser;
  const field = FIELD_NAMES.find((known) => known === foldWord(name));
  if (field === undefined) throw unknownField(text, token);
  parser.at = token.end;
  const value = nextToken(text, parser.at);
  if (field === 'source' || field === 'lang') return readStoryField(parser, field, token, value);
  const of = ['word', 'phrase', 'open'].includes(value.kind) ? readTerm(parser, excluded) : null;
  if (of === null)
    throw refusal({ code: 'empty field', field: name }, token.start, cutOut(text, token.start, token.end));
  return of.kind === 'stop' ? of : { kind: 'in', field, of };
}

function readStoryField(parser: Parser, field: 'source' | 'lang', token: Token, value: Token): QueryNode {
  const { text } = parser;
  if ((value.kind !== 'word' && value.kind !== 'phrase') || readWords(value.text, '').count === 0) {
    throw refusal({ code: 'empty field', field: token.text }, token.start, cutOut(text, token.start, token.end));
  }
  parser.at = value.end;
  if (field === 'source') return { kind: 'source', text: value.text };
  const lang = languageCode(value.text);
  if (lang.known) return { kind: 'lang', lang: lang.code };
  const named = text.slice(0, value.start);
  throw refusal(
    { code: 'no language', typed: value.text, meant: lang.code },
    value.start,
    lang.code === '' ? cutOut(text, token.start, value.end) : `${named}${lang.code}${text.slice(value.end)}`,
    cutOut(text, token.start, value.end),
    `${named}en${text.slice(value.end)}`,
  );
}

function unknownField(text: string, token: Token): unknown {
  const host = /^\/\/([^\s/()"|]+)\S*/u.exec(text.slice(token.end));
  if (host !== null) return addressTyped(text, token, host);
  const nearest = nearestOf(foldWord(token.text), FIELD_NAMES);
  const value = text.slice(token.end);
  const shown = nearest === 'lang' ? 'title' : nearest;
  return refusal(
    { code: 'no field', typed: token.text, nearest, fields: FIELD_NAMES },
    token.start,
    `${text.slice(0, token.start)}${nearest}:${value}`,
    `${text.slice(0, token.start)}${shown}:${value}`,
    `${text.slice(0, token.start)}${token.text} ${value}`,
    `title:${value.trim()}`,
  );
}

function addressTyped(text: string, token: Token, [whole, host = '']: RegExpExecArray): unknown {
  const after = text.slice(token.end + whole.length);
  return refusal({ code: 'address' }, token.start, `${text.slice(0, token.start)}source:${host}${after}`);
}

function cutOut(text: string, start: number, end: number): string {
  return `${text.slice(0, start)} ${text.slice(end)}`.replaceAll(/\s+/gu, ' ').trim();
}

function strayClose({ text }: Parser, token: Token): unknown {
  return refusal({ code: 'stray bracket' }, token.start, cutOut(text, token.start, token.end));
}

function openBracket({ text }: Parser, at: number): unknown {
  return refusal({ code: 'open bracket' }, at, `${text})`, `${text}))`, cutOut(text, at, at + 1));
}

function emptyBrackets({ text, at }: Parser, opened: number): unknown {
  return refusal({ code: 'empty brackets' }, opened, cutOut(text, opened, at));
}

function orWithoutSide({ text }: Parser, token: Token): unknown {
  return refusal(
    { code: 'OR without a side' },
    token.start,
    cutOut(text, token.start, token.end),
    text.replaceAll(/(?:\bOR\b|\|)/gu, ' '),
  );
}
