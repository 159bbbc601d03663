import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asciiHost,
  asciiUrl,
  looksLikeAddress,
  oneLine,
  truncateGraphemes,
  visibleText,
} from '../../../src/delivery/sanitize.ts';

/** Text in which what is to be stripped is as common as what is to stay. */
const text = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      '\u001B',
      '\u009B',
      '\u202E',
      '\u200B',
      '\u00AD',
      '\r',
      '\n',
      '\t',
      '\u2028',
      '\u0000',
      '\uD800',
      'a',
    ),
  ),
  maxLength: 60,
});

const unseen = [
  ...range(0x00, 0x08),
  ...range(0x0e, 0x1f),
  ...range(0x7f, 0x84),
  ...range(0x86, 0x9f),
  ...range(0x202a, 0x202e),
  ...range(0x2060, 0x2064),
  ...range(0x2066, 0x206f),
  0xad,
  0x61c,
  0x200b,
  0x200e,
  0x200f,
  0xfeff,
];

describe('visible text', () => {
  test.each(unseen.map((code) => [code.toString(16)]))('has no U+%s', (code) => {
    expect(visibleText(`a${String.fromCodePoint(Number.parseInt(code, 16))}b`)).toBe('ab');
  });

  test.each([
    ['joiners of emoji and Persian', '👩‍👩‍👧 می‌خواهم'],
    ['tab and line feed', 'a\tb\nc'],
    ['letters with marks', 'e\u0301 ñ Ω 한국 日本'],
    ['markup of any chat', '<!channel> @everyone [a](b) <b> & *x*'],
  ])('keeps %s', (_what, kept) => {
    expect(visibleText(kept)).toBe(kept);
  });

  test.each(['\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])('ends a line at %j as at a line feed', (end) => {
    expect(visibleText(`a${end}b`)).toBe('a\nb');
  });

  test('leaves nothing of an escape sequence, and no half of a surrogate pair', () => {
    expect(visibleText('\u001B[31mred\u009B0m \u001B]8;;https://evil.example\u0007x')).toBe('red0m x');
    expect(visibleText('\u001B]0;a title that never ends')).toBe(']0;a title that never ends');
    expect(visibleText('a\uD83Db')).toBe('a\uFFFDb');
  });

  test('once cleaned changes no more, and holds nothing that drives a terminal', () => {
    fc.assert(
      fc.property(text, (raw) => {
        const clean = visibleText(raw);
        expect(visibleText(clean)).toBe(clean);
        expect(clean).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
        expect(clean.isWellFormed()).toBe(true);
      }),
    );
  });

  test('on one line has no line ends and no space at the ends or beside another', () => {
    expect(oneLine('  a \r\n\t b\u2028c ')).toBe('a b c');
    fc.assert(
      fc.property(text, (raw) => {
        const line = oneLine(raw);
        expect(line).not.toMatch(/^\s|\s$|\s\s|[\n\r\t]/);
        expect(oneLine(line)).toBe(line);
      }),
    );
  });
});

describe('addresses', () => {
  test.each([
    ['https://News.Example/a', 'news.example'],
    ['https://b\u0430nk.example/', 'xn--bnk-6cd.example'],
    ['https://bank.example@evil.example:8080/x', 'evil.example'],
    ['http://[::1]:80/', '[::1]'],
    ['javascript:alert(1)', ''],
    ['data:text/html,x', ''],
    ['//news.example', ''],
    ['', ''],
  ])('the host of %s is %j', (url, host) => {
    expect(asciiHost(url)).toBe(host);
  });

  test.each([
    ['https://user:secret@news.example/a', 'https://news.example/a'],
    ['https://news.example/a b"<>', 'https://news.example/a%20b%22%3C%3E'],
    ['https://news.example/\u001B]8;;x', 'https://news.example/%1B]8;;x'],
    [`https://news.example/${'a'.repeat(2000)}`, ''],
    ['file:///etc/passwd', ''],
  ])('of %s is shown %j', (url, shown) => {
    expect(asciiUrl(url)).toBe(shown);
  });

  test('that are shown are printable ASCII, whatever was given', () => {
    fc.assert(
      fc.property(text, (path) => {
        expect(asciiUrl(`https://news.example/${path}`)).toMatch(/^[\u0021-\u007E]*$/);
      }),
    );
  });

  test.each(['https://bank.example', 'www.bank', 'see bank.example', 'bank.example/login', 'b\u0430nk.example'])(
    '%j looks like one',
    (label) => {
      expect(looksLikeAddress(label)).toBe(true);
    },
  );

  test.each(['The U.S. and the U.N.', 'Up 3.5 per cent', 'It ended. Then it began', 'Mr. Smith', 'e.g. this'])(
    '%j does not',
    (label) => {
      expect(looksLikeAddress(label)).toBe(false);
    },
  );
});

describe('cutting a text', () => {
  test.each([
    ['news', 4, 'news'],
    ['newshound', 5, 'news…'],
    ['two words', 5, 'two…'],
    ['👩‍👩‍👧👩‍👩‍👧', 9, '👩‍👩‍👧…'],
    ['e\u0301e\u0301e\u0301', 4, 'e\u0301…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['', 0, ''],
  ])('%j to %i units gives %j', (given, max, cut) => {
    expect(truncateGraphemes(given, max)).toBe(cut);
  });

  test('counts as it is told to, after escaping for instance', () => {
    const escaped = (raw: string): number => raw.replaceAll('&', '&amp;').length;
    expect(truncateGraphemes('a&b&c', 8, escaped)).toBe('a&b…');
  });

  test('gives the longest beginning of whole graphemes that fits, as trying them all does', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 70 }), (raw, max) => {
        expect(truncateGraphemes(raw, max)).toBe(longestBeginning(raw, max));
      }),
    );
  });

  test('finds the same in a text far longer than what is shown', () => {
    const long = '\u{1F469}\u200D\u{1F467} news '.repeat(2000);
    expect(truncateGraphemes(long, 40)).toBe(longestBeginning(long.slice(0, 120), 40));
  });
});

function longestBeginning(raw: string, max: number): string {
  if (raw.length <= max) return raw;
  const ends = Array.from(new Intl.Segmenter('und').segment(raw), ({ index }) => index);
  const cuts = ends.map((end) => `${raw.slice(0, end).trimEnd()}…`);
  return cuts.findLast((cut) => cut.length <= max) ?? '';
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
