import { unshieldText } from './page-tree.ts';
import type { DomNode } from './reader.ts';

/** A block of text as a reader sees it. */
export interface Line {
  readonly text: string;
  /** The innermost block element, lower case: `p`, `li`, `h2`, `td`, `blockquote`, … */
  readonly block: string;
  /** How many of its characters stand in links. */
  readonly linked: number;
}

const BLOCKS = new Set(
  (
    'address article aside blockquote caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hr li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
const CELLS = new Set(['td', 'th']);

/** The blocks of text below a node, in order, with their white space made single. */
export function textLines(root: DomNode): Line[] {
  const lines: Line[] = [];
  let text = '';
  let linked = 0;

  function flush(block: string): void {
    for (const part of text.split('\n')) {
      const clean = part.replace(/[^\S\n]+/gu, ' ').trim();
      if (clean !== '') lines.push({ text: clean, block, linked });
    }
    text = '';
    linked = 0;
  }

  function walk(node: DomNode, block: string, inLink: boolean, inPre: boolean): void {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) {
      if (child.nodeType === 3) {
        const value = unshieldText(child.nodeValue ?? '').replace(inPre ? /[^\S\n]+/gu : /\s+/gu, ' ');
        text += value;
        if (inLink) linked += value.trim().length;
        continue;
      }
      if (child.nodeType !== 1) continue;
      const name = child.nodeName.toLowerCase();
      if (name === 'br') {
        text += '\n';
      } else if (BLOCKS.has(name)) {
        flush(block);
        walk(child, name, inLink, inPre || name === 'pre');
        flush(name);
      } else {
        if (CELLS.has(name)) text += ' ';
        walk(child, block, inLink || name === 'a', inPre);
      }
    }
  }

  walk(root, 'div', false, false);
  flush('div');
  return lines;
}
