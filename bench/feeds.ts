import { parseFeed as rowanParse } from '@rowanmanning/feed-parser';
import { parseFeed as feedsmithParse } from 'feedsmith';
import Parser from 'rss-parser';
import { parseFeed } from '../adapters/feeds/parse.ts';

/** For one parser and one feed, in each round. */
const MEASURED_MS = 150;
const ROUNDS = 5;
const DAY = Date.UTC(2026, 0, 2);
const WORDS =
  'harbour council ferry reopens after long repair works while traders wait for word from minister on new tariff rules in spring'.split(
    ' ',
  );

interface MadeFeed {
  readonly name: string;
  readonly text: string;
}

/**
 * Bytes to items, a feed at a time, beside three parsers from the registry in the same run. Each parser in turn reads
 * every feed for a while; of five rounds the fastest counts, since only that is undisturbed, and a round before them
 * counts for nothing: it is the one in which everything is compiled.
 */
export async function benchFeedParsing(): Promise<void> {
  const feeds = [rssFeed(20, 30, 0), rssFeed(50, 60, 700), atomFeed(30, 250), rdfFeed(25)];
  const strict = new Parser();
  const parsers: readonly (readonly [string, (feed: { text: string; bytes: Buffer }) => unknown])[] = [
    ['rss-parser', ({ text }) => strict.parseString(text)],
    ['newshound', ({ bytes }) => parseFeed(bytes, { url: 'https://feed.example/', contentType: '' })],
    ['feedsmith', ({ text }) => feedsmithParse(text)],
    ['@rowanmanning/feed-parser', ({ text }) => rowanParse(text)],
  ];
  const rows: Record<string, Record<string, string>> = {};
  const read = feeds.map(({ name, text }) => ({ name, feed: { text, bytes: Buffer.from(text) } }));
  for (const { feed } of read) for (const [, parse] of parsers) await millisecondsEach(async () => parse(feed));
  for (const { name, feed } of read) {
    const times = parsers.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < ROUNDS; round++)
      for (const [i, [, parse]] of parsers.entries())
        times[i] = Math.min(times[i] ?? 0, await millisecondsEach(async () => parse(feed)));
    const [base = 0] = times;
    const row: Record<string, string> = { KiB: (feed.bytes.length / 1024).toFixed(0) };
    for (const [i, [parser]] of parsers.entries()) {
      const ms = times[i] ?? 0;
      row[parser] = `${ms.toFixed(2)} ms (${(ms / base).toFixed(2)})`;
    }
    rows[name] = row;
  }
  console.table(rows);
}

async function millisecondsEach(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  let times = 0;
  while (performance.now() - begun < MEASURED_MS) {
    await run();
    times++;
  }
  return (performance.now() - begun) / times;
}

function rssFeed(items: number, summaryWords: number, contentWords: number): MadeFeed {
  const list = Array.from({ length: items }, (_, i) => {
    const content = contentWords === 0 ? '' : `<content:encoded><![CDATA[${html(i, contentWords)}]]></content:encoded>`;
    return `<item>
<title>${words(i, 9)} &amp; more</title>
<link>https://feed.example/2026/01/${i}?utm_source=rss</link>
<guid isPermaLink="false">feed.example:${i}</guid>
<pubDate>${new Date(DAY - i * 600_000).toUTCString()}</pubDate>
<dc:creator><![CDATA[A. Writer]]></dc:creator>
<category>World</category><category>Trade</category>
<description><![CDATA[<p>${words(i + 3, summaryWords)}</p>]]></description>${content}
<media:thumbnail url="https://feed.example/${i}.jpg" width="240" height="135"/>
</item>`;
  });
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Harbour News</title><link>https://feed.example/</link><description>What moves</description><language>en-gb</language><ttl>15</ttl>
<atom:link href="https://feed.example/rss" rel="self" type="application/rss+xml"/>
${list.join('\n')}
</channel></rss>`;
  return { name: `RSS 2.0, ${items} items${contentWords === 0 ? '' : ' with content'}`, text };
}

function atomFeed(items: number, contentWords: number): MadeFeed {
  const list = Array.from(
    { length: items },
    (_, i) => `<entry>
<title type="html">${words(i, 9)} &amp;amp; more</title>
<link rel="alternate" type="text/html" href="https://feed.example/2026/01/${i}"/>
<id>tag:feed.example,2026:${i}</id>
<published>${new Date(DAY - i * 600_000).toISOString()}</published>
<updated>${new Date(DAY - i * 600_000).toISOString()}</updated>
<author><name>A. Writer</name><uri>https://feed.example/writer</uri></author>
<category term="world" label="World"/>
<content type="html">${escaped(html(i, contentWords))}</content>
</entry>`,
  );
  const text = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour News</title><id>tag:feed.example,2026:feed</id>
<link href="https://feed.example/"/><link rel="self" href="https://feed.example/atom"/><updated>2026-01-02T00:00:00Z</updated>
${list.join('\n')}
</feed>`;
  return { name: `Atom 1.0, ${items} entries with content`, text };
}

function rdfFeed(items: number): MadeFeed {
  const list = Array.from(
    { length: items },
    (_, i) => `<item rdf:about="https://feed.example/2026/01/${i}">
<title>${words(i, 9)}</title>
<link>https://feed.example/2026/01/${i}</link>
<description>${words(i + 3, 40)}</description>
<dc:date>${new Date(DAY - i * 600_000).toISOString()}</dc:date>
<dc:subject>World</dc:subject>
</item>`,
  );
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://feed.example/"><title>Harbour News</title><link>https://feed.example/</link><description>What moves</description></channel>
${list.join('\n')}
</rdf:RDF>`;
  return { name: `RSS 1.0, ${items} items`, text };
}

function html(seed: number, count: number): string {
  const paragraphs = Array.from(
    { length: Math.ceil(count / 60) },
    (_, i) =>
      `<p>${words(seed + i, 30)} <a href="https://feed.example/${i}">${words(seed + i, 3)}</a> &mdash; ${words(seed + i * 7, 27)}</p>`,
  );
  return `${paragraphs.join('\n')}<img src="https://feed.example/${seed}.jpg" alt=""/>`;
}

function words(seed: number, count: number): string {
  return Array.from({ length: count }, (_, i) => WORDS[(seed * 7 + i * 3 + (i >> 2)) % WORDS.length]).join(' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
