import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRawTokens, scan } from '../../../../src/story/text/scan.ts';
import { beginStory } from '../../../../src/story/text/words.ts';
import { createWordSieve } from '../../../../src/story/text/word-sieve.ts';

/** The numbers of the surfaces of a text. */
function surfacesOf(text: string): readonly number[] {
  const tokens = createRawTokens();
  beginStory(text.length);
  scan(text, tokens);
  return Array.from(tokens.surface.subarray(0, tokens.count));
}

const word = fc.stringMatching(/^[a-z]{1,12}$/u);

test('a sieve holds every word that it was given, in any case', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 300 }), (words) => {
      const sieve = createWordSieve([...words, 'non-word', 'Ärger']);
      const capitalised = words.map((one) => one.charAt(0).toUpperCase() + one.slice(1));
      for (const text of [words.join(' '), capitalised.join(' ')]) {
        expect(surfacesOf(text).filter((surface) => !sieve.mayHold(surface))).toEqual([]);
      }
    }),
  );
});

test('a sieve lets few words through that it was not given', () => {
  const given = Array.from({ length: 1000 }, (_, i) => `given${i}`);
  const other = Array.from({ length: 1000 }, (_, i) => `other${i}`);
  const sieve = createWordSieve(given);
  expect(surfacesOf(other.join(' ')).filter((surface) => sieve.mayHold(surface)).length).toBeLessThan(150);
  expect(surfacesOf('unreasonablylong').some((surface) => sieve.mayHold(surface))).toBe(false);
});
