/** Fields of a story's own text that a term can be asked for in. */
export type Field = 'title' | 'summary' | 'body';

export const FIELDS: readonly Field[] = ['title', 'summary', 'body'];

/** A bare word, in the spelling typed. */
export interface WordTerm {
  readonly kind: 'word';
  readonly text: string;
}

/** A country's name among bare words. */
export interface NameTerm {
  readonly kind: 'name';
  readonly text: string;
  /** ISO 3166 codes, or a family such as `korea`. */
  readonly codes: readonly string[];
  /** Typed in small letters where the word has an ordinary twin: any case of the word will do too. */
  readonly loose: boolean;
}

/** `=word` or `="a phrase"`: as written; with `~n` its words at most that many positions apart in any order. */
export interface ExactTerm {
  readonly kind: 'exact';
  readonly text: string;
  readonly within: number | null;
}

/** `word*`; the text is without the star. `=Word*` begins so with its capitals. */
export interface PrefixTerm {
  readonly kind: 'prefix';
  readonly text: string;
  readonly exact: boolean;
}

/** `"a phrase"`, or with `~n` its words at most that many positions apart in any order. */
export interface PhraseTerm {
  readonly kind: 'phrase';
  readonly text: string;
  readonly within: number | null;
}

/** `left NEAR/n right`. */
export interface NearTerm {
  readonly kind: 'near';
  readonly left: WordTerm | NameTerm | ExactTerm | PrefixTerm | PhraseTerm;
  readonly right: WordTerm | NameTerm | ExactTerm | PrefixTerm | PhraseTerm;
  readonly within: number;
}

export interface SourceTerm {
  readonly kind: 'source';
  readonly text: string;
}

export interface LanguageTerm {
  readonly kind: 'lang';
  /** BCP 47 primary language. */
  readonly lang: string;
}

/** Two bare words that are written as one, too: either both, in any order, or the one. */
export interface CompoundTerm {
  readonly kind: 'compound';
  readonly left: WordTerm;
  readonly right: WordTerm;
  readonly joined: WordTerm;
}

/** A stop word among bare words: kept for printing, asks for nothing. */
export interface StopTerm {
  readonly kind: 'stop';
  readonly text: string;
}

export type QueryTerm =
  | WordTerm
  | NameTerm
  | ExactTerm
  | PrefixTerm
  | PhraseTerm
  | NearTerm
  | SourceTerm
  | LanguageTerm
  | StopTerm;

export type QueryNode =
  | QueryTerm
  | CompoundTerm
  | { readonly kind: 'all'; readonly of: readonly QueryNode[] }
  | { readonly kind: 'any'; readonly of: readonly QueryNode[] }
  | { readonly kind: 'not'; readonly of: QueryNode }
  | { readonly kind: 'group'; readonly of: QueryNode }
  | { readonly kind: 'in'; readonly field: Field; readonly of: QueryNode };

/** A query as it was read: plain data. */
export interface Query {
  readonly root: QueryNode;
}

/** In the language of queries; reading it gives the same query. */
export function printQuery(query: Query): string {
  return printNode(query.root);
}

/** One node of a query in the language of queries. */
export function printNode(node: QueryNode): string {
  switch (node.kind) {
    case 'all':
      return node.of.map(printNode).join(' ');
    case 'any':
      return node.of.map(printNode).join(' OR ');
    case 'not':
      return `-${printNode(node.of)}`;
    case 'group':
      return `(${printNode(node.of)})`;
    case 'in':
      return `${node.field}:${printNode(node.of)}`;
    case 'compound':
      return `${printNode(node.left)} ${printNode(node.right)}`;
    case 'near':
      return `${printNode(node.left)} NEAR/${node.within} ${printNode(node.right)}`;
    case 'exact':
      if (node.within !== null) return `="${node.text}"~${node.within}`;
      return /[\s()|"]/u.test(node.text) ? `="${node.text}"` : `=${node.text}`;
    case 'prefix':
      return `${node.exact ? '=' : ''}${node.text}*`;
    case 'phrase':
      return node.within === null ? `"${node.text}"` : `"${node.text}"~${node.within}`;
    case 'source':
      return /^[\p{L}\p{N}.]+$/u.test(node.text) && !/^(?:AND|OR|NOT|NEAR)$/u.test(node.text)
        ? `source:${node.text}`
        : `source:"${node.text}"`;
    case 'lang':
      return `lang:${node.lang}`;
    case 'word':
    case 'name':
    case 'stop':
      return node.text;
  }
}

/** The terms of a query that a story is to hold, those under an exclusion left out. */
export function positiveTerms(node: QueryNode): readonly QueryTerm[] {
  switch (node.kind) {
    case 'not':
      return [];
    case 'all':
    case 'any':
      return node.of.flatMap(positiveTerms);
    case 'group':
    case 'in':
      return positiveTerms(node.of);
    case 'compound':
      return [node.left, node.right];
    default:
      return [node];
  }
}

/** What a compound stands for, in plain nodes. */
export function compoundWays({ left, right, joined }: CompoundTerm): QueryNode {
  return { kind: 'any', of: [{ kind: 'all', of: [left, right] }, joined] };
}
