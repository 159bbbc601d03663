import { createGrouper } from '../src/story/group.ts';
import type { NewStory } from '../src/story/sameness/held.ts';

const HOUR_MS = 3_600_000;
const MEASURED = 1000;
const SIZES = [1000, 10_000, 100_000];

/** Prints how many stories a second are grouped with 1,000, 10,000 and 100,000 stories in the window. */
export async function benchGrouping(): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  let base = 0;
  warmUp();
  for (const size of SIZES) {
    const draw = createDraw(size);
    const grouper = createGrouper();
    const spacing = (60 * HOUR_MS) / size;
    for (let i = 0; i < size; i++) grouper.admit(madeStory(i, i * spacing, draw), String(i));
    const next = Array.from({ length: MEASURED }, (_, i) => madeStory(size + i, (size + i) * spacing, draw));
    const start = performance.now();
    for (const story of next) grouper.add(story);
    const eachMs = (performance.now() - start) / MEASURED;
    base ||= eachMs;
    rows.push({
      'stories in the window': size,
      'stories/s': Math.round(1000 / eachMs),
      'cost to that at 1,000': (eachMs / base).toFixed(2),
    });
  }
  console.table(rows);
}

/** So that the first row does not pay for compiling what all rows run. */
function warmUp(): void {
  const draw = createDraw(7);
  const grouper = createGrouper();
  for (let i = 0; i < MEASURED; i++) grouper.add(madeStory(i, i * 60_000, draw));
}

/** Words drawn by Zipf's law out of 200,000, the same on every run. */
function createDraw(seed: number): () => string {
  let state = seed | 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return `w${Math.floor(200_000 ** (state / 2 ** 32)).toString(36)}`;
  };
}

/** A story of about 160 words; every third tells of an event told before. */
function madeStory(i: number, published: number, draw: () => string): NewStory {
  const words = (count: number): string => Array.from({ length: count }, draw).join(' ');
  const event = i % 3 === 2 ? i - 2 : i;
  const names = `Person${event} Place${event} Firm${event}`;
  return {
    id: String(i),
    title: `${names} ${words(6)}`,
    summary: `${words(12)} ${names} ${words(15)}`,
    body: words(120),
    url: '',
    published,
    lang: 'en',
  };
}
