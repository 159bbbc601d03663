import { Tokenizer } from 'htmlparser2';
import { MAX_PAGE_LENGTH } from './article.ts';
import { KEPT_ATTRIBUTES } from './markup-rules.ts';
import { createPageBuilder } from './page-builder.ts';
import type { OpenTag } from './page-builder.ts';
import type { Page, PageLimits } from './page-tree.ts';

export const PAGE_LIMITS: PageLimits = {
  maxLength: MAX_PAGE_LENGTH,
  maxElements: 50_000,
  maxDepth: 500,
  maxDepthSum: 600_000,
};

const MAX_VALUE_LENGTH = 2000;

/**
 * Reads markup into a bounded tree in one pass whose cost is linear in its length, however badly it nests. Implied
 * end tags are those of htmlparser2, so that the tree can be written out and read again without a change.
 */
export function readPage(html: string, limits: PageLimits = PAGE_LIMITS): Page {
  const source = html.length > limits.maxLength ? html.slice(0, limits.maxLength) : html;
  const builder = createPageBuilder(limits);
  let tag: OpenTag | null = null;
  let attributeName = '';
  let attributeStart = -1;
  let attributeEnd = -1;
  const finishTag = () => {
    if (tag !== null) builder.open(tag);
    tag = null;
  };
  const tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      ontext: (start, end) => builder.text(source.slice(start, end)),
      ontextentity: (codepoint) => builder.text(String.fromCodePoint(codepoint)),
      oncdata: (start, end, offset) => builder.text(source.slice(start, end - offset)),
      onopentagname: (start, end) => {
        tag = { name: source.slice(start, Math.min(end, start + 40)).toLowerCase(), attributes: new Map() };
      },
      onattribname: (start, end) => {
        attributeName = end - start > 40 ? '' : source.slice(start, end).toLowerCase();
        attributeStart = attributeEnd = -1;
      },
      onattribdata: (start, end) => {
        if (attributeStart < 0) attributeStart = start;
        attributeEnd = end;
      },
      onattribentity: () => undefined,
      onattribend: () => {
        if (tag === null || !KEPT_ATTRIBUTES.has(attributeName) || tag.attributes.has(attributeName)) return;
        const end = Math.min(attributeEnd, attributeStart + MAX_VALUE_LENGTH);
        tag.attributes.set(attributeName, attributeStart < 0 ? '' : source.slice(attributeStart, end));
      },
      onopentagend: finishTag,
      onselfclosingtag: () => {
        if (tag !== null) builder.open(tag, true);
        tag = null;
      },
      isInForeignContext: () => builder.foreign(),
      onclosetag: (start, end) => builder.close(source.slice(start, Math.min(end, start + 40)).toLowerCase()),
      oncomment: () => undefined,
      ondeclaration: () => undefined,
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  return builder.page();
}
