import type { Span } from '../story/story.ts';

/** A stretch of a text, to be shown in bold or not. */
export interface Piece {
  readonly text: string;
  readonly bold: boolean;
}

/**
 * A text in pieces, its spans bold, for a chat to escape one by one. Spans that touch or overlap
 * are one piece: their marks side by side would not be read as marks. What reaches beyond the text is cut.
 */
export function markedText(text: string, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of joined(spans)) {
    const [from, to] = [Math.max(0, start), Math.min(text.length, end)];
    if (from >= to) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), bold: false });
    pieces.push({ text: text.slice(from, to), bold: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), bold: false });
  return pieces;
}

function joined(spans: readonly Span[]): readonly { readonly start: number; readonly end: number }[] {
  const whole: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = whole.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else whole.push({ start, end });
  }
  return whole;
}
