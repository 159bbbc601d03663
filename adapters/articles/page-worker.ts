import robotsParser from 'robots-parser';
import type { Article } from '../../src/story/extract/article.ts';
import { extractArticle } from '../../src/story/extract.ts';
import { serveTasks } from '../workers/serve.ts';
import { pageText } from './page-text.ts';

/** The library is CommonJS, its types tell of an ES module. */
const parseRobots = robotsParser as unknown as (typeof robotsParser)['default'];

/** No story is told from further down. */
const MOST_TEXT_CHARS = 40_000;

/** A stranger's bytes on their way to a worker. */
export type PageTask =
  | { readonly kind: 'page'; readonly bytes: Uint8Array; readonly contentType: string; readonly url: string }
  | { readonly kind: 'robots'; readonly text: string; readonly url: string; readonly robot: string };

/** What a robots.txt says about one address. */
export interface RobotsWord {
  readonly allowed: boolean;
  /** Asked for between two requests; 0 for nothing. */
  readonly delayMs: number;
}

serveTasks(async (task) => {
  const read = task as PageTask;
  return read.kind === 'page' ? readPage(read) : readRobots(read);
});

function readPage({ bytes, contentType, url }: Extract<PageTask, { kind: 'page' }>): Article {
  const article = extractArticle(pageText(bytes, contentType), url);
  return { ...article, text: article.text.slice(0, MOST_TEXT_CHARS).toWellFormed() };
}

function readRobots({ text, url, robot }: Extract<PageTask, { kind: 'robots' }>): RobotsWord {
  const robots = parseRobots(new URL('/robots.txt', url).href, text);
  const seconds = robots.getCrawlDelay(robot) ?? 0;
  return { allowed: robots.isAllowed(url, robot) !== false, delayMs: seconds > 0 ? seconds * 1000 : 0 };
}
