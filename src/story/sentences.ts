import { type SentenceWords, sentenceWords } from './abbreviations.ts';
import { enclosures } from './enclosed.ts';

const MOST_CHARS = 80_000;
const CLOSING = '"”’\'»«“)\\]）」』】》〉';
/** Ends that Unicode's rules do not see: before white space behind closing marks, after runs of dots, before figures and dashes, in Greek and Amharic. */
const FURTHER_ENDS = new RegExp(
  [
    `[.!?…]{1,6}\\s?[${CLOSING}]{1,6}\\s{1,9}`,
    `[.!?…]{1,6}[${CLOSING}]{0,3}(?:\\[\\d{1,3}\\]){1,3}\\s{1,9}`,
    `[.!?。！？｡]{1,6}[${CLOSING}]{0,4}\\s{0,9}(?=[“„«「『（《(\\["])`,
    '…{2,8}(?![。．.!?！？」』）…])|…\\s{1,9}(?=\\p{Lu})|፡፡\\s{0,9}|[។៕]\\s{0,9}|\\.\\s{1,9}(?=\\p{Ll}\\p{Lu})',
    "\\.\\s{1,9}(?=['’][stn] \\p{Lu})",
    '(?<=\\p{Ll}{3}|\\p{N}\\p{Ll})[.!?]\\s{1,9}(?=\\p{N})',
    '[.!?…]\\s{1,9}(?=[—–]\\s?[¿¡]?\\p{Lu})',
  ].join('|'),
  'gu',
);
const ENDED = new RegExp(`(?:[.!?…。！？｡．։።፧။॥।۔؟។៕;\\u037E:]\\s?[${CLOSING}]{0,6}|፡፡)$`, 'u');
const CLOSED = new RegExp(`[${CLOSING}]$`, 'u');
const FOOTNOTES = /(?:\[\d{1,3}\]){1,3}$/u;
const GREEK_QUESTION = /[;\u037E]\s{1,9}(?=[\p{Lu}«"“])/gu;
/** Names that end in an exclamation mark. */
const SHOUTED_NAME =
  /(?:^|\s)(?:Yahoo|Yum|Jeopardy|Joomla|E|Wham|Oklahoma|Oliver|Mamma Mia|Airplane|Panic|Moulin Rouge)!$/u;
/** Words after which a single capital is a grade or kind, not an initial. */
const LETTERED =
  /(?:^|\s)(?:vitamin|plan|hepatitis|type|group|grade|class|category|option|section|team|influenza|model|exhibit|schedule|appendix|line|gate|block|zone|phase|series|size|channel|and|or)\s\p{Lu}$/iu;
/** What goes on after a closing mark in scripts without capitals: particles and verbs of saying. */
const GOES_ON =
  /^(?:[とのをがはにもでやへ]|など|だ|です|って|から|まで|、|，|라고|라며|이라고|라는|이라는|고\s|며\s|는\s|은\s|이\s|가\s|을\s|를\s|와\s|과\s|의\s|[\p{sc=Han}]{0,4}(?:说|表示|称|道[，。]|指出|說|稱|写道|問道|问道|喊道|[问問][。，：]|的)|(?:उसने|उन्होंने|\p{sc=Devanagari}+ ने) (?:कहा|बताया|पूछा)|[\p{sc=Hang} ]{1,12}(?:물었|말했|외쳤|답했)|(?:قال|قالت|سأل|سألت|أضاف|أضافت|أجاب|أجابت)\s|[—–]\s)/u;
/** The same behind a question or an exclamation that no mark closes. */
const SPEECH_GOES_ON = /^(?:と(?![、,])|라고|라며|라는)/u;
/** A figure with its unit; years and their like are left out, for after them a sentence mostly goes on. */
const MEASURE = /\p{N}\s?(?:[CFKVWAhglt]|км|м|см|кг|чел|руб|долл|шт|km|kg|cm|mm|min|kr|mkr)\.$/u;
const STREET = /\p{Ll}str$/u;
const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The sentences of a text, trimmed, in order: together they cover it but for white space. Unicode's rules (UAX 29) with what a
 * reader knows beside them: abbreviations and initials by language, ordinals, brackets and quotations, speech that goes on.
 * @param lang BCP 47, or '' for unknown
 * @returns [] for a text without any; what stands beyond 80,000 characters is one last sentence
 */
export function splitSentences(text: string, lang: string): string[] {
  const head = text.slice(0, MOST_CHARS);
  const words = sentenceWords(lang, head);
  const bounds = possibleEnds(head, lang);
  const within = insideMarks(enclosures(head), bounds);
  const sentences: string[] = [];
  let start = 0;
  for (const end of bounds) {
    if (within.has(end) || !endsAt(head, start, end, words)) continue;
    sentences.push(text.slice(start, end).trim());
    start = end;
  }
  sentences.push(text.slice(start).trim());
  return sentences.filter((sentence) => sentence !== '');
}

/** Positions at which a sentence might end, rising; white space behind the end belongs to it. */
function possibleEnds(text: string, lang: string): number[] {
  const ends = new Set<number>();
  for (const { index } of segmenterFor(lang).segment(text)) ends.add(index);
  for (const found of text.matchAll(FURTHER_ENDS)) ends.add(found.index + found[0].length);
  if (/\p{sc=Greek}/u.test(text.slice(0, 400))) {
    for (const found of text.matchAll(GREEK_QUESTION)) ends.add(found.index + found[0].length);
  }
  ends.delete(0);
  ends.delete(text.length);
  return [...ends].sort((a, b) => a - b);
}

function segmenterFor(lang: string): Intl.Segmenter {
  const known = segmenters.get(lang);
  if (known) return known;
  const tag = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(lang) ? lang : 'en';
  const made = new Intl.Segmenter(tag, { granularity: 'sentence' });
  segmenters.set(lang, made);
  return made;
}

function insideMarks(
  stretches: readonly { readonly start: number; readonly end: number }[],
  ends: readonly number[],
): ReadonlySet<number> {
  const inside = new Set<number>();
  let i = 0;
  for (const { start, end } of stretches) {
    while (i < ends.length && (ends[i] ?? 0) <= start) i++;
    while (i < ends.length && (ends[i] ?? 0) < end) inside.add(ends[i++] ?? 0);
  }
  return inside;
}

function endsAt(text: string, start: number, end: number, words: SentenceWords): boolean {
  const before = text.slice(Math.max(start, end - 200), end);
  const after = text.slice(end, end + 80).trimStart();
  const said = before.trimEnd();
  if (said === '' || after === '') return false;
  const gap = before.slice(said.length);
  if (/\n\s*\n/u.test(gap)) return true;
  const bare = said.replace(FOOTNOTES, '');
  if (!ENDED.test(bare)) return gap.includes('\n') && lineEnds(said, after);
  if (/^[,;:)\]，、；]/u.test(after) || goesOnSmall(after, gap)) return false;
  if (CLOSED.test(bare) && GOES_ON.test(after)) return false;
  if (/[？！?!]$/u.test(bare) && SPEECH_GOES_ON.test(after)) return false;
  if (SHOUTED_NAME.test(bare) && !words.starters.has(firstWord(after))) return false;
  if (/(?:^|[^.])\.$/u.test(bare)) return fullStopEnds(bare, after, words, start, end, text);
  return true;
}

/** A line that ends without a mark ends its sentence unless the next goes on small, or it is a full line of running text. */
function lineEnds(said: string, after: string): boolean {
  if (/\p{Ll}/u.test(after[0] ?? '') || /^[,;:.)]/u.test(after)) return false;
  const line = said.slice(said.lastIndexOf('\n') + 1);
  return !(line.length >= 50 && /[\p{L}\p{N},;-]$/u.test(line)) && !line.endsWith(',');
}

/** Whether the first letter is small, but for names such as iPhone. */
function goesOnSmall(after: string, gap: string): boolean {
  const first = /^[^\p{L}\p{N}]{0,6}(\p{Ll})(.?)/u.exec(after);
  if (first === null || /^['’][stn] \p{Lu}/u.test(after)) return false;
  return !/\p{Lu}/u.test(first[2] ?? '') && !(gap.includes('\n') && /^[-•*–]\s/u.test(after));
}

function fullStopEnds(
  said: string,
  after: string,
  words: SentenceWords,
  start: number,
  end: number,
  text: string,
): boolean {
  const token = /(\S+)\.$/u.exec(said)?.[1]?.replace(/^[("“„«'‘[]+|^\p{L}{1,4}['’](?=\p{L})/gu, '') ?? '';
  const next = firstWord(after);
  const beforeNumber = /^[#№]?\p{N}/u.test(after);
  const initial = /^\p{Lu}\.\s?\p{Lu}/u.test(after);
  const starts = !initial && (words.starters.has(next) || words.starters.has(next.replace(/['’].*$/u, "'")));
  if (/^\p{N}{1,4}$/u.test(token)) return numberEnds(text.slice(start, end).trim(), token, after, starts, words);
  if (words.strong.has(token) || words.strong.has(uncapitalised(token))) return false;
  if ((words.counted.has(token) || STREET.test(token)) && beforeNumber) return false;
  if (MEASURE.test(said)) return !beforeNumber;
  if (words.weak.has(token) || (/^\p{Lu}/u.test(token) && words.weak.has(uncapitalised(token))))
    return starts && !beforeNumber;
  const joined = joinedInitials(said);
  if (joined !== '' && words.strong.has(joined)) return false;
  if (joined !== '' && words.weak.has(joined)) return starts;
  if (/^\p{L}$/u.test(token)) return /\p{Lo}/u.test(token) ? false : starts || LETTERED.test(said.slice(0, -1));
  if (/^(?:\p{L}{1,3}\.-?){1,6}\p{L}{1,3}$/u.test(token)) return starts;
  return true;
}

/** `z.B` of "z. B.", `EE.UU` of "EE. UU.": the last two or three short parts written apart. */
function joinedInitials(said: string): string {
  const parts = /(?:^|[\s("“„«])((?:\p{L}{1,3}\.\s){1,3}\p{L}{1,3})\.$/u.exec(said)?.[1];
  return parts === undefined ? '' : parts.replaceAll(/\s/gu, '');
}

function numberEnds(sentence: string, token: string, after: string, starts: boolean, words: SentenceWords): boolean {
  if (sentence === `${token}.`) return false;
  if (/^\p{N}{1,2}\./u.test(after) && /\p{N}\.$/u.test(sentence)) return false;
  return !(words.ordinals && token.length <= 2 && !starts && !/^[\p{N}"„“«]/u.test(after));
}

function firstWord(text: string): string {
  return /^[^\p{L}\p{N}]{0,3}([\p{L}\p{N}]+(?:['’-][\p{L}]*)?)/u.exec(text)?.[1] ?? '';
}

function uncapitalised(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}
