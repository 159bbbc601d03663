import type { Span } from '../story/story.ts';

/** A stretch of a text, to be shown in bold or not. */
export interface Piece {
  readonly text: string;
  readonly bold: boolean;
}

/** A text in pieces, its spans bold, for a chat to escape one by one. Spans that reach beyond the text or overlap are cut. */
export function markedText(text: string, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const [from, to] = [Math.max(at, start), Math.min(text.length, end)];
    if (from >= to) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), bold: false });
    pieces.push({ text: text.slice(from, to), bold: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), bold: false });
  return pieces;
}
