import { clearScreenDown, createInterface, cursorTo, moveCursor } from 'node:readline';
import { callbackify } from 'node:util';
import { paint, type Surface } from './paint.ts';
import type { Screen, ScreenEvents } from './screen.ts';

const PROMPT = 'news> ';

/** What can stand for the last word of a line, best first. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface PromptOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly surface: () => Surface;
  /** Newest first. */
  readonly history: readonly string[];
  readonly complete: (line: string) => Promise<readonly Choice[]>;
}

/**
 * A line to type in, at the foot of the screen. What is printed meanwhile stands above it, and what was typed so far is
 * drawn again with the cursor where it was. Ctrl-C, and Ctrl-D on an empty line, end it.
 */
export function openPrompt(options: PromptOptions, events: ScreenEvents): Screen {
  const { input, output, surface } = options;
  const editor = createInterface({
    input,
    output,
    terminal: true,
    prompt: paint({ text: PROMPT, bold: true, color: 'cyan' }, surface()),
    history: [...options.history],
    historySize: 500,
    removeHistoryDuplicates: true,
    completer: callbackify(completeLine),
  });
  let open = true;

  function print(block: string): void {
    if (!open) {
      output.write(`${block}\n\n`);
      return;
    }
    const { rows } = editor.getCursorPos();
    if (rows > 0) moveCursor(output, 0, -rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    // Drawing the prompt again moves up by the rows it was last drawn on: they are made up for here.
    output.write(`${block}\n\n${'\n'.repeat(drawnRows(editor) ?? rows)}`);
    editor.prompt(true);
  }

  /** readline's own way to list choices knows no labels and wants a second tab: the list is printed here instead. */
  async function completeLine(line: string): Promise<[string[], string]> {
    const word = /\S*$/.exec(line)?.[0] ?? '';
    const choices = await options.complete(line).catch(() => []);
    const values = choices.map(({ value }) => value);
    if (values.length === 1) return [[`${values[0] ?? ''} `], word];
    if (values.length === 0 || commonPrefix(values).length > word.length) return [values, word];
    print(listChoices(choices, surface()));
    return [[], word];
  }

  editor.on('line', (text) => {
    events.line(text);
    if (open) editor.prompt();
  });
  editor.on('SIGINT', () => events.ending('quit'));
  editor.on('close', () => {
    if (open) events.ending('quit');
    open = false;
  });
  editor.prompt();

  return {
    print,
    close() {
      if (!open) return;
      open = false;
      editor.close();
      output.write('\n');
    },
  };
}

/** How far below the prompt the cursor stood when readline last drew the line; it keeps this without documenting it. */
function drawnRows(editor: object): number | null {
  return 'prevRows' in editor && typeof editor.prevRows === 'number' ? editor.prevRows : null;
}

function listChoices(choices: readonly Choice[], surface: Surface): string {
  const width = Math.max(...choices.map(({ value }) => value.length));
  return choices
    .map(({ value, label }) => {
      const note = label === '' || label === value ? '' : `  ${label}`;
      return `  ${paint({ text: value.padEnd(width), color: 'cyan' }, surface)}${paint({ text: note, dim: true }, surface)}`;
    })
    .join('\n');
}

/** What all values begin with, in whatever case. */
function commonPrefix(values: readonly string[]): string {
  const [first = '', ...others] = values;
  let length = first.length;
  for (const other of others) {
    while (!other.toLowerCase().startsWith(first.slice(0, length).toLowerCase())) length--;
  }
  return first.slice(0, length);
}
