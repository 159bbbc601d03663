import { expect, test } from 'vitest';
import type { Store } from '../../../src/ports.ts';
import type { Stores } from './harness.ts';
import { entry, id, story } from './samples.ts';

const HOUR_MS = 3_600_000;

export function storyLogCases(stores: () => Stores): void {
  async function end(store: Store): Promise<number> {
    return (await store.readLog(0, 10_000)).position;
  }

  async function append(store: Store, ...numbers: readonly number[]): Promise<number> {
    const appended = await store.appendStories(
      await end(store),
      numbers.map((number) => entry(number)),
    );
    return appended?.position ?? -1;
  }

  test('is empty at position 0', async () => {
    const { a } = stores();
    expect(await a.readLog(0, 10)).toEqual({ entries: [], position: 0 });
    expect(await a.logPositionAt(0)).toBe(0);
  });

  test('gives back what was appended, in order, to every client', async () => {
    const { a, b } = stores();
    const alike = { story: story(2), groupId: id(1), tier: 'event', like: id(1) } as const;
    const first = await a.appendStories(0, [entry(1), alike]);
    const second = await b.appendStories(first!.position, [entry(3)]);
    expect(second!.position).toBeGreaterThan(first!.position);
    const log = await a.readLog(0, 10);
    expect(log).toEqual({ entries: [entry(1), alike, entry(3)], position: second!.position });
    expect(await b.readLog(first!.position, 10)).toEqual({ entries: [entry(3)], position: second!.position });
  });

  test('is read page by page', async () => {
    const { a } = stores();
    await append(a, ...Array.from({ length: 25 }, (_, i) => i + 1));
    const read: string[] = [];
    let position = 0;
    for (;;) {
      const page = await a.readLog(position, 10);
      read.push(...page.entries.map((one) => String(one.story.id)));
      expect(page.position).toBeGreaterThan(position);
      position = page.position;
      if (page.entries.length < 10) break;
    }
    expect(read).toEqual(Array.from({ length: 25 }, (_, i) => id(i + 1)));
    expect(await a.readLog(position, 10)).toEqual({ entries: [], position });
  });

  test('refuses what was decided before somebody else appended', async () => {
    const { a, b } = stores();
    const before = await end(a);
    await append(b, 1);
    expect(await a.appendStories(before, [entry(2)])).toBeNull();
    expect(await a.getStories([id(2)])).toEqual([null]);
    expect(await a.appendStories((await end(a)) + 1, [entry(2)])).toBeNull();
  });

  test('keeps the place and the group of a story that comes again', async () => {
    const { a } = stores();
    await append(a, 1, 2);
    const again = { ...entry(1), groupId: id(2), tier: 'text' as const, like: id(2) };
    await a.appendStories(await end(a), [again, entry(3)]);
    const log = await a.readLog(0, 10);
    expect(log.entries).toEqual([entry(1), entry(2), entry(3)]);
  });

  test('takes each story once from two clients that append at the same time', async () => {
    const { a, b } = stores();
    const appendAll = async (store: Store, from: number): Promise<number> => {
      let refused = 0;
      let position = 0;
      for (let number = from; number < from + 100; number++) {
        for (;;) {
          const appended = await store.appendStories(position, [entry(number)]);
          if (appended) {
            position = appended.position;
            break;
          }
          refused++;
          position = (await store.readLog(position, 1000)).position;
        }
      }
      return refused;
    };
    const [mine, yours] = await Promise.all([appendAll(a, 1), appendAll(b, 1001)]);
    expect(mine + yours).toBeGreaterThan(0);
    const { entries } = await a.readLog(0, 1000);
    const ids = entries.map((one) => String(one.story.id));
    expect(ids).toHaveLength(200);
    expect(new Set(ids).size).toBe(200);
    const own = ids.filter((one) => Array.from({ length: 100 }, (_, i) => id(i + 1)).includes(one));
    expect(own).toEqual(Array.from({ length: 100 }, (_, i) => id(i + 1)));
  });

  test('finds stories in the order asked', async () => {
    const { a, b } = stores();
    await append(a, 1, 2);
    expect(await b.getStories([id(2), id(3), id(1), id(2)])).toEqual([entry(2), null, entry(1), entry(2)]);
    expect(await b.getStories([])).toEqual([]);
  });

  test('keeps any text as it is', async () => {
    const { a } = stores();
    const told = { title: '항만 “ferry” 🛳️ \u0000 \u2028', body: 'line\n\nline \ud83d', summary: "'; --" };
    await a.appendStories(0, [entry(1, told)]);
    const [found] = await a.getStories([id(1)]);
    expect(found?.story).toEqual(story(1, told));
  });

  test('replaces the text of a corrected story, not its place nor its group', async () => {
    const { a, b } = stores();
    await append(a, 1, 2);
    await b.reviseStory(story(1, { title: 'Ferry line reopens at last' }));
    const { entries } = await a.readLog(0, 10);
    expect(entries[0]).toEqual({ ...entry(1), story: story(1, { title: 'Ferry line reopens at last' }) });
    expect(entries[1]).toEqual(entry(2));
    await a.reviseStory(story(9));
    expect(await a.getStories([id(9)])).toEqual([null]);
  });

  test('tells the position before all that was first seen since a time', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    const ages = [9, 3, 5, 2, 1];
    await a.appendStories(
      0,
      ages.map((hours, i) => entry(i + 1, { firstSeen: now - hours * HOUR_MS })),
    );
    const since = await a.logPositionAt(now - 4 * HOUR_MS);
    const { entries, position } = await a.readLog(since, 10);
    expect(entries.map((one) => one.story.id)).toEqual([id(2), id(3), id(4), id(5)]);
    expect(await a.logPositionAt(now)).toBe(position);
    expect((await a.readLog(await a.logPositionAt(0), 10)).entries).toHaveLength(5);
  });

  test('never gives a position twice, though all of it is swept', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    const policy = { seenMs: HOUR_MS, archiveMs: HOUR_MS, settledMs: HOUR_MS, removedMs: HOUR_MS };
    const appended = await a.appendStories(0, [
      entry(1, { firstSeen: now - 3 * HOUR_MS }),
      entry(2, { firstSeen: now - 2 * HOUR_MS }),
    ]);
    await a.sweep(now, policy);
    expect(await b.readLog(0, 10)).toEqual({ entries: [], position: appended!.position });
    expect(await b.logPositionAt(0)).toBe(appended!.position);
    expect(await b.appendStories(0, [entry(3)])).toBeNull();
    const next = await b.appendStories(appended!.position, [entry(3, { firstSeen: now })]);
    expect(next!.position).toBeGreaterThan(appended!.position);
  });
}
