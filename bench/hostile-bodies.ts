import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

const MIB = 1_048_576;
const JSON_VERSION = '"version":"https://jsonfeed.org/version/1.1"';

/** Bodies written to exhaust whoever reads them, most of them near to the cap of 15 MiB; made when asked for. */
export const HOSTILE_BODIES: Readonly<Record<string, () => string | Buffer>> = {
  'entities of entities': () =>
    rss(item(1, '&l9;'), `<!DOCTYPE x [${entities(10, (i) => (i === 0 ? 'lol' : `&l${i - 1};`.repeat(10)))}]>`),
  'one long entity, often': () =>
    rss(item(1, '&l0;'.repeat(100_000)), `<!DOCTYPE x [<!ENTITY l0 "${'a'.repeat(100_000)}">]>`),
  '500,000 entities': () => rss(item(1), `<!DOCTYPE x [${entities(500_000, () => 'x')}]>`),
  'external entity': () => rss(item(1, '&l0;'), '<!DOCTYPE x [<!ENTITY l0 SYSTEM "file:///etc/passwd">]>'),
  '100,000 elements deep': () => rss('<a>'.repeat(100_000) + '</a>'.repeat(100_000) + item(1)),
  '5,000,000 start tags': () => rss('<a>'.repeat(5_000_000)),
  '200,000 items': () =>
    rss(many(200_000, (i) => `<item><title>n${i}</title><pubDate>14 Jun 2011 21:05 GMT</pubDate></item>`)),
  '120,000 dates of named zones': () =>
    rss(many(120_000, (i) => item(i, '', `Tue, 14 Jun 2011 21:05:${10 + (i % 50)} Europe/Berlin`))),
  '80,000 dates of numbers': () => rss(many(80_000, (i) => item(i, '', '1 '.repeat(49)))),
  '2,000 items of 7 KB': () => rss(many(2000, (i) => item(i, `<![CDATA[${fill('<p>word <b>x</b></p>', 7000)}]]>`))),
  'title of 100 MB': () => rss(`<item><title>${'x'.repeat(100 * MIB)}</title></item>`),
  'title of 15 MB': () => rss(`<item><title>${fill('x')}</title></item>`),
  'title of &': () => rss(`<item><title>${fill('&')}</title></item>`),
  'title of <': () => rss(`<item><title>${fill('<')}</title></item>`),
  'unfinished tags in HTML': () => rss(item(1, `<![CDATA[${fill('a<p')}]]>`)),
  'open list items in HTML': () => rss(item(1, `<![CDATA[${fill('<li>x')}]]>`)),
  'character references': () => rss(item(1, fill('&#x41;'))),
  '1,000,000 attributes': () => rss(`<item ${many(1_000_000, (i) => `a${i}="x" `)}><title>x</title></item>`),
  'attribute never closed': () => rss(`<item ${fill('a="')}`),
  'namespaces nested': () => rss(fill('<a xmlns:b="x">')),
  'comments never closed': () => rss(fill('<!--')),
  'CDATA never closed': () => rss(`<item><title>${fill('<![CDATA[')}`),
  'instructions never closed': () => rss(fill('<?a')),
  'doctype never closed': () => `<!DOCTYPE ${fill('[')}`,
  'title inside of title': () => rss(`<item>${fill('<title>a')}</item>`),
  'end tags of nothing': () => rss('<a>'.repeat(200) + fill('</b>')),
  '1,000,000 names': () => rss(many(1_000_000, (i) => `<e${i}>`)),
  'mail addresses': () => rss(`<item><author>${fill('a@a.')}</author></item>`),
  'elements named __proto__': () =>
    rss('<__proto__><title>x</title></__proto__>' + item(1, '<__proto__>x</__proto__>')),
  'random bytes': () => randomBytes(15 * MIB),
  'gzip that nobody announced': () => gzipSync(randomBytes(8 * MIB)),
  nothing: () => '',
  'UTF-16 without a mark': () => Buffer.from(rss(item(1, 'né').repeat(60_000)), 'utf16le'),
  'no UTF-8': () => Buffer.concat([Buffer.from('<rss><channel><item><title>a'), Buffer.alloc(14 * MIB, 0xff)]),
  'UTF-7': () => inCharset('utf-7', '+ZeVnLIqe-'),
  'ISO-2022-JP': () => inCharset('iso-2022-jp', '\u001b$BF|\u001b(B'),
  EBCDIC: () => Buffer.concat([Buffer.from('4c6fa79493409585839684899587', 'hex'), Buffer.alloc(14 * MIB, 0x81)]),
  'a page of links': () => `<html><head>${fill('<link ')}`,
  'JSON 5,000,000 arrays deep': () => json(`"items":${'['.repeat(5_000_000)}`),
  'JSON of 1,000,000 numbers': () => json(`"items":[${'1,'.repeat(1_000_000)}1]}`),
  'JSON of 1,000,000 items': () => json(`"items":[${'{},'.repeat(1_000_000)}{}]}`),
  'JSON of 900,000 names': () => json(`"items":[{${many(900_000, (i) => `"k${i}":1,`)}"id":1}]}`),
  'JSON of commas': () => json(`"a":${','.repeat(1_900_000)}`),
  'JSON with __proto__': () => json('"__proto__":{"items":[]},"items":[{"id":"1","__proto__":{"url":"x"}}]}'),
};

function rss(items: string, before = ''): string {
  return `<?xml version="1.0"?>${before}<rss version="2.0"><channel><title>T</title>${items}</channel></rss>`;
}

function item(i: number, description = '', date = 'Tue, 14 Jun 2011 21:05:00 GMT'): string {
  return `<item><title>n${i}</title><pubDate>${date}</pubDate><description>${description}</description></item>`;
}

function json(rest: string): string {
  return `{${JSON_VERSION},${rest}`;
}

function inCharset(charset: string, text: string): Buffer {
  const start = `<?xml version="1.0" encoding="${charset}"?><rss><channel><item><title>a`;
  return Buffer.from(start + fill(text), 'latin1');
}

function entities(count: number, value: (i: number) => string): string {
  return many(count, (i) => `<!ENTITY l${i} "${value(i)}">`);
}

function many(count: number, make: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => make(i)).join('');
}

function fill(text: string, bytes = 14 * MIB): string {
  return text.repeat(Math.floor(bytes / text.length));
}
