import { expect, test } from 'vitest';
import { clutterOfName } from '../../../../src/story/extract/clutter-names.ts';

test.each([
  ['newsCaption', 'caption'],
  ['InlineImage-imageEmbedCredit', 'caption'],
  ['article__image-caption-text', 'caption'],
  ['share-bar', 'share'],
  ['sharedaddy sd-sharing-enabled', 'share'],
  ['relatedContent alignNone', 'related'],
  ['col most-read', 'related'],
  ['ad-slot-4', 'promotion'],
  ['js-newsletter_signup', 'promotion'],
  ['comment-list', 'comment'],
  ['breadcrumb', 'navigation'],
  ['post-meta', 'byline'],
  ['cookieNotice', 'aid'],
  ['shareholders', null],
  ['article-body', null],
  ['head', null],
  ['loading', null],
  ['commentary', null],
  ['story-content', null],
  ['', null],
])('%j is %j', (name, kind) => {
  expect(clutterOfName(name)).toBe(kind);
});
