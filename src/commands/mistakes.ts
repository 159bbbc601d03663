import { card, type Card } from './card.ts';
import type { Words } from './words/words.ts';

/** A member's mistake in words; `fieldErrors` put it on the field of a form where the chat has one. */
export function failed(message: string, fieldErrors?: Readonly<Record<string, string>>): Card {
  return card({ tone: 'error', lines: [[message]], ...(fieldErrors === undefined ? {} : { fieldErrors }) });
}

/** A query that cannot be read: what is wrong, where, and a corrected one to click or to type. */
export function wrongQuery(
  words: Words,
  command: 'add' | 'preview' | 'search' | 'edit',
  typed: string,
  error: { readonly message: string; readonly at: number; readonly suggestion?: string | undefined },
): Card {
  const { suggestion } = error;
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
    lines: [[error.message], ...shown, ...(suggestion === undefined ? [] : [[words.didYouMean, { code: suggestion }]])],
    actions: offered,
    fieldErrors: {
      query: suggestion === undefined ? error.message : `${error.message} ${words.didYouMean}${suggestion}`,
    },
  });
}
