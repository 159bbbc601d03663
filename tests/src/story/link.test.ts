import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl, shownUrl } from '../../../src/story/link.ts';

const fixture = readFileSync(new URL('../../fixtures/stories/links.txt', import.meta.url), 'utf8');

interface Pair {
  readonly same: boolean;
  readonly first: string;
  readonly second: string;
}

/** The pairs of the fixture under its headings. */
function pairsBySubject(): readonly (readonly [subject: string, pairs: readonly Pair[]])[] {
  const subjects: [string, Pair[]][] = [];
  for (const line of fixture.split('\n')) {
    const [mark = '', ...addresses] = line.split(' ').map((word) => word.replaceAll('␣', ' ').replaceAll('⇥', '\t'));
    const [first = '', second = ''] = addresses;
    if (mark === '#') subjects.push([addresses.join(' '), []]);
    else if (mark !== '') subjects.at(-1)?.[1].push({ same: mark === '=', first, second });
  }
  return subjects.filter(([, pairs]) => pairs.length > 0);
}

describe('the keys of two addresses are right about', () => {
  test.each(pairsBySubject())('%s', (_subject, pairs) => {
    const wrong = pairs.filter(({ same, first, second }) => (canonicalUrl(first) === canonicalUrl(second)) !== same);
    expect(wrong).toEqual([]);
  });
});

describe('a key', () => {
  test('of a key is the key itself', () => {
    const addresses = pairsBySubject().flatMap(([, pairs]) => pairs.flatMap(({ first, second }) => [first, second]));
    expect(addresses.filter((address) => canonicalUrl(canonicalUrl(address)) !== canonicalUrl(address))).toEqual([]);
    expect(addresses.filter((address) => canonicalUrl(address) === '')).toEqual([]);
  });

  test('of any address is a key of itself, an https address or nothing', () => {
    const piece = fc.oneof(
      fc.constantFrom('/amp', '/index.html', '//', '/..', '/%2e', '%25', '%', '+', '&amp;', '&', '?', '#!', '#/', '#'),
      fc.constantFrom('utm_source=rss', 'ref=twitter', 'id=1', 'url=https://www.google.com/url?q=http://m.a.example/x'),
      fc.constantFrom('/a-long-story-name', '/caf\u00E9', '/%E9', '/~x', ';jsessionid=1', 'v=aBcDeFgHiJk', '=', 'a'),
      fc.string({ maxLength: 8 }),
    );
    const host = fc.constantFrom(
      'http://www.google.com/url?q=',
      'https://www.google.com/amp/s/',
      'https://m.youtube.com/watch?',
      'https://youtu.be/',
      'https://l.facebook.com/l.php?u=',
      'https://a.cdn.ampproject.org/c/s/',
      'https://old.reddit.com/r/x/comments/1/',
      'https://news.google.com/rss/articles/',
      'http://WWW.M\u00FCnchen.example.:80',
      'https://m.example.co.uk/',
      '//amp.example.com/',
    );
    fc.assert(
      fc.property(host, fc.array(piece, { maxLength: 8 }), (start, rest) => {
        const key = canonicalUrl(start + rest.join(''));
        expect(canonicalUrl(key)).toBe(key);
        expect(key === '' || key.startsWith('https://')).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    '',
    '   ',
    'mailto:a@harbour.example',
    'ftp://harbour.example/a',
    'tag:harbour.example,2026:1',
    'story',
    '/a',
  ])('is nothing for %j, which is no address of the Web', (text) => {
    expect(canonicalUrl(text)).toBe('');
  });
});

describe('the link to show', () => {
  test.each([
    ['https://www.Harbour.example/Story/?utm_source=rss&id=7#top', 'https://www.harbour.example/Story/?id=7#top'],
    ['http://m.harbour.example/a?b=2&a=1', 'http://m.harbour.example/a?b=2&a=1'],
    ['https://reader:secret@harbour.example/a', 'https://harbour.example/a'],
    ['https://harbour.example/a?fbclid=x#xtor=RSS-1', 'https://harbour.example/a'],
    ['javascript:alert(1)', ''],
    ['data:text/html,x', ''],
  ])('of %s is as published, minus tracking and user', (given, shown) => {
    expect(shownUrl(given)).toBe(shown);
  });
});
