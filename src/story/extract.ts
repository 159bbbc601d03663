import { NO_ARTICLE } from './extract/article.ts';
import type { Article } from './extract/article.ts';
import { removeClutter } from './extract/clutter.ts';
import { textLines } from './extract/lines.ts';
import { readPage } from './extract/page.ts';
import { readableElement } from './extract/reader.ts';

export type { Article } from './extract/article.ts';

/**
 * The article of a web page as plain text. Never throws: a page without an article gives empty strings. Its cost is
 * bounded whatever the page holds (2 MB of markup, 50,000 elements, depth 500); it is still work for a worker thread.
 * @param html the page's markup or plain text, decoded
 * @param url the address it was read from, for what the page says relative to it
 */
export function extractArticle(html: string, url: string): Article {
  try {
    return readArticle(html, url);
  } catch {
    return NO_ARTICLE;
  }
}

function readArticle(html: string, _url: string): Article {
  const page = readPage(html);
  removeClutter(page.body);
  const found = readableElement(page.body, page.title);
  if (found === null) return NO_ARTICLE;
  const lines = textLines(found.element);
  return {
    ...NO_ARTICLE,
    title: page.title,
    text: lines.map((line) => line.text).join('\n\n'),
    byline: found.byline,
    lang: page.lang,
  };
}
