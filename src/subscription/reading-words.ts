/** A piece of a line: plain, or shown in bold. */
export type ReadBackPiece = string | { readonly bold: string };

type Pieces = readonly ReadBackPiece[];

/** How a query that was read is said back, in one language. Each takes what is said already and gives the whole of it. */
export interface ReadingWords {
  /** BCP 47: what languages are named in. */
  readonly language: string;
  /**
   * The sentence: what stories are about (null for anything), which stories (`written`, `published`), and what they must
   * not be about (null for nothing).
   */
  readonly stories: (about: Pieces | null, which: readonly Pieces[], without: Pieces | null) => Pieces;
  /** Within another sentence, stories that are such. */
  readonly such: (which: Pieces) => Pieces;
  readonly written: (language: string) => Pieces;
  readonly published: (source: string) => Pieces;
  /** All of these. */
  readonly all: (items: readonly Pieces[]) => Pieces;
  /** One of these. */
  readonly any: (items: readonly Pieces[]) => Pieces;
  /** None of these, behind what `stories` says of what is left out. */
  readonly neither: (items: readonly Pieces[]) => Pieces;
  readonly not: (item: Pieces) => Pieces;
  /** Behind a name: the first few of what else finds it. */
  readonly also: (names: readonly string[]) => string;
  /** Behind two words: the one word they make together. */
  readonly alsoJoined: (word: string) => string;
  readonly inCapitals: string;
  readonly asWritten: string;
  readonly prefix: (text: string) => Pieces;
  /** In quotes: several words, and one. */
  readonly phrase: (text: string) => Pieces;
  readonly word: (text: string) => Pieces;
  /** In quotes, its words at most so many positions apart. */
  readonly within: (text: string, most: number) => Pieces;
  readonly near: (left: Pieces, most: number, right: Pieces) => Pieces;
  readonly inField: (item: Pieces, field: 'title' | 'summary' | 'body') => Pieces;
}

/** Items with commas between them and a word before the last. */
export function joined(items: readonly Pieces[], comma: string, beforeLast: string): Pieces {
  return items.flatMap((item, i) =>
    i === 0 ? item : ([i === items.length - 1 ? beforeLast : comma, ...item] satisfies Pieces),
  );
}

export const readingInEnglish: ReadingWords = {
  language: 'en',
  stories: (about, which, without) => [
    ...(about === null ? ['Stories'] : ['Stories about ', ...about]),
    ...which.flat(),
    ...(without === null ? [] : [', but not about ', ...without]),
  ],
  such: (which) => ['stories', ...which],
  written: (language) => [' in ', { bold: language }],
  published: (source) => [' from ', { bold: source }],
  all: (items) => joined(items, ', ', ' and '),
  any: (items) => ['either ', ...joined(items, ', ', ' or ')],
  neither: (items) => joined(items, ', ', ' or '),
  not: (item) => ['not ', ...item],
  also: (names) => ` (also ${names.join(', ')} …)`,
  alsoJoined: (word) => ` (also ${word})`,
  inCapitals: ' (in capitals)',
  asWritten: ' (exactly as written)',
  prefix: (text) => ['words that begin with ', { bold: text }],
  phrase: (text) => ['the phrase ', { bold: `“${text}”` }],
  word: (text) => ['the word ', { bold: `“${text}”` }],
  within: (text, most) => ['the words ', { bold: text }, ` at most ${most} apart`],
  near: (left, most, right) => [...left, ` at most ${most} words from `, ...right],
  inField: (item, field) => [...item, ` in the ${field}`],
};
