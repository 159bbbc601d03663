import { LEAST_LETTERS, WORD_LANGUAGES } from './language.ts';
import { lemmasOf } from './lemma.ts';
import { isEnglishWord } from './morphology.ts';
import type { RawTokens } from './scan.ts';
import { numberIn, rawOf, SIGN, tableEntries } from './surface-table.ts';

/**
 * The language of texts that have been scanned, when their words tell it beyond doubt: every surface is looked at once and
 * its sign kept, so that a story costs a few table look-ups. What is not plain is left to `languageOf`.
 */

/** A sign is the number of a function word, or one of these. */
const UNKNOWN = 0;
/** Letters of ASCII, no function word; Latin letters with marks; another script; a word of the English lexicon. */
const [PLAIN, MARKED, SCRIPT, ENGLISH_WORD] = [-1, -2, -3, -4] as const;
const MOST_WORDS = 200;
/** English leads by so many function words: no more are needed. */
const ENOUGH = 4;

const LANGUAGES = Array.from(new Set(Array.from(WORD_LANGUAGES.values()).flat()));
const ENGLISH = LANGUAGES.indexOf('en');
const NUMBERS = new Map(Array.from(WORD_LANGUAGES.keys(), (word, at) => [word, at + 1] as const));
const NUMBERED = [[], ...Array.from(WORD_LANGUAGES.values(), (all) => all.map((one) => LANGUAGES.indexOf(one)))];

const scores = new Uint16Array(LANGUAGES.length);
const seen = new Uint32Array(NUMBERED.length);
let turn = 0;
/** The most function words that a language other than English has. */
let rivals = 0;

/** BCP 47 primary, or '' where the words do not tell. */
export function languageOfTokens(texts: readonly RawTokens[]): string {
  turn++;
  scores.fill(0);
  rivals = 0;
  let letters = 0;
  let plain = true;
  let words = 0;
  let english = 0;
  const entries = tableEntries();
  for (const { count, slot, start, end } of texts) {
    for (let i = 0; i < count && words < MOST_WORDS; i++, words++) {
      letters += (end[i] ?? 0) - (start[i] ?? 0);
      const at = slot[i] ?? 0;
      const sign = (entries[at + SIGN] ?? UNKNOWN) || signAt(entries, at);
      if (sign > 0) {
        countWord(sign);
        if ((scores[ENGLISH] ?? 0) >= ENOUGH + rivals) return 'en';
      } else if (sign === SCRIPT) return '';
      else if (sign === MARKED) plain = false;
      else if (sign === ENGLISH_WORD) english++;
    }
  }
  return told() || (plain && (letters < LEAST_LETTERS || english * 2 >= words || isEnglish()) ? 'en' : '');
}

/** Counts a function word for its languages, each word once. */
function countWord(word: number): void {
  if (seen[word] === turn) return;
  seen[word] = turn;
  for (const language of NUMBERED[word] ?? []) {
    const score = (scores[language] ?? 0) + 1;
    scores[language] = score;
    if (language !== ENGLISH && score > rivals) rivals = score;
  }
}

/** The language that has the most function words, if they are two at least and no other has as many. */
function told(): string {
  let first = 0;
  let second = 0;
  for (let i = 1; i < scores.length; i++) {
    const score = scores[i] ?? 0;
    if (score > (scores[first] ?? 0)) {
      second = scores[first] ?? 0;
      first = i;
    } else if (score > second) second = score;
  }
  const most = scores[first] ?? 0;
  return most >= 2 && most > second ? (LANGUAGES[first] ?? '') : '';
}

/** Whether no other language has more function words than English has, and English has one. */
function isEnglish(): boolean {
  const own = scores[ENGLISH] ?? 0;
  return own > 0 && scores.every((score) => score <= own);
}

function signAt(entries: Int32Array, slot: number): number {
  const raw = rawOf(numberIn(slot));
  const sign = NUMBERS.get(raw.toLowerCase()) ?? kindOf(raw);
  entries[slot + SIGN] = sign;
  return sign;
}

function isKnownEnglish(word: string): boolean {
  return word.length > 2 && lemmasOf(word).some(isEnglishWord);
}

function kindOf(raw: string): number {
  if (/^[\u0000-\u007F]*$/u.test(raw)) return isKnownEnglish(raw.toLowerCase()) ? ENGLISH_WORD : PLAIN;
  return /^[\u0000-\u024F\u1E00-\u1EFF\u2000-\u206F]*$/u.test(raw) ? MARKED : SCRIPT;
}
