import { describe, expect, test } from 'vitest';
import { hashText } from '../../../../src/story/sameness/hash.ts';
import { MAX_TERMS, NAME, NUMBER, TERM_BITS, termBag, TITLE } from '../../../../src/story/sameness/terms.ts';
import { wordsOf } from '../../../../src/story/sameness/words.ts';

function bagOf(title: string, lead = '', body = '') {
  return termBag({ title: wordsOf(title, 60), lead: wordsOf(lead, 200), body: wordsOf(body, 2000) });
}

function flagsOf(bag: ReturnType<typeof bagOf>, term: string): number | undefined {
  return bag.flags[bag.terms.indexOf(hashText(term) % 2 ** TERM_BITS)];
}

describe('a bag of terms', () => {
  test('cuts words to stems and scripts without spaces to pairs of letters', () => {
    expect(bagOf('rescuing rescued rescuers').terms).toHaveLength(1);
    expect(bagOf('北海道').terms).toHaveLength(2);
    expect(bagOf('x').terms).toHaveLength(0);
  });

  test('tells names by capitals inside a sentence, not where one begins or where all words have them', () => {
    const bag = bagOf('Storm nears Lindholm', 'Boats left. Sailors of Vlora stayed.');
    expect(flagsOf(bag, 'lindh')).toBe(NAME | TITLE);
    expect(flagsOf(bag, 'vlora')).toBe(NAME);
    expect(flagsOf(bag, 'storm')).toBe(TITLE);
    expect(flagsOf(bag, 'sailo')).toBe(0);
    expect(flagsOf(bagOf('Storm Nears Port Of Lindholm'), 'lindh')).toBe(TITLE);
  });

  test('counts neighbouring words with capitals as one, too, unless one of them is a common word', () => {
    const bag = bagOf('storm', 'Boats met Anna Berg on Monday Morning at the quay.');
    expect(flagsOf(bag, 'anna berg')).toBe(0);
    expect(flagsOf(bag, 'monda morni')).toBeUndefined();
    expect(flagsOf(bag, 'boats met')).toBeUndefined();
    expect(flagsOf(bagOf('北海道', '', '市長 市長'), '市長 市長')).toBeUndefined();
  });

  test('tells numbers, and reads grouped digits as one', () => {
    expect(flagsOf(bagOf('Some 12,500 boats'), '12500')).toBe(NUMBER | TITLE);
  });

  test('keeps the most telling terms of a long text, in ascending order', () => {
    const body = Array.from({ length: 500 }, (_, i) => `${'abcdefghij'[i % 10]}${i}x`).join(' ');
    const bag = bagOf('Lindholm', '', body);
    expect(bag.terms).toHaveLength(MAX_TERMS);
    expect([...bag.terms]).toEqual([...bag.terms].sort((a, b) => a - b));
    expect(flagsOf(bag, 'lindh')).toBeDefined();
  });

  test.each(['e\u0301'.repeat(5000), '(((('.repeat(20_000), '\u0000\uD800', 'ก'.repeat(30_000)])(
    'comes back whatever the text is made of',
    (text) => {
      expect(bagOf(text, text, text).terms.length).toBeLessThanOrEqual(MAX_TERMS);
    },
  );
});
