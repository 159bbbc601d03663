import { describe, expect, test } from 'vitest';
import { structuredArticle } from '../../../../src/story/extract/json-ld.ts';
import { readPage } from '../../../../src/story/extract/page.ts';
import { readFacts } from '../../../../src/story/extract/page-facts.ts';

function facts(html: string, url = 'https://a.example/b/c') {
  const page = readPage(html);
  return readFacts(page, structuredArticle(page.jsonLd), url);
}

describe('title', () => {
  test.each([
    ['<title>Bridge opens | The Post</title><meta property="og:site_name" content="The Post">', 'Bridge opens'],
    ['<title>The Post: Bridge opens</title>', 'The Post: Bridge opens'],
    ['<title>Bridge opens again - The Post</title><h1>Bridge opens again</h1>', 'Bridge opens again'],
    ['<title>X</title><meta property="og:title" content="Bridge &amp; tunnel open">', 'Bridge & tunnel open'],
    ['<h1>Bridge opens again</h1>', 'Bridge opens again'],
    ['<h1>One heading here</h1><h1>Two headings here</h1>', ''],
  ])('%s', (html, title) => expect(facts(html).title).toBe(title));
});

describe('published', () => {
  test.each([
    ['<meta property="article:published_time" content="2024-03-05T09:30:00Z">', Date.UTC(2024, 2, 5, 9, 30)],
    ['<meta property="article:published_time" content="2024-03-05T09:30:00+0100">', Date.UTC(2024, 2, 5, 8, 30)],
    ['<meta property="article:published_time" content="2024-03-05 09:30">', Date.UTC(2024, 2, 5, 9, 30)],
    ['<meta name="date" content="20240305">', Date.UTC(2024, 2, 5)],
    ['<meta name="pubdate" content="Tue, 05 Mar 2024 09:30:00 GMT">', Date.UTC(2024, 2, 5, 9, 30)],
    ['<p><time datetime="2024-03-05">yesterday</time>', Date.UTC(2024, 2, 5)],
    ['<meta name="date" content="2024-13-45">', null],
    ['<meta name="date" content="9999-01-01">', null],
    ['<meta name="date" content="soon">', null],
    ['<p>a', null],
  ])('%s', (html, time) => expect(facts(html).published).toBe(time));
});

describe('canonical', () => {
  test.each([
    ['<link rel=canonical href="https://x.example/y">', 'https://x.example/y'],
    ['<link rel=canonical href="../y">', 'https://a.example/y'],
    ['<base href="/z/"><link rel=canonical href="y">', 'https://a.example/z/y'],
    ['<meta property="og:url" content="//x.example/y">', 'https://x.example/y'],
    ['<link rel=canonical href="javascript:alert(1)">', ''],
    ['<link rel=canonical href="http://[">', ''],
    ['<p>a', ''],
  ])('%s', (html, address) => expect(facts(html).canonical).toBe(address));

  test('an address of the page that cannot be read does not matter to an absolute one', () => {
    expect(facts('<link rel=canonical href="https://x.example/y">', 'nowhere').canonical).toBe('https://x.example/y');
  });
});

describe('structured data', () => {
  const script = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
  test.each([
    [script({ '@type': 'NewsArticle', author: { name: 'Ann Li' } }), 'Ann Li'],
    [
      script([
        { '@type': 'WebSite', author: 'no' },
        { '@type': ['Article'], author: ['Ann Li', { name: 'Bo Ek' }] },
      ]),
      'Ann Li, Bo Ek',
    ],
    [script({ '@graph': [{ '@type': 'BlogPosting', author: 'https://a.example/ann' }] }), ''],
    ['<script type="application/ld+json">{"@type": "Article", "author": "Ann"</script>', ''],
    [script({ '@type': 'Article', author: 5 }) + '<meta name=author content="von Anna Berg">', 'Anna Berg'],
    [script(null), ''],
  ])('%s', (html, byline) => expect(facts(html).byline).toBe(byline));
});

test.each([
  ['<html lang="en_US">', 'en-US'],
  ['<meta property="og:locale" content="de_DE">', 'de-DE'],
  ['<html lang="!!">', ''],
])('language of %s', (html, lang) => expect(facts(html).lang).toBe(lang));
