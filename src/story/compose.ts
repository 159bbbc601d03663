import { cleanDescription, cleanTitle, plainText } from './describe.ts';
import type { FeedDocument, FeedItem } from './item.ts';
import { shownUrl } from './link.ts';
import type { FeedId, Story, StoryId } from './story.ts';

const MAX_TITLE_CHARS = 300;
const MAX_SUMMARY_CHARS = 4000;
const MAX_BODY_CHARS = 40_000;

/** What a story takes from the feed that carries it. */
export interface Carrier {
  readonly id: FeedId;
  readonly scopes: readonly string[];
  /** The name the host or the publisher gave the feed; '' takes the host of the link. */
  readonly title: string;
}

/**
 * The story an item tells, as clean plain text.
 * @param now when it was first seen (epoch ms): a date in the future counts as now
 */
export function composeStory(
  item: FeedItem,
  document: FeedDocument,
  carrier: Carrier,
  id: StoryId,
  now: number,
): Story {
  const url = shownUrl(item.link);
  const lang = primaryLanguage(item.language === '' ? document.language : item.language);
  const source = cleanTitle(carrier.title === '' ? document.title : carrier.title) || hostOf(url);
  const title = cut(cleanTitle(item.title), MAX_TITLE_CHARS);
  const context = { title, source, link: url, lang };
  const summary = cut(cleanDescription(item.summaryHtml, context), MAX_SUMMARY_CHARS);
  const body = cut(plainText(item.contentHtml), MAX_BODY_CHARS);
  return {
    id,
    feedId: carrier.id,
    scopes: carrier.scopes,
    title: title === '' ? cut(firstLine(summary === '' ? body : summary), MAX_TITLE_CHARS) : title,
    summary,
    body: body === summary ? '' : body,
    url,
    source,
    author: cleanTitle(item.author),
    lang,
    published: item.published,
    firstSeen: now,
    effective: Math.min(item.published ?? now, now),
  };
}

/** `en` of `en-GB` or `EN_us`; '' for what is no language tag. */
function primaryLanguage(tag: string): string {
  const found = /^([a-z]{2,3})(?:[-_]|$)/iu.exec(tag.trim());
  return found?.[1]?.toLowerCase() ?? '';
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, '') : '';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** At most `most` UTF-16 units, ended at a word and never inside a surrogate pair. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = text.slice(0, most - 1);
  const space = head.lastIndexOf(' ');
  const end = space > most * 0.7 ? space : /[\uD800-\uDBFF]$/u.test(head) ? head.length - 1 : head.length;
  return `${head.slice(0, end).trimEnd()}…`;
}
