import { distance } from 'fastest-levenshtein';
import { foldWord } from '../story/text/normalise.ts';
import { primaryLanguage } from '../story/text/language.ts';

export const FIELD_NAMES = ['title', 'summary', 'body', 'source', 'lang'] as const;

export type FieldName = (typeof FIELD_NAMES)[number];

/** What fields are called elsewhere. */
const OTHER_NAMES: Readonly<Record<string, FieldName>> = {
  headline: 'title', heading: 'title', intitle: 'title', subject: 'title', description: 'summary', lead: 'summary', abstract: 'summary', text: 'body', intext: 'body',
  content: 'body', article: 'body', site: 'source', url: 'source', inurl: 'source', link: 'source', host: 'source', domain: 'source', publisher: 'source',
  feed: 'source', from: 'source', by: 'source', author: 'source', language: 'lang', locale: 'lang',
}; // prettier-ignore

/** The field that a name which is none stands for: by its meaning, else the one that takes the fewest changes of letters. */
export function fieldMeant(word: string): FieldName {
  const known = Object.hasOwn(OTHER_NAMES, word) ? OTHER_NAMES[word] : undefined;
  if (known !== undefined) return known;
  return FIELD_NAMES.reduce<FieldName>(
    (best, name) => (distance(word, name) < distance(word, best) ? name : best),
    FIELD_NAMES[0],
  );
}

/** What people write for a language that is no code of it. */
const MISTAKEN: Readonly<Record<string, string>> = {
  jp: 'ja', cn: 'zh', kr: 'ko', gr: 'el', dk: 'da', se: 'sv', cz: 'cs', ua: 'uk', gb: 'en', us: 'en', eng: 'en', ger: 'de', fre: 'fr', spa: 'es', jpn: 'ja',
  kor: 'ko', chi: 'zh', rus: 'ru', ita: 'it', por: 'pt', br: 'pt', tw: 'zh', hk: 'zh', vn: 'vi',
}; // prettier-ignore
let byName: ReadonlyMap<string, string> | null = null;

/** The language that a code or name stands for; when it is no known code, the nearest that could be meant, or ''. */
export function languageCode(text: string): { readonly known: boolean; readonly code: string } {
  const word = foldWord(text);
  const mistaken = Object.hasOwn(MISTAKEN, word) ? MISTAKEN[word] : undefined;
  if (mistaken !== undefined && !(word.length === 2 && languageNames().has(word) && isUsual(word))) {
    return { known: false, code: mistaken };
  }
  const code = primaryLanguage(word);
  if (code !== '' && /^[a-z]{2,3}$/u.test(code) && nameOf(code) !== undefined) return { known: true, code };
  const named = languageNames().get(word);
  if (named !== undefined) return { known: false, code: named };
  const near = [...languageNames().keys()].find((name) => word.length > 3 && distance(word, name) <= 2);
  return { known: false, code: near === undefined ? '' : (languageNames().get(near) ?? '') };
}

/** Codes that are those of a language with stories, though they are taken for a country's. */
function isUsual(code: string): boolean {
  return !['se', 'br', 'gr', 'us', 'gb'].includes(code) && nameOf(code) !== undefined;
}

let display: Intl.DisplayNames | null = null;

function nameOf(code: string): string | undefined {
  display ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return display.of(code);
}

/** Names of languages with two-letter codes, in English and in themselves. */
function languageNames(): ReadonlyMap<string, string> {
  if (byName !== null) return byName;
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => nameOf(code) !== undefined);
  const found = new Map<string, string>();
  const add = (name: string, code: string): void => {
    if (!found.has(foldWord(name))) found.set(foldWord(name), code);
  };
  for (const code of codes) add(nameOf(code) ?? code, code);
  for (const code of codes) add(new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code, code);
  byName = found;
  return found;
}
