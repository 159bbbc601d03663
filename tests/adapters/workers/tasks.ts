import { serveTasks } from '../../../adapters/workers/serve.ts';

/** What a test asks a worker to do. */
export type TestTask =
  | { readonly do: 'add'; readonly a: number; readonly b: number }
  | { readonly do: 'fail'; readonly code: string }
  | { readonly do: 'spin' }
  | { readonly do: 'fill' }
  | { readonly do: 'exit' }
  | { readonly do: 'wait'; readonly ms: number };

serveTasks(async (given) => {
  const task = given as TestTask;
  switch (task.do) {
    case 'add':
      return task.a + task.b;
    case 'fail':
      throw Object.assign(new RangeError('out of range'), { code: task.code, list: ['a'], open: () => 1 });
    case 'spin':
      return spin();
    case 'fill':
      return fill();
    case 'exit':
      return process.exit(3);
    case 'wait':
      return new Promise((resolve) => {
        setTimeout(resolve, task.ms);
      });
  }
});

/** Keeps its thread for ten seconds, which no test waits for. */
function spin(): number {
  const end = Date.now() + 10_000;
  while (Date.now() < end);
  return end;
}

/** Fills its heap. */
function fill(): number {
  const kept: string[][] = [];
  for (let i = 0; i < 20_000; i++) kept.push(Array.from({ length: 1000 }, (_, n) => `${i} ${n}`));
  return kept.length;
}
