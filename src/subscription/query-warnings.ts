import { isEnglishWord, isOnlyNamed, isOnlyPlace } from '../story/text/morphology.ts';
import { lemmasOf } from '../story/text/lemma.ts';
import { foldWord } from '../story/text/normalise.ts';
import { readWords } from '../story/text/words.ts';
import { isCommonWord } from './common-words.ts';
import { nameAt } from './names.ts';
import { contradicted } from './query-contradictions.ts';
import { cautionInEnglish, type QueryCaution } from './query-problem.ts';
import type { PlacedTerm } from './query-reader.ts';
import { printNode, type QueryNode } from './query-tree.ts';

/** Something a member may not have meant, in English and as data; `at` is a UTF-16 offset in the text typed. */
export interface QueryWarning {
  readonly caution: QueryCaution;
  readonly message: string;
  readonly at: number;
}

/** What can be said of a query without looking at any story, in the order typed. */
export function warningsOf(root: QueryNode, terms: readonly PlacedTerm[]): QueryWarning[] {
  const found = [
    ...broadWarnings(terms),
    ...lowerOrWarnings(terms),
    ...prefixWarnings(terms),
    ...contradictions(root, terms),
  ];
  return found.toSorted((a, b) => a.at - b.at);
}

function warned(caution: QueryCaution, at: number): QueryWarning {
  return { message: cautionInEnglish(caution), caution, at };
}

/** The one term that a query asks for, when it is one that much of the news would match. */
function broadWarnings(terms: readonly PlacedTerm[]): QueryWarning[] {
  const wanted = terms.filter(({ term, excluded }) => !excluded && term.kind !== 'stop' && term.kind !== 'group');
  const [first] = wanted;
  if (first === undefined || wanted.length > 1) return [];
  const { term, at } = first;
  if (term.kind === 'name') {
    return [warned({ code: 'whole country', typed: term.text }, at)];
  }
  if (term.kind === 'lang') return [warned({ code: 'whole language' }, at)];
  if (term.kind !== 'word') return [];
  if (/^(?:1[89]|20)\d\d$/u.test(foldWord(term.text))) {
    return [warned({ code: 'year', typed: term.text }, at)];
  }
  if (isCommonWord(foldWord(term.text))) {
    return [warned({ code: 'common word', typed: term.text }, at)];
  }
  return [];
}

function lowerOrWarnings(terms: readonly PlacedTerm[]): QueryWarning[] {
  const found: QueryWarning[] = [];
  for (const [i, { term, at }] of terms.entries()) {
    if (term.kind !== 'stop' || term.text.toLowerCase() !== 'or') continue;
    const [before, after] = [terms[i - 1], terms[i + 1]];
    if (!before || !after || !areNames(before.term, after.term)) continue;
    const both = `${printNode(before.term)} OR ${printNode(after.term)}`;
    found.push(warned({ code: 'small or', either: both }, at));
  }
  return found;
}

/** Two names, or one and a word that may be one (`lisbon or porto`). */
function areNames(a: QueryNode, b: QueryNode): boolean {
  return isNamed(a) ? isNamed(b) || mayBeNamed(b) : isNamed(b) && mayBeNamed(a);
}

function mayBeNamed(term: QueryNode): boolean {
  return term.kind === 'word' && isOnlyNamed(foldWord(term.text));
}

/**
 * A country, a phrase, a word with a capital or of a script without capitals, a capital city, demonym or
 * other place in any case, and a word that no English lexicon has: it is a name, most likely (`merkel or macron`).
 */
function isNamed(term: QueryNode): boolean {
  if (term.kind === 'name' || term.kind === 'phrase') return true;
  if (term.kind !== 'word') return false;
  if (!/^\p{Ll}/u.test(term.text)) return /^\p{L}/u.test(term.text);
  if (nameAt(readWords(term.text, ''), 0, true) !== null) return true;
  const word = foldWord(term.text);
  return isOnlyPlace(word) || (/^[a-z]{3,}$/u.test(word) && !lemmasOf(word).some(isEnglishWord));
}

function prefixWarnings(terms: readonly PlacedTerm[]): QueryWarning[] {
  return terms.flatMap(({ term: placed, at }) => {
    const term = placed.kind === 'in' ? placed.of : placed;
    if (term.kind !== 'prefix') return [];
    const letters = Array.from(foldWord(term.text));
    if (letters.length !== 2 || /\p{sc=Han}/u.test(term.text)) return [];
    return [warned({ code: 'short prefix', typed: term.text }, at)];
  });
}

/** Terms that are both asked for and excluded. */
function contradictions(root: QueryNode, terms: readonly PlacedTerm[]): QueryWarning[] {
  const places = new Map(terms.map(({ term, at }) => [term, at]));
  return contradicted(root).map((term) =>
    warned({ code: 'contradiction', term: printNode(term) }, places.get(term) ?? 0),
  );
}
