import type { FeedDocument, FeedItem } from '../../src/story/item.ts';
import type { CanonicalFeed, CanonicalItem, CanonicalText } from './canonical.ts';
import { pollingHints } from './polling-hints.ts';
import { htmlToText } from './html-text.ts';
import { cut, literalText, oneLine } from './plain-text.ts';
import { titleText } from './title-text.ts';

const MOST_TITLE = 1_000;
const ROOMY: TextLimits = { summary: 20_000, content: 100_000, html: 200_000 };
const TIGHT: TextLimits = { summary: 1_000, content: 1_000, html: 2_000 };
/** UTF-16 units of texts in a document after which the rest of its items are cut short: it is handed from thread to thread. */
const MOST_TEXT = 8_000_000;
const MOST_NAME = 500;
const MOST_ID = 2_000;
const MOST_CATEGORY = 200;

/** Most UTF-16 units of an item's texts. */
interface TextLimits {
  readonly summary: number;
  readonly content: number;
  readonly html: number;
}

/** The canonical feed with its texts plain and what items inherit from the feed filled in. */
export function normaliseFeed(feed: CanonicalFeed): FeedDocument {
  const language = languageTag(feed.language);
  const inherited = { author: namesOf(feed.authors), language };
  return {
    title: plainTitle(feed.title),
    link: feed.link,
    language,
    items: normaliseItems(feed.items, inherited),
    ...pollingHints(feed),
    ...(feed.hub === '' ? {} : { hub: feed.hub }),
    ...(feed.self === '' ? {} : { self: feed.self }),
  };
}

interface Inherited {
  readonly author: string;
  readonly language: string;
}

function normaliseItems(items: readonly CanonicalItem[], inherited: Inherited): FeedItem[] {
  let left = MOST_TEXT;
  return items.map((item) => {
    const read = normaliseItem(item, inherited, left > 0 ? ROOMY : TIGHT);
    left -= read.summary.length + read.content.length + read.summaryHtml.length + read.contentHtml.length;
    return read;
  });
}

function normaliseItem(item: CanonicalItem, inherited: Inherited, most: TextLimits): FeedItem {
  const summary = plainBody(item.summary, most.summary);
  const content = plainBody(item.content, most.content);
  return {
    id: oneLine(item.id, MOST_ID),
    title: plainTitle(item.title),
    link: item.link,
    published: item.published,
    summary,
    content,
    summaryHtml: markupOf(item.summary, most.html),
    contentHtml: markupOf(item.content, most.html),
    author: namesOf(item.authors) || inherited.author,
    categories: [...new Set(item.categories.map((category) => titleText(category, MOST_CATEGORY)))].filter(
      (category) => category !== '',
    ),
    language: languageTag(item.language) || inherited.language,
  };
}

function plainTitle({ text, form }: CanonicalText): string {
  if (form === 'text') return oneLine(text, MOST_TITLE);
  return form === 'html'
    ? oneLine(htmlToText(cut(text, MOST_TITLE * 20), MOST_TITLE * 2), MOST_TITLE)
    : titleText(text, MOST_TITLE);
}

function plainBody({ text, form }: CanonicalText, most: number): string {
  if (text === '') return '';
  return isHtml(text, form) ? htmlToText(text, most) : literalText(text, most);
}

function isHtml(text: string, form: CanonicalText['form']): boolean {
  return (
    form === 'html' ||
    (form === 'guess' &&
      /<\/[a-z][a-z0-9]{0,10}\s{0,5}>|<(?:br|hr|img|p)\b|&(?:#\d+|#x[\da-f]+|[a-z]{2,10});/i.test(text))
  );
}

/** Literal text as the markup that shows it. */
function markupOf({ text, form }: CanonicalText, most: number): string {
  const html = isHtml(text, form) ? text : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return cut(html, most);
}

function namesOf(names: readonly string[]): string {
  return oneLine(names.map((name) => titleText(name, MOST_NAME)).join(', '), MOST_NAME);
}

/** A BCP 47 tag as published, `_` read as `-`; '' for what is none. */
function languageTag(text: string): string {
  const tag = text.trim().replaceAll('_', '-');
  return /^[a-z]{1,8}(?:-[a-z0-9]{1,8}){0,8}$/i.test(tag) ? tag : '';
}
