import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandKeys, commonCount, shinglesOf } from '../../../../src/story/sameness/shingles.ts';
import { wordsOf } from '../../../../src/story/sameness/words.ts';

function shingles(text: string): Uint32Array {
  return shinglesOf(wordsOf(text, 1000));
}

test.each([
  ['', 0],
  ['one', 1],
  ['one two three', 1],
  ['one two three four', 2],
  ['one two three one two three', 3],
  ['新しい図書館', 4],
])('the runs of three in %j are %i', (text, count) => {
  expect(shingles(text)).toHaveLength(count);
});

test('letter case, spacing and punctuation make no difference', () => {
  expect(shingles('The harbour, at DAWN - was calm.')).toEqual(shingles('the harbour at dawn  was calm'));
});

test('common numbers of two sorted lists are counted as sets would', () => {
  const list = fc.uniqueArray(fc.nat(50), { maxLength: 30 });
  fc.assert(
    fc.property(list, list, (a, b) => {
      const inBoth = a.filter((value) => b.includes(value)).length;
      expect(commonCount(Uint32Array.from(a).sort(), Uint32Array.from(b).sort())).toBe(inBoth);
    }),
  );
});

test('sets share about as many band keys as the cube of their Jaccard similarity says', () => {
  let shared = 0;
  const trials = 60;
  for (let trial = 0; trial < trials; trial++) {
    const from = trial * 1000;
    // 200 numbers each, 120 of them common: Jaccard 120 / 280.
    const a = Uint32Array.from({ length: 200 }, (_, i) => from + i);
    const b = Uint32Array.from({ length: 200 }, (_, i) => from + 80 + i);
    const keys = new Set(bandKeys(a));
    shared += bandKeys(b).filter((key) => keys.has(key)).length;
  }
  const expected = 42 * (120 / 280) ** 3;
  expect(shared / trials).toBeGreaterThan(expected * 0.7);
  expect(shared / trials).toBeLessThan(expected * 1.3);
});
