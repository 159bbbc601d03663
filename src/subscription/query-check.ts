import { refusal } from './query-lexer.ts';
import { printNode, type QueryNode } from './query-tree.ts';

/** Checks that a query asks for something: refuses one of stop words only and one of exclusions only. */
export function checkWhole(root: QueryNode, text: string): void {
  const plain = text
    .trim()
    .replaceAll(/["“”„«»()|]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (isOnlyStops(root)) {
    const quoted = plain.replace(/^(\p{L}+[:：])?\s*(.*)$/u, '$1"$2"');
    throw refusal({ code: 'common word', typed: plain }, 0, ...acronymOf(plain), quoted, `"${plain}"`);
  }
  if (!asks(root)) {
    throw refusal({ code: 'only exclusions' }, 0, withoutExclusion(root), plain.replaceAll(/(?:^|\s)[-–—−]+/gu, ' '));
  }
}

/** A small word that is a name in capitals: `us` is often meant as US. */
export function acronymOf(word: string): string[] {
  return ['us', 'who', 'it', 'un', 'in'].includes(word) ? [word.toUpperCase()] : [];
}

/** Whether a story must hold something for this to match. */
export function asks(node: QueryNode): boolean {
  switch (node.kind) {
    case 'stop':
    case 'not':
      return false;
    case 'all':
      return node.of.some(asks);
    case 'any':
      return node.of.every(asks);
    case 'group':
    case 'in':
      return asks(node.of);
    default:
      return true;
  }
}

function isOnlyStops(node: QueryNode): boolean {
  switch (node.kind) {
    case 'stop':
      return true;
    case 'all':
    case 'any':
      return node.of.every(isOnlyStops);
    case 'group':
    case 'in':
      return isOnlyStops(node.of);
    default:
      return false;
  }
}

function withoutExclusion(node: QueryNode): string {
  switch (node.kind) {
    case 'not':
      return printNode(node.of);
    case 'all':
      return node.of.map(withoutExclusion).join(' ');
    case 'group':
      return `(${withoutExclusion(node.of)})`;
    case 'in':
      return withoutExclusion(node.of);
    default:
      return printNode(node);
  }
}
