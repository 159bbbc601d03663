import { checkWhole } from './query-check.ts';
import { tooLong } from './query-fixes.ts';
import { isRefusal, refusal, type Mistake, type QueryError } from './query-lexer.ts';
import { problemInEnglish } from './query-problem.ts';
import { readTerms } from './query-reader.ts';
import { printNode, type Query, type QueryNode } from './query-tree.ts';
import { warningsOf, type QueryWarning } from './query-warnings.ts';

export { printQuery, type Query } from './query-tree.ts';
export type { QueryError } from './query-lexer.ts';
export type { QueryWarning } from './query-warnings.ts';

export type QueryReading =
  | { readonly ok: true; readonly query: Query; readonly warnings: readonly QueryWarning[] }
  | { readonly ok: false; readonly error: QueryError };

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
  const long = tooLong(text);
  if (long !== null) throw long;
  if (text.trim() === '') throw refusal({ code: 'empty' }, 0);
  const { root, terms } = readTerms(text);
  checkWhole(root, text);
  return { ok: true, query: { root: settled(root, text) }, warnings: warningsOf(root, terms) };
}

/** Typed without spaces, a name can pass for a word: what is kept is what the printed query reads as. */
function settled(root: QueryNode, text: string): QueryNode {
  const printed = printNode(root);
  if (printed === text) return root;
  const again = parseQuery(printed);
  return again.ok ? again.query.root : root;
}

/** A suggestion is kept only if it can be read itself. */
function withGoodSuggestion({ problem, at, suggestions }: Mistake): QueryError {
  const good = suggestions.map((suggestion) => suggestion.trim()).find(canBeRead);
  const error = { message: problemInEnglish(problem), problem, at };
  return good === undefined ? error : { ...error, suggestion: good };
}

function canBeRead(text: string): boolean {
  try {
    return readQuery(text).ok;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return false;
  }
}
