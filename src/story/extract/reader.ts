import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { escapeText } from 'entities';
import type { Page } from './page-tree.ts';
import type { PageElement } from './page-tree.ts';
import { serialise } from './page-tree.ts';

/** The part of the DOM that is read here; the nodes are linkedom's. */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly firstChild: DomNode | null;
  readonly nextSibling: DomNode | null;
  getAttribute(name: string): string | null;
}

/** Below this many characters Readability tries again with weaker rules, up to three times. */
const SHORTEST_ARTICLE = 500;
/** No text is shorter (0 would stand for the default). */
const NO_RETRY = -1;
/** A larger page is read once: four times would take seconds. */
const MAX_RETRY_DEPTH_SUM = 80_000;

/** The element that Readability takes for the article; null when it finds none. */
export function readableElement(page: Page, title: string): DomNode | null {
  const found = new Readability<DomNode>(openDocument(page.body, title), {
    charThreshold: page.depthSum > MAX_RETRY_DEPTH_SUM ? NO_RETRY : SHORTEST_ARTICLE,
    disableJSONLD: true,
    keepClasses: true,
    serializer: (node) => node as DomNode,
  }).parse();
  return found?.content ?? null;
}

/** A part of the page as DOM, as it stands. */
export function wholeElement(element: PageElement): DomNode {
  return openDocument({ ...element, name: 'body' }, '').body;
}

function openDocument(body: PageElement, title: string): ReturnType<typeof parseHTML>['document'] {
  const markup = `<!doctype html><html><head><title>${escapeText(title)}</title></head>${serialise(body)}</html>`;
  return parseHTML(markup).document;
}
