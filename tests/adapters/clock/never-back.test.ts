import fc from 'fast-check';
import { expect, test } from 'vitest';
import { neverBack } from '../../../adapters/clock/never-back.ts';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 10, 25, 9, 0);

/** A wall clock that can be set, and a steady one beside it. */
function clocks(): { wall: () => number; steady: () => number; pass: (ms: number) => void; set: (by: number) => void } {
  let [wall, steady] = [START, 5];
  return {
    wall: () => wall,
    steady: () => steady,
    pass(ms) {
      wall += ms;
      steady += ms;
    },
    set(by) {
      wall += by;
    },
  };
}

test('the wall clock is followed, forwards at once', () => {
  const { wall, steady, pass, set } = clocks();
  const now = neverBack(wall, steady);
  expect(now()).toBe(START);
  pass(1500);
  expect(now()).toBe(START + 1500);
  set(HOUR_MS);
  expect(now()).toBe(START + 1500 + HOUR_MS);
});

test('set back by an hour, time goes on at half speed until it is caught up with', () => {
  const { wall, steady, pass, set } = clocks();
  const now = neverBack(wall, steady);
  set(-HOUR_MS);
  pass(1000);
  expect(now()).toBe(START + 500);
  pass(HOUR_MS);
  expect(now()).toBe(START + 500 + HOUR_MS / 2);
  pass(HOUR_MS);
  expect(now()).toBe(wall());
  pass(1);
  expect(now()).toBe(wall());
});

test('set back by more than a day it is followed at once', () => {
  const { wall, steady, set } = clocks();
  const now = neverBack(wall, steady);
  set(-25 * HOUR_MS);
  expect(now()).toBe(START - 25 * HOUR_MS);
});

test('what an earlier process said is not gone back on, but for a time that cannot be', () => {
  const { wall, steady, pass } = clocks();
  const now = neverBack(wall, steady, START + HOUR_MS);
  pass(1000);
  expect(now()).toBe(START + HOUR_MS + 500);
  expect(neverBack(wall, steady, START + 100 * HOUR_MS)()).toBe(wall());
});

test('time runs back for no less than a day, and is never behind the wall clock', () => {
  const step = fc.record({
    pass: fc.integer({ min: 0, max: HOUR_MS }),
    set: fc.integer({ min: -HOUR_MS, max: HOUR_MS }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { wall, steady, pass, set } = clocks();
      const now = neverBack(wall, steady);
      let last = now();
      for (const one of steps) {
        pass(one.pass);
        set(one.set);
        const said = now();
        expect(said).toBeGreaterThanOrEqual(last);
        expect(said).toBeGreaterThanOrEqual(wall());
        last = said;
      }
    }),
  );
});
