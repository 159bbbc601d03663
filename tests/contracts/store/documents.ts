import { expect, test } from 'vitest';
import { SHORT_MS, type Stores } from './harness.ts';

export function documentCases(stores: () => Stores): void {
  test('a document is what was put last', async () => {
    const { a, b } = stores();
    expect(await a.getDocument('place', 'x')).toBeNull();
    await a.putDocument('place', 'x', { quiet: null, list: [1, 'zwei', { ok: true }] }, null);
    expect(await b.getDocument('place', 'x')).toEqual({ quiet: null, list: [1, 'zwei', { ok: true }] });
    await b.putDocument('place', 'x', 'text', null);
    expect(await a.getDocument('place', 'x')).toBe('text');
    expect(await a.getDocument('mute', 'x')).toBeNull();
  });

  test('a deleted document is gone', async () => {
    const { a, b } = stores();
    await a.putDocument('place', 'x', 1, null);
    await b.deleteDocument('place', 'x');
    await b.deleteDocument('place', 'x');
    expect(await a.getDocument('place', 'x')).toBeNull();
  });

  test('documents of a kind are listed by id', async () => {
    const { a, b } = stores();
    await a.putDocument('place', 'b', 2, null);
    await a.putDocument('place', 'a', 1, null);
    await a.putDocument('places', 'c', 3, null);
    expect(await b.listDocuments('place')).toEqual([
      { id: 'a', value: 1 },
      { id: 'b', value: 2 },
    ]);
    expect(await b.listDocuments('none')).toEqual([]);
  });

  test('a document lives until it expires', async () => {
    const { a, harness } = stores();
    await a.putDocument('mute', 'x', true, harness.now() + SHORT_MS);
    await a.putDocument('mute', 'y', true, harness.now() + SHORT_MS);
    await a.putDocument('mute', 'y', true, null);
    expect(await a.getDocument('mute', 'x')).toBe(true);
    await harness.advance(SHORT_MS + 50);
    expect(await a.getDocument('mute', 'x')).toBeNull();
    expect(await a.listDocuments('mute')).toEqual([{ id: 'y', value: true }]);
  });

  test('something is run once within its time', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    expect(await a.runOnce('digest', now, SHORT_MS)).toBe(true);
    expect(await b.runOnce('digest', now + 1, SHORT_MS)).toBe(false);
    expect(await b.runOnce('other', now, SHORT_MS)).toBe(true);
    await harness.advance(SHORT_MS + 50);
    expect(await b.runOnce('digest', harness.now(), SHORT_MS)).toBe(true);
  });

  test('of many who would run something at once one does', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    const all = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => (i % 2 === 0 ? a : b).runOnce('once', now, 60_000)),
    );
    expect(all.filter(Boolean)).toHaveLength(1);
  });

  test('a named lease is one holder’s until it ends or is dropped', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    expect(await a.takeLease('gateway', 'x', now, SHORT_MS)).toBe('x');
    expect(await b.takeLease('gateway', 'y', now, SHORT_MS)).toBe('x');
    expect(await b.takeLease('other', 'y', now, SHORT_MS)).toBe('y');
    await b.dropLease('gateway', 'y');
    expect(await b.takeLease('gateway', 'y', now, SHORT_MS)).toBe('x');
    await harness.advance(SHORT_MS + 50);
    expect(await b.takeLease('gateway', 'y', harness.now(), SHORT_MS)).toBe('y');
    await b.dropLease('gateway', 'y');
    expect(await a.takeLease('gateway', 'x', harness.now(), SHORT_MS)).toBe('x');
  });

  test('a named lease that is taken again and again goes on', async () => {
    const { a, b, harness } = stores();
    for (let round = 0; round < 3; round++) {
      expect(await a.takeLease('gateway', 'x', harness.now(), SHORT_MS)).toBe('x');
      await harness.advance(SHORT_MS * 0.6);
    }
    expect(await b.takeLease('gateway', 'y', harness.now(), SHORT_MS)).toBe('x');
  });

  test('of many who want a named lease at once one gets it', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    const holders = await Promise.all(
      Array.from({ length: 40 }, async (_, i) =>
        (i % 2 === 0 ? a : b).takeLease('gateway', `holder ${i}`, now, 60_000),
      ),
    );
    expect(new Set(holders).size).toBe(1);
  });

  test('events are counted within their window', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    expect(await a.tally('member', now, 1000)).toBe(1);
    expect(await b.tally('member', now, 1000)).toBe(2);
    expect(await b.tally('member', now + 500, 1000)).toBe(3);
    expect(await a.tally('other', now + 500, 1000)).toBe(1);
    expect(await a.tally('member', now + 1000, 1000)).toBe(2);
    expect(await a.tally('member', now + 5000, 1000)).toBe(1);
  });

  test('events of two clients at once are all counted', async () => {
    const { a, b, harness } = stores();
    const now = harness.now();
    const counts = await Promise.all(
      Array.from({ length: 60 }, async (_, i) => (i % 2 === 0 ? a : b).tally('member', now, 60_000)),
    );
    expect(counts.sort((x, y) => x - y)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  });
}
