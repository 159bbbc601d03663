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

/** The element that Readability takes for the article, and the byline it found; null when it finds none. */
export function readableElement(body: PageElement, title: string): { element: DomNode; byline: string } | null {
  const markup = `<!doctype html><html><head><title>${escapeText(title)}</title></head>${serialise(body)}</html>`;
  const { document } = parseHTML(markup);
  const found = new Readability<DomNode>(document as never, {
    disableJSONLD: true,
    keepClasses: true,
    serializer: (node) => node as DomNode,
  }).parse();
  if (found === null || found.content === null || found.content === undefined) return null;
  return { element: found.content, byline: found.byline ?? '' };
}
