import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HOSTILE_BODIES } from './hostile-bodies.ts';

interface Measured {
  readonly mb: number;
  readonly ms: number;
  readonly peakMb: number;
  readonly loopMs: number;
  readonly outcome: string;
}

const ONE = fileURLToPath(new URL('./feeds-hostile-one.ts', import.meta.url));
const run = promisify(execFile);

/**
 * What each hostile body costs the process that has it read as feeds are read, by a worker: the time, the most memory
 * that the process ever had (the making of the body is part of it) and how long its own thread stood still.
 */
export async function benchHostileFeeds(): Promise<void> {
  const rows: Record<string, Record<string, string>> = {};
  for (const name of Object.keys(HOSTILE_BODIES)) {
    const { stdout } = await run(process.execPath, [ONE, name]);
    const { mb, ms, peakMb, loopMs, outcome } = JSON.parse(stdout) as Measured;
    rows[name] = {
      MiB: mb.toFixed(1),
      ms: ms.toFixed(0),
      'peak MiB': peakMb.toFixed(0),
      'loop ms': loopMs.toFixed(0),
      outcome,
    };
  }
  console.table(rows);
}
