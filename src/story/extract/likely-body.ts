import { paragraphLength } from './clutter.ts';
import { attribute, blockName, descendants } from './page-tree.ts';
import type { PageElement } from './page-tree.ts';

/** What authors call the block that holds the text. */
const BODY_NAME =
  /(?:^|[\s_-])(?:article|story|entry|post|recipe|news)[_-]{0,2}(?:body|content|text)(?:$|[\s_-])|articlebody|storybody/u;
/** A block is the body only when it holds this share of the paragraphs that the page holds. */
const MIN_SHARE = 0.5;

/**
 * The innermost block that is marked as the article's body and holds most of the page's paragraphs; the page's body
 * where nothing is marked.
 */
export function likelyBody(body: PageElement): PageElement {
  const needed = paragraphLength(body) * MIN_SHARE;
  let likely = body;
  for (const element of descendants(body)) {
    if (isMarked(element) && paragraphLength(element) >= needed) likely = element;
  }
  return likely;
}

function isMarked(element: PageElement): boolean {
  if (element.name === 'article' || element.name === 'main') return true;
  if (element.attributes.size === 0) return false;
  if (attribute(element, 'role') === 'main' || /articlebody|recipeinstructions/iu.test(attribute(element, 'itemprop')))
    return true;
  return BODY_NAME.test(blockName(element));
}
