import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanDescription, cleanTitle, plainText, type DescriptionContext } from '../../../src/story/describe.ts';

const fixture = readFileSync(new URL('../../fixtures/stories/descriptions.txt', import.meta.url), 'utf8');
const usual: DescriptionContext = {
  title: 'A headline of its own',
  source: 'Harbour Times',
  link: 'https://harbour.example/x',
  lang: 'en',
};

interface Case {
  readonly markup: string;
  readonly text: string;
  readonly context: DescriptionContext;
}

/** The cases of the fixture under its headings. */
function casesBySubject(): readonly (readonly [subject: string, cases: readonly Case[]])[] {
  const subjects: [string, Case[]][] = [];
  let context = usual;
  for (const line of fixture.split('\n')) {
    if (line === '' || line.startsWith('# ')) continue;
    if (line.startsWith('== ')) {
      const [subject = '', title = '', source = '', lang = ''] = line
        .slice(3)
        .split('|')
        .map((part) => part.trim());
      context = { ...usual, title: title || usual.title, source: source || usual.source, lang: lang || usual.lang };
      subjects.push([subject, []]);
    } else subjects.at(-1)?.[1].push({ ...readCase(line), context });
  }
  return subjects;
}

function readCase(line: string): Omit<Case, 'context'> {
  const keeps = /^keeps (.*)$/u.exec(line)?.[1];
  if (keeps !== undefined) return { markup: written(keeps), text: written(keeps) };
  const at = line.lastIndexOf(' =>');
  return { markup: written(line.slice(0, at)), text: written(line.slice(at + 3).trimStart()) };
}

function written(text: string): string {
  return text
    .replaceAll('⏎', '\n')
    .replaceAll('␣', ' ')
    .replaceAll('¶', '\n\n')
    .replaceAll(/\\u([0-9A-F]{4})/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

describe('what is left of a description', () => {
  test.each(casesBySubject())('%s', (_subject, cases) => {
    const wrong = cases
      .map(({ markup, text, context }) => ({ markup, text, got: cleanDescription(markup, context) }))
      .filter(({ text, got }) => got !== text);
    expect(wrong).toEqual([]);
  });

  test('is not changed when it is cleaned again', () => {
    const again = casesBySubject()
      .flatMap(([, cases]) => cases)
      .filter(({ text }) => !/[<&]/u.test(text) && cleanDescription(text, usual) !== text)
      .map(({ text }) => text);
    expect(again).toEqual([]);
  });

  test('is one text and no markup, whatever came', () => {
    const piece = fc.oneof(
      fc.constantFrom('<p>', '</p>', '<div hidden>', '</div>', '<a href="x">', '</a>', '<script>', '</script>', '<!--'),
      fc.constantFrom('-->', '<![CDATA[', ']]>', '&lt;p&gt;', '&amp;lt;', '&#0;', '&#xD800;', '<', '>', '"', '\u202E'),
      fc.constantFrom(
        'Read more',
        'The council voted. ',
        ' | ',
        '…',
        '\n\n',
        '\u00A0',
        '[',
        ']',
        'A headline of its own',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = cleanDescription(pieces.join(''), usual);
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u0000-\u0008\u00AD\u200B\uFEFF]|\n{3}/u);
        expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Markup that costs a careless reader much; each has to be read in a moment. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['nested elements', '<div>'.repeat(20_000)],
  ['unclosed paragraphs', '<p>x'.repeat(40_000)],
  ['unclosed comments', '<!--'.repeat(40_000)],
  ['less-than signs', '<'.repeat(120_000)],
  ['ampersands', '&'.repeat(120_000)],
  ['escapes of escapes', '&amp;lt;p&amp;gt;'.repeat(8_000)],
  ['spaces', `a${' '.repeat(120_000)}b`],
  ['line feeds', `a${'\n'.repeat(120_000)}b`],
  ['full stops', '. '.repeat(60_000)],
  ['invitations', 'Read more '.repeat(12_000)],
  ['bars', '| '.repeat(60_000)],
  ['brackets', '[caption '.repeat(12_000)],
  ['digits', '1'.repeat(120_000)],
  ['one attribute', `<p title="${'a '.repeat(60_000)}">x`],
  ['links', '<a href="x">y</a> '.repeat(8_000)],
];

describe('a hostile description gets an answer', () => {
  // The time-out is the bound, with room for a busy machine: each takes well under 50 ms on an idle one.
  test.each(HOSTILE)('%s', { timeout: 5_000 }, (_name, markup) => {
    expect(cleanDescription(markup, usual)).toBeTypeOf('string');
  });
});

test.each([
  ['Fish &amp; chips', 'Fish & chips'],
  ['Fish &amp;amp; chips', 'Fish & chips'],
  ['<b>Council</b> votes', 'Council votes'],
  ['Is 3 < 5?', 'Is 3 < 5?'],
  ['  Council\n votes ', 'Council votes'],
  ['The <blink> tag', 'The <blink> tag'],
  ['', ''],
])('the title %j is %j', (given, title) => {
  expect(cleanTitle(given)).toBe(title);
});

test('the plain text of markup keeps everything that a reader would see', () => {
  expect(plainText('<h1>A bridge</h1><p>It <b>stands</b>.</p><p hidden>no</p><p>Read more</p>')).toBe(
    'A bridge\n\nIt stands.\n\nRead more',
  );
});
