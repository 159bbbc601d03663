import { visibleText } from '../../../src/delivery/sanitize.ts';
import { wrapText } from './wrap.ts';

export type Color = 'red' | 'green' | 'yellow' | 'cyan';

/** A stretch of text in one style. Its text is shown as it is: no escape sequence in it ever reaches the terminal. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly color?: Color;
  /** An ASCII http(s) address the text links to where the terminal can; ignored elsewhere. */
  readonly url?: string;
}

/** What the terminal can show, and where lines end. */
export interface Surface {
  readonly columns: number;
  readonly color: boolean;
  /** OSC 8 hyperlinks. */
  readonly hyperlinks: boolean;
}

const ESC = '\u001B';
const colorCodes: Readonly<Record<Color, number>> = { red: 31, green: 32, yellow: 33, cyan: 36 };

/** Prose wider than this is hard to read, however wide the window. */
const WIDEST_PROSE = 100;

/**
 * The runs as one paragraph, wrapped and styled: lines without line feeds. `first` stands before the first line, and the
 * lines after it are indented as far as `indent` says. No text gives no lines.
 */
export function paragraph(runs: readonly Run[], surface: Surface, indent = 0, first?: Run): string[] {
  const clean = runs.map((run) => ({ ...run, text: visibleText(run.text).replaceAll('\t', ' ') }));
  const text = clean.map((run) => run.text).join('');
  const columns = Math.max(16, Math.min(surface.columns, WIDEST_PROSE) - indent);
  const blank = ' '.repeat(indent);
  const mark = first === undefined ? blank : paint(first, surface);
  return wrapText(text, columns).map(
    ({ start, end }, at) => (at === 0 ? mark : blank) + paintRange(clean, start, end, surface),
  );
}

/** Runs on one line that is never wrapped: for what is to be copied whole. */
export function unwrapped(runs: readonly Run[], surface: Surface, indent = 0): string {
  return ' '.repeat(indent) + runs.map((run) => paint(run, surface)).join('');
}

/** One run in its style, without line feeds. */
export function paint(run: Run, surface: Surface): string {
  const text = visibleText(run.text).replace(/[\n\t]/g, ' ');
  if (text === '') return '';
  const linked = surface.hyperlinks && run.url !== undefined ? link(text, run.url) : text;
  return surface.color ? styled(linked, run) : linked;
}

function paintRange(runs: readonly Run[], start: number, end: number, surface: Surface): string {
  let from = 0;
  let line = '';
  for (const run of runs) {
    const to = from + run.text.length;
    const piece = run.text.slice(Math.max(0, start - from), Math.max(0, end - from));
    if (from < end && to > start) line += paint({ ...run, text: piece }, surface);
    from = to;
  }
  return line;
}

function styled(text: string, { bold, dim, color }: Run): string {
  const codes = [...(bold ? [1] : []), ...(dim ? [2] : []), ...(color === undefined ? [] : [colorCodes[color]])];
  return codes.length === 0 ? text : `${ESC}[${codes.join(';')}m${text}${ESC}[0m`;
}

/** An OSC 8 hyperlink; the text alone for an address with anything but printable ASCII in it. */
function link(text: string, url: string): string {
  return /^https?:[\u0021-\u007E]+$/.test(url) ? `${ESC}]8;;${url}${ESC}\\${text}${ESC}]8;;${ESC}\\` : text;
}
