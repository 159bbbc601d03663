import { expect, test } from 'vitest';
import { createPairMemo } from '../../../src/subscription/pair-memo.ts';

test('gives what was noted for two numbers, in their order', () => {
  const memo = createPairMemo<string>();
  for (let i = 0; i < 5000; i++) memo.set(i, i * 7, `${i}`);
  expect(memo.get(40, 280)).toBe('40');
  expect(memo.get(280, 40)).toBeNull();
  expect(memo.get(4999, 34_993)).toBe('4999');
});

test('forgets rather than growing without end', () => {
  const memo = createPairMemo<number>();
  for (let i = 0; i < 200_000; i++) memo.set(i, i, i);
  expect(memo.get(199_999, 199_999)).toBe(199_999);
  expect(memo.get(0, 0)).toBeNull();
});
