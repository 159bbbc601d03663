import { createRequire } from 'node:module';

/**
 * Inflection in English after WordNet's morphy (https://wordnet.princeton.edu/documentation/morphy7wn), over WordNet's own
 * words and exceptions, with one thing more: the spelling of -ed and -ing is read (`rated` is of rate, `ratted` of rat).
 */
const require = createRequire(import.meta.url);
const words = table<number>('wn-words');
const senses = require('wink-lexicon/src/wn-word-senses.js') as readonly (readonly number[] | undefined)[];
const nounExceptions = table<string>('wn-noun-exceptions');
const verbExceptions = table<string>('wn-verb-exceptions');
const adjectiveExceptions = table<string>('wn-adjective-exceptions');

/** The last lexicographer file of adjectives and adverbs, of nouns, and of verbs. */
const [LAST_ADJECTIVE, LAST_NOUN, LAST_VERB] = [2, 28, 43] as const;

/** The lexicographer files of groups, places and people. */
const [GROUP, PLACE, PERSON] = [14, 15, 18] as const;

/** A closed syllable with one short vowel, such as hop, rat, plan: its last letter is doubled before -ed and -ing. */
const DOUBLES = /^(?:[^aeiou]*qu|[^aeiou]*)[aeiouy][^aeiouwxy]$/u;

function table<T>(name: string): ReadonlyMap<string, T> {
  return new Map(Object.entries(require(`wink-lexicon/src/${name}.js`) as Record<string, T>));
}

/** All forms that the lexicon lists as irregular. */
export function exceptions(): readonly string[] {
  return [nounExceptions, verbExceptions, adjectiveExceptions].flatMap((table) => Array.from(table.keys()));
}

/** Whether the lexicon holds this word as it is. */
export function isEnglishWord(word: string): boolean {
  return words.has(word);
}

/** Whether all that the lexicon knows of a word is a place: `lyon`. */
export function isOnlyPlace(word: string): boolean {
  return hasOnly(word, [PLACE]);
}

/** Whether all that the lexicon knows of a word is a place, people or a person, as is so of most names that it has. */
export function isOnlyNamed(word: string): boolean {
  return hasOnly(word, [GROUP, PLACE, PERSON]);
}

function hasOnly(word: string, files: readonly number[]): boolean {
  const number = words.get(word);
  const known = number === undefined ? undefined : senses[number];
  return known !== undefined && known.length > 0 && known.every((file) => files.includes(file));
}

/** The bases of which this can be the plural: `axes` may be of axe, axis and ax. None when it is no plural. */
export function nounBases(word: string): readonly string[] {
  const irregular = nounExceptions.get(word);
  const bases = irregular === undefined ? [] : [irregular];
  if (word.endsWith('men') && word.length > 4) bases.push(`${word.slice(0, -3)}man`);
  if (word.endsWith('children')) bases.push(word.slice(0, -3));
  if (!word.endsWith('s') || word.endsWith('ss')) return bases;
  if (word.endsWith('ies') && word.length > 4) bases.push(`${word.slice(0, -3)}y`);
  // Leaves and knives are among the exceptions: what is left is longer words (penknives), and serves, which is of serve.
  if (word.endsWith('ves') && !isEnglishWord(word.slice(0, -1)))
    bases.push(`${word.slice(0, -3)}f`, `${word.slice(0, -3)}fe`);
  if (/(?:s|x|z|ch|sh|o)es$/u.test(word)) bases.push(word.slice(0, -2));
  bases.push(word.slice(0, -1));
  return bases.filter((base, at) => bases.indexOf(base) === at && (base === irregular || isNoun(base)));
}

/** The bases of which this can be a form as a verb; none when it is no such form. */
export function verbBases(word: string): readonly string[] {
  const irregular = verbExceptions.get(word);
  if (irregular !== undefined) return [irregular];
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`, word.slice(0, -1)].filter(isVerb).slice(0, 1);
  if (word.endsWith('ss')) return [];
  if (word.endsWith('s')) {
    const bases = [word.slice(0, -1), ...(/(?:s|x|z|ch|sh|o)es$/u.test(word) ? [word.slice(0, -2)] : [])];
    return bases.filter(isVerb).slice(0, 1);
  }
  const stem = /^(.{2,})(?:ed|ing)$/u.exec(word)?.[1];
  // Skiing is of ski: only before -ed does y become i.
  if (stem?.endsWith('i') && word.endsWith('ing')) return [stem].filter(isVerb);
  return stem === undefined ? [] : basesOfStem(stem);
}

/** The verbs that a stem before -ed or -ing can be spelled from: stop of `stopp`, carry of `carri`, rate of `rat`. */
function basesOfStem(stem: string): readonly string[] {
  const silent = `${stem}e`;
  if (stem.endsWith('i') && isVerb(`${stem.slice(0, -1)}y`)) return [`${stem.slice(0, -1)}y`];
  if (isVerb(stem) && !DOUBLES.test(stem)) return [stem];
  if (/([^aeiou])\1$/u.test(stem) && isVerb(stem.slice(0, -1))) return [stem.slice(0, -1)];
  if (isVerb(silent)) return [silent];
  // Caped is of the noun cape, not of cap.
  return isVerb(stem) && !isNoun(silent) ? [stem] : [];
}

/** The base of a compared adjective; null when it is none, or a noun or verb as well (`corner`, `better`). */
export function adjectiveBase(word: string): string | null {
  if (isNoun(word) || isVerb(word)) return null;
  const irregular = adjectiveExceptions.get(word);
  if (irregular !== undefined) return irregular;
  const stem = /^(.{3,})(?:er|est)$/u.exec(word)?.[1];
  if (stem === undefined) return null;
  return [stem, `${stem}e`].find(isAdjective) ?? null;
}

function isNoun(word: string): boolean {
  return hasSense(word, LAST_ADJECTIVE, LAST_NOUN);
}

function isVerb(word: string): boolean {
  return hasSense(word, LAST_NOUN, LAST_VERB);
}

function isAdjective(word: string): boolean {
  return hasSense(word, -1, LAST_ADJECTIVE);
}

function hasSense(word: string, after: number, to: number): boolean {
  const number = words.get(word);
  if (number === undefined) return false;
  return senses[number]?.some((sense) => sense > after && sense <= to) ?? false;
}
