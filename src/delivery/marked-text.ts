import type { Span } from '../story/story.ts';
import { visibleText } from './sanitize.ts';

/** A stretch of a text, to be shown in bold or not. */
export interface Piece {
  readonly text: string;
  readonly bold: boolean;
}

/**
 * A text in pieces, its spans bold, for a chat to escape one by one. Spans that overlap, or with nothing to be seen between
 * them, are one piece: their marks side by side would not be read as marks. What reaches beyond the text is cut; where
 * nothing is to be seen nothing is bold.
 */
export function markedText(text: string, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of joined(text, spans)) {
    if (start > at) pieces.push({ text: text.slice(at, start), bold: false });
    pieces.push({ text: text.slice(start, end), bold: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), bold: false });
  return pieces;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function joined(text: string, spans: readonly Span[]): readonly Stretch[] {
  const whole: Stretch[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const [start, end] = [Math.max(0, span.start), Math.min(text.length, span.end)];
    if (start >= end || visibleText(text.slice(start, end)).trim() === '') continue;
    const last = whole.at(-1);
    if (last && visibleText(text.slice(last.end, start)) === '') {
      whole[whole.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    } else whole.push({ start, end });
  }
  return whole;
}
