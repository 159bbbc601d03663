import { NOUN_VERB_PAIRS } from './noun-verb-pairs.ts';
import { adjectiveBase, exceptions, isEnglishWord, nounBases, verbBases } from './morphology.ts';

/** Words whose form looks inflected and is not, or whose lemma in the lexicon is another word to a reader of news. */
const WHOLE = new Set(
  'news media species series politics economics physics mathematics ethics customs us his this its as has was does less during mass gas bus plus texas kansas wales mars athens brussels evening crooked outing wicked'.split(
    ' ',
  ),
);
const IRREGULAR: Readonly<Record<string, readonly string[]>> = {
  was: ['be'], were: ['be'], is: ['be'], are: ['be'], been: ['be'], am: ['be'], has: ['have'], had: ['have'], does: ['do'], did: ['do'],
  gases: ['gas'], buses: ['bus'], data: ['data', 'datum'], people: ['people', 'person'], persons: ['person'], bacteria: ['bacterium'], algae: ['alga'], bases: ['base', 'basis'], axes: ['axe', 'axis', 'ax'],
  being: ['be', 'being'], passersby: ['passerby'], dice: ['dice', 'die'],
}; // prettier-ignore

const MOST_LEMMAS = 100_000;
const memo = new Map<string, readonly string[]>();
let roots: Map<string, readonly string[]> | null = null;

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

/** Forms that the lexicon lists one by one, each with a lemma of it: those that may not begin as it does. */
export function* irregularForms(): Generator<readonly [form: string, lemma: string]> {
  roots ??= readPairs();
  for (const form of [...Object.keys(IRREGULAR), ...exceptions(), ...roots.keys()]) {
    for (const lemma of lemmasOf(form)) yield [form, lemma];
  }
}

function findLemmas(word: string): readonly string[] {
  if (!/^[a-z]{2,40}$/u.test(word)) return [word];
  const given = IRREGULAR[word];
  const lemmas = new Set(
    Object.hasOwn(IRREGULAR, word) && given ? given : WHOLE.has(word) ? [word] : inflections(word),
  );
  roots ??= readPairs();
  for (const lemma of lemmas) {
    for (const root of roots.get(lemma) ?? []) lemmas.add(root);
  }
  return [...lemmas];
}

/**
 * The bases of the noun, the verb and the compared adjective, the word itself where the lexicon has it too (`meeting`); for a
 * word that the lexicon lacks a guess by its ending.
 */
function inflections(word: string): string[] {
  const positive = adjectiveBase(word);
  const bases = [...nounBases(word), ...verbBases(word), ...(positive === null ? [] : [positive])];
  if (isEnglishWord(word) || bases.length === 0) bases.unshift(word);
  if (bases.length === 1 && bases[0] === word && !isEnglishWord(word)) bases.push(...guesses(word));
  return bases;
}

/** The singular of a plural in -s, or the base of a long new verb: `livestreamed`. */
function guesses(word: string): string[] {
  if (word.length > 4 && /[^aous]s$/u.test(word)) return [word.slice(0, -1), ...nounBases(word.slice(0, -1))];
  const stem = /^(.{6,})(?:ed|ing)$/u.exec(word)?.[1];
  return stem === undefined ? [] : [stem, `${stem}e`];
}

/** The verbs of each noun: one, or its two spellings. */
function readPairs(): Map<string, readonly string[]> {
  const pairs = new Map<string, readonly string[]>();
  for (const line of NOUN_VERB_PAIRS.split('\n')) {
    const [noun, verb] = line.trim().split(/\s+/u);
    if (noun && verb) pairs.set(noun, [...(pairs.get(noun) ?? []), verb]);
  }
  return pairs;
}
