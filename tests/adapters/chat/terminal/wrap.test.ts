import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { wrapText } from '../../../../adapters/chat/terminal/wrap.ts';

function lines(text: string, columns: number): string[] {
  return wrapText(text, columns).map(({ start, end }) => text.slice(start, end));
}

describe('wrapping a text', () => {
  test.each([
    ['nothing', '', 10, []],
    ['at spaces', 'one two three', 7, ['one two', 'three']],
    ['at the exact width', 'one two', 7, ['one two']],
    ['after a hyphen', 'a well-known ship', 8, ['a well-', 'known', 'ship']],
    ['not at a no-break space', 'go 10\u00A0km far', 7, ['go', '10\u00A0km', 'far']],
    ['a word longer than a line', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['a long word after a short one', 'a bcdefgh', 4, ['a', 'bcde', 'fgh']],
    ['line feeds', 'a\n\nb', 10, ['a', '', 'b']],
    ['several spaces', 'one   two', 5, ['one', 'two']],
    ['Korean at its spaces', '한국 법원이 명령', 8, ['한국', '법원이', '명령']],
    ['Japanese anywhere', '日本語の文章', 6, ['日本語', 'の文章']],
    ['no full stop at the start of a line', '日本語。文章', 6, ['日本', '語。文', '章']],
    ['no small kana at the start of a line', 'あいシャツ', 6, ['あい', 'シャツ']],
    ['no opening bracket at the end of a line', 'あい「うえ」', 6, ['あい', '「う', 'え」']],
    ['after a closing bracket', '「あ」word', 6, ['「あ」', 'word']],
    ['a number within Japanese', '円相場は151円台', 10, ['円相場は', '151円台']],
    ['families as one', '👩‍👩‍👧👩‍👩‍👧', 2, ['👩‍👩‍👧', '👩‍👩‍👧']],
    ['a wide letter in a narrow line', '日', 1, ['日']],
  ])('%s', (_what, text, columns, expected) => {
    expect(lines(text, columns)).toEqual(expected);
  });

  test('loses nothing but white space, keeps within the width, never cuts a grapheme', () => {
    const unit = fc.oneof(
      fc.constantFrom('a', 'bc', ' ', '-', '日', '。', '「', '한', '👩‍👩‍👧', 'e\u0301', '\n', '\u3000', 'ー'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
    );
    const text = fc.string({ unit, maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (given, columns) => {
        const wrapped = lines(given, columns);
        const bare = (raw: string): string => raw.replace(/[ \t\n\u3000]/g, '').replace(/\r/g, '');
        expect(bare(wrapped.join(''))).toBe(bare(given));
        const whole = new Set(
          Array.from(new Intl.Segmenter().segment(given), ({ index }) => index).concat(given.length),
        );
        for (const { start, end } of wrapText(given, columns)) {
          expect(whole.has(start) && whole.has(end)).toBe(true);
        }
        const tooWide = wrapped.filter((line) => stringWidth(line) > columns);
        expect(tooWide.every((line) => Array.from(new Intl.Segmenter().segment(line)).length <= 2)).toBe(true);
      }),
    );
  });
});
