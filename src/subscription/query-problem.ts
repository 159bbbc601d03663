/** What is wrong with a query: a stable code and its parts, so that it can be said in any language. */
export type QueryProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'too long'; readonly length: number; readonly most: number }
  | { readonly code: 'no word' }
  | { readonly code: 'common word'; readonly typed: string }
  | { readonly code: 'only exclusions' }
  | { readonly code: 'empty exclusion' }
  | { readonly code: 'open quotation' }
  | { readonly code: 'open bracket' }
  | { readonly code: 'stray bracket' }
  | { readonly code: 'empty brackets' }
  | { readonly code: 'nested too deep' }
  | { readonly code: 'OR without a side' }
  | { readonly code: 'empty side of OR'; readonly side: string }
  | { readonly code: 'NEAR without a number'; readonly most: number }
  | { readonly code: 'NEAR without terms' }
  | { readonly code: 'NEAR of three' }
  | { readonly code: 'short prefix' }
  | { readonly code: 'empty field'; readonly field: string }
  | { readonly code: 'no field'; readonly typed: string; readonly nearest: string; readonly fields: readonly string[] }
  /** `meant` is the code that was probably meant, '' for none. */
  | { readonly code: 'no language'; readonly typed: string; readonly meant: string }
  | { readonly code: 'address' };

/** What a member may not have meant. */
export type QueryCaution =
  | { readonly code: 'whole country'; readonly typed: string }
  | { readonly code: 'whole language' }
  | { readonly code: 'year'; readonly typed: string }
  | { readonly code: 'common word'; readonly typed: string }
  | { readonly code: 'short prefix'; readonly typed: string }
  /** `either` is the query that was probably meant. */
  | { readonly code: 'small or'; readonly either: string }
  | { readonly code: 'contradiction'; readonly term: string };

export function problemInEnglish(problem: QueryProblem): string {
  switch (problem.code) {
    case 'empty':
      return 'There is nothing to look for: type a word or two.';
    case 'too long':
      return `That is ${problem.length} characters; a query can have ${problem.most}.`;
    case 'no word':
      return 'There is no word in this that can be looked for: letters or digits are needed.';
    case 'common word':
      return `“${problem.typed}” is too common a word to look for by itself. Quote it to look for it as it is.`;
    case 'only exclusions':
      return 'This only says what to leave out. Say what to look for, too.';
    case 'empty exclusion':
      return 'There is nothing after this exclusion.';
    case 'open quotation':
      return 'This quotation is never closed.';
    case 'open bracket':
      return 'This bracket is never closed.';
    case 'stray bracket':
      return 'This bracket closes nothing.';
    case 'empty brackets':
      return 'There is nothing to look for in these brackets.';
    case 'nested too deep':
      return 'Brackets are nested too deep.';
    case 'OR without a side':
      return 'OR needs a term on both sides.';
    case 'empty side of OR':
      return `Every side of OR needs something to look for: “${problem.side}” has nothing.`;
    case 'NEAR without a number':
      return `NEAR needs a number of words from 1 to ${problem.most}, as in NEAR/5.`;
    case 'NEAR without terms':
      return 'NEAR stands between two words, names or phrases.';
    case 'NEAR of three':
      return 'NEAR joins two terms, not more.';
    case 'short prefix':
      return 'A prefix needs at least two letters before the star.';
    case 'empty field':
      return `There is nothing after ${problem.field}:`;
    case 'no field':
      return `There is no field “${problem.typed}”. Did you mean ${problem.nearest}? The fields are ${problem.fields.join(', ')}.`;
    case 'no language':
      return `“${problem.typed}” is no language code. Codes look like en, ja or de${problem.meant === '' ? '' : `: did you mean lang:${problem.meant}?`}`;
    case 'address':
      return 'An address is no word of a story. source: finds what one site publishes.';
  }
}

export function cautionInEnglish(caution: QueryCaution): string {
  switch (caution.code) {
    case 'whole country':
      return `“${caution.typed}” alone is a whole country: this may be a lot of news. A second word narrows it.`;
    case 'whole language':
      return 'Everything in one language is a lot of news. A word narrows it.';
    case 'year':
      return `“${caution.typed}” alone is a year, which much of the news mentions. A second word narrows it.`;
    case 'common word':
      return `“${caution.typed}” is a very common word: this may be a lot of news. A second word narrows it.`;
    case 'short prefix':
      return `“${caution.typed}*” is short and will find many words. A third letter narrows it.`;
    case 'small or':
      return `A small “or” is ignored: both are asked for. For either of them, write ${caution.either}.`;
    case 'contradiction':
      return `“${caution.term}” is both asked for and excluded: nothing can match.`;
  }
}
