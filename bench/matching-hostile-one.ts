import { matchStory, type StoryText } from '../src/subscription/match.ts';
import { parseQuery, type Query } from '../src/subscription/query.ts';
import { createQueryIndex } from '../src/subscription/query-index.ts';
import { hostileSubscriptions, HOSTILE_STORIES } from './hostile-stories.ts';
import { openLoad } from './matching-load.ts';

const SUBSCRIPTIONS = 20_000;
const QUERY = '"asset seizure order" OR (asset NEAR/2 sale) OR co* OR "korea asset"~2 OR (South Korea -lang:de)';
const WARM = 400;

/**
 * Matches hostile stories, named by the arguments, in a process that has seen ordinary English stories only, and writes the CPU time
 * of each call in ms, which is one turn of the loop: by `matchStory` with one query (`query`) or by an index of 20,000
 * subscriptions (`index`).
 */
const [, , way = '', ...names] = process.argv;
const match = way === 'index' ? byIndex() : byQuery();
for (const one of openLoad(undefined).stories.slice(0, WARM)) match({ ...one });
const ms = names.map((name) => {
  const make = HOSTILE_STORIES[name];
  if (!make) throw new Error(`There is no story ${name}.`);
  const story = make();
  return cpuMs(() => match(story));
});
console.log(JSON.stringify(ms));

function byIndex(): (story: StoryText) => void {
  const index = createQueryIndex();
  for (const [id, text] of hostileSubscriptions(SUBSCRIPTIONS).entries()) index.add(id, read(text));
  return (story) => void index.match(story);
}

function byQuery(): (story: StoryText) => void {
  const query = read(QUERY);
  return (story) => void matchStory(query, story);
}

function read(text: string): Query {
  const reading = parseQuery(text);
  if (!reading.ok) throw new Error(`${text}: ${reading.error.message}`);
  return reading.query;
}

/** Of all threads of the process, as what collects garbage beside it counts. */
function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
