import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { headsOfKey, headsOfSurface } from '../../../../src/story/text/key-heads.ts';
import { irregularForms } from '../../../../src/story/text/lemma.ts';
import { keyedForms } from '../../../../src/story/text/token-keys.ts';
import { readWords } from '../../../../src/story/text/words.ts';

const LANGUAGES =
  'en fr de es it pt nl sv da nb fi hu ro ru tr ga lt pl uk el sk cs sl ca eu hr ar he fa ja ko zh th'.split(' ');
const folder = new URL('../../../fixtures/relevance/', import.meta.url);
const texts = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));

test.for(LANGUAGES)('every word is found under the letters of each of its keys: %s', (language) => {
  for (const text of texts) expect(lostKeys(text, language)).toEqual([]);
});

test('every irregular form of English is found by its lemma', () => {
  const forms = Array.from(irregularForms(), ([form]) => form);
  expect(lostKeys(forms.join(' '), 'en')).toEqual([]);
});

test('words of any letters are found', () => {
  const word = fc.string({
    unit: fc.constantFrom(...Array.from('aàbcdeéghilmnoøœpqrsßtuüyzİıжяёйالو한국東-’')),
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.constantFrom(...LANGUAGES), (words, language) => {
      expect(lostKeys(words.join(' '), language)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

/** The keys of a text's words that do not lead to them. */
function lostKeys(text: string, language: string): string[] {
  const lost = new Set<string>();
  for (const surface of readWords(text, language).surfaces) {
    const here = headsOfSurface(surface, language);
    for (const key of keyedForms(surface, language).flatMap(({ keys }) => keys)) {
      const heads = headsOfKey(key, language);
      if (heads !== null && !heads.some((head) => here.includes(head))) lost.add(`${key} at ${here.join()}`);
    }
  }
  return [...lost];
}
