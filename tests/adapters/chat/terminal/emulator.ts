import { Writable } from 'node:stream';
import stringWidth from 'string-width';

/** Enough of a terminal to see what a person would: rows of text after all moves and erasures, and where the cursor is. */
export interface Emulator {
  readonly output: Writable & { readonly columns: number };
  /** What is on the screen, trailing blanks and rows left out. */
  screen(): string[];
  cursor(): { readonly row: number; readonly column: number };
  /** Everything written so far, as written. */
  written(): string;
}

export function createEmulator(columns: number): Emulator {
  const rows: string[][] = [[]];
  let [row, column] = [0, 0];
  let all = '';

  function line(): string[] {
    return (rows[row] ??= []);
  }

  function put(grapheme: string): void {
    const width = stringWidth(grapheme);
    if (column + width > columns) [row, column] = [row + 1, 0];
    const cells = line();
    while (cells.length < column) cells.push(' ');
    cells[column] = grapheme;
    if (width === 2) cells[column + 1] = '';
    column += width;
  }

  function control(parameters: string, command: string): void {
    const count = Number.parseInt(parameters, 10) || 1;
    if (command === 'A') row = Math.max(0, row - count);
    else if (command === 'B') row += count;
    else if (command === 'C') column += count;
    else if (command === 'D') column = Math.max(0, column - count);
    else if (command === 'G') column = count - 1;
    else if (command === 'J') {
      line().length = column;
      rows.length = row + 1;
    } else if (command === 'K') line().length = Math.min(line().length, column);
    else if (command !== 'm' && command !== 'h' && command !== 'l') throw new Error(`CSI ${parameters}${command}`);
  }

  function take(text: string): void {
    const pieces = text.matchAll(
      // oxlint-disable-next-line no-control-regex
      /\u001B\[(?<parameters>[\d;?]*)(?<command>[A-Za-z])|\u001B\]8;[^\u001B]*\u001B\\|(?<text>[^\u001B\r\n]+)|(?<end>[\r\n])/g,
    );
    for (const { groups } of pieces) {
      if (groups?.['command'] !== undefined) control(groups['parameters'] ?? '', groups['command']);
      else if (groups?.['end'] === '\r') column = 0;
      else if (groups?.['end'] === '\n') [row, column] = [row + 1, 0];
      else for (const { segment } of new Intl.Segmenter().segment(groups?.['text'] ?? '')) put(segment);
    }
  }

  const output = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      all += chunk;
      take(chunk);
      done();
    },
  });

  return {
    output: Object.assign(output, { columns }),
    screen() {
      const texts = Array.from(rows, (cells) => (cells ?? []).join('').trimEnd());
      return texts.slice(0, texts.findLastIndex((text) => text !== '') + 1);
    },
    cursor: () => ({ row, column }),
    written: () => all,
  };
}
