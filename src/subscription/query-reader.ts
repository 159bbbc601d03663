import { foldWord } from '../story/text/normalise.ts';
import { isStopWord } from '../story/text/stop-words.ts';
import { readWords } from '../story/text/words.ts';
import { joinedWord } from './pattern.ts';
import { asks } from './query-check.ts';
import { FIELD_NAMES, languageCode } from './query-fields.ts';
import {
  cutOut,
  emptyBrackets,
  emptyExclusion,
  emptyField,
  emptySide,
  noLanguage,
  openBracket,
  orWithoutSide,
  shortPrefix,
  strayClose,
  unknownField,
} from './query-fixes.ts';
import { nextToken, refusal, type Token } from './query-lexer.ts';
import { hyphenedCountries, readName, type Typed } from './query-names.ts';
import type { QueryNode, QueryTerm } from './query-tree.ts';

/** A term, and where in the text it begins. */
export interface PlacedTerm {
  readonly term: QueryNode;
  readonly at: number;
  /** It is what an exclusion leaves out, or stands in a group that is left out. */
  readonly excluded: boolean;
}

/** A text as a tree of terms, and the terms in the order typed. */
export interface TermsRead {
  readonly root: QueryNode;
  readonly terms: readonly PlacedTerm[];
}

const MOST_NESTED = 30;
const MOST_APART = 100;

interface Reader {
  readonly text: string;
  at: number;
  /** The words of the text for finding names among them. */
  readonly typed: Typed;
  depth: number;
  /** How many exclusions are around what is being read. */
  exclusions: number;
  readonly terms: PlacedTerm[];
}

/** Reads a text by the grammar of queries; throws a refusal for a member's mistake. */
export function readTerms(text: string): TermsRead {
  const typed = { text, words: null, places: null };
  const reader: Reader = { text, at: 0, typed, depth: 0, exclusions: 0, terms: [] };
  return { root: readAll(reader, 0), terms: reader.terms };
}

/** Terms up to the end, or to the bracket that closes. */
function readAll(reader: Reader, opened: number): QueryNode {
  const units: QueryNode[] = [];
  for (;;) {
    const token = nextToken(reader.text, reader.at);
    if (token.kind === 'end' || token.kind === 'close') {
      if (token.kind === 'close' && opened === 0) throw strayClose(reader.text, token);
      if (token.kind === 'end' && opened > 0) throw openBracket(reader.text, opened - 1);
      reader.at = token.end;
      break;
    }
    if (token.kind === 'and') {
      reader.at = token.end;
      continue;
    }
    if (token.kind === 'or') throw orWithoutSide(reader.text, token);
    const unit = readChain(reader);
    if (unit !== null) pushUnit(units, unit);
  }
  const [only] = units;
  if (only === undefined) {
    if (opened > 0) throw emptyBrackets(reader.text, opened - 1, reader.at);
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
function readChain(reader: Reader): QueryNode | null {
  const { start } = nextToken(reader.text, reader.at);
  const first = readUnit(reader);
  const branches = first === null ? [] : [first];
  const ors: number[] = [];
  for (;;) {
    const or = nextToken(reader.text, reader.at);
    if (or.kind !== 'or') break;
    if (branches.length === 0) throw orWithoutSide(reader.text, or);
    reader.at = or.end;
    const after = nextToken(reader.text, reader.at);
    if (after.kind === 'end' || after.kind === 'close' || after.kind === 'or') throw orWithoutSide(reader.text, or);
    const branch = readUnit(reader);
    if (branch === null) throw orWithoutSide(reader.text, or);
    ors.push(or.start);
    branches.push(branch);
  }
  const [only] = branches;
  if (only === undefined) return null;
  if (branches.length === 1) return only;
  if (!branches.some(asks)) return { kind: 'any', of: branches };
  const of = branches.map(letterMeant);
  const empty = of.findIndex((branch) => !asks(branch));
  if (empty < 0) return { kind: 'any', of };
  throw emptySide(reader.text, { branches, empty, start, end: reader.at, or: ors[Math.max(0, empty - 1)] ?? start });
}

/** A letter that stands for one side of OR is meant, though it is a stop word elsewhere. */
function letterMeant(branch: QueryNode): QueryNode {
  return branch.kind === 'stop' && branch.text.length === 1 ? { kind: 'word', text: branch.text } : branch;
}

function readUnit(reader: Reader): QueryNode | null {
  const token = nextToken(reader.text, reader.at);
  if (token.kind !== 'not') return readNear(reader);
  reader.at = token.end;
  const next = nextToken(reader.text, reader.at);
  if (['end', 'close', 'or', 'not', 'and'].includes(next.kind)) throw emptyExclusion(reader.text, token, next);
  reader.exclusions++;
  const of = readNear(reader);
  reader.exclusions--;
  return of === null || of.kind === 'stop' ? null : { kind: 'not', of };
}

/** A term, with the NEAR and the second term that may follow it. */
function readNear(reader: Reader): QueryNode | null {
  const { start } = nextToken(reader.text, reader.at);
  const left = readTerm(reader);
  const near = nextToken(reader.text, reader.at);
  if (near.kind !== 'near') {
    if (left !== null) place(reader, left, start);
    return left;
  }
  const { text } = reader;
  const within = Number(near.text === '' ? Number.NaN : near.text);
  if (!(within >= 1 && within <= MOST_APART)) {
    const fixed = `${text.slice(0, near.start)}NEAR/5${text.slice(near.end)}`;
    throw refusal({ code: 'NEAR without a number', most: MOST_APART }, near.start, fixed);
  }
  reader.at = near.end;
  const right = readTerm(reader);
  const without = cutOut(text, near.start, near.end);
  if (left === null || right === null || !mayStandNear(left) || !mayStandNear(right)) {
    throw refusal({ code: 'NEAR without terms' }, near.start, without);
  }
  const next = nextToken(text, reader.at);
  if (next.kind === 'near') throw refusal({ code: 'NEAR of three' }, next.start, without);
  const node: QueryNode = { kind: 'near', left, right, within };
  place(reader, node, start);
  return node;
}

function place({ terms, exclusions }: Reader, term: QueryNode, at: number): void {
  terms.push({ term, at, excluded: exclusions > 0 });
}

type Nearable = Extract<QueryTerm, { kind: 'word' | 'name' | 'exact' | 'prefix' | 'phrase' }>;

function mayStandNear(node: QueryNode): node is Nearable {
  return ['word', 'name', 'exact', 'prefix', 'phrase'].includes(node.kind);
}

function readTerm(reader: Reader): QueryNode | null {
  const token = nextToken(reader.text, reader.at);
  switch (token.kind) {
    case 'open':
      return readGroup(reader, token);
    case 'field':
      return readField(reader, token);
    case 'phrase':
      return readPhrase(reader, token);
    case 'word':
      return readWord(reader, token);
    case 'near':
      throw refusal({ code: 'NEAR without terms' }, token.start, cutOut(reader.text, token.start, token.end));
    case 'end':
    case 'close':
    case 'or':
    case 'and':
    case 'not':
      return null;
  }
}

function readGroup(reader: Reader, token: Token): QueryNode {
  if (reader.depth >= MOST_NESTED) throw refusal({ code: 'nested too deep' }, token.start);
  reader.at = token.end;
  reader.depth++;
  const of = readAll(reader, token.start + 1);
  reader.depth--;
  return { kind: 'group', of };
}

function readPhrase(reader: Reader, token: Token): QueryNode | null {
  reader.at = token.end;
  const { text, within } = token;
  if (readWords(text, '').count === 0) return null;
  return { kind: token.exact ? 'exact' : 'phrase', text, within };
}

function readWord(reader: Reader, token: Token): QueryNode | null {
  const { text } = token;
  reader.at = token.end;
  if (readWords(text, '').count === 0) return null;
  if (token.prefix) return readPrefix(reader, token);
  if (token.exact) return { kind: 'exact', text, within: null };
  const name = readName(reader.typed, token.start);
  if (name !== null) {
    reader.at = name.end;
    return name.term;
  }
  const countries = hyphenedCountries(text);
  if (countries !== null) return { kind: 'group', of: { kind: 'all', of: countries } };
  return isStop(text) ? { kind: 'stop', text } : { kind: 'word', text };
}

/** A stop word that is no acronym: `us` and not `US` or `u.s.` */
function isStop(text: string): boolean {
  if (/^\p{Lu}{2,3}$/u.test(text) || /^(?:\p{L}\.)+\p{L}?\.?$/u.test(text)) return false;
  return isStopWord(foldWord(text).replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
}

function readPrefix({ text }: Reader, token: Token): QueryNode {
  const letters = Array.from(foldWord(token.text).replaceAll(/[^\p{L}\p{N}]/gu, ''));
  if (letters.length < 2) throw shortPrefix(text, token);
  return { kind: 'prefix', text: token.text, exact: token.exact };
}

function readField(reader: Reader, token: Token): QueryNode | null {
  const { text } = reader;
  const field = FIELD_NAMES.find((known) => known === foldWord(token.text));
  if (field === undefined) throw unknownField(text, token);
  reader.at = token.end;
  const value = nextToken(text, reader.at);
  if (field === 'source' || field === 'lang') return readStoryField(reader, field, token, value);
  const of = ['word', 'phrase', 'open'].includes(value.kind) ? readTerm(reader) : null;
  if (of === null) throw emptyField(text, token);
  return of.kind === 'stop' ? of : { kind: 'in', field, of };
}

function readStoryField(reader: Reader, field: 'source' | 'lang', token: Token, value: Token): QueryNode {
  const { text } = reader;
  if ((value.kind !== 'word' && value.kind !== 'phrase') || readWords(value.text, '').count === 0) {
    throw emptyField(text, token);
  }
  reader.at = value.end;
  if (field === 'source') return { kind: 'source', text: value.text };
  const lang = languageCode(value.text);
  if (!lang.known) throw noLanguage(text, token, value, lang.code);
  return { kind: 'lang', lang: lang.code };
}
