import { describe, expect, test } from 'vitest';
import { parseQuery, type Query } from '../../../src/subscription/query.ts';
import { shownTerms, type Part } from '../../../src/subscription/shown-terms.ts';

const PARTS: readonly Part[] = [
  { text: 'The harbour of Tarnow has a new bridge.', paragraph: 0 },
  { text: 'Its minister spoke of health.', paragraph: 0 },
  { text: 'Care is to follow in Seoul, where the bridge was made.', paragraph: 1 },
];

function query(text: string): Query {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.query;
}

describe('the terms that the parts of a text show', () => {
  test.each([
    ['minister', [0, 1, 0]],
    ['bridge minister', [1, 2, 1]],
    ['South Korea', [0, 0, 1]],
    ['"new bridge" OR minister', [1, 2, 0]],
    ['minister -bridge', [0, 1, 0]],
    ['zeppelin', [0, 0, 0]],
    ['harbour NEAR/6 bridge', [1, 0, 0]],
  ])('of %s', (asked, masks) => {
    expect(shownTerms(query(asked), PARTS, 'en').masks).toEqual(masks);
  });

  test('are those of several in a row where no part shows them alone', () => {
    const { masks, runs } = shownTerms(query('health NEAR/3 care'), PARTS, 'en');
    expect(masks).toEqual([0, 0, 0]);
    expect(runs).toEqual([{ from: 1, to: 2, shows: 1 }]);
  });

  test.each([
    ['bridge minister', 3],
    ['bridge zeppelin', 1],
    ['zeppelin OR minister', 2],
    ['(zeppelin bridge) OR (minister harbour)', 0b1100],
    ['(bridge OR minister) harbour', 0b101],
    ['-bridge minister', 1],
  ])('are required as the query asks: %s', (asked, required) => {
    expect(shownTerms(query(asked), PARTS, 'en').required).toBe(required);
  });

  test('are placed near one another, a spread one from its first word to its last', () => {
    const text = 'A bridge, a mill, a minister, a bridge and a ferry over the harbour.';
    const { places } = shownTerms(query('minister bridge "harbour ferry"~4'), [{ text, paragraph: 0 }], 'en');
    expect(places(0b11, text).map(({ start, end }) => text.slice(start, end))).toEqual(['minister', 'bridge']);
    expect(places(0b10, text)[0]?.start).toBe(2);
    expect(places(0b11, text)[1]?.start).toBe(32);
    expect(places(0b100, text).map(({ start, end }) => text.slice(start, end))).toEqual(['ferry over the harbour']);
    expect(places(0b111, 'A mill.')).toEqual([]);
  });

  test('are none without a query or a text', () => {
    expect(shownTerms(undefined, PARTS, 'en')).toMatchObject({ masks: [0, 0, 0], runs: [], required: 0 });
    expect(shownTerms(query('bridge'), [], '')).toMatchObject({ masks: [], runs: [], required: 0 });
  });
});
