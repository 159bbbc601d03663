import { createInterface } from 'node:readline';
import type { Screen, ScreenEvents } from './screen.ts';

/** Line by line without a prompt: for scripts, tests and services without a terminal. */
export function openPipe(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, events: ScreenEvents): Screen {
  const lines = createInterface({ input, crlfDelay: Infinity, terminal: false });
  let open = true;
  lines.on('line', (text) => events.line(text));
  lines.on('close', () => {
    if (open) events.ending('end of input');
  });

  return {
    print(block) {
      output.write(`${block}\n\n`);
    },
    close() {
      open = false;
      lines.close();
    },
  };
}
