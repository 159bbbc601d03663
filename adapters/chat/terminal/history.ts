import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { oneLine } from '../../../src/delivery/sanitize.ts';

/** Lines kept over a restart. */
const KEPT = 500;

/** What was typed before, newest first, at most 500 lines; none when there is no such file or it cannot be read. */
export async function readHistory(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.split('\n').map(oneLine);
  const typed = lines.filter((line) => line !== '');
  const kept = typed.slice(-KEPT);
  if (typed.length > 2 * KEPT) await writeFile(path, `${kept.join('\n')}\n`, { mode: 0o600 }).catch(() => undefined);
  return kept.reverse();
}

/** Remembers a line. A history that cannot be written is no reason to stop: it is then not kept. */
export async function appendHistory(path: string, line: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, `${oneLine(line)}\n`, { mode: 0o600 });
  } catch {
    // Read-only folders and full disks: the line lives in memory until the program ends.
  }
}
