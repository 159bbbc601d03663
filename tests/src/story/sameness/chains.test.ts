import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createChains, END } from '../../../../src/story/sameness/chains.ts';

const PLACES = 3;

test('a walk gives the entries of a key, newest first, down to the oldest story known', () => {
  const keysOf = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: PLACES });
  fc.assert(
    fc.property(fc.array(keysOf, { maxLength: 60 }), fc.nat(60), (stories, forgotten) => {
      const chains = createChains(3, PLACES);
      for (const [number, keys] of stories.entries()) {
        for (const [place, key] of keys.entries()) chains.push(key, number, place);
      }
      chains.forgetBefore(forgotten);
      for (let key = 0; key < 8; key++) {
        const expected = stories
          .flatMap((keys, number) => keys.map((each, place) => ({ each, number, place })))
          .filter(({ each, number }) => each === key && number >= forgotten)
          .map(({ number, place }) => number * PLACES + place)
          .reverse();
        const walked: number[] = [];
        for (let entry = chains.head(key); entry !== END; entry = chains.next(entry)) walked.push(entry);
        expect(walked).toEqual(expected);
      }
    }),
  );
});

test('a walk goes on across blocks and ends where blocks were let go', () => {
  const chains = createChains(2, PLACES);
  for (let number = 0; number < 3000; number += 500) chains.push(1, number, 0);
  chains.forgetBefore(1200);
  const walked: number[] = [];
  for (let entry = chains.head(1); entry !== END; entry = chains.next(entry)) walked.push(entry / PLACES);
  expect(walked).toEqual([2500, 2000, 1500]);
});

test('entries taken away from the front leave the chains as they were', () => {
  const keysOf = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: PLACES });
  const walks = (chains: ReturnType<typeof createChains>): number[][] =>
    Array.from({ length: 8 }, (_, key) => {
      const walked: number[] = [];
      for (let entry = chains.head(key); entry !== END; entry = chains.next(entry)) walked.push(entry);
      return walked;
    });
  fc.assert(
    fc.property(fc.array(keysOf, { maxLength: 30 }), fc.array(keysOf, { maxLength: 30 }), (kept, taken) => {
      const chains = createChains(3, PLACES);
      const push = (keys: readonly number[], number: number): void => {
        for (const [place, key] of keys.entries()) chains.push(key, number, place);
      };
      for (const [number, keys] of kept.entries()) push(keys, number);
      const before = walks(chains);
      for (const [i, keys] of taken.entries()) push(keys, kept.length + i);
      for (const [i, keys] of [...taken.entries()].reverse()) {
        for (const [place, key] of [...keys.entries()].reverse()) chains.pop(key, kept.length + i, place);
      }
      expect(walks(chains)).toEqual(before);
    }),
  );
});
