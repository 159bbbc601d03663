import { isDateLine } from './date-lines.ts';
import {
  isAppeal,
  isByline,
  isCopyright,
  isCredit,
  isFiledUnder,
  isFurniture,
  isPointer,
  isRelatedLabel,
  isSource,
} from './line-patterns.ts';
import type { Line } from './lines.ts';

const MIN_PROSE_LENGTH = 80;
/** A line linked to this share is a pointer elsewhere. */
const LINKED_SHARE = 0.85;
/** Pointers that make up this share of the article are its subject (a list of links, of products). */
const MAX_POINTER_SHARE = 0.25;
const SENTENCE_END = /[.!?…。！？।]["'”’»)\]]*$/u;

/** The lines that are the article's own, in order. */
export function articleLines(lines: readonly Line[], title: string): Line[] {
  const steps = [withoutFurniture, withoutPointers, withoutRepeats, withoutDanglingHeadings];
  return steps.reduce((kept, step) => step(kept, title), [...lines]);
}

function isProse(line: Line): boolean {
  return line.text.length >= MIN_PROSE_LENGTH && !isLinked(line) && (SENTENCE_END.test(line.text) || line.text.length >= 2 * MIN_PROSE_LENGTH);
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

function withoutFurniture(lines: Line[], title: string): Line[] {
  const { first, last } = proseRange(lines);
  return lines.filter((line, i) => {
    const { text } = line;
    if (isFurniture(text) || isDateLine(text) || isCredit(text) || isPointer(text) || isFiledUnder(text)) return false;
    if (i < first && (isByline(text) || isSameText(text, title))) return false;
    if (i > last - 3 && (isSource(text) || isCopyright(text) || isByline(text))) return false;
    return !isAppeal(text);
  });
}

/** Lines that are links as a whole, and what stands under a heading such as "Related stories". */
function withoutPointers(lines: Line[]): Line[] {
  const total = lengthOf(lines);
  const { first, last } = proseRange(lines);
  const dropped = new Set<Line>();
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line === undefined) continue;
    if (isRelatedLabel(line.text)) {
      dropped.add(line);
      let next = i + 1;
      for (; next < lines.length; next++) {
        const follower = lines[next];
        if (follower === undefined || !(isLinked(follower) || (i > last && !isProse(follower)))) break;
        dropped.add(follower);
      }
      i = next - 1;
    } else if (isLinked(line) && first >= 0 && !isHeading(line)) {
      dropped.add(line);
    }
  }
  if (lengthOf([...dropped]) > total * MAX_POINTER_SHARE) return lines;
  return lines.filter((line) => !dropped.has(line));
}

function withoutRepeats(lines: Line[], title: string): Line[] {
  const seen = new Set<string>();
  return lines.filter((line, i) => {
    const key = normal(line.text);
    if (key.length < 40) return i > 2 || !isSameText(line.text, title);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function withoutDanglingHeadings(lines: Line[]): Line[] {
  let end = lines.length;
  while (end > 1 && isHeading(lines[end - 1] as Line)) end--;
  return lines.slice(0, end);
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + line.text.length, 0);
}

function normal(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Equal but for case and punctuation, or a title with the name of its site. */
function isSameText(text: string, title: string): boolean {
  const a = normal(text);
  const b = normal(title);
  if (a === '' || b === '') return false;
  return a === b || (a.length >= 15 && (b.startsWith(`${a} `) || b.endsWith(` ${a}`)));
}
