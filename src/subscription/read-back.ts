import { capitalsOf } from './find.ts';
import { countryNames } from './country-rows.ts';
import { printNode, type Query, type QueryNode } from './query-tree.ts';
import { readingInEnglish, type ReadBackPiece, type ReadingWords } from './reading-words.ts';

/** How a query was read, in words: "Stories about **Japan** (also Japanese, Tokyo, 日本 …) and **South Korea** (…)". */
export function readBack(query: Query, words: ReadingWords = readingInEnglish): readonly ReadBackPiece[] {
  const parts = query.root.kind === 'all' ? query.root.of : [query.root];
  const wanted = parts.filter((part) => part.kind !== 'not' && part.kind !== 'stop' && !isAboutStory(part));
  const about = parts.filter(isAboutStory);
  const unwanted = parts.flatMap((part) => (part.kind === 'not' ? [part.of] : []));
  return merged(
    words.stories(
      wanted.length === 0 ? null : words.all(wanted.map((part) => inWords(part, words))),
      about.map((part) => aboutStory(part, words)),
      unwanted.length === 0 ? null : words.neither(unwanted.map((part) => inWords(part, words))),
    ),
  );
}

function isAboutStory(node: QueryNode): boolean {
  return node.kind === 'source' || node.kind === 'lang';
}

function aboutStory(node: QueryNode, words: ReadingWords): readonly ReadBackPiece[] {
  if (node.kind === 'lang') return words.written(languageName(node.lang, words.language));
  return node.kind === 'source' ? words.published(node.text) : [];
}

function inWords(node: QueryNode, words: ReadingWords): readonly ReadBackPiece[] {
  switch (node.kind) {
    case 'name': {
      const names = otherNames(node.text, node.codes);
      return names.length === 0 ? [{ bold: node.text }] : [{ bold: node.text }, words.also(names)];
    }
    case 'word':
      return /^\p{Lu}{2,3}$/u.test(node.text) ? [{ bold: node.text }, words.inCapitals] : [{ bold: node.text }];
    case 'compound':
      return [{ bold: printNode(node) }, words.alsoJoined(node.joined.text)];
    case 'stop':
      return [node.text];
    case 'exact':
      return [
        ...(node.within === null ? [{ bold: node.text }] : words.within(node.text, node.within)),
        words.asWritten,
      ];
    case 'prefix':
      return capitalsOf(node) === '' ? words.prefix(node.text) : [...words.prefix(node.text), words.asWritten];
    case 'phrase':
      if (node.within !== null) return words.within(node.text, node.within);
      return /\s/u.test(node.text) ? words.phrase(node.text) : words.word(node.text);
    case 'near':
      return words.near(inWords(node.left, words), node.within, inWords(node.right, words));
    case 'in':
      return words.inField(inWords(node.of, words), node.field);
    case 'group':
      return node.of.kind === 'all' || node.of.kind === 'any'
        ? ['(', ...inWords(node.of, words), ')']
        : inWords(node.of, words);
    case 'all':
      return words.all(node.of.filter(({ kind }) => kind !== 'stop').map((child) => inWords(child, words)));
    case 'any':
      return words.any(node.of.map((child) => inWords(child, words)));
    case 'not':
      return words.not(inWords(node.of, words));
    case 'source':
    case 'lang':
      return words.such(aboutStory(node, words));
  }
}

/** The first few of what else finds a country: demonym, capital, its own or a neighbour's writing. */
function otherNames(typed: string, codes: readonly string[]): string[] {
  const names = new Set<string>();
  for (const code of codes) {
    const known = countryNames(code);
    const isCountry = /^[A-Z]{2}$/u.test(code);
    const english = isCountry ? nameIn(code, 'en') : '';
    const own = ['ja', 'ko', 'zh', 'fr', 'es', 'de', 'ru', 'ar'].map((language) =>
      isCountry ? nameIn(code, language) : '',
    );
    const script = own.filter((name) => name !== '' && name !== english && !/\p{sc=Latin}/u.test(name));
    for (const name of [english, known?.demonyms[0], known?.capitals[0], ...script.slice(0, 2)]) {
      if (name !== undefined && name !== '' && name !== typed) names.add(name);
    }
  }
  return [...names].slice(0, 5);
}

function nameIn(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(code) ?? '';
}

function languageName(code: string, locale: string): string {
  return new Intl.DisplayNames([locale, 'en'], { type: 'language', fallback: 'code' }).of(code) ?? code;
}

/** Neighbouring plain pieces as one. */
function merged(pieces: readonly ReadBackPiece[]): ReadBackPiece[] {
  const out: ReadBackPiece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') out[out.length - 1] = last + piece;
    else out.push(piece);
  }
  return out;
}
