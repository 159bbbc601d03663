import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What several processes that began at the same moment said, and how long the last of them took. */
export interface AtOnce {
  readonly said: readonly string[];
  readonly seconds: number;
}

/**
 * Starts a script once with each list of arguments, waits until every process is ready (`waitForGo`), and lets them go
 * together. However long one takes to start, none has a head start.
 *
 * @returns the line each said when it was done, in the order of the lists
 * @throws when a process ends without having said its line
 */
export async function runAtOnce(script: string, argumentLists: readonly (readonly string[])[]): Promise<AtOnce> {
  const processes = argumentLists.map((list) => {
    const child = spawn(process.execPath, [script, ...list], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const nextLine = async (): Promise<string> => {
      const line = await lines.next();
      if (line.done) throw new Error(`${script} ${list.join(' ')} ended before it was done`);
      return line.value;
    };
    return { child, nextLine, closed: once(child, 'close') };
  });
  try {
    await Promise.all(processes.map(async ({ nextLine }) => nextLine()));
    const start = performance.now();
    for (const { child } of processes) child.stdin.write('go\n');
    const said = await Promise.all(processes.map(async ({ nextLine }) => nextLine()));
    return { said, seconds: (performance.now() - start) / 1000 };
  } catch (failure) {
    for (const { child } of processes) child.kill();
    throw failure;
  } finally {
    await Promise.all(processes.map(async ({ closed }) => closed));
  }
}

/** The other side: says that this process is ready, and resolves when all others are too. */
export async function waitForGo(): Promise<void> {
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  // An open input would keep a process alive that has nothing left to do.
  process.stdin.destroy();
}

/** Says what this process has to say, as one line of JSON. */
export function sayDone(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
