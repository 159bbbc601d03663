import { isDateLine, isLabelledDateLine } from './date-lines.ts';
import {
  isAppeal,
  isByline,
  isCopyright,
  isCredit,
  isFiledUnder,
  isFurniture,
  isPaywall,
  isPointer,
  isRelatedLabel,
  isReporting,
  isSource,
} from './line-patterns.ts';
import type { Line } from './lines.ts';

const MIN_PROSE_LENGTH = 80;
/** A line linked to this share is a pointer elsewhere. */
const LINKED_SHARE = 0.85;
/** Pointers that make up this share of the article are its subject (a list of links, of products). */
const MAX_POINTER_SHARE = 0.25;
/** What follows a paywall's words may hold this share of the paragraphs. */
const MAX_TAIL_SHARE = 0.15;
const MAX_HEAD_LINES = 12;
const MAX_HEAD_SHARE = 0.3;
const MIN_HEADLINE_WORDS = 4;
/** A shorter line may be said again (a question, an ingredient) unless it follows at once. */
const MIN_REPEAT_LENGTH = 200;
const SENTENCE_END = /[.!?…。！？।]["'”’»)\]]*$/u;

/** Why a line is not the article's own. */
export type Reason =
  | 'furniture'
  | 'date'
  | 'credit'
  | 'pointer'
  | 'tags'
  | 'byline'
  | 'source'
  | 'appeal'
  | 'title'
  | 'related'
  | 'linked'
  | 'repeated'
  | 'dangling'
  | 'head'
  | 'tail';

type Step = (lines: readonly Line[], title: string) => ReadonlyMap<Line, Reason>;

const STEPS: readonly Step[] = [findTail, findFurniture, findHead, findPointers, findRepeats, findDanglingHeadings];

/** The lines that are the article's own, in order. */
export function articleLines(lines: readonly Line[], title: string): Line[] {
  let kept = [...lines];
  for (const step of STEPS) {
    const dropped = step(kept, title);
    if (dropped.size > 0) kept = kept.filter((line) => !dropped.has(line));
  }
  return kept;
}

function isProse(line: Line): boolean {
  return (
    line.text.length >= MIN_PROSE_LENGTH &&
    !isLinked(line) &&
    (SENTENCE_END.test(line.text) || line.text.length >= 2 * MIN_PROSE_LENGTH)
  );
}

function isLinked(line: Line): boolean {
  return line.linked >= line.text.length * LINKED_SHARE;
}

function isHeading(line: Line): boolean {
  return /^h[1-6]$/u.test(line.block);
}

/** Where the article's paragraphs begin and end: before and after them, short lines are about the page. */
function proseRange(lines: readonly Line[]): { first: number; last: number } {
  return { first: lines.findIndex(isProse), last: lines.findLastIndex(isProse) };
}

/** All from the first word to those who have not paid on, when hardly a paragraph comes after it. */
function findTail(lines: readonly Line[]): ReadonlyMap<Line, Reason> {
  const total = proseLength(lines.filter((line) => !isPaywall(line.text)));
  let before = 0;
  for (const [i, line] of lines.entries()) {
    if (before > 0 && isPaywall(line.text) && total - before <= total * MAX_TAIL_SHARE) {
      return new Map(lines.slice(i).map((tail) => [tail, 'tail']));
    }
    if (isProse(line) && !isPaywall(line.text)) before += line.text.length;
  }
  return new Map();
}

/** Short lines before the first paragraph: sections, icons, kickers. Headings below the first stay. */
function findHead(lines: readonly Line[]): ReadonlyMap<Line, Reason> {
  const { first } = proseRange(lines);
  const head = lines.slice(0, Math.max(first, 0));
  const short = head.filter((line) => line.block === 'h1' || isShortLabel(line));
  if (head.length > MAX_HEAD_LINES || lengthOf(head) > proseLength(lines) * MAX_HEAD_SHARE) return new Map();
  return new Map(short.map((line) => [line, 'head']));
}

function isShortLabel({ text, block }: Line): boolean {
  return (
    block !== 'li' &&
    block !== 'td' &&
    !/^h[2-6]$/u.test(block) &&
    text.length < MIN_PROSE_LENGTH &&
    !SENTENCE_END.test(text)
  );
}

function proseLength(lines: readonly Line[]): number {
  return lengthOf(lines.filter(isProse));
}

function findFurniture(lines: readonly Line[], title: string): Map<Line, Reason> {
  const { first, last } = proseRange(lines);
  const dropped = new Map<Line, Reason>();
  for (const [i, line] of lines.entries()) {
    const reason = furnitureReason(line, i < first, i > last - 3, title);
    if (reason !== null) dropped.set(line, reason);
  }
  return dropped;
}

function furnitureReason({ text, block }: Line, inHead: boolean, inTail: boolean, title: string): Reason | null {
  if (isFurniture(text)) return 'furniture';
  if (inHead || inTail ? isDateLine(text) : isLabelledDateLine(text)) return 'date';
  if (isCredit(text)) return 'credit';
  if (isPointer(text)) return 'pointer';
  if (isFiledUnder(text)) return 'tags';
  if (isAppeal(text) && !block.startsWith('h')) return 'appeal';
  if (inHead && isSameText(text, title)) return 'title';
  if ((inHead || inTail) && isByline(text)) return 'byline';
  if (inTail && (isSource(text) || isCopyright(text) || isReporting(text))) return 'source';
  return null;
}

/** Lines that are links as a whole, and what stands under a heading such as "Related stories". */
function findPointers(lines: readonly Line[]): ReadonlyMap<Line, Reason> {
  const total = lengthOf(lines);
  const { first, last } = proseRange(lines);
  const dropped = new Map<Line, Reason>();
  let under = false;
  for (const [i, line] of lines.entries()) {
    if (isRelatedLabel(line.text)) under = true;
    else under &&= isLinked(line) || (i > last && !isProse(line));
    if (under) dropped.set(line, 'related');
    else if (first >= 0 && isPointerElsewhere(lines, i, i > last)) dropped.set(line, 'linked');
  }
  return lengthOf([...dropped.keys()]) > total * MAX_POINTER_SHARE ? new Map() : dropped;
}

/** A headline that is a link as a whole; in a list, one of several. */
function isPointerElsewhere(lines: readonly Line[], i: number, afterProse: boolean): boolean {
  const line = lines[i];
  if (line === undefined || !isHeadlineLink(line)) return false;
  if (isHeading(line)) return lines[i - 1]?.block === 'li' || lines[i + 1]?.block === line.block;
  if (line.block !== 'li') return true;
  const neighbours = [lines[i - 2], lines[i - 1], lines[i + 1], lines[i + 2]];
  return neighbours.filter((other) => other?.block === 'li' && isHeadlineLink(other)).length >= (afterProse ? 1 : 2);
}

function isHeadlineLink(line: Line): boolean {
  return isLinked(line) && line.text.split(' ').length >= MIN_HEADLINE_WORDS && !/^(?:https?:|www\.)/iu.test(line.text);
}

function findRepeats(lines: readonly Line[], title: string): Map<Line, Reason> {
  const seen = new Map<string, number>();
  const dropped = new Map<Line, Reason>();
  for (const [i, line] of lines.entries()) {
    if (i < 3 && isSameText(line.text, title)) dropped.set(line, 'title');
    const key = normal(line.text);
    if (key.length < 40) continue;
    const before = seen.get(key);
    if (before !== undefined && (i - before <= 2 || key.length >= MIN_REPEAT_LENGTH)) dropped.set(line, 'repeated');
    seen.set(key, i);
  }
  return dropped;
}

function findDanglingHeadings(lines: readonly Line[]): Map<Line, Reason> {
  const dropped = new Map<Line, Reason>();
  for (const line of lines.toReversed()) {
    if (!isHeading(line) || dropped.size === lines.length - 1) break;
    dropped.set(line, 'dangling');
  }
  return dropped;
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.text.length, 0);
}

function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Equal but for case and punctuation, or a title with the name of its site. */
function isSameText(text: string, title: string): boolean {
  const a = normal(text);
  const b = normal(title);
  if (a === '' || b === '') return false;
  return a === b || (a.length >= 15 && (b.startsWith(`${a} `) || b.endsWith(` ${a}`)));
}
