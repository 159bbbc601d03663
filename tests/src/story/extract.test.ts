import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mayHoldArticle } from '../../../src/story/extract/article.ts';
import { extractArticle } from '../../../src/story/extract.ts';

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/pages/${name}`, import.meta.url), 'utf8');
}

const SENTENCES = [
  'The library on Mill Street will keep its doors open on Sundays, the town decided after a long evening of speeches.',
  'Readers had collected four thousand names, more than the town has families, and carried them to the mayor in a pram.',
  'From May the reading room, the archive and the small café in the yard are open from ten to six on every day of the week.',
];
const PARAGRAPHS = SENTENCES.map((sentence) => `${sentence} ${sentence.replace('the', 'its')}`);

function page(body: string, head = ''): string {
  return `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;
}

describe('a news page', () => {
  const article = extractArticle(fixture('news.html'), 'https://www.tidewater.example/news/harbour-bridge?ref=rss');

  test('gives its paragraphs and the headings between them, and nothing else', () => {
    expect(article.text.split('\n\n')).toEqual([
      'The harbour bridge opened to traffic again on Tuesday, eleven weeks after a winter storm tore away part of its eastern rail.',
      'Engineers replaced forty metres of steel and tested the deck for three nights, the port authority said. “It is safer than it was before,” its director told reporters.',
      'Bus routes return to normal from Wednesday. The ferry that replaced them keeps running until the end of the month, at half its former price.',
      'What it cost',
      'Repairs came to nine million crowns, a third of which the insurers have agreed to pay; the council will vote on the rest in April.',
    ]);
  });

  test('gives its facts', () => {
    expect({ ...article, text: '' }).toEqual({
      title: 'Harbour bridge reopens after storm repairs',
      text: '',
      byline: 'Marta Lindqvist',
      published: Date.UTC(2024, 2, 5, 8, 30),
      lang: 'en-GB',
      canonical: 'https://www.tidewater.example/news/harbour-bridge',
      siteName: 'The Tidewater Post',
    });
  });
});

describe('pages that are no news articles', () => {
  test('a recipe keeps its lists', () => {
    const { text } = extractArticle(fixture('recipe.html'), 'https://kueche.example/');
    for (const part of ['250 g Butter, weich', 'Zubereitung', 'in Spalten schneiden', 'goldbraun']) {
      expect(text).toContain(part);
    }
    for (const part of ['Impressum', 'Startseite', 'Facebook', 'Pflaumenkuchen']) expect(text).not.toContain(part);
  });

  test('a forum keeps its posts although they are called comments', () => {
    const { text } = extractArticle(fixture('forum.html'), 'https://forum.example/');
    for (const part of ['Scheibenbremse', 'mit Alkohol', 'Sattel', 'Danke euch']) expect(text).toContain(part);
    expect(text).not.toContain('Neue Themen');
  });

  test('comments under an article go', () => {
    const comments = `<div class="comments">${'<div class="comment"><p>I do not agree with any of this, and neither should you, dear reader.</p></div>'.repeat(9)}</div>`;
    const { text } = extractArticle(
      page(`<article>${PARAGRAPHS.map((p) => `<p>${p}</p>`).join('')}</article>${comments}`),
      'https://e.example/',
    );
    expect(text).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('words of a sentence are kept although their element has the name of clutter', () => {
    const body = PARAGRAPHS.map((p) => `<p>${p.replace('Street', '<span class="share">Street</span>')}</p>`).join('');
    expect(extractArticle(page(`<article>${body}</article>`), 'https://e.example/').text).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('a text in lines broken by <br> keeps every line', () => {
    const { text } = extractArticle(page(`<div id="text">${PARAGRAPHS.join('<br><br>')}</div>`), 'https://e.example/');
    expect(text).toBe(PARAGRAPHS.join('\n\n'));
  });

  test('what is written beside the markup of a tag is decoded once', () => {
    const { text } = extractArticle(
      page(`<article>${PARAGRAPHS.map((p) => `<p>${p} R&amp;D &lt;b&gt; &amp;amp; 5 < 6.</p>`).join('')}</article>`),
      'https://e.example/',
    );
    expect(text.split('\n\n')[1]).toBe(`${PARAGRAPHS[1]} R&D <b> &amp; 5 < 6.`);
  });
});

describe('structured data', () => {
  const body = `${PARAGRAPHS.join('\n\n')}\n\n${PARAGRAPHS.map((p) => p.split(' ').reverse().join(' ')).join('\n\n')}`;
  const script = `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@graph': [{ '@type': 'NewsArticle', headline: 'Library stays open', datePublished: '2024-04-02', author: [{ name: 'A. Berg' }, { name: 'B. Ito' }], articleBody: body }] })}</script>`;

  test('its text serves when the page shows only a teaser', () => {
    const article = extractArticle(page(`<div><p>${SENTENCES[0]}</p></div>`, script), 'https://e.example/');
    expect(article.text).toBe(body);
    expect(article).toMatchObject({
      title: 'Library stays open',
      byline: 'A. Berg, B. Ito',
      published: Date.UTC(2024, 3, 2),
    });
  });

  test('its text does not replace the text of the page', () => {
    const long = [
      ...PARAGRAPHS,
      ...PARAGRAPHS.map((p) => p.replace('library', 'museum').replace('Readers', 'Visitors').replace('May', 'June')),
    ];
    const { text } = extractArticle(
      page(`<article>${long.map((p) => `<p>${p}</p>`).join('')}</article>`, script),
      'https://e.example/',
    );
    expect(text).toBe(long.join('\n\n'));
  });
});

describe('a plain text', () => {
  const wanted = [
    'PORT ALBA -- The island council voted late on Friday against a second runway at its only airport, ending a dispute that had split the coalition for most of a year.',
    'Fourteen of twenty-one members said no after a debate of six hours, according to the minutes. "We have heard the people," council leader Ines Duarte said.',
    'The airport company may appeal within thirty days; its chairman said on Saturday that it would study the decision first.',
  ];
  const source = fixture('wire-copy.txt');
  const blocks = source.split(/\n\n+/u);

  test.each([
    ['as it is', source],
    ['in a body', page(source)],
    ['in pre', page(`<pre>${source}</pre>`)],
    ['in paragraphs', page(blocks.map((block) => `<p>${block}</p>`).join('\n'))],
    ['in blocks', page(`<div class="a">${blocks.map((block) => `<div>${block}</div>`).join('\n')}</div>`)],
  ])('%s gives its paragraphs without icons, captions, sponsored block and paywall', (_name, html) => {
    expect(extractArticle(html, 'https://e.example/').text.split('\n\n')).toEqual(wanted);
  });

  test.each([source, page(source), page(`<pre>${source}</pre>`)])('its headline is the title', (html) => {
    expect(extractArticle(html, 'https://e.example/').title).toBe(
      'Island council rejects plan for second airport runway',
    );
  });
});

test.each(['', ' \n ', '<html></html>', '<p>', '\u0000\u0001\u0002\u0003', '<?xml version="1.0"?><a/>', 'not a url'])(
  'a page without an article gives no text: %j',
  (html) => {
    const { text } = extractArticle(html, 'no url either');
    expect(text === '' || text === html).toBe(true);
  },
);

test.each([
  ['text/html; charset=utf-8', true],
  ['TEXT/PLAIN', true],
  ['', true],
  ['application/pdf', false],
  ['image/png', false],
])('a body of type %j may hold an article: %j', (type, expected) => {
  expect(mayHoldArticle(type)).toBe(expected);
});
