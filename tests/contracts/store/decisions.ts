import { expect, test } from 'vitest';
import type { Stores } from './harness.ts';
import { decision, id } from './samples.ts';

export function decisionCases(stores: () => Stores): void {
  test('are found by story and by group, oldest first', async () => {
    const { a, b, harness } = stores();
    const at = harness.now();
    const first = decision(1, 1, { at });
    const second = decision(1, 2, { at: at - 5, outcome: 'held', reason: 'quiet hours', tier: 'item' });
    const later = decision(2, 1, { at: at + 5, groupId: id(1), outcome: 'grouped', tier: 'event' });
    await a.recordDecisions([first, second, later]);
    expect(await b.decisionsAbout({ storyId: id(1) })).toEqual([second, first]);
    expect(await b.decisionsAbout({ groupId: id(1) })).toEqual([second, first, later]);
    expect(await b.decisionsAbout({ storyId: id(3) })).toEqual([]);
  });

  test('are found for one place alone', async () => {
    const { a, b, harness } = stores();
    const at = harness.now();
    const here = decision(1, 1, { at });
    const there = decision(1, 2, { at, destination: 'slack:T1:C2' });
    const later = decision(2, 3, { at: at + 5, groupId: id(1), outcome: 'grouped', destination: 'slack:T1:C2' });
    await a.recordDecisions([here, there, later]);
    expect(await b.decisionsAbout({ storyId: id(1) }, 'slack:T1:C2')).toEqual([there]);
    expect(await b.decisionsAbout({ groupId: id(1) }, 'slack:T1:C2')).toEqual([there, later]);
    expect(await b.decisionsAbout({ groupId: id(1) }, 'slack:T1:C3')).toEqual([]);
  });

  test('recorded again change nothing', async () => {
    const { a, harness } = stores();
    const first = decision(1, 1, { at: harness.now() });
    await a.recordDecisions([first]);
    await a.recordDecisions([{ ...first, outcome: 'grouped', at: first.at + 1 }, first]);
    await a.recordDecisions([]);
    expect(await a.decisionsAbout({ storyId: id(1) })).toEqual([first]);
    expect(await a.countDecisions([1], 0)).toEqual([1]);
  });

  test('of the same moment are in the order recorded', async () => {
    const { a, harness } = stores();
    const all = [5, 3, 9, 1].map((subscriptionId) => decision(1, subscriptionId, { at: harness.now() }));
    await a.recordDecisions(all);
    expect(await a.decisionsAbout({ storyId: id(1) })).toEqual(all);
  });

  test('are counted since a time where they gave an alert', async () => {
    const { a, harness } = stores();
    const now = harness.now();
    await a.recordDecisions([
      decision(1, 1, { at: now - 100 }),
      decision(2, 1, { at: now - 50 }),
      decision(3, 1, { at: now, outcome: 'held' }),
      decision(4, 1, { at: now, outcome: 'grouped' }),
      decision(5, 1, { at: now, outcome: 'muted' }),
      decision(6, 1, { at: now, outcome: 'refused' }),
      decision(1, 2, { at: now }),
    ]);
    expect(await a.countDecisions([2, 1, 3], now - 50)).toEqual([1, 2, 0]);
    expect(await a.countDecisions([], now)).toEqual([]);
  });
}
