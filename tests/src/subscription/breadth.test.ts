import { expect, test } from 'vitest';
import { broadness } from '../../../src/subscription/breadth.ts';

test.for([
  { name: 'one in fifty is', matched: 80, tried: 4000, days: 2, tooBroad: true, perDay: 40 },
  { name: 'one in a hundred is not', matched: 40, tried: 4000, days: 2, tooBroad: false, perDay: 20 },
  { name: 'a small sample tells nothing', matched: 150, tried: 199, days: 1, tooBroad: false, perDay: 150 },
  { name: 'a few stories tell nothing', matched: 4, tried: 200, days: 1, tooBroad: false, perDay: 4 },
  { name: 'no stories tell nothing', matched: 0, tried: 0, days: 0, tooBroad: false, perDay: 0 },
  { name: 'a minute counts as an hour', matched: 5, tried: 300, days: 1 / 1440, tooBroad: true, perDay: 120 },
])('too broad is what a share of the stored stories says: $name', ({ matched, tried, days, tooBroad, perDay }) => {
  const said = broadness(matched, tried, days);
  expect(said.tooBroad).toBe(tooBroad);
  expect(said.perDay).toBeCloseTo(perDay);
});
