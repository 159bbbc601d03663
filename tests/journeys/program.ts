import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The program as a child process: what it was given, what it said, and how it ended. */
export interface Running {
  readonly child: ChildProcess;
  /** Standard output and error so far. */
  output(): string;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/**
 * Starts `node src/main.ts` with these arguments; its environment is these variables and nothing else of the test's.
 * @param fileBytes the longest a file may grow, as on a full disk; 0 for no limit
 */
export function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { fileBytes = 0 }: { readonly fileBytes?: number } = {},
): Running {
  const program = [process.execPath, 'src/main.ts', ...args];
  // The shell counts in blocks of 512 bytes.
  const limited = ['sh', '-c', `ulimit -f ${Math.ceil(fileBytes / 512)}; exec "$@"`, 'sh', ...program];
  const [command = '', ...given] = fileBytes > 0 ? limited : program;
  const child = spawn(command, given, {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      said += text;
    });
  }
  return {
    child,
    output: () => said,
    ended: new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    }),
  };
}

/** The titles in the terminal's ledger, in order; a line torn by a kill counts for nothing. */
export async function ledgerTitles(data: string): Promise<string[]> {
  const text = await readFile(join(data, 'terminal.jsonl'), 'utf8').catch(() => '');
  const titles: string[] = [];
  for (const line of text.split('\n')) {
    try {
      titles.push(...((JSON.parse(line) as { titles?: readonly string[] }).titles ?? []));
    } catch {
      // Torn: the message was not on the screen either.
    }
  }
  return titles;
}
