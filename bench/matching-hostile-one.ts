import { matchStory, type StoryText } from '../src/subscription/match.ts';
import { parseQuery, type Query } from '../src/subscription/query.ts';
import { createQueryIndex } from '../src/subscription/query-index.ts';
import { hostileSubscriptions, HOSTILE_STORIES } from './hostile-stories.ts';
import { openLoad } from './matching-load.ts';

const SUBSCRIPTIONS = 20_000;
const QUERY = '"asset seizure order" OR (asset NEAR/2 sale) OR co* OR "korea asset"~2 OR (South Korea -lang:de)';
const WARM = 400;

/**
 * Matches hostile stories, named by the arguments, in a process that has seen ordinary English stories only, and writes what each
 * call costs in CPU ms, the whole process and its own thread alone, whose turn of the event loop it is: by `matchStory` with one query (`query`) or by an index of 20,000
 * subscriptions (`index`).
 */
const [, , way = '', ...names] = process.argv;
const match = way === 'index' ? byIndex() : byQuery();
for (const one of openLoad(undefined).stories.slice(0, WARM)) match({ ...one });
const ms = names.map((name) => {
  const make = HOSTILE_STORIES[name];
  if (!make) throw new Error(`There is no story ${name}.`);
  const story = make();
  return costOf(() => match(story));
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

/** CPU ms of all threads (what compiles and collects garbage works beside the turn), and of this one. */
function costOf(run: () => void): readonly [all: number, turn: number] {
  const all = process.cpuUsage();
  const turn = process.threadCpuUsage();
  run();
  return [sum(process.cpuUsage(all)), sum(process.threadCpuUsage(turn))];
}

function sum({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
