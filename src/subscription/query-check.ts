import { refusal } from './query-lexer.ts';
import { printNode, type QueryNode } from './query-tree.ts';

/**
 * Checks that a query asks for something: refuses one of stop words only, of exclusions only, and an OR with a branch that
 * asks for nothing. Returns it as it is.
 */
export function checkedWhole(root: QueryNode, text: string): QueryNode {
  const plain = text
    .trim()
    .replaceAll(/["“”„«»()|]/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (isOnlyStops(root)) {
    throw refusal({ code: 'common word', typed: plain }, 0, ...acronymOf(plain), `"${plain}"`);
  }
  checkBranches(root, text);
  if (!asks(root)) {
    throw refusal({ code: 'only exclusions' }, 0, withoutExclusion(root), plain.replaceAll(/(?:^|\s)[-–—−]+/gu, ' '));
  }
  return root;
}

/** A small word that is a name in capitals: `us` is often meant as US. */
function acronymOf(word: string): string[] {
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

function checkBranches(node: QueryNode, text: string): void {
  switch (node.kind) {
    case 'any': {
      const bad = node.of.find((branch) => !asks(branch));
      if (bad !== undefined && node.of.some(asks)) {
        const good = node.of.filter(asks).map(printNode).join(' OR ');
        const at = Math.max(text.search(/(?:\bOR\b|[|｜])/u), 0);
        throw refusal(
          { code: 'empty side of OR', side: printNode(bad) },
          at,
          text.replace(/(?:\bOR\b|[|｜])\s*(?=NOT\b|[-–—−])/u, ''),
          good,
        );
      }
      node.of.forEach((branch) => checkBranches(branch, text));
      return;
    }
    case 'all':
      node.of.forEach((child) => checkBranches(child, text));
      return;
    case 'group':
    case 'in':
    case 'not':
      checkBranches(node.of, text);
      return;
    default:
      return;
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
