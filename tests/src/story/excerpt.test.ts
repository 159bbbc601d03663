import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { excerpt } from '../../../src/story/excerpt.ts';

const FERRIES = 'a ferry sails at noon, and a tram goes by, '.repeat(12);
const LONG = `While ${FERRIES}one zeppelin is over the town, and no more than one, while ${FERRIES}it goes by.`;

function stretchOf(text: string, word: string): { start: number; end: number } {
  const start = text.indexOf(word);
  return { start, end: start + word.length };
}

describe('an excerpt', () => {
  test('is the text itself where there is room for it', () => {
    expect(excerpt('A ferry sails.', [], 20)).toBe('A ferry sails.');
  });

  test('begins where the text does if that shows what is needed, and ends with a clause', () => {
    expect(excerpt('The council voted for the bridge, and the mayor was glad of it.', [], 40)).toBe(
      'The council voted for the bridge…',
    );
  });

  test('is cut around what is needed, where clauses end', () => {
    expect(excerpt(LONG, [stretchOf(LONG, 'zeppelin')], 80)).toMatch(
      /^….* tram goes by, one zeppelin is over the town.*[a-z]…$/u,
    );
  });

  test('ends where the text does if what is needed stands there', () => {
    const text = `${LONG} The last word is lighthouse.`;
    expect(excerpt(text, [stretchOf(text, 'lighthouse')], 80)).toMatch(/^….* The last word is lighthouse\.$/u);
  });

  test('shows what stands far apart in two windows', () => {
    const text = `A lighthouse. ${LONG}`;
    const shown = excerpt(text, [stretchOf(text, 'zeppelin'), stretchOf(text, 'lighthouse')], 120);
    expect(shown).toMatch(/^A lighthouse\..* … .*zeppelin.*…$/u);
    expect(shown.length).toBeLessThanOrEqual(120);
  });

  test.each([
    ['Japanese', '市議会は川に橋を架ける計画を賛成多数で可決し、'.repeat(20), '計画'],
    ['Thai', 'สภาเมืองลงมติให้สร้างสะพานข้ามแม่น้ำในเย็นวันจันทร์'.repeat(20), 'สะพาน'],
  ])('is cut between words where none are parted: %s', (_script, text, word) => {
    const at = text.indexOf(word, text.length / 2);
    const shown = excerpt(text, [{ start: at, end: at + word.length }], 60);
    expect(shown).toContain(word);
    expect(shown.length).toBeLessThanOrEqual(60);
    const starts = new Set(
      Array.from(new Intl.Segmenter('und', { granularity: 'word' }).segment(text), ({ index }) => index),
    );
    const begins = text.indexOf(shown.slice(1, -1));
    expect([starts.has(begins), starts.has(begins + shown.length - 2)]).toEqual([true, true]);
  });

  test('of any text is bounded, well formed, the text’s own words, and shows what is needed', () => {
    const piece = fc.oneof(
      fc.constantFrom('a ', 'ferry, ', 'und ', '港湾、', 'สะพาน', '👨‍👩‍👧‍👦', 'é', 'x'.repeat(90), ' – '),
      fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll(/\s+/gu, ' ')),
    );
    const texts = fc.array(piece, { minLength: 1, maxLength: 90 }).map((pieces) => pieces.join('').trim());
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.nat(), { maxLength: 3 }),
        fc.integer({ min: 60, max: 400 }),
        (text, places, most) => {
          const words = [...text.matchAll(/\p{L}{2,12}/gu)].filter(({ 0: word }) => word.length <= 12);
          const needed = places.flatMap((place) => {
            const found = words[place % Math.max(1, words.length)];
            return found ? [{ start: found.index, end: found.index + found[0].length }] : [];
          });
          const shown = excerpt(text, needed, most);
          expect(shown.length).toBeLessThanOrEqual(most);
          expect(shown.isWellFormed()).toBe(text.isWellFormed());
          if (text.includes('…')) return;
          for (const stretch of shown.split('…')) expect(text).toContain(stretch.trim());
          for (const { start, end } of needed) expect(shown).toContain(text.slice(start, end));
        },
      ),
      { numRuns: 500 },
    );
  });
});
