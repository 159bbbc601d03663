import { createRequire } from 'node:module';
import { foldWord } from './normalise.ts';
import { lemmasOf } from './lemma.ts';

type Stemmer = (word: string) => string;

const require = createRequire(import.meta.url);

const STEMMERS: Readonly<Record<string, string>> = {
  fr: 'french', de: 'german', es: 'spanish', it: 'italian', pt: 'portuguese', nl: 'dutch', sv: 'swedish', da: 'danish',
  nb: 'norwegian', no: 'norwegian', nn: 'norwegian', fi: 'finnish', hu: 'hungarian', ro: 'romanian', ru: 'russian',
  tr: 'turkish', ga: 'irish', lt: 'lithuanian',
}; // prettier-ignore

/** Endings of nouns in languages that the stemmers do not know, longest first: a light stem, four letters at least left. */
const LIGHT_ENDINGS: Readonly<Record<string, RegExp>> = {
  pl: /(?:iami|ami|ach|owi|owie|ego|emu|ych|ich|ymi|imi|ów|om|em|ie|ej|ą|ę|a|e|i|o|u|y)$/u,
  uk: /(?:ого|ому|ами|ями|ими|іми|ах|ях|ів|їв|ої|ою|єю|ею|ий|ій|их|іх|ам|ям|ом|ем|єм|а|я|у|ю|е|є|и|і|ї|о|ь)$/u,
  el: /(?:ου[ςσ]|ων|ο[ςσ]|ου|οι|α[ςσ]|ει[ςσ]|ε[ςσ]|η[ςσ]|η|ο|ι|α|ε)$/u,
  sk: /(?:ami|ach|och|ovi|ého|ému|ých|ými|om|ou|ov|ej|a|e|i|o|u|y|á|é|í|ý)$/u,
  cs: /(?:ami|emi|ách|ích|ech|ům|ím|ou|ové|ovi|ého|ému|ých|ými|em|a|e|i|o|u|y|á|é|í|ý|ě|ů)$/u,
  sl: /(?:ami|ama|ima|ega|emu|ih|im|ov|ev|om|em|ah|a|e|i|o|u)$/u,
  ca: /(?:ions|es|os|s|a|e|o)$/u,
  eu: /(?:aren|etan|ean|ak|ek|en|a)$/u,
  hr: /(?:ima|ama|oga|omu|ega|ih|im|om|em|og|a|e|i|o|u)$/u,
};
const LONGEST_ENDING = 4;

/**
 * Endings that the stemmers leave on, and what the base has instead. What looks so may be of the base (paket, Glas, enlaces):
 * the word is found by its own stem as well.
 */
const UNKNOWN_ENDINGS: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  de: [[/(?<=..[aiouy])s$/u, '']],
  es: [[/(?<=[aeiou])ces$/u, 'z']],
  // Read as a possessive (poliisi) unless its other cases follow.
  fi: [[/(?<=..)si$/u, 'sin']],
  pt: [[/(?<=^[^aeiou]e)is$/u, 'i']],
  sv: [
    [/(?<=[aeiouyåäö].*)ets?$/u, ''],
    [/(?<=[aeiouyåäö].*[^aeiouyåäö])ans?$/u, 'a'],
  ],
};
/** The article of Arabic, with three letters after it at least; read off words of its script whatever the language. */
const ARABIC_ARTICLE = /^ال[\u0620-\u06FF]{3}/u;
const CYRILLIC = /^\p{sc=Cyrillic}/u;
const LATIN = /^\p{sc=Latin}/u;
const GREEK = /^\p{sc=Greek}/u;
const CYRILLIC_LANGUAGES = new Set('uk bg sr mk be kk ky mn tg'.split(' '));
const OTHER_SCRIPTS = new Set(
  'ru uk bg mk be el ja ko zh ar fa ur he hi bn ta te th lo km my ka hy am mr ne gu pa si kk ky mn tg'.split(' '),
);

const stemmers = new Map<string, Stemmer>();

/**
 * The stems of a word in a language (BCP 47 primary, '' for unknown), in normal form, at least one. Two words of a story's
 * language are inflections of each other when they share one. English goes by lemmas; a word whose script is not that
 * of the language is read as English when Latin, as Russian when Cyrillic; an unknown language leaves words as they are.
 * @param word in normal form, lower case
 * @param marked the same word with its marks
 */
export function stemsOf(word: string, marked: string, language: string): readonly string[] {
  const own = languageOfWord(word, language);
  if (own === 'en') return lemmasOf(word);
  if (own === '' && ARABIC_ARTICLE.test(word)) return [word, word.slice(2)];
  if (own === '' || word.length < 3 || word.length > 60) return [word];
  const base = UNKNOWN_ENDINGS[own]?.reduce((read, [ending, by]) => read.replace(ending, by), marked) ?? marked;
  if (marked === word && base === marked && own !== 'tr') return [stemOf(word, own)];
  const stems = new Set<string>();
  for (const form of marked === word ? [word] : [marked, word]) stems.add(stemOf(form, own));
  // A base can look like a possessive (seçim): then only the whole word meets its plural.
  if (own === 'tr') stems.add(word);
  if (base !== marked) stems.add(stemOf(base, own));
  return [...stems];
}

/**
 * What a Russian word that ends as family names do (Федоров) is found by as such a name, in normal form; '' for all others.
 * Its stem is that of a noun in the genitive plural (федор), that of its other cases and of the feminine is not.
 */
export function familyNameStem(word: string, language: string): string {
  return /^[\u0400-\u04FF]{3,}[ое]в$/u.test(word) && languageOfWord(word, language) === 'ru' ? word : '';
}

/** The language a single word is read in, within a text of another. */
function languageOfWord(word: string, language: string): string {
  const first = word.charCodeAt(0);
  if (first < 128 && !isAsciiLetter(first)) return '';
  if (first < 128 || LATIN.test(word)) return OTHER_SCRIPTS.has(language) && language !== 'sr' ? 'en' : language;
  if (CYRILLIC.test(word)) return language === 'ru' || !CYRILLIC_LANGUAGES.has(language) ? 'ru' : language;
  if (GREEK.test(word)) return 'el';
  return '';
}

function isAsciiLetter(unit: number): boolean {
  return (unit | 32) > 96 && (unit | 32) < 123;
}

function stemOf(word: string, language: string): string {
  const name = STEMMERS[language];
  if (name === undefined) return lightStem(word, language);
  let stemmer = stemmers.get(name);
  if (stemmer === undefined) stemmers.set(name, (stemmer = loadStemmer(name)));
  const stem = foldWord(afterStemmer(stemmer(beforeStemmer(word, language)), language));
  return stem === '' ? foldWord(word) : stem;
}

/** The stemmers of Snowball (https://snowballstem.org), each loaded when its language is met. */
function loadStemmer(name: string): Stemmer {
  return (require(`@orama/stemmers/${name}`) as { readonly stemmer: Stemmer }).stemmer;
}

function lightStem(word: string, language: string): string {
  const ending = LIGHT_ENDINGS[language];
  if (ending === undefined) return foldWord(word);
  // Looked for in the end alone: from the beginning the pattern would be tried at every letter.
  const end = Math.max(0, word.length - LONGEST_ENDING);
  const stem = word.slice(0, end) + word.slice(end).replace(ending, '');
  return foldWord(stem.length < 3 ? word : stem);
}

/** Makes one what a stemmer leaves apart: plurals of nouns, for the most part. */
function beforeStemmer(word: string, language: string): string {
  switch (language) {
    case 'pt':
      return singularPortuguese(word);
    case 'ru':
      return word.replaceAll('ё', 'е');
    case 'es':
      // Else -nos is read as a pronoun: gobier-nos.
      return word.replace(/ernos$/u, 'erno');
    case 'fr':
      return /^(?:fois|mois|pays|trois|gens)$/u.test(word) ? word : word.replace(/(?<=..[aiouéû])s$/u, '');
    case 'ro':
      return word.replace(/(?<=..)([aei])re$/u, '$1ri');
    default:
      return word;
  }
}

/** Dutch hardens a consonant that ends a word: prijs and prijzen, brief and brieven. */
function afterStemmer(stem: string, language: string): string {
  return language === 'nl' ? stem.replace(/z$/u, 's').replace(/v$/u, 'f') : stem;
}

/** The Portuguese stemmer leaves -ão and -ões, -al and -ais apart. */
function singularPortuguese(word: string): string {
  if (word.length < 5) return word;
  return word
    .replace(/(?:ões|ães|oes|aes)$/u, 'ão')
    .replace(/ao$/u, 'ão')
    .replace(/ais$/u, 'al')
    .replace(/[éê]is$/u, 'el');
}
