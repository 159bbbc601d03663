import { describe, expect, test } from 'vitest';
import { FeedError } from '../../../adapters/feeds/feed-error.ts';
import { parseFeed } from '../../../adapters/feeds/parse.ts';
import { readFixtures, valueAt, type FeedFixture } from './fixture.ts';

const fixtures = readFixtures();

describe('the fixtures in tests/fixtures/feeds', () => {
  test('are many and each says what it expects', () => {
    expect(fixtures.length).toBeGreaterThan(150);
    expect(fixtures.filter(({ about, expected }) => about === '' || expected.length === 0)).toEqual([]);
  });

  test.each(fixtures)('$name: $about', async (fixture) => {
    const outcome = await outcomeOf(fixture);
    const found = Object.fromEntries(fixture.expected.map(({ path }) => [path, valueAt(outcome, path)]));
    expect(found).toEqual(Object.fromEntries(fixture.expected.map(({ path, value }) => [path, value])));
  });
});

/** The document, or the error's code and the feeds it offers. */
async function outcomeOf({ body, source }: FeedFixture): Promise<unknown> {
  try {
    return await parseFeed(body, source);
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return { error: error.code, discovered: error.discovered };
  }
}
