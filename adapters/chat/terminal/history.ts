import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { oneLine } from '../../../src/delivery/sanitize.ts';

/** Lines kept over a restart. */
const KEPT = 500;

/** The lines typed before, in a file. One that cannot be read or written is no reason to stop: nothing is kept then. */
export interface History {
  /** Newest first, at most 500, as they were when it was opened. */
  readonly lines: readonly string[];
  append(line: string): void;
  /** Resolves when everything appended is written. */
  settled(): Promise<void>;
}

/** Opens the history kept at `path`; without one lines are remembered by the prompt alone. */
export async function openHistory(path: string | undefined): Promise<History> {
  if (path === undefined) return { lines: [], append() {}, async settled() {} };
  const text = await readFile(path, 'utf8').catch(() => '');
  const typed = text
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '');
  const kept = typed.slice(-KEPT);
  if (typed.length > 2 * KEPT) await writeFile(path, `${kept.join('\n')}\n`, { mode: 0o600 }).catch(() => undefined);

  let written: Promise<unknown> = mkdir(dirname(path), { recursive: true }).catch(() => undefined);
  return {
    lines: kept.reverse(),
    append(line) {
      written = written
        .then(async () => appendFile(path, `${oneLine(line)}\n`, { mode: 0o600 }))
        .catch(() => undefined);
    },
    async settled() {
      await written;
    },
  };
}
