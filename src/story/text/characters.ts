/** What a UTF-16 unit or code point is to the reader of words. */
export const SPACE = 0;
/** A letter or digit of a script that parts its words. */
export const WORD = 1;
/** A character of a script that does not: Han, kana, Thai, Lao, Khmer, Burmese. */
export const RUN = 2;
/** Continues whatever it follows and is no letter itself: a combining mark, a soft hyphen, a zero-width character. */
export const SILENT = 3;
export const APOSTROPHE = 4;
export const HYPHEN = 5;
/** Ends a sentence: . ! ? and their sisters. */
export const STOP = 6;
/** Parts a phrase: , ; : and their sisters, a dash. */
export const COMMA = 7;
/** Any other character that parts words and leaves the phrase whole: a quote, a bracket, a slash. */
export const OTHER = 8;
export const NEWLINE = 9;
/** An emoji or another pictograph, or №, which is a word wherever it touches its number: a term of its own. */
export const EMOJI = 10;

export type CharacterClass = number;

const RUN_SCRIPTS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30FC\uFF70]/u;
const SILENT_CHARACTERS = /[\p{M}\p{Default_Ignorable_Code_Point}\u0640\u202A-\u202E\uFF9E\uFF9F]/u;
const PICTOGRAPH = /[\p{Extended_Pictographic}\p{RI}\p{Emoji_Modifier}]/u;

const ASCII = asciiClasses();
const blocks: (Uint8Array | undefined)[] = [];
const astral = new Map<number, CharacterClass>();

/** The class of a code point. */
export function classOf(code: number): CharacterClass {
  if (code < 128) return ASCII[code] ?? OTHER;
  if (code > 0xffff) return classOfAstral(code);
  const block = blocks[code >> 8] ?? readBlock(code >> 8);
  return block[code & 255] ?? OTHER;
}

/** Whether a code point is an ASCII or other decimal digit. */
export function isDigit(code: number): boolean {
  if (code < 128) return code > 47 && code < 58;
  return code < 0xffff && classOf(code) === WORD && /\p{Nd}/u.test(String.fromCharCode(code));
}

function classOfAstral(code: number): CharacterClass {
  const known = astral.get(code);
  if (known !== undefined) return known;
  const found = classify(String.fromCodePoint(code));
  if (astral.size < 20_000) astral.set(code, found);
  return found;
}

function readBlock(number: number): Uint8Array {
  const block = new Uint8Array(256);
  for (let low = 0; low < 256; low++) {
    const code = (number << 8) | low;
    // A lone surrogate half is no letter of anything.
    block[low] = code >= 0xd800 && code < 0xe000 ? OTHER : classify(String.fromCharCode(code));
  }
  blocks[number] = block;
  return block;
}

function classify(character: string): CharacterClass {
  if (/[’‘ʼʻʾʿ‛′´＇ʹ`]/u.test(character)) return APOSTROPHE;
  if (/[‐‑‒–−﹣－]/u.test(character)) return HYPHEN;
  if (/[。！？．｡…‼⁇⁈⁉؟۔।॥։።]/u.test(character)) return STOP;
  if (/[，、；：،؛﹐﹑､—―]/u.test(character)) return COMMA;
  if (/[\u2028\u2029\u0085]/u.test(character)) return NEWLINE;
  if (/[\s\u00A0]/u.test(character)) return SPACE;
  if (SILENT_CHARACTERS.test(character)) return SILENT;
  if (RUN_SCRIPTS.test(character)) return RUN;
  if (/[\p{L}\p{N}]/u.test(character)) return WORD;
  if (character === '№' || PICTOGRAPH.test(character)) return EMOJI;
  return OTHER;
}

function asciiClasses(): Uint8Array {
  const classes = new Uint8Array(128).fill(OTHER);
  for (const [found, characters] of [
    [SPACE, ' \t\v\f'],
    [NEWLINE, '\n\r'],
    [APOSTROPHE, "'`"],
    [HYPHEN, '-'],
    [STOP, '.!?'],
    [COMMA, ',;:'],
    [WORD, '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ] as const) {
    for (const character of characters) classes[character.charCodeAt(0)] = found;
  }
  return classes;
}
