import { expect, test } from 'vitest';
import { createEventIndex } from '../../../../src/story/sameness/events.ts';
import type { HeldStory } from '../../../../src/story/sameness/held.ts';
import { termBag } from '../../../../src/story/sameness/terms.ts';
import { wordsOf } from '../../../../src/story/sameness/words.ts';

function read(title: string) {
  const bag = termBag({ title: wordsOf(title, 60), lead: [], body: [] });
  return { bag, bands: new Uint32Array(), shingles: new Uint32Array(), lang: 'en', published: 0 };
}

/** How many stories are looked at in full when the window holds `size`, all of which share words with the one asked about. */
function lookedAt(size: number): number {
  const held = new Map<number, HeldStory>();
  const index = createEventIndex(held, () => []);
  for (let number = 0; number < size; number++) {
    const story = read(`Minister of town${number % 50} opens school${number % 7} in region${number % 3} again`);
    held.set(number, { ...story, id: String(number), number, groupId: String(number) });
    index.push(story, number);
  }
  let count = 0;
  index.find(read('Minister of town4 opens school3 in region1 again'), (number) => {
    count++;
    return held.get(number);
  });
  return count;
}

test('as many stories are compared when the window holds a hundred times as many', () => {
  expect(lookedAt(20_000)).toBeLessThanOrEqual(lookedAt(200));
});
