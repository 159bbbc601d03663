/** An element of a bounded page: only the attributes that say what a block is for. */
export interface PageElement {
  readonly name: string;
  /** Values as written, entities and all. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: PageNode[];
  readonly parent: PageElement | null;
  /** 1 for the body. */
  readonly depth: number;
}

/** Text as written, entities and all: it is decoded once, by whoever reads it last. */
export type PageNode = PageElement | string;

export function attribute(element: PageElement, name: string): string {
  return element.attributes.get(name) ?? '';
}

/** Class and id in one string, lower case: what authors call a block. */
export function blockName(element: PageElement): string {
  return `${attribute(element, 'class')} ${attribute(element, 'id')}`.trim().toLowerCase();
}

/** The text below an element as written, without marks between blocks. */
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

/** The tree as well-formed markup. */
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
    if (typeof child === 'string') parts.push(child);
    else writeElement(child, parts);
  }
  parts.push('</', element.name, '>');
}
