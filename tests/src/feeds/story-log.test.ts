import { expect, test } from 'vitest';
import { openStoryLog, type StoryLog } from '../../../src/feeds/story-log.ts';
import type { Store } from '../../../src/ports.ts';
import { createGrouper } from '../../../src/story/group.ts';
import type { Story } from '../../../src/story/story.ts';
import { openForTest, temporaryPath } from '../../adapters/store/temporary-folder.ts';
import { story } from '../../contracts/store/samples.ts';

const NOON = Date.UTC(2026, 2, 1, 12);
const HOUR_MS = 3_600_000;
const WORDS = 'harbour council ferry reopens repair works traders minister tariff rules spring quay'.split(' ');

/** Text that no two numbers share much of. */
function words(number: number, count: number): string {
  return Array.from({ length: count }, (_, i) => `${WORDS[(number + i) % WORDS.length]}${number * 31 + i}`).join(' ');
}

function telling(number: number, changes: Partial<Story> = {}): Story {
  const title = words(number, 8);
  const summary = words(number + 1_000, 25);
  return story(number, { title, summary, body: '', firstSeen: NOON, effective: NOON, ...changes });
}

/** The same report in other words: of one group with `telling(number)`. */
function copy(number: number, of: number): Story {
  const { title, summary } = telling(of);
  return telling(number, { title, summary: `${summary} as was said later` });
}

async function openLog(store: Store): Promise<StoryLog> {
  return openStoryLog({ store, grouper: createGrouper(), now: NOON, windowMs: 72 * HOUR_MS });
}

/** The store, with a count of how often it was written to and a hand that can hold up a write. */
function watched(store: Store, beforeAppend: (call: number) => Promise<void> = async () => undefined) {
  const appends: number[] = [];
  const seen: Store = {
    ...store,
    async appendStories(expected, entries) {
      appends.push(entries.length);
      await beforeAppend(appends.length);
      return store.appendStories(expected, entries);
    },
  };
  return { store: seen, appends };
}

async function idsIn(store: Store): Promise<string[]> {
  const { entries } = await store.readLog(0, 10_000);
  return entries.map((entry) => String(entry.story.id));
}

test('stories that come at one time from many feeds are written together, each in sight of those before it', async () => {
  const { store, appends } = watched(await openForTest(temporaryPath()));
  const log = await openLog(store);
  const logged = await Promise.all([
    log.append([telling(1), telling(2)]),
    log.append([copy(3, 1)]),
    log.append([]),
    log.append([telling(4), copy(5, 4)]),
  ]);
  expect(logged.flat().map(({ groupId }) => groupId)).toEqual([1, 2, 1, 4, 4].map((number) => telling(number).id));
  expect(await idsIn(store)).toEqual([1, 2, 3, 4, 5].map((number) => telling(number).id));
  expect(appends.length).toBeLessThan(4);
  await store.close();
});

test('a story that two feeds bring at one time is in the log once, and both are told its place', async () => {
  const store = await openForTest(temporaryPath());
  const log = await openLog(store);
  const [one, other] = await Promise.all([
    log.append([telling(1)]),
    log.append([telling(1, { title: 'As the second feed has it' }), telling(2)]),
  ]);
  expect(one).toEqual([{ story: telling(1), groupId: telling(1).id, tier: 'first', like: '' }]);
  expect(other[0]).toEqual(one[0]);
  expect(await idsIn(store)).toEqual([telling(1).id, telling(2).id]);
  await store.close();
});

test('what another process appended first is seen before a whole batch is decided again', async () => {
  const path = temporaryPath();
  const theirs = await openForTest(path);
  const first = await openLog(theirs);
  const mine = watched(await openForTest(path), async (call) => {
    if (call === 1) await first.append([telling(1), telling(9)]);
  });
  const second = await openLog(mine.store);
  const logged = await second.append([copy(2, 1), telling(3), telling(9), copy(4, 3)]);
  expect(logged.map(({ groupId }) => groupId)).toEqual([1, 3, 9, 3].map((number) => telling(number).id));
  expect(logged.map(({ tier }) => tier)).toEqual(['text', 'first', 'first', 'text']);
  expect(await idsIn(theirs)).toEqual([1, 9, 2, 3, 4].map((number) => telling(number).id));
  expect(mine.appends).toEqual([4, 3]);
  await mine.store.close();
  await theirs.close();
});

test('two processes that append at one time agree on every group', async () => {
  const path = temporaryPath();
  const stores = [await openForTest(path), await openForTest(path)] as const;
  const logs = [await openLog(stores[0]), await openLog(stores[1])] as const;
  const numbers = Array.from({ length: 60 }, (_, i) => i + 1);
  const tell = (number: number): Story => (number % 3 === 0 ? copy(number, number - 1) : telling(number));
  const logged = await Promise.all(
    logs.map(async (log, process) =>
      Promise.all(
        numbers.filter((number) => process === 0 || number % 2 === 0).map(async (n) => log.append([tell(n)])),
      ),
    ),
  );
  const groups = new Map<string, Set<string>>();
  for (const { story: one, groupId } of logged.flat(2)) {
    groups.set(one.id, (groups.get(one.id) ?? new Set()).add(groupId));
  }
  expect([...groups.values()].every((named) => named.size === 1)).toBe(true);
  const { entries } = await stores[0].readLog(0, 1_000);
  expect(new Set(entries.map((entry) => entry.story.id)).size).toBe(60);
  expect(entries).toHaveLength(60);
  const groupOf = new Map(entries.map((entry) => [entry.story.id, entry.groupId]));
  for (const number of numbers.filter((one) => one % 3 === 0)) {
    expect(groupOf.get(telling(number).id)).toBe(groupOf.get(telling(number - 1).id));
  }
  for (const store of stores) await store.close();
});

test('a store that fails is met by those who asked, and what they asked can be asked again', async () => {
  const { store } = watched(await openForTest(temporaryPath()), async (call) => {
    if (call === 1) throw new Error('the disk is full');
  });
  const log = await openLog(store);
  await expect(log.append([telling(1), copy(2, 1)])).rejects.toThrow('the disk is full');
  const again = await log.append([copy(2, 1), telling(1)]);
  expect(again.map(({ groupId }) => groupId)).toEqual([copy(2, 1).id, copy(2, 1).id]);
  expect(await idsIn(store)).toEqual([copy(2, 1).id, telling(1).id]);
  await store.close();
});

test('many stories at once leave the event loop its turns', async () => {
  const store = await openForTest(temporaryPath());
  const log = await openLog(store);
  const stories = Array.from({ length: 600 }, (_, i) => telling(i + 1));
  let turns = 0;
  const count = (): void => {
    turns++;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  expect(await log.append(stories)).toHaveLength(600);
  clearImmediate(next);
  // Others had their turn after every few stories, however fast the machine.
  expect(turns).toBeGreaterThan(100);
  await store.close();
});
