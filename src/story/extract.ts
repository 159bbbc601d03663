import { decodeHTML } from 'entities';
import { NO_ARTICLE } from './extract/article.ts';
import type { Article } from './extract/article.ts';
import { articleLines } from './extract/article-lines.ts';
import { paragraphLength, removeClutter } from './extract/clutter.ts';
import { structuredArticle } from './extract/json-ld.ts';
import { likelyBody } from './extract/likely-body.ts';
import { textLines } from './extract/lines.ts';
import type { Line } from './extract/lines.ts';
import { readPage } from './extract/page.ts';
import type { Page } from './extract/page-tree.ts';
import { readFacts } from './extract/page-facts.ts';
import { rawText } from './extract/page-tree.ts';
import type { PageElement } from './extract/page-tree.ts';
import { headlineOf, isBinary, isPlainText, plainTextLines } from './extract/plain-text.ts';
import { readableElement, wholeElement } from './extract/reader.ts';

export type { Article } from './extract/article.ts';

/** A text shorter than this may be a teaser: what else the page offers is looked at. */
const SHORT_TEXT = 600;
/** What is offered in its place must be this many times as long. */
const LONGER_BY = 2;
/** A text shorter than this is hardly an article. */
const MIN_TEXT = 150;
/** Less than this share of the block marked as the article's body is likely not all of it. */
const MIN_SHARE = 0.5;

/**
 * The article of a web page as plain text. Never throws: a page without an article gives empty strings. Its cost is
 * bounded whatever the page holds (2 MB of markup, 50,000 elements, depth 500), but it is work for a worker thread.
 * @param html the page's markup, or a plain text, decoded
 * @param url the address it was read from, for addresses that the page gives relative to it
 */
export function extractArticle(html: string, url: string): Article {
  try {
    if (isBinary(html)) return NO_ARTICLE;
    return isPlainText(html) ? readText(html) : readArticle(html, url);
  } catch {
    return NO_ARTICLE;
  }
}

function readText(source: string): Article {
  const lines = plainTextLines(source);
  const title = headlineOf(lines);
  return { ...NO_ARTICLE, title, text: joined(articleLines(lines, title)) };
}

function readArticle(html: string, url: string): Article {
  const page = readPage(html);
  const structured = structuredArticle(page.jsonLd);
  const facts = readFacts(page, structured, url);
  if (isBareText(page.body)) {
    const article = readText(rawText(page.body));
    return { ...facts, title: facts.title || article.title, text: article.text };
  }
  return { ...facts, text: bestText(page, facts.title, structured?.body ?? '') };
}

function bestText(page: Page, title: string, structuredBody: string): string {
  removeClutter(page.body);
  const found = readableElement(page, title);
  let text = found === null ? '' : joined(articleLines(textLines(found), title));
  const likely = likelyBody(page.body);
  if (text.length < MIN_TEXT || (likely !== page.body && text.length < paragraphLength(likely) * MIN_SHARE)) {
    text = longer(text, () => joined(articleLines(textLines(wholeElement(likely)), title)));
  }
  if (text.length < SHORT_TEXT) text = longer(text, () => joined(articleLines(markupLines(structuredBody), title)));
  return text;
}

/** A text that was put into a page as it is, its paragraphs parted by blank lines only. */
function isBareText(body: PageElement): boolean {
  const blocks = body.children.filter((child) => typeof child !== 'string' && child.name !== 'br');
  const sole = blocks[0];
  if (blocks.length === 0) return true;
  return blocks.length === 1 && typeof sole === 'object' && sole.name === 'pre';
}

function longer(text: string, offer: () => string): string {
  const offered = offer();
  return offered.length >= text.length * LONGER_BY ? offered : text;
}

/** Lines of a text that may or may not be markup. */
function markupLines(source: string): Line[] {
  if (source === '') return [];
  const decoded = /&lt;\/?[a-z]/iu.test(source) ? decodeHTML(source) : source;
  return isPlainText(decoded) ? plainTextLines(decodeHTML(decoded)) : textLines(wholeElement(readPage(decoded).body));
}

function joined(lines: readonly Line[]): string {
  return lines.map((line) => line.text).join('\n\n');
}
