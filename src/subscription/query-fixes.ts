import { foldWord } from '../story/text/normalise.ts';
import { acronymOf, asks } from './query-check.ts';
import { FIELD_NAMES, fieldMeant, type FieldName } from './query-fields.ts';
import { refusal, type Refusal, type Token } from './query-lexer.ts';
import { printNode, type QueryNode } from './query-tree.ts';

/** Refusals with the corrected queries to offer, best first; the first that can be read is shown. */

const MOST_CHARACTERS = 500;

/** The refusal of a text that is too long; null when it is not. */
export function tooLong(text: string): Refusal | null {
  if (text.length <= MOST_CHARACTERS) return null;
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

/** A text without a stretch of it, its spaces tidied. */
export function cutOut(text: string, start: number, end: number): string {
  return tidy(`${text.slice(0, start)} ${text.slice(end)}`);
}

function tidy(text: string): string {
  return text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/([(（]) /gu, '$1')
    .replaceAll(/ (?=[)）])/gu, '')
    .trim();
}

export function strayClose(text: string, token: Token): Refusal {
  return refusal({ code: 'stray bracket' }, token.start, cutOut(text, token.start, token.end), balanced(text));
}

/** A text without its brackets that close nothing. */
function balanced(text: string): string {
  let open = 0;
  let out = '';
  for (const sign of text) {
    if (/[(（]/u.test(sign)) open++;
    if (/[)）]/u.test(sign) && --open < 0) {
      open = 0;
      out += ' ';
    } else out += sign;
  }
  return tidy(out);
}

export function openBracket(text: string, at: number): Refusal {
  return refusal(
    { code: 'open bracket' },
    at,
    `${text})`,
    `${text}))`,
    cutOut(text, at, at + 1),
    withoutBrackets(text),
  );
}

function withoutBrackets(text: string): string {
  return tidy(text.replaceAll(/[()（）]/gu, ' '));
}

export function emptyBrackets(text: string, opened: number, end: number): Refusal {
  return refusal(
    { code: 'empty brackets' },
    opened,
    cutOut(text, opened, end),
    tidy(text.replaceAll(/[(（]\s*[)）]/gu, ' ')),
  );
}

export function orWithoutSide(text: string, token: Token): Refusal {
  return refusal(
    { code: 'OR without a side' },
    token.start,
    cutOut(text, token.start, token.end),
    tidy(text.replaceAll(/(?:\bOR\b|\|)/gu, ' ')),
  );
}

/** Branches of OR of which one asks for nothing, and where in the text they and the OR beside that one stand. */
export interface Branches {
  readonly branches: readonly QueryNode[];
  readonly empty: number;
  readonly start: number;
  readonly end: number;
  readonly or: number;
}

export function emptySide(text: string, { branches, empty, start, end, or }: Branches): Refusal {
  const instead = (fixed: string): string => tidy(`${text.slice(0, start)} ${fixed} ${text.slice(end)}`);
  const capitals = branches.map((branch) => (branch.kind === 'stop' ? acronymOf(branch.text)[0] : undefined) ?? branch);
  const printed = capitals.map((branch) => (typeof branch === 'string' ? branch : printNode(branch))).join(' OR ');
  const isAcronym = capitals.some((branch) => typeof branch === 'string');
  const side = branches[empty];
  return refusal(
    { code: 'empty side of OR', side: side === undefined ? '' : printNode(side) },
    or,
    ...(isAcronym ? [instead(printed)] : []),
    text.replace(/(?:\bOR\b|[|｜])\s*(?=NOT\b|[-–—−])/u, ''),
    instead(branches.filter(asks).map(printNode).join(' OR ')),
  );
}

export function emptyExclusion(text: string, token: Token, next: Token): Refusal {
  const end = next.kind === 'not' ? next.start : token.end;
  return refusal({ code: 'empty exclusion' }, token.start, cutOut(text, token.start, end));
}

export function shortPrefix(text: string, token: Token): Refusal {
  return refusal(
    { code: 'short prefix' },
    token.start,
    `${text.slice(0, token.start)}${token.text}${text.slice(token.end)}`,
    cutOut(text, token.start, token.end),
    `="${token.text}"`,
  );
}

export function emptyField(text: string, token: Token): Refusal {
  return refusal({ code: 'empty field', field: token.text }, token.start, cutOut(text, token.start, token.end));
}

/** @param meant the code that was probably meant, '' for none */
export function noLanguage(text: string, field: Token, value: Token, meant: string): Refusal {
  const before = text.slice(0, value.start);
  const after = text.slice(value.end);
  const without = cutOut(text, field.start, value.end);
  return refusal(
    { code: 'no language', typed: value.text, meant },
    value.start,
    meant === '' ? without : `${before}${meant}${after}`,
    without,
    `${before}en${after}`,
  );
}

export function unknownField(text: string, token: Token): Refusal {
  const before = text.slice(0, token.start);
  const value = text.slice(token.end);
  const nearest = fieldMeant(foldWord(token.text));
  const address = /^(?:https?:)?\/\/([^\s/()"|]+)\S*/u.exec(value);
  if (address !== null) {
    const source = `${before}source:${address[1] ?? ''}${value.slice(address[0].length)}`;
    const isField = /^https?:/u.test(value);
    return refusal(isField ? noField(token, nearest) : { code: 'address' }, token.start, source);
  }
  return refusal(
    noField(token, nearest),
    token.start,
    `${before}${nearest}:${value}`,
    `${before}${nearest === 'lang' ? 'title' : nearest}:${value}`,
    `${before}${token.text} ${value}`,
    `title:${value.trim()}`,
  );
}

function noField(token: Token, nearest: FieldName): Parameters<typeof refusal>[0] {
  return { code: 'no field', typed: token.text, nearest, fields: FIELD_NAMES };
}
