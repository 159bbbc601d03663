import { test as liqeTest, parse } from 'liqe';
import { tokensBeside } from '../src/story/text/words.ts';
import { createScannedTexts, scanStory } from '../src/subscription/story-words.ts';
import { matchStory, type StoryText } from '../src/subscription/match.ts';
import { createQueryIndex, type QueryIndex } from '../src/subscription/query-index.ts';
import type { Query } from '../src/subscription/query.ts';
import { openLoad, type Load, type Wanted } from './matching-load.ts';
import { measurePostgres } from './matching-postgres.ts';

const SIZES = [10_000, 100_000, 1_000_000] as const;
const STORIES = 2000;
const ROUNDS = 5;
/** Trying one by one is so slow that few are tried. */
const [LIQE_SUBSCRIPTIONS, LIQE_STORIES] = [10_000, 10] as const;
const POSTGRES_SUBSCRIPTIONS = 100_000;
/** Queries tried in a row on each story: as many as are kept read. */
const TRIED_AT_ONCE = 10_000;
const [EXACT_SUBSCRIPTIONS, EXACT_STORIES, EXACT_UPDATES] = [100_000, 2000, 50_000] as const;

/**
 * What matching costs: raw text to subscriptions as a ratio to reading its words alone, bytes, build and update, beside liqe and
 * PostgreSQL; and how often the index differs from trying every subscription (never).
 * @param path stories to measure with (see `openLoad`)
 * @param sizes subscriptions
 */
export async function benchMatching(path?: string, sizes: readonly number[] = SIZES): Promise<void> {
  const load = openLoad(path);
  const stories = load.stories.slice(0, STORIES);
  const wanted = load.wanted(Math.max(...sizes));
  console.log(path === undefined ? 'made stories' : `stories of ${path}`);
  console.table(sizes.map((size) => measureSize(load, stories, wanted, size)));
  console.table([
    measureLiqe(stories, wanted),
    await measurePostgres(stories, wanted.slice(0, POSTGRES_SUBSCRIPTIONS)),
  ]);
}

/** Prints how often the index and trying every subscription differ, before and after updates. Takes half an hour with all stories. */
export function benchMatchingExactness(path?: string, tried = EXACT_STORIES): void {
  const load = openLoad(path);
  const wanted = load.wanted(EXACT_SUBSCRIPTIONS);
  const stories = load.stories.slice(0, tried);
  const index = createQueryIndex();
  for (const [id, { query }] of wanted.entries()) index.add(id, query);
  console.log(
    `${wanted.length} subscriptions, ${stories.length} stories: ${differences(index, wanted, stories)} differences`,
  );
  const changed: (Wanted | null)[] = wanted.slice();
  for (let i = 0; i < EXACT_UPDATES; i++) {
    const id = Math.floor(load.random() * wanted.length);
    const next = load.random() < 0.4 ? null : (wanted[Math.floor(load.random() * wanted.length)] ?? null);
    changed[id] = next;
    if (next === null) index.remove(id);
    else index.add(id, next.query);
  }
  console.log(`after ${EXACT_UPDATES} updates: ${differences(index, changed, stories)}`);
}

/** How many pairs of a subscription and a story the index decides otherwise than `matchStory`. */
function differences(index: QueryIndex, wanted: readonly (Wanted | null)[], stories: readonly StoryText[]): number {
  const found = stories.map((story) => new Set(index.match(story)));
  const asked = new Map<string, { readonly query: Query; readonly ids: number[] }>();
  let wrong = 0;
  for (const [id, one] of wanted.entries()) {
    if (one === null) {
      for (const ids of found) if (ids.has(id)) wrong++;
      continue;
    }
    const same = asked.get(one.text);
    if (same === undefined) asked.set(one.text, { query: one.query, ids: [id] });
    else same.ids.push(id);
  }
  const queries = [...asked.values()];
  for (let from = 0; from < queries.length; from += TRIED_AT_ONCE) {
    const some = queries.slice(from, from + TRIED_AT_ONCE);
    for (const [i, story] of stories.entries()) {
      // A copy: what was looked for in a story is kept for as long as the story is.
      const own = { ...story };
      for (const { query, ids } of some) {
        const matches = matchStory(query, own) !== null;
        for (const id of ids) if (found[i]?.has(id) !== matches) wrong++;
      }
    }
  }
  return wrong;
}

function measureSize(
  load: Load,
  stories: readonly StoryText[],
  wanted: readonly Wanted[],
  size: number,
): Readonly<Record<string, string | number>> {
  const index = createQueryIndex();
  const buildMs = cpuMs(() => {
    for (let id = 0; id < size; id++) index.add(id, (wanted[id] ?? nothing).query);
  });
  const scanned = createScannedTexts();
  const floor = timed(stories, (story) => void scanStory(story, scanned));
  const read = timed(stories, ({ title, summary }) => void tokensBeside(`${title}\n${summary}`));
  let matched = 0;
  const full = timed(stories, (story) => {
    for (const id of index.match(story)) matched += id < size ? 1 : 0;
  });
  const bytes = index.bytes / size;
  const updates = Math.floor(size / 100);
  const updateMs = cpuMs(() => {
    for (let i = 0; i < updates; i++) {
      index.add(Math.floor(load.random() * size), (wanted[Math.floor(load.random() * wanted.length)] ?? nothing).query);
    }
  });
  const after = timed(stories, (story) => void index.match(story));
  return {
    subscriptions: size,
    'p50 µs': rounded(full.p50),
    'p99 µs': rounded(full.p99),
    'scan p50 µs': rounded(floor.p50),
    'tokens p50 µs': rounded(read.p50),
    'to scan p50': rounded(full.p50 / floor.p50),
    p99: rounded(full.p99 / floor.p99),
    'to tokens p50': rounded(full.p50 / read.p50),
    'after 1 % updates': rounded(after.p50 / floor.p50),
    'matches a story': rounded(matched / (STORIES * (ROUNDS + 1))),
    bytes: rounded(bytes),
    'build µs': rounded((buildMs * 1000) / size),
    'update µs': rounded((updateMs * 1000) / updates),
  };
}

function measureLiqe(
  stories: readonly StoryText[],
  wanted: readonly Wanted[],
): Readonly<Record<string, string | number>> {
  const queries = wanted
    .slice(0, LIQE_SUBSCRIPTIONS)
    .filter(({ plain }) => plain !== null && !plain.phrase)
    .map(({ plain }) => parse([...(plain?.all ?? []), ...(plain?.not ? [`NOT ${plain.not}`] : [])].join(' AND ')));
  const { p50, p99 } = timed(
    stories.slice(0, LIQE_STORIES),
    (story) => {
      for (const query of queries) liqeTest(query, { title: story.title, summary: story.summary });
    },
    1,
  );
  return { engine: 'liqe, one by one', subscriptions: queries.length, 'p50 µs': rounded(p50), 'p99 µs': rounded(p99) };
}

const nothing: Wanted = { text: '', query: { root: { kind: 'all', of: [] } }, plain: null };

/** The best time of several rounds for each story, so that what else the machine does is left out; µs. */
function timed(
  stories: readonly StoryText[],
  run: (story: StoryText) => void,
  rounds = ROUNDS,
): { readonly p50: number; readonly p99: number } {
  const best = new Float64Array(stories.length).fill(Infinity);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, story] of stories.entries()) {
      // A copy: a story that was seen is known again by the object.
      const fresh = { ...story };
      const start = process.hrtime.bigint();
      run(fresh);
      const took = Number(process.hrtime.bigint() - start) / 1000;
      if (round > 0 || rounds === 1) best[i] = Math.min(best[i] ?? Infinity, took);
    }
  }
  best.sort();
  return { p50: best[best.length >> 1] ?? 0, p99: best[Math.floor(best.length * 0.99)] ?? 0 };
}

/** Time of the processor, not of the clock. */
function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
