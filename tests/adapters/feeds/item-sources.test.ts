import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { itemSources } from '../../../adapters/feeds/item-sources.ts';
import { parseFeed, type AboutBody } from '../../../adapters/feeds/parse.ts';
import type { FeedDocument, SourceMarks } from '../../../src/story/item.ts';
import { readFixtures } from './fixture.ts';

const URL = 'https://harbour.example/feed';
const NOTHING: SourceMarks = { frame: -1, items: [] };

function rss(items: readonly string[], head = '<title>Harbour</title>', tail = ''): string {
  return `<?xml version="1.0"?>\n<rss version="2.0"><channel>${head}\n${items.join('\n')}\n${tail}</channel></rss>`;
}

function item(number: number, more = ''): string {
  return `<item><title>Ferry ${number}</title><link>/ferry/${number}</link><guid>f${number}</guid>${more}</item>`;
}

async function read(text: string, known?: SourceMarks, about: Partial<AboutBody> = {}): Promise<FeedDocument> {
  return parseFeed(Buffer.from(text), { url: URL, contentType: '', ...(known ? { known } : {}), ...about });
}

async function marksOf(text: string): Promise<SourceMarks> {
  const { marks } = await read(text, NOTHING);
  expect(marks).toBeDefined();
  return marks!;
}

describe('items that stand in a document as they did before', () => {
  test('are left out of it, and the others are as they would have been', async () => {
    const known = await marksOf(rss([item(2), item(1)]));
    const text = rss([item(3), item(2), item(1, '<description>corrected</description>')]);
    const whole = await read(text);
    const news = await read(text, known);
    expect(news.items).toEqual([whole.items[0], whole.items[2]]);
    expect(news.unchanged).toEqual([known.items[0]]);
    expect(news.marks?.items).toHaveLength(2);
    expect(news).toMatchObject({ title: 'Harbour', link: whole.link });
  });

  test('may be all there are', async () => {
    const known = await marksOf(rss([item(2), item(1)]));
    const news = await read(rss([item(1), item(2)]), known);
    expect(news.items).toEqual([]);
    expect(news.unchanged).toHaveLength(2);
    expect(news.title).toBe('Harbour');
  });

  test('are told by an Atom feed as well, whatever its markup', async () => {
    const entry = (id: string): string =>
      `<entry xml:lang="en"><id>${id}</id><title type="html"><![CDATA[<b>${id}</b> & <!-- more --> so on]]></title>` +
      `<link href="${id}"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${id}</div></content></entry>`;
    const atom = (ids: readonly string[]): string =>
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/"><title>A</title>${ids.map(entry).join('')}</feed>`;
    const known = await marksOf(atom(['b', 'c']));
    const news = await read(atom(['a', 'b', 'c']), known);
    expect(news.items).toEqual((await read(atom(['a', 'b', 'c']))).items.slice(0, 1));
    expect(news.unchanged).toHaveLength(2);
  });

  test.each([
    ['when it was built', '<lastBuildDate>Mon, 02 Mar 2026 06:00:00 GMT</lastBuildDate>', ''],
    ['when it was changed', '<updated>2026-03-02T06:00:00Z</updated>', ''],
    ['what a cache wrote into a comment', '', '<!-- served from cache, 2026-03-02 -->'],
  ])('are told where the document around them differs in %s', async (_, head, tail) => {
    const known = await marksOf(rss([item(1)], head, tail));
    const later = [head, tail].map((text) => text.replaceAll('06', '07').replaceAll('2026-03-02', '2026-03-03'));
    expect((await read(rss([item(2), item(1)], later[0], later[1]), known)).items).toHaveLength(1);
  });

  test.each([
    ['another language', '<language>de</language>', URL],
    ['another author', '<managingEditor>Vossberg</managingEditor>', URL],
    ['another address', '', 'https://other.example/feed'],
  ])('are read again where the document has %s', async (_, head, url) => {
    const known = await marksOf(rss([item(1)]));
    const document = await read(rss([item(2), item(1)], head), known, { url });
    expect(document.items).toHaveLength(2);
    expect(document.unchanged).toBeUndefined();
  });

  test('are told in every fixture that is plain enough, with nothing else changed', async () => {
    let count = 0;
    for (const { name, body, source } of readFixtures()) {
      const whole = await parseFeed(body, { ...source, known: NOTHING }).catch(() => null);
      if (!whole?.marks || whole.items.length === 0) continue;
      const [first = 0] = Array.from(whole.marks.items);
      const known = { frame: whole.marks.frame, items: [first] };
      const news = await parseFeed(body, { ...source, known });
      const marks = { frame: whole.marks.frame, items: Array.from(whole.marks.items).slice(1) };
      // Of an item alone, without a feed around it, nothing is left to be read: then all of it is.
      const told = news.unchanged !== undefined;
      const expected = told ? { ...whole, items: whole.items.slice(1), marks, unchanged: [first] } : whole;
      expect({ name, ...news }).toEqual({ name, ...expected });
      if (told) count++;
    }
    expect(count).toBeGreaterThan(100);
  });
});

test('whatever is left out, the rest is read as it stands in the whole document', async () => {
  const texts = fc.constantFrom(
    'ferry',
    'a & b',
    '<b>bold</b>',
    '&amp;amp;',
    '\u65b0\u805e',
    ' ',
    '<![CDATA[<p>x</p>]]>',
    'x < y',
    '<br>',
  );
  const drawn = fc.array(fc.tuple(texts, texts, fc.boolean()), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(drawn, fc.array(fc.boolean(), { maxLength: 8 }), async (list, knownAt) => {
      const text = rss(
        list.map(([title, summary, closed], i) =>
          item(i, `<dc:title>${title}</dc:title><description>${summary}${closed ? '</description>' : ''}`),
        ),
      );
      const whole = await read(text, NOTHING);
      if (!whole.marks) return;
      const marks = Array.from(whole.marks.items);
      const known = { frame: whole.marks.frame, items: marks.filter((_, i) => knownAt[i] === true) };
      const news = await read(text, known);
      expect(news.items).toEqual(whole.items.filter((_, i) => knownAt[i] !== true));
    }),
    { numRuns: 200 },
  );
});

describe('a document is not taken apart', () => {
  const refused: readonly (readonly [string, string])[] = [
    ['without items', rss([])],
    ['whose items are the same', rss([item(1), item(1)])],
    ['with text between its items', rss([item(1), 'and', item(2)])],
    ['with an element between its items', rss([item(1), '<image/>', item(2)])],
    ['with an item in an item', rss([item(1, item(2))])],
    ['with an item that is not closed', rss([item(1).replace('</item>', ''), item(2)])],
    ['with a comment in an item', rss([item(1, '<!-- </item> -->'), item(2)])],
    ['with an instruction in an item', rss([item(1, '<?php echo "</item>" ?>'), item(2)])],
    ['with an open CDATA section', rss([item(1, '<description><![CDATA[</item>'), item(2)])],
    ['with a CDATA section in another', rss([item(1, '<description><![CDATA[ <![CDATA[ ]]> ]]></description>')])],
    ['that declares entities', `<!DOCTYPE rss [<!ENTITY f "ferry">]>${rss([item(1)])}`],
    ['of over a thousand items', rss(Array.from({ length: 1001 }, (_, i) => item(i)))],
  ];
  test.each(refused)('%s', (_, text) => {
    expect(itemSources(text, URL)).toBeNull();
  });

  test('that was made to take long', () => {
    const hostile = [
      '<item><![CDATA['.repeat(100_000),
      `<item>${'<![CDATA[]]>'.repeat(100_000)}`,
      '<item></item>'.repeat(100_000),
      `<item>${'<!'.repeat(500_000)}</item>`,
      `<item>${'</item'.repeat(300_000)}`,
      `${'<updated>'.repeat(7_000)}<item>1</item>`,
      `${'<!--'.repeat(15_000)}<item>1</item>`,
    ];
    // What looks back over the whole text at every mark would pass the time that a test has.
    for (const text of hostile) expect(() => itemSources(text, URL)).not.toThrow();
  });
});
