import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const MOST_READ = 1000;
export const LEAST_LETTERS = 40;
let detector: { detect(this: void, text: string): string } | null = null;

/** Function words that tell a language of Latin script; none is a usual word of another of them, or of an English headline. */
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: 'a an the of and to for with from by after over says said is are was were has have will that this as at on its his her not but who',
  fr: 'le les des du une et dans pour sur avec après est sont aux ont cette ces ses qui selon contre entre pas son leur',
  de: 'der die das und den dem ein eine für mit nach auf von zu im ist sind wird bei gegen über nicht aus vor sich wegen',
  es: 'el los las una y del por con para tras según ha han su sus contra entre más sobre como está',
  it: 'il gli della dei delle nel nella di dopo sono è per con che una dal dalla alla sul ai degli',
  pt: 'os do da dos das em no na um uma após são não com pelo pela ao à mais foi contra sobre diz',
  nl: 'het een van voor met na zijn naar bij uit door over wordt niet aan werd tegen nog om',
  sv: 'och att det som för med av på är den till inte efter har från ska om ett',
  da: 'og af for med til på er det der ikke efter har fra vil et den mod',
  nb: 'og av til på er det ikke etter har fra vil et som den mot seg',
  pl: 'w i na z do nie się że jest po od za przez oraz jak dla są',
  tr: 've bir için ile bu da de olarak sonra en çok kadar',
  ro: 'și în de la cu pe din pentru după că nu este sunt a fost',
  fi: 'ja on ei että sekä jälkeen mukaan ovat oli myös kun',
  hu: 'és az egy hogy nem után meg is volt már szerint',
  cs: 'a v na se že je po do za pro jako podle byl jsou',
  id: 'dan yang di ke dari untuk dengan pada ini itu akan tidak dalam oleh',
  vi: 'và của là cho trong với được các người không một những',
};
/** The languages that each function word belongs to. */
export const WORD_LANGUAGES: ReadonlyMap<string, readonly string[]> = readFunctionWords();

/**
 * The language of a text, BCP 47 primary: what is declared if it can be, else what the script tells, else the function
 * words and a detector for Latin text. A short Latin text with no sign of another language counts as English, which most
 * headlines without a declaration are; '' when nothing can be told.
 */
export function languageOf(text: string, declared = ''): string {
  const head = text.length > MOST_READ ? text.slice(0, MOST_READ) : text;
  const tag = primaryLanguage(declared);
  if (tag !== '') return tag;
  return languageByScript(head) ?? latinLanguage(head);
}

/** `en` of `en-GB` or `EN_us`; `nb` of `no`; '' for what is no language tag. */
export function primaryLanguage(tag: string): string {
  const found = /^([a-z]{2,3})(?:[-_]|$)/iu.exec(tag.trim())?.[1]?.toLowerCase() ?? '';
  if (found === 'und' || found === 'mul') return '';
  return found === 'no' || found === 'nn' ? 'nb' : found;
}

/** The language that a script tells, null for Latin, '' for none. */
function languageByScript(text: string): string | null {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  if (!/[^\u0000-\u024F\u1E00-\u1EFF\u2000-\u206F]/u.test(text)) return null;
  const latin = count(/\p{sc=Latin}/gu);
  const kana = count(/[\p{sc=Hiragana}\p{sc=Katakana}]/gu);
  const han = count(/\p{sc=Han}/gu);
  // A character of Han or Hangul says as much as several letters.
  const scripts: readonly (readonly [string, number])[] = [
    ['ja', kana > 0 && kana * 10 >= han ? (kana + han) * 3 : 0],
    ['zh', han * 3],
    ['ko', count(/\p{sc=Hangul}/gu) * 3],
    ['ru', count(/\p{sc=Cyrillic}/gu)],
    ['ar', count(/\p{sc=Arabic}/gu)],
    ['el', count(/\p{sc=Greek}/gu)],
    ['he', count(/\p{sc=Hebrew}/gu)],
    ['th', count(/\p{sc=Thai}/gu)],
    ['hi', count(/\p{sc=Devanagari}/gu)],
    ['bn', count(/\p{sc=Bengali}/gu)],
    ['ta', count(/\p{sc=Tamil}/gu)],
    ['hy', count(/\p{sc=Armenian}/gu)],
    ['ka', count(/\p{sc=Georgian}/gu)],
    ['my', count(/\p{sc=Myanmar}/gu)],
    ['km', count(/\p{sc=Khmer}/gu)],
    ['am', count(/\p{sc=Ethiopic}/gu)],
  ];
  let best: readonly [string, number] = ['', 0];
  for (const script of scripts) if (script[1] > best[1]) best = script;
  if (latin >= best[1]) return latin > 0 ? null : '';
  return refine(best[0], text);
}

/** Languages that share a script, by the letters only one of them has. */
function refine(language: string, text: string): string {
  if (language === 'ru') return /[іїєґ]/iu.test(text) ? 'uk' : /[ђјљњћџ]/iu.test(text) ? 'sr' : 'ru';
  if (language === 'ar') return /[پچژگ]/u.test(text) ? (/[ٹڈڑے]/u.test(text) ? 'ur' : 'fa') : 'ar';
  return language;
}

function latinLanguage(text: string): string {
  const scores = new Map<string, number>();
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  for (const word of new Set(words.slice(0, 200))) {
    for (const language of WORD_LANGUAGES.get(word) ?? []) scores.set(language, (scores.get(language) ?? 0) + 1);
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (first && first[1] >= 2 && first[1] > (second?.[1] ?? 0)) return first[0];
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const foreign = foreignLetters(text);
  if (letters < LEAST_LETTERS) return first && first[0] !== 'en' && foreign ? first[0] : foreign || 'en';
  if (first && first[0] === 'en' && !foreign) return 'en';
  const detected = primaryLanguage(detect(text));
  return detected === '' ? 'en' : detected;
}

/** Letters that only one frequent language writes; '' for none. */
function foreignLetters(text: string): string {
  if (!/[^\u0000-\u007F]/u.test(text)) return '';
  if (/[ñ¿¡]/iu.test(text)) return 'es';
  if (/[ß]/u.test(text)) return 'de';
  if (/[ãõ]/iu.test(text)) return 'pt';
  if (/[łąęśźż]/iu.test(text)) return 'pl';
  if (/[ğış]/u.test(text) || /[ĞİŞ]/u.test(text)) return 'tr';
  if (/[őű]/iu.test(text)) return 'hu';
  if (/[řěů]/iu.test(text)) return 'cs';
  if (/[țșă]/iu.test(text)) return 'ro';
  if (/[œèêàùç]/iu.test(text)) return /[èàù]\b/iu.test(text) && !/[êç]/iu.test(text) ? '' : 'fr';
  return '';
}

function detect(text: string): string {
  detector ??= require('tinyld') as { detect(this: void, text: string): string };
  return detector.detect(text);
}

function readFunctionWords(): Map<string, string[]> {
  const words = new Map<string, string[]>();
  for (const [language, list] of Object.entries(FUNCTION_WORDS)) {
    for (const word of list.split(' ')) words.set(word, [...(words.get(word) ?? []), language]);
  }
  return words;
}
