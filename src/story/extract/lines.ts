import { unshieldText } from './page-tree.ts';
import type { DomNode } from './reader.ts';

/** A block of text as a reader sees it. */
export interface Line {
  readonly text: string;
  /** The innermost block element, lower case: `p`, `li`, `h2`, `td`, `blockquote`, … */
  readonly block: string;
  /** How many of its characters stand in links, and how many in bold. */
  readonly linked: number;
  readonly bold: number;
}

const BLOCKS = new Set(
  (
    'address article aside blockquote caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
const CELLS = new Set(['td', 'th']);
const BOLD = new Set(['b', 'strong']);

/** The blocks of text below a node, in order, with their white space made single. */
export function textLines(root: DomNode): Line[] {
  const lines: Line[] = [];
  let text = '';
  let linked = 0;
  let bold = 0;

  function flush(block: string): void {
    for (const part of text.split('\n')) {
      const clean = part.replace(/[^\S\n]+/gu, ' ').trim();
      if (clean !== '') lines.push({ text: clean, block, linked, bold });
    }
    text = '';
    linked = bold = 0;
  }

  function walk(node: DomNode, block: string, inLink: boolean, inBold: boolean, inPre: boolean): void {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeType === 3) {
        const value = unshieldText(child.nodeValue ?? '').replace(inPre ? /[^\S\n]+/gu : /\s+/gu, ' ');
        text += value;
        if (inLink) linked += value.trim().length;
        if (inBold) bold += value.trim().length;
        continue;
      }
      if (child.nodeType !== 1) continue;
      const name = child.nodeName.toLowerCase();
      if (name === 'br') {
        text += '\n';
      } else if (BLOCKS.has(name)) {
        flush(block);
        walk(child, name, inLink, inBold, inPre || name === 'pre');
        flush(name);
      } else {
        if (CELLS.has(name)) text += ' ';
        walk(child, block, inLink || name === 'a', inBold || BOLD.has(name), inPre);
      }
    }
  }

  walk(root, 'div', false, false, false);
  flush('div');
  return lines;
}
