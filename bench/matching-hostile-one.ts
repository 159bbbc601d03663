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
 * costs in CPU ms, the whole process and the longest turn that its own thread takes: by `matchStory` with one query (`query`), or by
 * an index of 20,000 subscriptions that learns the story first, as the program has it (`index`).
 */
const [, , way = '', ...names] = process.argv;
const stepsOf = way === 'index' ? byIndex() : byQuery();
for (const one of openLoad(undefined).stories.slice(0, WARM)) costOf(stepsOf({ ...one }));
const ms = names.map((name) => {
  const make = HOSTILE_STORIES[name];
  if (!make) throw new Error(`There is no story ${name}.`);
  return costOf(stepsOf(make()));
});
console.log(JSON.stringify(ms));

type Steps = Generator<void, void, void>;

function byIndex(): (story: StoryText) => Steps {
  const index = createQueryIndex();
  for (const [id, text] of hostileSubscriptions(SUBSCRIPTIONS).entries()) index.add(id, read(text));
  return function* learnAndMatch(story) {
    yield* index.learn(story);
    yield;
    index.match(story);
  };
}

function byQuery(): (story: StoryText) => Steps {
  const query = read(QUERY);
  return function* match(story) {
    matchStory(query, story);
    yield;
  };
}

function read(text: string): Query {
  const reading = parseQuery(text);
  if (!reading.ok) throw new Error(`${text}: ${reading.error.message}`);
  return reading.query;
}

/** CPU ms of all threads (what compiles and collects garbage works beside the turn), and of the longest turn of this one. */
function costOf(steps: Steps): readonly [all: number, turn: number] {
  const all = process.cpuUsage();
  let longest = 0;
  for (let done: boolean | undefined = false; done !== true;) {
    const turn = process.threadCpuUsage();
    done = steps.next().done;
    longest = Math.max(longest, sum(process.threadCpuUsage(turn)));
  }
  return [sum(process.cpuUsage(all)), longest];
}

function sum({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}
