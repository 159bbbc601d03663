import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBlocks } from '../../../src/subscription/blocks.ts';

test('blocks keep what was put into them through growing, shrinking and giving back', () => {
  const step = fc.record({ list: fc.nat({ max: 8 }), length: fc.nat({ max: 40 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const blocks = createBlocks();
      const lists = new Map<number, { at: number; values: readonly number[] }>();
      let value = 1;
      for (const { list, length } of steps) {
        const { at, values } = lists.get(list) ?? { at: 0, values: [] };
        const kept = values.slice(0, length);
        const to = blocks.resize(at, kept.length, values.length, length);
        const next = [...kept, ...Array.from({ length: length - kept.length }, () => value++)];
        blocks.data.set(next, Math.max(0, to));
        lists.set(list, { at: to, values: next });
      }
      for (const { at, values } of lists.values()) {
        expect(Array.from(blocks.data.subarray(at, at + values.length))).toEqual(values.length === 0 ? [] : values);
      }
    }),
  );
});

test('a block that was given back is used again', () => {
  const blocks = createBlocks();
  const first = blocks.take(6);
  blocks.giveBack(first, 6);
  expect(blocks.take(5)).toBe(first);
  expect(blocks.take(5)).not.toBe(first);
});

test('bytes grow with what is in use, not with how often it changes', () => {
  const blocks = createBlocks();
  let [at, size] = [blocks.take(3), 3];
  for (let i = 0; i < 20_000; i++) {
    const next = 3 + (i % 50);
    at = blocks.resize(at, Math.min(size, next), size, next);
    size = next;
  }
  expect(blocks.bytes).toBeLessThan(40_000);
});
