import { readBack } from '../subscription/read-back.ts';
import type { Query } from '../subscription/query.ts';
import type { Line } from './card.ts';
import type { Ask } from './desk.ts';

/** How a query was read, in words. */
export function readingOf({ words }: Ask, query: Query): Line {
  return readBack(query, words.queries.reading);
}
