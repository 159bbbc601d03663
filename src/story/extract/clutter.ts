import { clutterOfName } from './clutter-names.ts';
import type { Clutter } from './clutter-names.ts';
import { attribute, descendants } from './page-tree.ts';
import type { PageElement } from './page-tree.ts';

/** A block that holds this share of the page's paragraph text is part of the article, whatever it is called. */
const MAX_BLOCK_SHARE = 0.2;
/** A block that holds this share is all of the article. */
const MIN_ARTICLE_SHARE = 0.5;
/** Blocks of one kind are left in when less than this share would remain (a forum is made of comments). */
const MIN_REMAINING_SHARE = 0.35;
/** Text blocks shorter than this (without links) are no paragraphs. */
const MIN_PARAGRAPH_LENGTH = 50;
/** A page of more articles than this is a list of them. */
const MAX_ARTICLES = 200;

const CLUTTER_BY_ELEMENT: ReadonlyMap<string, Clutter> = new Map([
  ['aside', 'related'],
  ['nav', 'navigation'],
  ['menu', 'navigation'],
  ['footer', 'navigation'],
  ['form', 'aid'],
  ['figcaption', 'caption'],
  ['figure', 'caption'],
]);

const CLUTTER_BY_ROLE: ReadonlyMap<string, Clutter> = new Map([
  ['navigation', 'navigation'],
  ['menu', 'navigation'],
  ['menubar', 'navigation'],
  ['contentinfo', 'navigation'],
  ['search', 'aid'],
  ['dialog', 'aid'],
  ['alertdialog', 'aid'],
  ['complementary', 'related'],
]);

const CLUTTER_BY_PROPERTY: ReadonlyMap<string, Clutter> = new Map([
  ['author', 'byline'],
  ['datepublished', 'byline'],
  ['datemodified', 'byline'],
  ['publisher', 'byline'],
  ['keywords', 'navigation'],
  ['comment', 'comment'],
  ['caption', 'caption'],
  ['image', 'caption'],
]);

const INLINE = new Set(
  'a abbr b bdi bdo big cite code em font i ins kbd mark q s small span strong sub sup time tt u var'.split(' '),
);
/** What a figure may hold that is not a picture. */
const FIGURE_TEXT = new Set(['table', 'pre', 'blockquote', 'code']);

interface Candidate {
  readonly element: PageElement;
  readonly kind: Clutter;
  readonly paragraphs: number;
  /** Candidates inside it, which count when it stays. */
  readonly inner: readonly Candidate[];
}

/** Takes blocks that are not the article out of the tree: menus, captions, share bars, related stories, comments. */
export function removeClutter(body: PageElement): void {
  const outermost: Candidate[] = [];
  const total = measure(body, outermost).paragraphs;
  forgetLarge(outermost, total * MIN_ARTICLE_SHARE);
  const candidates = smallEnough(outermost, total * MAX_BLOCK_SHARE);
  candidates.push(...otherArticles(body, total));
  const kinds = new Set(candidates.map((candidate) => candidate.kind));
  for (const kind of kinds) {
    const ofKind = candidates.filter((candidate) => candidate.kind === kind);
    const removed = ofKind.reduce((sum, candidate) => sum + candidate.paragraphs, 0);
    if (total - removed < total * MIN_REMAINING_SHARE) continue;
    for (const { element } of ofKind) detach(element);
  }
}

/** The outermost candidates that are no larger than `most`; larger ones stay, whatever stands in them is looked at. */
function smallEnough(candidates: readonly Candidate[], most: number): Candidate[] {
  return candidates.flatMap((candidate) =>
    candidate.paragraphs <= most ? [candidate] : smallEnough(candidate.inner, most),
  );
}

/** Blocks that hold most of the page are the article: their names would make Readability drop them. */
function forgetLarge(candidates: readonly Candidate[], least: number): void {
  for (const { element, kind, paragraphs, inner } of candidates) {
    if (paragraphs < least || kind === 'comment') continue;
    element.attributes.delete('class');
    element.attributes.delete('id');
    element.attributes.delete('role');
    forgetLarge(inner, least);
  }
}

/** Teasers: small articles on a page where one holds most of the paragraphs. */
function otherArticles(body: PageElement, total: number): Candidate[] {
  const articles = [...descendants(body)].filter(
    ({ name, parent }) => name === 'article' && !isWithin(parent, 'article'),
  );
  if (articles.length < 2 || articles.length > MAX_ARTICLES) return [];
  const measured = articles.map((element) => ({ element, paragraphs: paragraphLength(element) }));
  if (!measured.some(({ paragraphs }) => paragraphs > total * MIN_ARTICLE_SHARE)) return [];
  return measured
    .filter(({ paragraphs }) => paragraphs <= total * MAX_BLOCK_SHARE)
    .map(({ element, paragraphs }) => ({ element, paragraphs, kind: 'related', inner: [] }));
}

function isWithin(element: PageElement | null, name: string): boolean {
  for (let at = element; at !== null; at = at.parent) if (at.name === name) return true;
  return false;
}

function detach(element: PageElement): void {
  const siblings = element.parent?.children;
  const at = siblings?.indexOf(element) ?? -1;
  if (at >= 0) siblings?.splice(at, 1, ' ');
}

/** How many characters of paragraphs stand in an element. */
export function paragraphLength(element: PageElement): number {
  return measure(element, []).paragraphs;
}

interface Measure {
  /** Characters of paragraphs below. */
  readonly paragraphs: number;
  /** Characters of text outside links that belong to the paragraph the element stands in. */
  readonly inline: number;
  readonly figureText: boolean;
}

/** Measures a subtree and gathers what in it may be clutter; what lies in a candidate is not looked at again. */
function measure(element: PageElement, candidates: Candidate[]): Measure {
  let paragraphs = 0;
  let inline = 0;
  let figureText = FIGURE_TEXT.has(element.name);
  const inlineClutter: Candidate[] = [];
  for (const child of element.children) {
    if (typeof child === 'string') {
      inline += child.trim().length;
      continue;
    }
    const own: Candidate[] = [];
    const below = measure(child, own);
    figureText ||= below.figureText;
    const kind = clutterOf(child, below.figureText);
    if (kind === null) candidates.push(...own);
    else if (INLINE.has(child.name))
      inlineClutter.push({ element: child, kind, paragraphs: below.paragraphs, inner: own });
    else candidates.push({ element: child, kind, paragraphs: below.paragraphs, inner: own });
    paragraphs += below.paragraphs;
    if (INLINE.has(child.name) && child.name !== 'a' && kind === null) inline += below.inline;
  }
  if (INLINE.has(element.name)) {
    candidates.push(...inlineClutter);
    return { paragraphs, inline, figureText };
  }
  const isParagraph = inline >= MIN_PARAGRAPH_LENGTH;
  for (const candidate of inlineClutter) if (!isParagraph || candidate.kind === 'aid') candidates.push(candidate);
  if (isParagraph) for (const child of element.children) if (typeof child !== 'string') forgetName(child);
  return { paragraphs: paragraphs + (isParagraph ? inline : 0), inline: 0, figureText };
}

/** A word of a sentence is part of it whatever its element is called; Readability goes by the name. */
function forgetName(element: PageElement): void {
  if (!INLINE.has(element.name)) return;
  element.attributes.delete('class');
  element.attributes.delete('id');
}

function clutterOf(element: PageElement, figureText: boolean): Clutter | null {
  if (element.name === 'figure' && figureText) return null;
  if (/^h[2-6]$/u.test(element.name) && element.parent?.name === 'header') return 'byline';
  const byElement = CLUTTER_BY_ELEMENT.get(element.name);
  if (byElement !== undefined) return byElement;
  const { attributes } = element;
  if (attributes.size === 0) return null;
  const named =
    CLUTTER_BY_ROLE.get(attribute(element, 'role').toLowerCase()) ??
    CLUTTER_BY_PROPERTY.get(attribute(element, 'itemprop').toLowerCase()) ??
    clutterOfName(`${attribute(element, 'class')} ${attribute(element, 'id')}`);
  // A post of a social network that the article quotes is no share bar.
  return named === 'share' && figureText ? null : named;
}
