import { isBoilerplate, isWall } from './boilerplate.ts';
import { withoutDateline } from './dateline.ts';
import { normalised } from './identity.ts';
import { oneLine } from './plain-characters.ts';
import { splitSentences } from './sentences.ts';

/** Of longer texts only the beginning is read. */
export const MOST_TEXT_CHARS = 40_000;
/** A text of more fragments than this is a list; the others of it are left out. */
const MOST_FRAGMENTS = 400;
const LEAST_STATEMENT_CHARS = 60;
const LEAST_STATEMENT_WORDS = 8;
/** Where the talk of a wall begins this far into a text, nothing behind it is the story's. */
const WALL_AFTER_CHARS = 400;
/** A face or picture behind the end changes nothing. */
const ENDED =
  /[.!?。！？｡．։።፧။॥।۔؟។៕;…][\s"”’'»«“)\]）」』】》]{0,6}(?:\s?(?:[:;]-?[)(DP]|\p{Extended_Pictographic}\uFE0F?)){0,3}$/u;
const CUT_OFF = /(?:…|\.{3})[\s"”’»)\]]{0,4}$/u;
const BULLET = /^[-–•*·]\s+/u;
/** The rest of a sentence whose beginning stood elsewhere, as behind a linked name. */
const BEGINS_WITHIN = /^(?:\p{Ll}(?!\p{Lu})|[,;:)])/u;

/**
 * How far a line can stand for itself.
 * - sentence: a whole one
 * - statement: the point of a list, or a line whose end is missing
 * - fragment: less than that; a heading, an exclamation, what a wrong division left over
 */
export type LineKind = 'sentence' | 'statement' | 'fragment';

/** A stretch of a story that may be shown. */
export interface Line {
  /** As the text has it. */
  readonly text: string;
  /** The same on one line, without the mark of a list point. */
  readonly said: string;
  /** The same without the place and agency before it. */
  readonly shown: string;
  readonly kind: LineKind;
  /** The number of its paragraph in the text. */
  readonly paragraph: number;
}

/**
 * The lines of a text that tell its story, in order, each once. Captions, walls and what else is none of it are left out.
 * @param before how many paragraphs count as standing before it
 */
export function storyLines(text: string, title: string, lang: string, before = 0): Line[] {
  const lines = new Map<string, Line>();
  const named = normalised(title);
  let chars = 0;
  let fragments = 0;
  for (const [number, paragraph] of paragraphsOf(text).entries()) {
    const whole = oneLine(paragraph);
    if (whole === '') continue;
    if (isWall(whole) && chars > WALL_AFTER_CHARS) break;
    if (isBoilerplate(whole)) continue;
    for (const sentence of splitSentences(paragraph, lang)) {
      const said = oneLine(sentence).replace(BULLET, '');
      const kind = kindOf(said);
      if (kind === 'fragment' && fragments++ >= MOST_FRAGMENTS) continue;
      if (!/[\p{L}\p{N}]/u.test(said) || normalised(said) === named) continue;
      if (said !== whole && isBoilerplate(said)) continue;
      const shown = oneLine(withoutDateline(said));
      lines.set(sentence, { text: sentence, said, shown, kind, paragraph: before + number });
      if (kind === 'sentence') chars += sentence.length;
    }
  }
  return [...lines.values()];
}

/** The paragraphs of a text's beginning, parted by blank lines. */
export function paragraphsOf(text: string): string[] {
  return text
    .slice(0, MOST_TEXT_CHARS)
    .trim()
    .split(/\n[^\S\n]*\n/u);
}

/** Whether a line ends as a sentence does. */
export function isEnded(line: string): boolean {
  return ENDED.test(line);
}

/** Whether a line ends with the mark of a text that was cut off. */
export function isCutOff(line: string): boolean {
  return CUT_OFF.test(line);
}

/** Whether a line goes on with a sentence whose beginning is missing. */
export function beginsWithin(line: string): boolean {
  return BEGINS_WITHIN.test(line);
}

function kindOf(said: string): LineKind {
  if (CUT_OFF.test(said)) return 'fragment';
  const least = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(said) ? 8 : 15;
  if (said.length >= least && ENDED.test(said)) return 'sentence';
  return said.length >= LEAST_STATEMENT_CHARS && said.split(' ').length >= LEAST_STATEMENT_WORDS
    ? 'statement'
    : 'fragment';
}
