/** Words and numbers of any script; marks belong to the letter before them. */
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts written without spaces between words. Hangul has spaces, but its particles are glued to the words. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]/u;
const STRETCH =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+/gu;
const GROUPED_DIGITS = /(?<=\p{N})[,.](?=\p{N})/gu;

/** No more than this many letters are read for each word asked for, so that a text without end costs no more. */
const LETTERS_A_WORD = 12;

/** One word as the text has it, with its capital letter, or a stretch of a script that writes no spaces. */
export interface Word {
  readonly text: string;
  readonly unspaced: boolean;
  /** Whether a sentence begins here, so that a capital says nothing. */
  readonly opens: boolean;
}

/**
 * The words of a text in order, at most `limit` of them, compatibility forms folded and case kept. A stretch of a
 * script without spaces is one word of the result and counts as one for every two letters.
 */
export function wordsOf(text: string, limit: number): Word[] {
  const plain = text
    .slice(0, limit * LETTERS_A_WORD)
    .normalize('NFKC')
    .replaceAll(GROUPED_DIGITS, '');
  const words: Word[] = [];
  let room = limit;
  let end = 0;
  for (const match of plain.matchAll(WORD)) {
    const opens = words.length === 0 || opensSentence(plain.slice(end, match.index));
    end = match.index + match[0].length;
    for (const part of UNSPACED.test(match[0]) ? (match[0].match(STRETCH) ?? []) : [match[0]]) {
      const unspaced = UNSPACED.test(part);
      words.push({ text: unspaced ? part.slice(0, room * 2) : part, unspaced, opens });
      room -= unspaced ? Math.ceil(part.length / 2) : 1;
      if (room <= 0) return words;
    }
  }
  return words;
}

function opensSentence(gap: string): boolean {
  return /[.!?:;。！？"“”|\n–—-]/u.test(gap);
}
