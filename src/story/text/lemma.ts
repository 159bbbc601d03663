import { createRequire } from 'node:module';
import { NOUN_VERB_PAIRS } from './noun-verb-pairs.ts';

interface Lemmatizer {
  noun(word: string): string;
  verb(word: string): string;
  adjective(word: string): string;
}

const require = createRequire(import.meta.url);
const wink = require('wink-lemmatizer') as Lemmatizer;
const lexicon = require('wink-lexicon/src/wn-words.js') as Readonly<Record<string, number>>;

/** Words whose form looks inflected and is not, or whose lemma in the lexicon is another word to a reader of news. */
const WHOLE = new Set(
  'news media species series politics economics physics mathematics ethics customs us his this its as has was does less during mass gas bus plus texas kansas'.split(
    ' ',
  ),
);
const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  was: ['be'], were: ['be'], is: ['be'], are: ['be'], been: ['be'], am: ['be'], has: ['have'], had: ['have'], does: ['do'], did: ['do'],
  gases: ['gas'], buses: ['bus'], data: ['data', 'datum'], people: ['people', 'person'], persons: ['person'],
}; // prettier-ignore

const MOST_LEMMAS = 100_000;
const memo = new Map<string, readonly string[]>();
let roots: Map<string, string> | null = null;

/**
 * The lemmas of an English word in normal form, at least one: `leaves` gives leaf and leave. A word of the noun and verb
 * pairs of news language gives its verb too: `seizure` gives seizure and seize. Two words are inflections of each other
 * when they share one.
 */
export function lemmasOf(word: string): readonly string[] {
  const known = memo.get(word);
  if (known !== undefined) return known;
  const found = findLemmas(word);
  if (memo.size >= MOST_LEMMAS) memo.clear();
  memo.set(word, found);
  return found;
}

/** The first lemma of an English word: the one it is counted under. */
export function lemmaOf(word: string): string {
  return lemmasOf(word)[0] ?? word;
}

/** Whether the lexicon holds this word as it is. */
export function isEnglishWord(word: string): boolean {
  return Object.hasOwn(lexicon, word);
}

function findLemmas(word: string): readonly string[] {
  if (!/^[a-z]{2,40}$/u.test(word)) return [word];
  const given = IRREGULAR[word];
  const lemmas = new Set(
    Object.hasOwn(IRREGULAR, word) && given ? given : WHOLE.has(word) ? [word] : inflections(word),
  );
  roots ??= readPairs();
  for (const lemma of lemmas) {
    const root = roots.get(lemma);
    if (root !== undefined) lemmas.add(root);
  }
  return [...lemmas];
}

/** By WordNet's morphology: the base of the noun, of the verb, and of a compared adjective that is no word of its own. */
function inflections(word: string): string[] {
  // The lexicon is a plain object: a word such as "constructor" would find what it inherits.
  if (word in Object.prototype) return [word];
  const noun = wink.noun(word);
  const verb = wink.verb(word);
  const known = isEnglishWord(word);
  const found = [noun, verb].filter((lemma) => lemma !== word);
  if (known || found.length === 0) found.unshift(word);
  if (found.length === 1 && found[0] === word && !known) found.push(...guesses(word));
  return found;
}

/** For a word the lexicon lacks: a compared adjective, or a plural in -s. */
function guesses(word: string): string[] {
  const positive = wink.adjective(word);
  if (positive !== word) return [positive];
  if (word.length > 4 && /[^aous]s$/u.test(word)) return [word.slice(0, -1)];
  return [];
}

function readPairs(): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const line of NOUN_VERB_PAIRS.split('\n')) {
    const [noun, verb] = line.trim().split(/\s+/u);
    if (noun && verb) pairs.set(noun, verb);
  }
  return pairs;
}
