import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createScores } from '../../../../src/story/sameness/scores.ts';

test('the largest sums are those of a plain count, whatever was counted before', () => {
  const near = fc.integer({ min: 100_000, max: 100_060 });
  const number = fc.oneof({ weight: 5, arbitrary: near }, { weight: 1, arbitrary: fc.nat(5_000_000) });
  const counted = fc.array(fc.tuple(number, fc.integer({ min: 0, max: 5 })), { maxLength: 80 });
  fc.assert(
    fc.property(fc.array(counted, { maxLength: 4 }), fc.integer({ min: 1, max: 30 }), (rounds, count) => {
      const scores = createScores();
      for (const round of rounds) {
        const sums = new Map<number, number>();
        for (const [each, score] of round) {
          scores.add(each, score);
          sums.set(each, (sums.get(each) ?? 0) + score);
        }
        const expected = [...sums].sort((a, b) => b[1] - a[1] || b[0] - a[0]).slice(0, count);
        expect(scores.takeLargest(count)).toEqual(expected.map(([each]) => each));
      }
    }),
  );
});

test('numbers that would share a place are told apart', () => {
  const scores = createScores();
  for (const number of [1, 1 + 2 ** 14, 1 + 2 ** 15, 1]) scores.add(number, 1);
  expect(scores.takeLargest(2)).toEqual([1, 1 + 2 ** 15]);
  expect(scores.takeLargest(2)).toEqual([]);
});
