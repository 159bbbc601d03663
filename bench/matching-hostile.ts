import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HOSTILE_STORIES } from './hostile-stories.ts';

const ONE = fileURLToPath(new URL('./matching-hostile-one.ts', import.meta.url));
const GOAL_MS = 50;
const run = promisify(execFile);

/**
 * What each hostile story costs in CPU ms, each in a process of its own that meets its words for the first time: one query by
 * `matchStory`, and an index of 20,000 subscriptions. What matters to others is the longest turn of the event loop.
 */
export async function benchHostileMatching(): Promise<void> {
  const rows: Record<string, Record<string, string>> = {};
  let over = 0;
  for (const name of Object.keys(HOSTILE_STORIES)) {
    const [query, index] = [await measured('query', name), await measured('index', name)];
    if (Math.max(query[1], index[1]) > GOAL_MS) over++;
    rows[name] = {
      'query ms': query[0].toFixed(0),
      'query turn': query[1].toFixed(0),
      'index ms': index[0].toFixed(0),
      'index turn': index[1].toFixed(0),
    };
  }
  console.table(rows);
  console.log(`${over} of ${Object.keys(rows).length} have a turn over ${GOAL_MS} ms`);
}

async function measured(way: string, name: string): Promise<readonly [all: number, turn: number]> {
  const { stdout } = await run(process.execPath, [ONE, way, name]);
  const [ms = [0, 0]] = JSON.parse(stdout) as readonly (readonly [number, number])[];
  return ms;
}
