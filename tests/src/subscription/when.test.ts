import { describe, expect, test } from 'vitest';
import { parseDuration, parseQuiet, parseWhen, printQuiet, printWhen } from '../../../src/subscription/when.ts';

describe('parseWhen', () => {
  test.each([
    ['instant', 'instant'],
    ['Hourly', 'hourly'],
    ['daily', 'daily 08:00'],
    ['daily at 7', 'daily 07:00'],
    ['daily 6:30pm', 'daily 18:30'],
    ['weekly', 'weekly Mon 08:00'],
    ['weekly fri 17.15', 'weekly Fri 17:15'],
    ['weekly Sunday', 'weekly Sun 08:00'],
    ['daily 12am', 'daily 00:00'],
  ])('reads %s as %s', (text, printed) => {
    const read = parseWhen(text);
    expect(read.ok && printWhen(read.when)).toBe(printed);
    expect(parseWhen(printed)).toEqual(read);
  });

  test.each(['', 'sometimes', 'daily 25:00', 'weekly Foo 08:00', 'daily 8 9', 'weekly Mon 8:75', 'daily 13pm'])(
    'refuses %j and suggests what would be right',
    (text) => {
      const read = parseWhen(text);
      expect(read.ok).toBe(false);
      expect(parseWhen(read.ok ? '' : read.suggestion).ok).toBe(true);
    },
  );
});

describe('parseQuiet', () => {
  test.each([
    ['22:00-07:00', '22:00-07:00'],
    ['10pm to 7am', '22:00-07:00'],
    ['22 – 7', '22:00-07:00'],
    ['off', 'off'],
  ])('reads %s as %s', (text, printed) => {
    const read = parseQuiet(text);
    expect(read.ok && printQuiet(read.quiet)).toBe(printed);
  });

  test.each(['', '22:00', '22:00-22:00', 'night', '1-2-3'])('refuses %j', (text) => {
    expect(parseQuiet(text).ok).toBe(false);
  });
});

test.each([
  ['3d', 259_200_000],
  ['1d 12h', 129_600_000],
  ['45m', 2_700_000],
  ['45 min', 2_700_000],
  ['2w', 1_209_600_000],
])('a duration of %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '0h', 'long', '99w', '-3d', '3'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeNull();
});
