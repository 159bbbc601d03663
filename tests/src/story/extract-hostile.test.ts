import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractArticle } from '../../../src/story/extract.ts';

const PROSE =
  'This is a fairly ordinary sentence, with a comma or two, and it goes on for a while so that it counts as a paragraph. ';
const URL = 'https://pages.example/story';

const PAGES: readonly (readonly [string, string])[] = [
  ['20,000 nested elements', '<div>'.repeat(20_000) + PROSE.repeat(20) + '</div>'.repeat(20_000)],
  ['200,000 unclosed paragraphs', '<p>x y z'.repeat(200_000)],
  ['4 MB of one word', 'x'.repeat(4_000_000)],
  ['4 MB of paragraphs', `<p>${PROSE.repeat(9)}</p>`.repeat(4000)],
  ['bytes', Array.from({ length: 300_000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join('')],
  ['200,000 attributes', `<p ${Array.from({ length: 200_000 }, (_, i) => `a${i}=1`).join(' ')}>${PROSE}`],
  ['a class of 2 MB', `<p class="${'a-b '.repeat(500_000)}">${PROSE}`],
  ['attributes that look like markup', `<p class='"><script>' id='</p><b "'>${PROSE}</p>`],
  ['nested tables', '<table><tr><td>'.repeat(5000) + PROSE],
  ['an unclosed comment', `<p>${PROSE}<!--${'x'.repeat(1_000_000)}`],
  ['300,000 comment starts', '<!--'.repeat(300_000)],
  ['an unclosed script', `<p>${PROSE}<script>${'a<b'.repeat(300_000)}`],
  ['200,000 links in links', '<a href=x>'.repeat(200_000) + PROSE],
  ['drawings in drawings', `<svg>`.repeat(100_000) + PROSE],
  ['end tags only', '</p></br></div>'.repeat(100_000)],
  ['less-than signs', '<'.repeat(1_000_000)],
  ['entities', `<p>${'&amp;lt;'.repeat(200_000)}`],
  ['a million spaces', `<p>a${' \u00A0\n'.repeat(400_000)}b`],
  ['deep structured data', `<script type="application/ld+json">${'['.repeat(500_000)}</script><p>${PROSE}`],
  ['a title of separators', `<title>${'a | '.repeat(300_000)}</title><p>${PROSE}`],
  ['blank lines', '\n \n '.repeat(400_000)],
];

describe('a hostile page gets an answer', () => {
  // The time-out is the bound: two seconds on an idle machine, with room for a busy one.
  test.each(PAGES)('%s', { timeout: 30_000 }, (_name, html) => {
    expect(extractArticle(html, URL).text).toBeTypeOf('string');
  });
});

test('text in more elements than the depth allows is still read', () => {
  const html = `<article>${'<div>'.repeat(600)}${`<p>${PROSE.repeat(3)}</p>`.repeat(3)}`;
  expect(extractArticle(html, URL).text).toContain(PROSE.trim());
});

test('any markup gives plain text and never throws', () => {
  const piece = fc.oneof(
    fc.constantFrom('<p>', '</p>', '<div class="', '">', '<!--', '-->', '<script>', '</script>', '<table>', '<td>'),
    fc.constantFrom(
      '<svg/>',
      '<svg><title>',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&#x0;',
      '&',
      '<',
      '\uFDD0',
      '\uD800',
      PROSE,
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.string(), (pieces, url) => {
      const article = extractArticle(pieces.join(''), url);
      expect(article.text).toBe(article.text.trim());
      expect(article.text).not.toMatch(/\n{3}/u);
    }),
    { numRuns: 300 },
  );
});
