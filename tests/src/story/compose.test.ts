import { describe, expect, test } from 'vitest';
import { composeStory } from '../../../src/story/compose.ts';
import type { FeedDocument, FeedItem } from '../../../src/story/item.ts';
import type { Story } from '../../../src/story/story.ts';

const NOW = Date.UTC(2026, 4, 6, 9);

function storyOf(changes: Partial<FeedItem> = {}, document: Partial<FeedDocument> = {}, title = ''): Story {
  const item: FeedItem = {
    id: 'g',
    title: 'Council votes for a bridge',
    link: 'https://www.harbour.example/bridge?utm_source=rss&id=7',
    published: NOW - 1000,
    summary: '',
    content: '',
    summaryHtml: '<p>The council voted for a bridge.</p><p>Read more</p>',
    contentHtml: '',
    author: '',
    categories: [],
    language: '',
    ...changes,
  };
  const whole: FeedDocument = { title: 'Harbour Times', link: '', language: 'en-GB', items: [item], ...document };
  return composeStory(item, whole, { id: 'f', scopes: ['all'], title }, 's', NOW);
}

describe('a story', () => {
  test('is clean text with the link to show', () => {
    expect(storyOf()).toMatchObject({
      title: 'Council votes for a bridge',
      summary: 'The council voted for a bridge.',
      body: '',
      url: 'https://www.harbour.example/bridge?id=7',
      source: 'Harbour Times',
      lang: 'en',
    });
  });

  test('is dated by its publisher, but never later than it was seen', () => {
    expect(storyOf({ published: NOW - 5 }).effective).toBe(NOW - 5);
    expect(storyOf({ published: NOW + 5 }).effective).toBe(NOW);
    expect(storyOf({ published: null }).effective).toBe(NOW);
    expect(storyOf({ published: NOW + 5 }).published).toBe(NOW + 5);
  });

  test('without a title begins with its first line', () => {
    expect(storyOf({ title: '' }).title).toBe('The council voted for a bridge.');
    expect(storyOf({ title: '', summaryHtml: '', contentHtml: '<p>Only a body.</p><p>And more.</p>' }).title).toBe(
      'Only a body.',
    );
  });

  test('is named after its feed by the host, by the feed itself, or by the link', () => {
    expect(storyOf({}, {}, 'My Harbour').source).toBe('My Harbour');
    expect(storyOf({}, { title: '' }).source).toBe('harbour.example');
    expect(storyOf({ link: '' }, { title: '' }).source).toBe('');
  });

  test('tells its language by its item, or else by its feed', () => {
    expect(storyOf({ language: 'pt_BR' }).lang).toBe('pt');
    expect(storyOf({ language: 'no language at all' }).lang).toBe('');
    expect(storyOf({}, { language: '' }).lang).toBe('');
  });

  test('does not say in its body what its summary says', () => {
    const text = '<p>The council voted for a bridge.</p>';
    expect(storyOf({ summaryHtml: text, contentHtml: text }).body).toBe('');
  });

  test('of any length is cut at a word and never within a character', () => {
    const long = storyOf({ title: 'bridge '.repeat(200), contentHtml: '👩‍🚀'.repeat(40_000) });
    expect(long.title.length).toBeLessThanOrEqual(300);
    expect(long.title).toMatch(/bridge…$/u);
    expect(long.body.length).toBeLessThanOrEqual(40_000);
    expect(long.body.isWellFormed()).toBe(true);
  });
});
