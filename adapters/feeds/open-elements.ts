import { newestFirst, publishedOf } from './choose.ts';
import type { Entities } from './entities.ts';
import type { Capture, Field } from './field.ts';
import type { NamespaceScope } from './namespaces.ts';

/** What the outermost element told. */
export type RootKind = 'feed' | 'html' | 'other' | 'none';

/** Of a feed with more, the newest are kept. */
export const MOST_ITEMS = 2_000;

/** Elements, by resolved name, that nothing but a feed begins with. */
export const FEED_ROOTS = new Set(['rss', 'rdf:rdf', 'rdf', 'feed', 'channel', 'item', 'entry']);

/**
 * What an open element is to a feed: the feed or an item itself, where an item comes from, a picture or something else that it
 * shows, something of its own, or the rest.
 */
export type FrameKind = 'feed' | 'item' | 'source' | 'picture' | 'media' | 'aside' | 'other';

/** An open element. */
export interface Frame {
  readonly raw: string;
  readonly kind: FrameKind;
  readonly scope: NamespaceScope;
  readonly base: string;
  readonly lang: string;
}

/** An item before its fields are chosen from. */
interface SeenItem {
  readonly fields: readonly Field[];
  /** Epoch ms, null for none; undefined until it is asked for. */
  published?: number | null;
}

/** How far the reading of a document has come. */
export interface State {
  readonly source: string;
  readonly entities: Entities;
  readonly stack: Frame[];
  /** How many elements of a name (in lower case) are open. */
  readonly open: Map<string, number>;
  readonly feedFields: Field[];
  /** In the order of the source. */
  items: SeenItem[];
  itemFields: Field[] | null;
  capture: Capture | null;
  /** Open elements beyond the deepest that is followed. */
  beyond: number;
  root: RootKind;
  /** The document type says HTML; what stands below it tells more. */
  htmlDeclared: boolean;
}

/** Opens an element. */
export function push(state: State, frame: Frame): void {
  state.stack.push(frame);
  const name = frame.raw.toLowerCase();
  state.open.set(name, (state.open.get(name) ?? 0) + 1);
}

/** Closes the innermost element of this name with all that was left open inside of it. */
export function closeUpTo(state: State, name: string): void {
  let item = false;
  for (;;) {
    const frame = state.stack.pop();
    if (!frame) break;
    const own = frame.raw.toLowerCase();
    state.open.set(own, (state.open.get(own) ?? 1) - 1);
    item ||= frame.kind === 'item';
    if (own === name) break;
  }
  if (item) endItem(state);
}

/** Keeps the item that is being read, if any; its fields are chosen from when all items have been seen. */
export function endItem(state: State): void {
  if (!state.itemFields) return;
  const fields = state.itemFields;
  state.itemFields = null;
  if (fields.length > 0) state.items.push({ fields });
  // Items are read for good when all have been seen: of 200,000 only the newest cost more than their date.
  if (state.items.length >= MOST_ITEMS * 2) state.items = newest(state.items);
}

/** The newest 2,000 of the items, in their own order. */
export function newest(items: readonly SeenItem[]): SeenItem[] {
  const kept = newestFirst(items, MOST_ITEMS, (item) => {
    if (item.published === undefined) item.published = publishedOf(item.fields);
    return item.published;
  });
  return [...kept];
}
