import { countryNames } from './name-table.ts';
import { printNode, type Query, type QueryNode } from './query-tree.ts';

/** A piece of a line: plain, or shown in bold. */
export type ReadBackPiece = string | { readonly bold: string };

/**
 * How a query was read, in words: "Stories about **Japan** (also Japanese, Tokyo, 日本 …) and **South Korea** (…)".
 * @param locale BCP 47, the language that countries are named in; the words are English
 */
export function readBack(query: Query, locale: string): readonly ReadBackPiece[] {
  const parts = query.root.kind === 'all' ? query.root.of : [query.root];
  const wanted = parts.filter((part) => part.kind !== 'not' && part.kind !== 'stop' && !isAboutStory(part));
  const about = parts.filter(isAboutStory);
  const unwanted = parts.filter((part) => part.kind === 'not');
  const pieces: ReadBackPiece[] =
    wanted.length === 0 ? ['Stories'] : ['Stories about ', ...listed(wanted, 'and', locale)];
  for (const part of about) pieces.push(...aboutStory(part, locale));
  if (unwanted.length > 0) {
    pieces.push(
      ', but not about ',
      ...listed(
        unwanted.map((part) => (part.kind === 'not' ? part.of : part)),
        'or',
        locale,
      ),
    );
  }
  return merged(pieces);
}

function isAboutStory(node: QueryNode): boolean {
  return node.kind === 'source' || node.kind === 'lang';
}

function aboutStory(node: QueryNode, locale: string): ReadBackPiece[] {
  if (node.kind === 'lang') return [' in ', { bold: languageName(node.lang, locale) }];
  return node.kind === 'source' ? [' from ', { bold: node.text }] : [];
}

function listed(nodes: readonly QueryNode[], word: 'and' | 'or', locale: string): ReadBackPiece[] {
  return nodes.flatMap((node, i) => {
    const said = inWords(node, locale);
    if (i === 0) return said;
    return [i === nodes.length - 1 ? ` ${word} ` : ', ', ...said];
  });
}

function inWords(node: QueryNode, locale: string): ReadBackPiece[] {
  switch (node.kind) {
    case 'name':
      return [{ bold: node.text }, ...alsoNamed(node.text, node.codes)];
    case 'word':
      return /^\p{Lu}{2,3}$/u.test(node.text) ? [{ bold: node.text }, ' (in capitals)'] : [{ bold: node.text }];
    case 'compound':
      return [{ bold: printNode(node) }, ' (also ', node.joined.text, ')'];
    case 'stop':
      return [node.text];
    case 'exact':
      return [{ bold: node.text }, ' (exactly as written)'];
    case 'prefix':
      return ['words that begin with ', { bold: node.text }];
    case 'phrase':
      if (node.within !== null) return ['the words ', { bold: node.text }, ` at most ${node.within} apart`];
      return /\s/u.test(node.text)
        ? ['the phrase ', { bold: `“${node.text}”` }]
        : ['the word ', { bold: `“${node.text}”` }];
    case 'near':
      return [...inWords(node.left, locale), ` at most ${node.within} words from `, ...inWords(node.right, locale)];
    case 'in':
      return [...inWords(node.of, locale), ` in the ${node.field}`];
    case 'group':
      return node.of.kind === 'all' || node.of.kind === 'any'
        ? ['(', ...inWords(node.of, locale), ')']
        : inWords(node.of, locale);
    case 'all':
      return listed(
        node.of.filter(({ kind }) => kind !== 'stop'),
        'and',
        locale,
      );
    case 'any':
      return ['either ', ...listed(node.of, 'or', locale)];
    case 'not':
      return ['not ', ...inWords(node.of, locale)];
    case 'source':
    case 'lang':
      return ['stories', ...aboutStory(node, locale)];
  }
}

/** The first few of what else finds a country: demonym, capital, its own or a neighbour's writing. */
function alsoNamed(typed: string, codes: readonly string[]): ReadBackPiece[] {
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
  return names.size === 0 ? [] : [` (also ${[...names].slice(0, 5).join(', ')} …)`];
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

/** The reading back as plain text. */
export function readBackText(query: Query, locale: string): string {
  return readBack(query, locale)
    .map((piece) => (typeof piece === 'string' ? piece : piece.bold))
    .join('');
}
