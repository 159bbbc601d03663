import stringWidth from 'string-width';

/** A line of a wrapped text: UTF-16 positions in it, end exclusive. White space at which it was broken is in no line. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** A grapheme with what the breaking of lines needs to know about it. */
interface Cell {
  readonly start: number;
  readonly end: number;
  readonly columns: number;
  readonly kind: 'letter' | 'ideograph' | 'space' | 'newline' | 'opening' | 'closing' | 'hyphen';
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

const IDEOGRAPH = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFF9F]/u;
/** What may not begin a line in Japanese and Chinese: closing punctuation, small kana, sound and repetition marks (JIS X 4051). */
const CLOSING =
  /^[\p{Pe}\p{Pf}、。，．・：；！？‥…％ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ!?,.:;%\u3099-\u309C\uFF61\uFF64\uFF65\uFF67-\uFF70]/u;
const OPENING = /^[\p{Ps}\p{Pi}]/u;

/**
 * Breaks plain text into lines of at most `columns` terminal columns (at least 1): at white space, after hyphens, and
 * between ideographs and kana by the rules of Japanese line breaking; a word longer than a line is cut between graphemes.
 * Korean is broken at its spaces. Line feeds begin a new line. '' gives no lines.
 */
export function wrapText(text: string, columns: number): readonly LineRange[] {
  const cells = cellsOf(text);
  const lines: LineRange[] = [];
  let first = 0;
  while (first < cells.length) {
    const { end, next } = takeLine(cells, first, Math.max(1, columns));
    lines.push({ start: startOf(cells, first, text), end: startOf(cells, end, text) });
    first = next;
  }
  return lines;
}

/** The cells of one line from `first` on: where it ends, and where the next begins. */
function takeLine(cells: readonly Cell[], first: number, columns: number): { end: number; next: number } {
  let used = 0;
  let breakAt = first;
  for (let at = first; at < cells.length; at++) {
    const cell = cells[at];
    if (cell === undefined) break;
    if (cell.kind === 'newline') return { end: trimmed(cells, first, at), next: at + 1 };
    if (at > first && mayBreak(cells[at - 1], cell)) breakAt = at;
    used += cell.columns;
    if (used <= columns || cell.kind === 'space') continue;
    const end = breakAt > first ? breakAt : Math.max(at, first + 1);
    return { end: trimmed(cells, first, end), next: end };
  }
  return { end: trimmed(cells, first, cells.length), next: cells.length };
}

function mayBreak(before: Cell | undefined, after: Cell): boolean {
  if (before === undefined || after.kind === 'space' || after.kind === 'closing') return false;
  if (before.kind === 'space') return true;
  if (before.kind === 'opening') return false;
  if (before.kind === 'hyphen') return after.kind === 'letter';
  return before.kind === 'ideograph' || after.kind === 'ideograph' || closesIdeographs(before, after);
}

/** After 「…」 a line may break whatever follows; after a comma or bracket of Latin text only at its space. */
function closesIdeographs(before: Cell, after: Cell): boolean {
  return before.kind === 'closing' && before.columns === 2 && after.kind !== 'newline';
}

function trimmed(cells: readonly Cell[], first: number, end: number): number {
  let last = end;
  while (last > first && cells[last - 1]?.kind === 'space') last--;
  return last;
}

function startOf(cells: readonly Cell[], at: number, text: string): number {
  return cells[at]?.start ?? text.length;
}

function cellsOf(text: string): readonly Cell[] {
  return Array.from(graphemes.segment(text), ({ segment, index }) => ({
    start: index,
    end: index + segment.length,
    columns: stringWidth(segment),
    kind: kindOf(segment),
  }));
}

function kindOf(segment: string): Cell['kind'] {
  if (segment === '\n' || segment === '\r\n') return 'newline';
  if (segment === ' ' || segment === '\t' || segment === '\u3000') return 'space';
  if (segment === '-' || segment === '–' || segment === '—') return 'hyphen';
  if (CLOSING.test(segment)) return 'closing';
  if (OPENING.test(segment)) return 'opening';
  return IDEOGRAPH.test(segment) ? 'ideograph' : 'letter';
}
