import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { FeedError } from '../../../adapters/feeds/feed-error.ts';
import { createFeedParser } from '../../../adapters/feeds/parser.ts';
import type { FeedDocument } from '../../../src/story/item.ts';

/** In daily use 2 s are allowed; here a busy machine must not decide. What would take for ever still fails. */
const parser = createFeedParser({ workers: 1, deadlineMs: 8_000 });
afterAll(async () => parser.close());

const MIB = 1_048_576;

async function outcomeOf(body: string | Uint8Array): Promise<FeedDocument | string> {
  try {
    return await parser.parse(Buffer.from(body), { url: 'https://feed.example/', contentType: '' });
  } catch (error) {
    if (error instanceof FeedError) return error.code;
    throw error;
  }
}

async function itemsOf(body: string | Uint8Array): Promise<FeedDocument['items']> {
  const outcome = await outcomeOf(body);
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome.items;
}

function rss(inside: string, doctype = ''): string {
  return `<?xml version="1.0"?>${doctype}<rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;
}

function item(i: number, inside = ''): string {
  const date = new Date(Date.UTC(2020, 0, 1) + i * 60_000).toUTCString();
  return `<item><title>n${i}</title><guid>${i}</guid><pubDate>${date}</pubDate>${inside}</item>`;
}

describe('entities', () => {
  test('made of others are not expanded', async () => {
    const levels = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i} "${`&l${i - 1};`.repeat(10)}">`);
    const [first] = await itemsOf(rss('<item><title>a &l11; b</title></item>', `<!DOCTYPE x [${levels.join('')}]>`));
    expect(first?.title.length).toBeLessThan(100);
  });

  test('of a long text are not expanded', async () => {
    const doctype = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(100_000)}">]>`;
    const [first] = await itemsOf(rss(`<item><title>${'&a;'.repeat(1000)}</title></item>`, doctype));
    expect(first?.title.length).toBeLessThanOrEqual(1_000);
  });

  test('repeated without end come to a bounded text', async () => {
    const doctype = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(199)}">]>`;
    const body = Array.from({ length: 500 }, (_, i) => item(i, `<description>${'&a;'.repeat(2_000)}</description>`));
    const items = await itemsOf(rss(body.join(''), doctype));
    expect(items).toHaveLength(500);
    expect(JSON.stringify(items).length).toBeLessThan(10 * MIB);
  });

  test('that name files or addresses are never read', async () => {
    const doctype =
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY % b SYSTEM "http://127.0.0.1/">%b;]>';
    const [first] = await itemsOf(rss('<item><title>x&a;y</title></item>', doctype));
    expect(first?.title).toBe('x&a;y');
  });
});

describe('depth', () => {
  test('100,000 nested elements hide what is in them and nothing after', async () => {
    const body = rss(item(1) + '<a>'.repeat(100_000) + item(2) + '</a>'.repeat(100_000) + item(3));
    expect((await itemsOf(body)).map(({ title }) => title)).toEqual(['n1', 'n3']);
  });

  test('a million elements never closed are read', async () => {
    expect(await itemsOf(rss(item(1) + '<a>'.repeat(1_000_000)))).toHaveLength(1);
  });

  test.each([1_000, 5_000_000])('JSON nested %d deep is refused', async (depth) => {
    const nested = '['.repeat(depth) + ']'.repeat(depth);
    const body = `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","a":${nested}}]}`;
    expect(await outcomeOf(body)).toBe('broken');
  });

  test('brackets inside of JSON strings are no depth', async () => {
    const title = '[{\\"'.repeat(500);
    const body = `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","title":"${title}"}]}`;
    expect(await itemsOf(body)).toHaveLength(1);
  });

  test.each([
    ['names', (i: number) => `{"n${i}":1}`, 60_000],
    ['objects', () => '{"id":1}', 600_000],
    ['arrays', () => '[]', 600_000],
  ])('JSON of more %s than any feed has is refused', async (_, part, count) => {
    const body = `{"version":"https://jsonfeed.org/version/1.1","items":[${Array.from({ length: count }, (__, i) => part(i)).join(',')}]}`;
    expect(await outcomeOf(body)).toBe('broken');
  });

  test('texts of JSON that look like members are no names', async () => {
    const tags = Array.from({ length: 60_000 }, (_, i) => `a${i}:`);
    const items = [{ id: '1', title: 'n', tags }];
    expect(await itemsOf(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items }))).toHaveLength(1);
  });

  test.each([
    ['strings', '"",'],
    ['brackets', '[],'],
    ['commas', ', '],
    ['quotes', '"'],
  ])('JSON that breaks off after many %s is refused', async (_, piece) => {
    const body = `{"version":"https://jsonfeed.org/version/1.1","items":[${piece.repeat((3.5 * MIB) / piece.length)}`;
    expect(await outcomeOf(body)).toBe('broken');
  });

  test('JSON that is opened and never closed is refused', async () => {
    expect(await outcomeOf('['.repeat(10 * MIB))).toBe('broken');
  });
});

describe('numbers', () => {
  test('of 60,000 items the newest 2,000 are kept, in their own order', async () => {
    const body = rss(Array.from({ length: 60_000 }, (_, i) => item(i % 2 === 0 ? i : 60_000 - i)).join(''));
    const items = await itemsOf(body);
    expect(items).toHaveLength(2_000);
    expect(Math.min(...items.map(({ id }) => Number(id)))).toBeGreaterThanOrEqual(58_000);
    expect(items[0]?.id).toBe('59999');
  });

  test('of items without a date the first 2,000 are kept', async () => {
    const items = await itemsOf(
      rss(Array.from({ length: 10_000 }, (_, i) => `<item><title>${i}</title></item>`).join('')),
    );
    expect(items.map(({ title }) => title)).toEqual(Array.from({ length: 2_000 }, (_, i) => String(i)));
  });

  test('of a JSON feed too', async () => {
    const list = Array.from({ length: 50_000 }, (_, i) => ({ id: i, date_published: new Date(i * 60_000 + 1e12) }));
    const items = await itemsOf(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: list }));
    expect(items).toHaveLength(2_000);
    expect(items[0]?.id).toBe('48000');
  });

  test('half a million categories before the title do not hide it', async () => {
    const [first] = await itemsOf(rss(`<item>${'<category>a</category>'.repeat(500_000)}<title>x</title></item>`));
    expect(first?.title).toBe('x');
  });

  test('a million empty items are none', async () => {
    expect(await itemsOf(rss('<item/>'.repeat(1_000_000)))).toEqual([]);
  });
});

describe('lengths', () => {
  test('a body of 100 MB is not read at all', async () => {
    expect(await outcomeOf(rss(`<item><title>${'x'.repeat(100 * MIB)}</title></item>`))).toBe('too_large');
  });

  test.each([
    ['letters', 'x'],
    ['less-than signs', '<'],
    ['escaped less-than signs', '&lt;'],
    ['ampersands', '&'],
    ['spaces', 'a '],
  ])('a title of megabytes of %s is cut', async (_, piece) => {
    const [first] = await itemsOf(rss(`<item><title>${piece.repeat((10 * MIB) / piece.length)}</title></item>`));
    expect(first?.title.length ?? 0).toBeLessThanOrEqual(1_000);
  });

  test('texts come to a bounded sum', async () => {
    const content = `<content:encoded><![CDATA[${'<p>word</p>'.repeat(6_000)}]]></content:encoded>`;
    const items = await itemsOf(rss(Array.from({ length: 200 }, (_, i) => item(i, content)).join('')));
    expect(items).toHaveLength(200);
    expect(JSON.stringify(items).length).toBeLessThan(10 * MIB);
  });
});

describe('what makes careless readers slow', () => {
  const attacks: Readonly<Record<string, string>> = {
    'tags never ended in a description': rss(
      item(1, `<description><![CDATA[${'a<p'.repeat(2 * MIB)}]]></description>`),
    ),
    'escaped tags never ended': rss(item(1, `<description>${'a&lt;p'.repeat(MIB)}</description>`)),
    'scripts never closed': rss(item(1, `<description><![CDATA[${'<script>'.repeat(MIB)}]]></description>`)),
    'lines of a list without end': rss(item(1, `<description><![CDATA[${'<li>x'.repeat(MIB)}]]></description>`)),
    'comments never closed': rss('<!--'.repeat(2 * MIB)),
    'comments in a description never closed': rss(
      item(1, `<description><![CDATA[${'<!--'.repeat(MIB)}]]></description>`),
    ),
    'sections never closed': rss(item(1, `<description>${'<![CDATA['.repeat(MIB)}</description>`)),
    'instructions never closed': rss('<?a'.repeat(2 * MIB)),
    'quotes never closed': rss(`<item ${'a="'.repeat(2 * MIB)}`),
    'hundreds of thousands of attributes': rss(
      `<item ${Array.from({ length: 300_000 }, (_, i) => `a${i}="x"`).join(' ')}/>`,
    ),
    'a tag full of spaces': rss(`<item a${' '.repeat(8 * MIB)}=b><title>x</title></item>`),
    'end tags of nothing': rss('<a>'.repeat(200) + '</b>'.repeat(2 * MIB)),
    'namespaces without end': rss('<a xmlns:b="x">'.repeat(400_000)),
    'bases without end': rss('<a xml:base="b/">'.repeat(400_000)),
    'a base of two million dots': rss(`<item xml:base="${'../'.repeat(700_000)}"><link>x</link></item>`),
    'names without end': rss(Array.from({ length: 400_000 }, (_, i) => `<e${i}>`).join('')),
    'dates of many numbers': rss(
      Array.from({ length: 40_000 }, () => `<item><pubDate>${'1 '.repeat(49)}</pubDate></item>`).join(''),
    ),
    'dates of many zones': rss(
      Array.from({ length: 40_000 }, (_, i) => {
        const zone = Intl.supportedValuesOf('timeZone')[i % 400] ?? '';
        return `<item><title>a</title><pubDate>14 Jun ${1900 + (i % 300)} 21:05 ${zone}</pubDate></item>`;
      }).join(''),
    ),
    'an author of many addresses': rss(`<item><author>${'a@'.repeat(2 * MIB)}</author></item>`),
    'entities without end': rss(
      item(1),
      `<!DOCTYPE x [${Array.from({ length: 50_000 }, (_, i) => `<!ENTITY e${i} "x">`).join('')}]>`,
    ),
  };
  test.each(Object.entries(attacks))('%s', async (_, body) => {
    expect(typeof (await outcomeOf(body))).toBe('object');
  });

  test.each([
    ['a document type never closed', `<!DOCTYPE ${'['.repeat(8 * MIB)}`],
    ['a document type of brackets', `<!DOCTYPE a [${']'.concat(' '.repeat(99)).repeat(80_000)}`],
    ['nothing but less-than signs', '<'.repeat(8 * MIB)],
    ['a page of links never ended', `<html><head>${'<link '.repeat(MIB)}`],
  ])('%s is no feed', async (_, body) => {
    expect(['not_a_feed', 'html_page']).toContain(await outcomeOf(body));
  });
});

describe('names that objects have', () => {
  test('are read as any other', async () => {
    const body = rss(
      '<__proto__><title>no</title></__proto__><item><__proto__>x</__proto__><constructor>y</constructor><title>a</title></item>',
    );
    expect((await itemsOf(body))[0]?.title).toBe('a');
    expect(({} as Record<string, unknown>)['title']).toBeUndefined();
  });

  test('are read as any other in JSON', async () => {
    const body =
      '{"version":"https://jsonfeed.org/version/1.1","title":"T","__proto__":{"items":[]},"items":[{"id":"1","title":"a","__proto__":{"url":"https://e.example/"}}]}';
    expect(await itemsOf(body)).toMatchObject([{ title: 'a', link: '' }]);
  });
});

describe('bytes', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['spaces', Buffer.alloc(4 * MIB, 32), 'empty'],
    ['zeros', Buffer.alloc(4 * MIB), 'not_a_feed'],
    ['ones', Buffer.alloc(4 * MIB, 255), 'not_a_feed'],
    ['noise', randomBytes(4 * MIB), 'not_a_feed'],
    ['a compressed feed', gzipSync(rss(item(1))), 'not_a_feed'],
  ])('%s', async (_, body, code) => {
    expect(await outcomeOf(body)).toBe(code);
  });

  test('UTF-16 without a mark is read, also in megabytes', async () => {
    const body = Buffer.from(rss(item(1, '<description>né</description>').repeat(20_000)), 'utf16le');
    const items = await itemsOf(body);
    expect(items[0]).toMatchObject({ title: 'n1', summary: 'né' });
    expect(items).toHaveLength(2_000);
  });

  test.each([
    ['utf-7', '+ZeVnLIqe-'],
    ['utf-7', '+'],
    ['iso-2022-jp', '\u001b$BF|\u001b(B'],
    ['hz-gb-2312', '~{VP~}'],
    ['gb18030', '\u00d6\u00d0'],
  ])('megabytes of %s are read: %j', async (label, piece) => {
    const body = Buffer.from(
      `<?xml version="1.0" encoding="${label}"?><rss><channel><item><title>a${piece.repeat((8 * MIB) / piece.length)}`,
      'latin1',
    );
    expect((await itemsOf(body))[0]?.title).toMatch(/^a/);
  });

  test('megabytes of EBCDIC are read', async () => {
    const head = Buffer.from('4c6fa79493409585839684899587', 'hex');
    expect(await outcomeOf(Buffer.concat([head, Buffer.alloc(8 * MIB, 0x81)]))).toBe('not_a_feed');
  });

  test('invalid UTF-8 costs its characters only', async () => {
    const body = Buffer.concat([
      Buffer.from(rss('').replace('</channel></rss>', '<item><title>a')),
      Buffer.from([0xff, 0xc0, 0x80]),
      Buffer.from('b</title></item></channel></rss>'),
    ]);
    expect((await itemsOf(body))[0]?.title).toMatch(/^a.+b$/u);
  });
});
