import type { QueryError } from '../subscription/query.ts';
import type { TimeProblem } from '../subscription/when.ts';
import { card, type Card } from './card.ts';
import type { Words } from './words/words.ts';

/** A member's mistake in words; `fieldErrors` put it on the field of a form where the chat has one. */
export function failed(message: string, fieldErrors?: Readonly<Record<string, string>>): Card {
  return card({ tone: 'error', lines: [[message]], ...(fieldErrors === undefined ? {} : { fieldErrors }) });
}

/** A time that cannot be read, on the field it was typed into. */
export function wrongTime(words: Words, field: 'when' | 'quiet', problem: TimeProblem): Card {
  const message = words.queries.time(problem);
  return failed(message, { [field]: message });
}

/** A query that cannot be read: what is wrong, where, and a corrected one to click or to type. */
export function wrongQuery(
  words: Words,
  command: 'add' | 'preview' | 'search' | 'edit',
  typed: string,
  error: QueryError,
): Card {
  const { suggestion } = error;
  const message = words.queries.problem(error.problem);
  const at = Math.max(0, Math.min(error.at, typed.length));
  // The place is shown by parting the query there: a caret on a line below would stand elsewhere in another font.
  const shown =
    typed === '' ? [] : [[words.problemAt(at + 1), { code: `${typed.slice(0, at)} ▸ ${typed.slice(at)}`.trim() }]];
  const offered =
    suggestion === undefined || command === 'edit'
      ? []
      : [{ label: words.useSuggestion, command: `${command} ${suggestion}`, style: 'primary' as const }];
  return card({
    tone: 'error',
    lines: [[message], ...shown, ...(suggestion === undefined ? [] : [[words.didYouMean, { code: suggestion }]])],
    actions: offered,
    fieldErrors: {
      query: suggestion === undefined ? message : `${message} ${words.didYouMean}${suggestion}`,
    },
  });
}
