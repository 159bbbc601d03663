import { foldWord } from '../story/text/normalise.ts';
import { isCommonWord } from './common-words.ts';
import { cautionInEnglish, type QueryCaution } from './query-problem.ts';
import { printNode, type QueryNode } from './query-tree.ts';

/** Something a member may not have meant, in English and as data; `at` is a UTF-16 offset in the text typed. */
export interface QueryWarning {
  readonly caution: QueryCaution;
  readonly message: string;
  readonly at: number;
}

/** A term, and where in the text it begins. */
export interface PlacedTerm {
  readonly term: QueryNode;
  readonly at: number;
  readonly excluded: boolean;
}

/** What can be said of a query without looking at any story. */
export function warningsOf(root: QueryNode, terms: readonly PlacedTerm[], text: string): QueryWarning[] {
  const found = [
    ...broadWarnings(terms),
    ...lowerOrWarnings(terms),
    ...prefixWarnings(terms),
    ...contradictions(terms),
  ];
  if (isNegatedAway(root)) return found;
  return found.toSorted((a, b) => a.at - b.at).filter(({ at }) => at <= text.length);
}

function warned(caution: QueryCaution, at: number): QueryWarning {
  return { message: cautionInEnglish(caution), caution, at };
}

function isNegatedAway(root: QueryNode): boolean {
  return root.kind === 'not';
}

/** The one term that a query asks for, when it is one that much of the news would match. */
function broadWarnings(terms: readonly PlacedTerm[]): QueryWarning[] {
  const wanted = terms.filter(({ term, excluded }) => !excluded && term.kind !== 'stop');
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
    if (!before || !after || !isNamed(before.term) || !isNamed(after.term)) continue;
    const both = `${printNode(before.term)} OR ${printNode(after.term)}`;
    found.push(warned({ code: 'small or', either: both }, at));
  }
  return found;
}

/** A country, or a word with a capital. */
function isNamed(term: QueryNode): boolean {
  return term.kind === 'name' || term.kind === 'phrase' || (term.kind === 'word' && /^\p{Lu}/u.test(term.text));
}

function prefixWarnings(terms: readonly PlacedTerm[]): QueryWarning[] {
  return terms.flatMap(({ term, at }) => {
    if (term.kind !== 'prefix') return [];
    const letters = Array.from(foldWord(term.text));
    if (letters.length !== 2 || /\p{sc=Han}/u.test(term.text)) return [];
    return [warned({ code: 'short prefix', typed: term.text }, at)];
  });
}

/** A term that is both asked for and excluded. */
function contradictions(terms: readonly PlacedTerm[]): QueryWarning[] {
  const wanted = new Set(terms.filter(({ excluded }) => !excluded).map(({ term }) => same(term)));
  return terms.flatMap(({ term, at, excluded }) => {
    if (!excluded || !wanted.has(same(term))) return [];
    return [warned({ code: 'contradiction', term: printNode(term) }, at)];
  });
}

function same(term: QueryNode): string {
  return term.kind === 'name' ? `name ${term.codes.join(' ')}` : foldWord(printNode(term)).replaceAll('"', '');
}
