import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createWorkerPool, type WorkerPool } from '../../../adapters/workers/pool.ts';
import type { TestTask } from './tasks.ts';

const script = new URL('tasks.ts', import.meta.url);
const pools: WorkerPool[] = [];

function openPool(
  size: number,
  deadlineMs = 5_000,
): { readonly run: (task: TestTask) => Promise<unknown>; readonly pool: WorkerPool } {
  const pool = createWorkerPool({ script, size, deadlineMs, memoryMb: 64 });
  pools.push(pool);
  return { run: async (task) => pool.run(task), pool };
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map(async (pool) => pool.close()));
});

test('tasks are answered, more of them than there are workers', async () => {
  const { run } = openPool(2);
  const sums = await Promise.all(Array.from({ length: 20 }, async (_, a) => run({ do: 'add', a, b: 1 })));
  expect(sums).toEqual(Array.from({ length: 20 }, (_, a) => a + 1));
});

test('an error keeps its name, message and plain fields', async () => {
  const { run } = openPool(1);
  await expect(run({ do: 'fail', code: 'x1' })).rejects.toMatchObject({
    name: 'RangeError',
    message: 'out of range',
    code: 'x1',
    list: ['a'],
  });
});

describe('a worker that is lost', () => {
  test.each([
    ['by its deadline', { do: 'spin' }, 'deadline'],
    ['by its memory', { do: 'fill' }, 'crashed'],
    ['by ending itself', { do: 'exit' }, 'crashed'],
  ] as const)('%s fails its own task only', async (_, task, code) => {
    const { run } = openPool(1, code === 'deadline' ? 200 : 10_000);
    const lost = run(task);
    const next = run({ do: 'add', a: 1, b: 2 });
    await expect(lost).rejects.toMatchObject({ name: 'WorkerError', code });
    await expect(next).resolves.toBe(3);
  });
});

test('the deadline does not run while a task waits for a worker', async () => {
  const { run } = openPool(1, 400);
  const waits = Array.from({ length: 4 }, async () => run({ do: 'wait', ms: 150 }));
  await expect(Promise.all(waits)).resolves.toHaveLength(4);
});

test('closing rejects what waits and what runs, and everything after', async () => {
  const { run, pool } = openPool(1);
  const ends = [run({ do: 'wait', ms: 3_000 }), run({ do: 'add', a: 1, b: 2 })].map(async (end) =>
    end.catch((error: unknown) => (error as { code: string }).code),
  );
  await pool.close();
  expect(await Promise.all(ends)).toEqual(['closed', 'closed']);
  await expect(run({ do: 'add', a: 1, b: 2 })).rejects.toMatchObject({ code: 'closed' });
});

describe('an idle pool keeps no process alive', () => {
  test.each([
    ['that was never used', [], ''],
    ['after tasks', ['add', 'add', 'add'], '3 3 3'],
    ['after a task that failed', ['fail'], 'RangeError'],
    ['after a task that was too long', ['spin', 'add'], 'WorkerError 3'],
    ['after a worker that ended', ['exit', 'add', 'add'], 'WorkerError 3 3'],
    ['after a task that cannot be sent', ['unsendable'], 'WorkerError'],
  ] as const)('%s', async (_, tasks, printed) => {
    const program = join(import.meta.dirname, 'idle-pool.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...tasks], { timeout: 8_000 });
    expect(stdout).toBe(printed);
  });
});
