import { distance } from 'fastest-levenshtein';
import { foldWord } from '../story/text/normalise.ts';
import { primaryLanguage } from '../story/text/language.ts';

export const FIELD_NAMES = ['title', 'summary', 'body', 'source', 'lang'] as const;

/** The candidate that takes the fewest changes of letters. */
export function nearestOf<T extends string>(word: string, candidates: readonly [T, ...T[]]): T {
  const [first] = candidates;
  return candidates.reduce(
    (best, candidate) => (distance(word, candidate) < distance(word, best) ? candidate : best),
    first,
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

/** English names of languages with two-letter codes. */
function languageNames(): ReadonlyMap<string, string> {
  if (byName !== null) return byName;
  const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
  const found = new Map<string, string>();
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    const name = nameOf(code);
    if (name !== undefined && !found.has(foldWord(name))) found.set(foldWord(name), code);
  }
  byName = found;
  return found;
}
