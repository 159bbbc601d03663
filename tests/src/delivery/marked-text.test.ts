import { describe, expect, test } from 'vitest';
import { markedText } from '../../../src/delivery/marked-text.ts';

/** The text with its bold pieces in brackets. */
function marked(text: string, ...spans: readonly (readonly [start: number, end: number])[]): string {
  const pieces = markedText(
    text,
    spans.map(([start, end]) => ({ field: 'summary', start, end })),
  );
  return pieces.map((piece) => (piece.bold ? `[${piece.text}]` : piece.text)).join('');
}

describe('marked text', () => {
  test('is bold where a span stands, in whatever order they come', () => {
    expect(marked('Japan and Korea', [10, 15], [0, 5])).toBe('[Japan] and [Korea]');
  });

  test('is one bold piece where spans touch, overlap or lie in one another', () => {
    expect(marked('日本韓国の', [0, 2], [2, 4])).toBe('[日本韓国]の');
    expect(marked('South Korea Times', [0, 11], [6, 17])).toBe('[South Korea Times]');
    expect(marked('South Korea Times', [0, 11], [2, 5], [12, 17])).toBe('[South Korea] [Times]');
  });

  test('is one bold piece where nothing is to be seen between spans', () => {
    expect(marked('invoice\u202efdp', [0, 7], [8, 11])).toBe('[invoice\u202efdp]');
    expect(marked('one two', [0, 3], [4, 7])).toBe('[one] [two]');
  });

  test('is not bold where nothing is to be seen in a span', () => {
    expect(marked('Japan \u200b\u202e Korea', [5, 9], [9, 14])).toBe('Japan \u200b\u202e [Korea]');
  });

  test('leaves out what reaches beyond it, and spans of nothing', () => {
    expect(marked('Japan', [-3, 2], [4, 99])).toBe('[Ja]pa[n]');
    expect(marked('Japan', [7, 9], [2, 2], [3, 1])).toBe('Japan');
    expect(marked('', [0, 1])).toBe('');
  });
});
