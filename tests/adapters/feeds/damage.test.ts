import { describe, expect, test } from 'vitest';
import { parseFeed } from '../../../adapters/feeds/parse.ts';
import type { FeedItem } from '../../../src/story/item.ts';

const NUMBERS = [0, 1, 2];

const RSS = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour</title>
${NUMBERS.map((i) => `<item><title>Ferry ${i} &amp; pier</title><link>https://harbour.example/${i}?a=1&amp;b=2</link><guid isPermaLink="false">g${i}</guid><pubDate>Tue, 14 Jun 2011 21:05:0${i} GMT</pubDate><dc:creator><![CDATA[Ada ${i}]]></dc:creator><description><![CDATA[<p>Late ${i} <b>again</b></p>]]></description></item>`).join('\n')}
</channel></rss>`;

const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title>
${NUMBERS.map((i) => `<entry><title type="html">Ferry ${i} &amp;amp; pier</title><link href="https://harbour.example/${i}"/><id>urn:${i}</id><published>2011-06-14T21:05:0${i}Z</published><author><name>Ada ${i}</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Late <b>${i}</b></p></div></content></entry>`).join('\n')}
</feed>`;

/** What happens to a document at a place. */
const DAMAGES: Readonly<Record<string, (text: string, at: number) => string>> = {
  'a lost character': (text, at) => text.slice(0, at) + text.slice(at + 1),
  'a lost end': (text, at) => text.slice(0, at),
  ...Object.fromEntries(
    ['<', '>', '&', '"', "'", ']]>', '<![CDATA[', '<!--', '</', '<?', '<b>', '</b>', '<title>', '</title>', '\0'].map(
      (sign) => [
        `a stray ${JSON.stringify(sign)}`,
        (text: string, at: number) => text.slice(0, at) + sign + text.slice(at),
      ],
    ),
  ),
};

describe.each([
  ['RSS', RSS, '</item>'],
  ['Atom', ATOM, '</entry>'],
])('%s', (_, text, end) => {
  test.each(Object.entries(DAMAGES))('%s within an item leaves the others as they are', async (name, damage) => {
    const whole = await itemsOf(text);
    const ends = NUMBERS.map(
      (i) =>
        text
          .split(end)
          .slice(0, i + 1)
          .join(end).length + end.length,
    );
    const first = text.indexOf(end.replace('/', ''));
    const lost: string[] = [];
    for (let at = first; at < (ends[2] ?? 0); at += 2) {
      const own = ends.findIndex((itemEnd) => at < itemEnd);
      const damaged = damage(text, at);
      const kept = await itemsOf(damaged);
      const others = whole.filter((__, i) => (name === 'a lost end' ? i < own : i !== own));
      if (!others.every((item) => kept.includes(item))) lost.push(damaged.slice(at - 20, at + 20));
    }
    expect(lost).toEqual([]);
  });
});

async function itemsOf(text: string): Promise<string[]> {
  const { items } = await parseFeed(Buffer.from(text), { url: 'https://feed.example/', contentType: '' });
  return items.map((item: FeedItem) => JSON.stringify(item));
}
