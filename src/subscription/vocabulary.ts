import { longer } from './blocks.ts';
import { addNumber, createLanguageKeys, removeNumber, type LanguageKeys } from './language-keys.ts';
import { createPairTable, type PairTable } from './pair-table.ts';
import { ANYWHERE, type Term } from './terms.ts';

/** The term that every story holds. */
export const ALWAYS_PRESENT = 0;

/** The terms that queries ask for, each under a small number, with the ways to find those that a story holds. */
export interface Vocabulary {
  /** The number of a term asked for in some fields (as bits), new or known; one use more is counted. */
  enter(term: Term, fields: number): number;
  /** One use less; a term without uses is forgotten and its number given to another. */
  release(number: number): void;
  /** How many queries ask for a term: what many ask for is frequent in the news too. */
  usesOf(number: number): number;
  /** The fields that a term is asked for in. */
  fieldsOf(number: number): number;
  /** Whether a bigram may begin with a token term (`OPENS`) or end with it (`CLOSES`), as bits. */
  bigramSidesOf(number: number): number;
  /** The bigrams by their two terms. */
  readonly bigrams: Pick<PairTable, 'size' | 'get'>;
  /** Numbers are below this. */
  readonly limit: number;
  /** Grows whenever a term was entered anew: what was found in a surface before may lack it. */
  readonly version: number;
  /** The token terms by the keys of tokens, in each language. */
  readonly tokenTerms: Pick<LanguageKeys, 'of' | 'prepare'>;
  /** Terms by what they are found by: prefix, country code, pair of characters, key of the story. */
  readonly prefixes: ReadonlyMap<string, readonly number[]>;
  readonly prefixLengths: ReadonlySet<number>;
  readonly names: ReadonlyMap<string, readonly number[]>;
  readonly pairs: ReadonlyMap<string, readonly number[]>;
  readonly storyTerms: ReadonlyMap<string, readonly number[]>;
}

/** Sides of a bigram. */
export const [OPENS, CLOSES] = [1, 2] as const;

export function createVocabulary(): Vocabulary {
  /** By the fields asked for, and by the key of the term. */
  const numbers = Array.from({ length: ANYWHERE + 1 }, () => new Map<string, number>());
  const terms: (Term | undefined)[] = [undefined];
  const free: number[] = [];
  const tokenTerms = createLanguageKeys(terms);
  const lookups = {
    prefix: new Map<string, number[]>(),
    name: new Map<string, number[]>(),
    pair: new Map<string, number[]>(),
    story: new Map<string, number[]>(),
  };
  const prefixLengths = new Set<number>();
  const bigrams = createPairTable();
  let uses = new Int32Array(1024);
  let fields = new Uint8Array(1024);
  let sides = new Uint8Array(1024);
  let version = 1;

  function begin(term: Term, asked: number): number {
    const number = free.pop() ?? terms.length;
    terms[number] = term;
    numbers[asked]?.set(term.key, number);
    if (number >= uses.length) {
      uses = longer(uses, number * 2);
      fields = longer(fields, number * 2);
      sides = longer(sides, number * 2);
    }
    uses[number] = 0;
    fields[number] = asked;
    sides[number] = 0;
    version++;
    if (term.kind === 'bigram') beginBigram(term, number);
    else if (term.kind === 'token') tokenTerms.add(term, number);
    else {
      addNumber(lookups[term.kind], lookupKey(term), number);
      if (term.kind === 'prefix') prefixLengths.add(term.text.length);
    }
    return number;
  }

  function end(number: number, term: Term): void {
    numbers[fields[number] ?? 0]?.delete(term.key);
    terms[number] = undefined;
    free.push(number);
    if (term.kind === 'bigram') return endBigram(term);
    if (term.kind === 'token') tokenTerms.remove(term, number);
    else removeNumber(lookups[term.kind], lookupKey(term), number);
  }

  /** A bigram is a use of both its terms. */
  function beginBigram({ of }: Term, number: number): void {
    if (of === null) return;
    const [first, second] = [enter(of[0], ANYWHERE), enter(of[1], ANYWHERE)];
    sides[first] = (sides[first] ?? 0) | OPENS;
    sides[second] = (sides[second] ?? 0) | CLOSES;
    bigrams.set(first, second, number);
  }

  function endBigram({ of }: Term): void {
    if (of === null) return;
    const first = numbers[ANYWHERE]?.get(of[0].key) ?? 0;
    const second = numbers[ANYWHERE]?.get(of[1].key) ?? 0;
    bigrams.delete(first, second);
    release(first);
    release(second);
  }

  function enter(term: Term, asked: number): number {
    let number = term.hint;
    if (terms[number] !== term || fields[number] !== asked) {
      number = numbers[asked]?.get(term.key) ?? begin(term, asked);
      // Of equal terms, the one that was asked for last is likely to be asked for next.
      terms[number] = term;
      term.hint = number;
    }
    uses[number] = (uses[number] ?? 0) + 1;
    return number;
  }

  function release(number: number): void {
    const term = terms[number];
    if (term === undefined) return;
    uses[number] = (uses[number] ?? 0) - 1;
    if (uses[number] === 0) end(number, term);
  }

  return {
    prefixes: lookups.prefix,
    prefixLengths,
    names: lookups.name,
    pairs: lookups.pair,
    storyTerms: lookups.story,
    get limit() {
      return terms.length;
    },
    get version() {
      return version;
    },
    usesOf: (number) => uses[number] ?? 0,
    fieldsOf: (number) => fields[number] ?? 0,
    bigramSidesOf: (number) => sides[number] ?? 0,
    bigrams,
    enter,
    release,
    tokenTerms,
  };
}

function lookupKey(term: Term): string {
  return term.kind === 'prefix' || term.kind === 'name' ? term.text : term.key;
}
