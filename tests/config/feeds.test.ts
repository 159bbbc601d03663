import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseOpml } from '../../src/feeds/opml.ts';

test('the starter feeds are about 25, each once, over https, and sorted by region', () => {
  const read = parseOpml(readFileSync(new URL('../../config/feeds.opml', import.meta.url), 'utf8'));
  if (!read.ok) throw new Error(read.message);
  expect(read.feeds.length).toBeGreaterThanOrEqual(25);
  expect(new Set(read.feeds.map(({ url }) => url)).size).toBe(read.feeds.length);
  expect(read.feeds.filter(({ url, title }) => !url.startsWith('https://') || title === '')).toEqual([]);
  expect(new Set(read.feeds.flatMap(({ tags }) => tags))).toEqual(
    new Set(['World', 'Asia', 'Middle East', 'Africa', 'Europe', 'Americas', 'Oceania']),
  );
});
