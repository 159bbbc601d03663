import { openRedisStore } from '../../adapters/store/redis/store.ts';
import { openStoryLog } from '../../src/feeds/story-log.ts';
import type { Store } from '../../src/ports.ts';
import { delivery, id, story } from '../contracts/store/samples.ts';
import { runAtOnce, sayDone, waitForGo } from './at-once.ts';

export interface ClaimReport {
  readonly clients: number;
  readonly claims: number;
  /** Appends that were refused because another client was first. */
  readonly refused: number;
  /** Stories that two clients believe they opened, or nobody; deliveries that were new to two clients, or to nobody. */
  readonly wrong: number;
}

/** What one client says of its claims: the numbers of the stories it was first with. */
interface Claimed {
  readonly stories: readonly number[];
  readonly deliveries: readonly number[];
  readonly refused: number;
}

const BATCH = 50;

/**
 * Clients in processes of their own claim the same stories and enqueue the same deliveries at once: each must be first
 * with exactly one of them.
 */
export async function contestClaims(url: string, clients: number, stories: number): Promise<ClaimReport> {
  const { said } = await runAtOnce(
    import.meta.filename,
    Array.from({ length: clients }, () => [url, String(stories)]),
  );
  const claimed = said.map((line) => JSON.parse(line) as Claimed);
  const store = await openRedisStore({ url });
  const logged = await readWhole(store);
  await store.close();
  const wrongStories = countWrong(
    stories,
    claimed.map((one) => one.stories),
  );
  const wrongDeliveries = countWrong(
    stories,
    claimed.map((one) => one.deliveries),
  );
  const twice = logged.length - new Set(logged).size;
  return {
    clients,
    claims: clients * stories,
    refused: claimed.reduce((sum, one) => sum + one.refused, 0),
    wrong: wrongStories + wrongDeliveries + twice + Math.abs(stories - logged.length),
  };
}

/** How many of the numbers were claimed by none or by several. */
function countWrong(numbers: number, claimed: readonly (readonly number[])[]): number {
  const times = new Uint8Array(numbers);
  for (const list of claimed) for (const number of list) times[number] = (times[number] ?? 0) + 1;
  return times.filter((count) => count !== 1).length;
}

async function readWhole(store: Store): Promise<string[]> {
  const ids: string[] = [];
  for (let position = 0; ;) {
    const page = await store.readLog(position, 500);
    ids.push(...page.entries.map((entry) => String(entry.story.id)));
    if (page.entries.length < 500) return ids;
    position = page.position;
  }
}

/** One client: every story through the story log as the program does it, every delivery through the outbox' own door. */
async function claim(url: string, stories: number): Promise<Claimed> {
  const store = await openRedisStore({ url });
  let refused = 0;
  const mine: number[] = [];
  const counting: Store = {
    ...store,
    async appendStories(expected, entries) {
      const appended = await store.appendStories(expected, entries);
      if (appended === null) refused++;
      else for (const { story: one } of entries) mine.push(Number(one.author));
      return appended;
    },
  };
  // Nothing is alike: what is contested is who is first.
  const grouper = { find: () => null, admit: () => undefined, retract: () => undefined };
  const log = await openStoryLog({ store: counting, grouper, now: Date.now(), windowMs: 3_600_000 });
  const deliveries: number[] = [];
  // Everyone has read the same end of the log, so all but one are refused at least once.
  await waitForGo();
  for (let first = 0; first < stories; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, stories - first) }, (_, i) => first + i);
    await log.append(numbers.map((number) => story(number, { id: id(number), author: String(number) })));
    const fresh = await store.enqueue(numbers.map((number) => delivery(`d${number}`, 1)));
    for (const [i, answer] of fresh.entries()) if (answer.fresh) deliveries.push(numbers[i] ?? -1);
  }
  await store.close();
  return { stories: mine, deliveries, refused };
}

if (import.meta.main) {
  const [, , url = '', stories = '0'] = process.argv;
  sayDone(await claim(url, Number(stories)));
}
