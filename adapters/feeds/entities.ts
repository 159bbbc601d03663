import { decodeReferences } from './plain-text.ts';

/** References in the text of one document, with the entities that it declares itself. */
export interface Entities {
  /** Takes in the declarations of a document type. */
  declare(doctype: string): void;
  /** The text with its references put in. */
  expand(text: string): string;
}

const MOST_ENTITIES = 100;
const LONGEST_ENTITY = 200;
/** UTF-16 units that declared entities may come to in all. */
const MOST_EXPANDED = 1_000_000;
const DECLARATION = /<!ENTITY\s{1,20}([\w.-]{1,60})\s{1,20}(?:"([^"]*)"|'([^']*)')/g;

/**
 * Of a document's own entities those are known whose text is plain and short. Those made of others are left out: they are what
 * bombs are built from, and external ones are never read.
 */
export function createEntities(): Entities {
  const entities = new Map<string, string>();
  let left = MOST_EXPANDED;

  /** What a reference stands for; undefined where nobody declared it, '' once declared entities have filled their measure. */
  function declared(reference: string): string | undefined {
    const value = entities.get(reference.slice(1, -1));
    if (value === undefined) return undefined;
    left -= value.length;
    return left < 0 ? '' : value;
  }

  return {
    declare(doctype) {
      for (const [, name = '', quoted, single] of doctype.matchAll(DECLARATION)) {
        if (entities.size >= MOST_ENTITIES) return;
        const value = quoted ?? single ?? '';
        if (value.length > LONGEST_ENTITY || /&(?!#)|%/.test(value)) continue;
        entities.set(name, decodeReferences(value));
      }
    },

    expand(text) {
      if (entities.size === 0 || left <= 0 || !text.includes('&')) return decodeReferences(text);
      // What was declared is put in after decoding, so that its own signs are not decoded again.
      return text
        .split(/(&[\w.-]{1,60};)/)
        .map((piece) => (piece.startsWith('&') ? declared(piece) : undefined) ?? decodeReferences(piece))
        .join('');
    },
  };
}
