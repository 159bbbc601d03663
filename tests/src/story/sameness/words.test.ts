import { expect, test } from 'vitest';
import { wordsOf } from '../../../../src/story/sameness/words.ts';

function textsOf(text: string, limit = 100): string[] {
  return wordsOf(text, limit).map((word) => word.text);
}

test.each([
  ['Boats left Lindholm.', ['Boats', 'left', 'Lindholm']],
  ['１２，５００ boats', ['12500', 'boats']],
  ['東京でAI会議', ['東京で', 'AI', '会議']],
  ['naïve cafe\u0301', ['naïve', 'café']],
  ['नमस्ते दुनिया', ['नमस्ते', 'दुनिया']],
  [' … ', []],
])('the words of %j', (text, words) => {
  expect(textsOf(text)).toEqual(words);
});

test('a sentence opens after an end mark, a quote or a colon', () => {
  expect(wordsOf('Rain fell. Then “Snow” came: Ice', 100).map(({ opens }) => opens)).toEqual([
    true,
    false,
    true,
    true,
    true,
    true,
  ]);
});

test('no more is read than was asked for, two letters of a script without spaces for a word', () => {
  expect(textsOf('one two three four', 2)).toEqual(['one', 'two']);
  expect(textsOf('地震'.repeat(1000), 10).join('')).toHaveLength(20);
  expect(textsOf('a'.repeat(100_000), 10).join('').length).toBeLessThanOrEqual(120);
});
