/** A stretch of a text in UTF-16 units, the end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const MARK = '…';
/** What parts two windows of one text. */
const GAP = ' … ';
/** Of what may stand beside a needed stretch, this part stands before it. */
const BEFORE = 0.6;
/** A clause's end is worth losing this part of what could be shown. */
const CLAUSE_LOSS = 0.3;
/** Behind these marks a clause ends. */
const CLAUSE_END = /[,;:–—](?=\s)|[、，；：]/gu;
const LOOSE_END = /[\s,;:–—、，；：-]+$/u;
const words = new Intl.Segmenter('und', { granularity: 'word' });
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * At most `most` UTF-16 units of a text on one line that hold the needed stretches: what it has left out is marked by an
 * ellipsis, all else is the text's own. It begins where the text does if that can be, and is cut where a clause or a word
 * ends, never inside a grapheme. A stretch that is longer than what there is room for is cut as well.
 */
export function excerpt(text: string, needed: readonly Stretch[], most: number): string {
  if (text.length <= most) return text;
  const sorted = needed.toSorted((a, b) => a.start - b.start);
  const [first, last] = [sorted[0], sorted.at(-1)];
  const end = Math.max(0, ...sorted.map((one) => one.end));
  if (!first || !last || end <= most - MARK.length) return `${cutEnd(text, 0, end, most - MARK.length)}${MARK}`;
  if (end - first.start <= most - 2 * MARK.length) return windowAround(text, { start: first.start, end }, most);
  return severalWindows(text, sorted, most);
}

function windowAround(text: string, needed: Stretch, most: number): string {
  const tail = text.length - (most - MARK.length);
  if (tail <= needed.start) return `${MARK}${text.slice(startAfter(text, tail, needed.start)).trimStart()}`;
  const room = most - 2 * MARK.length;
  const least = Math.max(0, needed.start - Math.floor((room - (needed.end - needed.start)) * BEFORE));
  const start = startAfter(text, least, needed.start);
  return `${MARK}${cutEnd(text, start, needed.end, room)}${MARK}`;
}

/** Needed stretches too far apart for one window: each group of neighbours in one of its own. */
function severalWindows(text: string, sorted: readonly Stretch[], most: number): string {
  const share = Math.floor((most - 2 * MARK.length + GAP.length) / sorted.length) - GAP.length;
  const windows: Stretch[] = [];
  for (const { start, end } of sorted) {
    const beside = Math.max(0, share - (end - start));
    const from = startAfter(text, Math.max(0, start - Math.floor(beside / 2)), start);
    const to = from + cutEnd(text, from, Math.min(end, from + share), share).length;
    const last = windows.at(-1);
    if (last && from <= last.end + GAP.length)
      windows[windows.length - 1] = { start: last.start, end: Math.max(last.end, to) };
    else windows.push({ start: from, end: to });
  }
  const shown = windows.map(({ start, end }) => text.slice(start, end).trim()).join(GAP);
  const [first, last] = [windows[0], windows.at(-1)];
  return `${first && first.start > 0 ? MARK : ''}${shown}${last && last.end < text.length ? MARK : ''}`;
}

/** The text from `start`, at most `room` units of it, cut behind `end` where a clause or word ends. */
function cutEnd(text: string, start: number, end: number, room: number): string {
  const most = start + room;
  if (most >= text.length) return text.slice(start);
  const least = end > most ? start : Math.max(end, start);
  const clauses = [...text.slice(least, most + 1).matchAll(CLAUSE_END)].map(({ index }) => least + index);
  const clause = clauses.findLast((at) => at <= most && at >= most - room * CLAUSE_LOSS);
  const at = clause ?? borders(text, least, most).at(-1) ?? least;
  const cut = text.slice(start, at);
  const loose = LOOSE_END.exec(cut)?.[0].length ?? 0;
  return cut.slice(0, Math.max(least - start, cut.length - loose)).trimEnd();
}

/** The first place from `least` on, `most` at the latest, where a clause begins, or else a word. */
function startAfter(text: string, least: number, most: number): number {
  if (least <= 0) return 0;
  const near = least + (most - least) * (1 - CLAUSE_LOSS);
  for (const { index, 0: mark } of text.slice(least, most).matchAll(CLAUSE_END)) {
    const at = least + index + mark.length;
    if (at <= near) return at + (/^\s*/u.exec(text.slice(at, most))?.[0].length ?? 0);
  }
  return borders(text, least, most)[0] ?? most;
}

/** Places between `least` and `most` where a text may be cut: at white space, else between words, else between graphemes. */
function borders(text: string, least: number, most: number): number[] {
  const stretch = text.slice(least, most + 1);
  const spaces = [...stretch.matchAll(/\s+(?=\S)/gu)].map(({ index, 0: gap }) => least + index + gap.length);
  const bySpace = spaces.filter((at) => at <= most);
  if (bySpace.length > 0) return bySpace;
  // A few characters more on both sides tell where a word or grapheme goes on.
  const from = Math.max(0, least - 40);
  const around = text.slice(from, most + 40);
  for (const segmenter of [words, graphemes]) {
    const found = Array.from(segmenter.segment(around), ({ index }) => from + index);
    const inside = found.filter((at) => at > least && at <= most);
    if (inside.length > 0) return inside;
  }
  return [];
}
