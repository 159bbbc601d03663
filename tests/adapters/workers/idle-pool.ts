import { createWorkerPool } from '../../../adapters/workers/pool.ts';
import type { TestTask } from './tasks.ts';

/** Runs tasks as its arguments say, prints how each ended, and leaves the pool open. */
const pool = createWorkerPool({
  script: new URL('tasks.ts', import.meta.url),
  size: 2,
  deadlineMs: 300,
  memoryMb: 64,
});
const kinds: Readonly<Record<string, TestTask>> = {
  add: { do: 'add', a: 1, b: 2 },
  fail: { do: 'fail', code: 'x' },
  spin: { do: 'spin' },
  exit: { do: 'exit' },
};
const tasks = process.argv.slice(2).map((name) => (name === 'unsendable' ? () => 1 : kinds[name]));
const ends = await Promise.all(
  tasks.map(async (task) =>
    pool.run(task).then(
      (value) => String(value),
      (error: unknown) => (error instanceof Error ? error.name : ''),
    ),
  ),
);
process.stdout.write(ends.join(' '));
