import { tokenKeysOf, type Term } from './terms.ts';

/** The token terms of a vocabulary by the keys that their tokens have, for each language that stories are read in. */
export interface LanguageKeys {
  /** The terms that a key stands for, in a language. What has not been prepared is made at once. */
  of(language: string): ReadonlyMap<string, readonly number[]>;
  /** Makes the keys of a language some thousand terms a step: a vocabulary of many takes long. Terms may come and go between. */
  prepare(language: string): Generator<void, void, void>;
  /** To be called when a token term was given a number, and before the number is taken from it. */
  add(term: Term, number: number): void;
  remove(term: Term, number: number): void;
}

interface Keys {
  readonly lists: Map<string, number[]>;
  /** Terms with numbers below this are in the lists. */
  filled: number;
}

/** Languages whose keys are kept; the one met longest ago makes room. */
const MOST_LANGUAGES = 16;
const TERMS_A_STEP = 2_000;

/** @param terms of the vocabulary, by number; read as they are at each call */
export function createLanguageKeys(terms: readonly (Term | undefined)[]): LanguageKeys {
  const byLanguage = new Map<string, Keys>();

  function keysOf(language: string): Keys {
    let keys = byLanguage.get(language);
    if (keys !== undefined) return keys;
    keys = { lists: new Map(), filled: 0 };
    if (byLanguage.size >= MOST_LANGUAGES) byLanguage.delete(byLanguage.keys().next().value ?? '');
    byLanguage.set(language, keys);
    return keys;
  }

  function fill(keys: Keys, language: string, end: number): void {
    for (; keys.filled < end; keys.filled++) {
      const term = terms[keys.filled];
      if (term?.kind === 'token') addKeys(keys, term, language, keys.filled);
    }
  }

  return {
    of(language) {
      const keys = keysOf(language);
      fill(keys, language, terms.length);
      return keys.lists;
    },

    *prepare(language) {
      const keys = keysOf(language);
      while (terms.length - keys.filled > TERMS_A_STEP) {
        fill(keys, language, keys.filled + TERMS_A_STEP);
        yield;
      }
    },

    add(term, number) {
      for (const [language, keys] of byLanguage) if (number < keys.filled) addKeys(keys, term, language, number);
    },

    remove(term, number) {
      for (const [language, keys] of byLanguage) {
        if (number < keys.filled) for (const key of tokenKeysOf(term, language)) removeNumber(keys.lists, key, number);
      }
    },
  };
}

function addKeys({ lists }: Keys, term: Term, language: string, number: number): void {
  for (const key of tokenKeysOf(term, language)) addNumber(lists, key, number);
}

/** Adds a number to the list of a key, once. */
export function addNumber(lists: Map<string, number[]>, key: string, number: number): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [number]);
  else if (!known.includes(number)) known.push(number);
}

export function removeNumber(lists: Map<string, number[]>, key: string, number: number): void {
  const rest = lists.get(key)?.filter((other) => other !== number) ?? [];
  if (rest.length === 0) lists.delete(key);
  else lists.set(key, rest);
}
