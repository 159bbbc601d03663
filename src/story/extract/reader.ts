import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { escapeText } from 'entities';
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

/** The element that Readability takes for the article; null when it finds none. */
export function readableElement(body: PageElement, title: string): DomNode | null {
  const found = new Readability<DomNode>(openDocument(body, title), {
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
