import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseOpml, printOpml, type OpmlFeed } from '../../../src/feeds/opml.ts';

const file = (body: string, before = ''): string =>
  `<?xml version="1.0"?>\n${before}<opml version="2.0">\n<head><title>x</title></head>\n<body>\n${body}\n</body>\n</opml>`;

describe('an OPML file', () => {
  test('gives its feeds, with folders and categories as tags', () => {
    const read = parseOpml(
      file(`
        <outline text="World" title="World">
          <outline type="rss" text="One" xmlUrl="https://one.example/feed"/>
          <outline text="Asia"><outline text="Two" xmlUrl="https://two.example/feed?a=1&amp;b=2"/></outline>
        </outline>
        <outline text="Three" title="The Three" xmlUrl="https://three.example/feed" category="/Sport/Ball,Fun"/>
        <outline xmlUrl="https://four.example/feed"/>
        <outline text="a note"/>`),
    );
    expect(read).toEqual({
      ok: true,
      feeds: [
        { url: 'https://one.example/feed', title: 'One', tags: ['World'] },
        { url: 'https://two.example/feed?a=1&b=2', title: 'Two', tags: ['World', 'Asia'] },
        { url: 'https://three.example/feed', title: 'The Three', tags: ['Sport', 'Ball', 'Fun'] },
        { url: 'https://four.example/feed', title: '', tags: [] },
      ],
    });
  });

  test('may write its names in any case, begin with a byte order mark, and use the old scheme', () => {
    const read = parseOpml(`\uFEFF${file('<Outline TEXT="a" XMLURL="feed://one.example/feed"/>')}`);
    expect(read).toEqual({ ok: true, feeds: [{ url: 'http://one.example/feed', title: 'a', tags: [] }] });
  });

  test('that lists a feed twice gives it once, with the tags of both', () => {
    const outline = '<outline text="One" xmlUrl="https://one.example/feed"/>';
    const read = parseOpml(file(`<outline text="a">${outline}</outline><outline text="b">${outline}</outline>`));
    expect(read).toEqual({ ok: true, feeds: [{ url: 'https://one.example/feed', title: 'One', tags: ['a', 'b'] }] });
  });

  test('may list nothing', () => expect(parseOpml(file(''))).toEqual({ ok: true, feeds: [] }));

  const good = '<outline text="One" xmlUrl="https://one.example/feed"/>';
  test.each([
    ['is not closed', `<opml><body>\n${good}\n`, 3],
    ['closes what is not open', file(`${good}\n</outline>`), 6],
    ['has a bare ampersand', file(`${good}\n<outline text="a & b"/>`), 6],
    ['uses an entity of HTML', file('<outline text="a&nbsp;b"/>'), 5],
    ['has an attribute without quotes', file(`\n<outline text=a/>`), 6],
    ['has an attribute twice', file('<outline text="a" text="b"/>'), 5],
    ['lists what is no address', file(`${good}\n<outline text="a" xmlUrl="news"/>`), 6],
    ['lists what is no web address', file('<outline text="a" xmlUrl="javascript:1"/>'), 5],
    ['is a web page', '<html><body>x</body></html>', 1],
    ['is a feed', '<rss version="2.0"><channel/></rss>', 1],
    ['is text', 'https://one.example/feed', 1],
    ['is empty', '', 1],
    ['has no body', '<opml version="2.0"><head/></opml>', 1],
    ['nests too deep', file('<outline text="a">'.repeat(40) + '</outline>'.repeat(40)), 5],
    ['is too long', 'x'.repeat(800_000), 1],
  ])('that %s is refused as a whole, with the line', (_, text, line) => {
    const read = parseOpml(text);
    expect(read).toMatchObject({ ok: false, line });
    expect(!read.ok && read.message).toMatch(/^\S.{5,200}$/u);
  });

  test('has none of its own entities expanded', () => {
    const doctype =
      '<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>\n';
    expect(parseOpml(file('<outline text="&b;"/>', doctype))).toMatchObject({ ok: false, line: 6 });
    expect(parseOpml(file('<outline text="&c;"/>', doctype))).toMatchObject({ ok: false, line: 6 });
    expect(parseOpml(file('<outline __proto__="x" constructor="y" text="a"/>'))).toMatchObject({ ok: true });
  });

  test('of any text is read or refused, never thrown at', () => {
    const piece = fc.constantFrom(
      '<opml>',
      '<body>',
      '</body>',
      '</opml>',
      '<outline',
      ' xmlUrl="http://a.example"',
      '/>',
      '>',
      '&',
      '"',
      '<!--',
      '<![CDATA[',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 30 }), (parts) => {
        expect(typeof parseOpml(parts.join('')).ok).toBe('boolean');
      }),
    );
  });
});

test('what is printed is read back the same', () => {
  const word = fc.string({ unit: 'binary', maxLength: 20 });
  const feed = fc.record({
    url: fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href),
    title: word,
    tags: fc.array(word, { maxLength: 4 }),
  });
  const normal = (text: string): string =>
    text
      .toWellFormed()
      .replaceAll(/[\p{Cc}\uFFFE\uFFFF\s]+/gu, ' ')
      .trim();
  const plain = ({ url, title, tags }: OpmlFeed) => ({
    url,
    title: normal(title) === url ? '' : normal(title),
    tags: [...new Set(tags.map(normal))].filter((tag) => tag !== ''),
  });
  fc.assert(
    fc.property(fc.uniqueArray(feed, { selector: ({ url }) => url, maxLength: 10 }), word, (feeds, title) => {
      const read = parseOpml(printOpml(feeds, title));
      const byUrl = (a: OpmlFeed, b: OpmlFeed): number => (a.url < b.url ? -1 : 1);
      expect(read.ok && read.feeds.toSorted(byUrl)).toEqual(feeds.map(plain).sort(byUrl));
    }),
  );
});
