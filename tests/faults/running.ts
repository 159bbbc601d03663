import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from '../journeys/program.ts';

/** Waits for words in what the program says. */
export async function said(run: Running, text: string, timeoutMs = 60_000): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (!run.output().includes(text)) {
    if (performance.now() > until || run.child.exitCode !== null || run.child.signalCode !== null) {
      throw new Error(`The program did not say ${JSON.stringify(text)} but:\n${run.output()}`);
    }
    await wait(20);
  }
}

/** Ends the program as a host does; resolves with its exit code. */
export async function end(run: Running): Promise<number | null> {
  run.child.kill('SIGTERM');
  return (await run.ended).code;
}

/** What `/healthz` of the program at a port says. */
export async function health(port: number): Promise<{ readonly ok: boolean; readonly text: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(20_000) });
  return { ok: answer.ok, text: await answer.text() };
}
