/** An element of a bounded page: only the attributes that say what a block is for. */
export interface PageElement {
  readonly name: string;
  /** Values as written, entities and all. */
  readonly attributes: Map<string, string>;
  readonly children: PageNode[];
  readonly parent: PageElement | null;
  /** 1 for the body. */
  readonly depth: number;
}

/** Text is decoded, its white space single but within `pre`. */
export type PageNode = PageElement | string;

export function attribute(element: PageElement, name: string): string {
  return element.attributes.get(name) ?? '';
}

/** Class and id in one string, lower case: what authors call a block. */
export function blockName(element: PageElement): string {
  return `${attribute(element, 'class')} ${attribute(element, 'id')}`.trim().toLowerCase();
}

/** The text below an element, without marks between blocks. */
export function rawText(element: PageElement): string {
  const parts: string[] = [];
  collectText(element, parts);
  return parts.join('');
}

function collectText(element: PageElement, parts: string[]): void {
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(child);
    else collectText(child, parts);
  }
}

/** Every element below, parents before children, the element itself not among them. */
export function* descendants(element: PageElement): Generator<PageElement> {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    yield child;
    yield* descendants(child);
  }
}

/** Elements that have no content and no end tag (HTML standard, 13.1.2). */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base basefont br col embed frame hr img input link meta param source track wbr'.split(' '),
);

/**
 * What means something in markup stands in it as a noncharacter: a parser makes a node of every entity, and a text of
 * entities alone would cost a hundred times its size.
 */
const SHIELDS: ReadonlyMap<string, string> = new Map([
  ['&', '\uFDD0'],
  ['<', '\uFDD1'],
]);
const SHIELDED: ReadonlyMap<string, string> = new Map([...SHIELDS].map(([sign, shield]) => [shield, sign]));

function shieldText(text: string): string {
  return /[&<]/u.test(text) ? text.replace(/[&<]/gu, (sign) => SHIELDS.get(sign) ?? sign) : text;
}

/** Gives back the text that `serialise` wrote. */
export function unshieldText(text: string): string {
  return /[\uFDD0\uFDD1]/u.test(text) ? text.replace(/[\uFDD0\uFDD1]/gu, (sign) => SHIELDED.get(sign) ?? sign) : text;
}

/** The tree as well-formed markup; its text is read back with `unshieldText`. */
export function serialise(element: PageElement): string {
  const parts: string[] = [];
  writeElement(element, parts);
  return parts.join('');
}

function writeElement(element: PageElement, parts: string[]): void {
  parts.push('<', element.name);
  for (const [name, value] of element.attributes) parts.push(' ', name, '="', value.replaceAll('"', '&quot;'), '"');
  parts.push('>');
  if (VOID_ELEMENTS.has(element.name)) return;
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(shieldText(child));
    else writeElement(child, parts);
  }
  parts.push('</', element.name, '>');
}

/** Bounds on a page, whatever it holds: what is beyond them is not read. */
export interface PageLimits {
  /** UTF-16 units of markup. */
  readonly maxLength: number;
  readonly maxElements: number;
  readonly maxDepth: number;
  /** Sum over all elements of their depth: what a pass over every subtree costs. */
  readonly maxDepthSum: number;
}

/** A page without what is never read (scripts, styles, drawings, form fields), within bounds. */
export interface Page {
  readonly body: PageElement;
  /** Values of `<meta>` by lower-case name, property or itemprop; the first of a name counts. */
  readonly meta: ReadonlyMap<string, string>;
  /** The content of the title element. */
  readonly title: string;
  readonly lang: string;
  /** Values of href of `<link rel=canonical>` and `<base>`, as written; '' for none. */
  readonly canonical: string;
  readonly base: string;
  /** Contents of JSON-LD scripts as written. */
  readonly jsonLd: readonly string[];
  /** The sum of the depths of its elements. */
  readonly depthSum: number;
}
