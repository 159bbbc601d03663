import { expect, test } from 'vitest';
import { createRecent } from '../../../src/subscription/recent.ts';

test('keeps what was set, and what is asked for again and again, while others are forgotten', () => {
  const recent = createRecent<number>(4);
  recent.set('often', 1);
  recent.set('once', 2);
  for (let i = 0; i < 40; i++) {
    recent.set(`other ${i}`, i);
    expect(recent.get('often')).toBe(1);
    expect(recent.get(`other ${i}`)).toBe(i);
  }
  expect(recent.get('once')).toBeUndefined();
  expect(recent.get('other 0')).toBeUndefined();
});
