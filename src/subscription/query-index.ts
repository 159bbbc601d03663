import { matchStory, type MatchableStory } from './match.ts';
import type { Query } from './query.ts';

/** Queries that wait for stories. */
export interface QueryIndex {
  /** A known id takes the new query. Ids are non-negative integers. */
  add(id: number, query: Query): void;
  remove(id: number): void;
  /** The ids of the queries that a story answers, each once. */
  match(story: MatchableStory): Iterable<number>;
  readonly size: number;
}

/** An exact index: equal queries are tried once for all who asked. */
export function createQueryIndex(): QueryIndex {
  const queries = new Map<string, { readonly query: Query; readonly ids: Set<number> }>();
  const keys = new Map<number, string>();

  function remove(id: number): void {
    const key = keys.get(id);
    if (key === undefined) return;
    keys.delete(id);
    const shared = queries.get(key);
    shared?.ids.delete(id);
    if (shared?.ids.size === 0) queries.delete(key);
  }

  return {
    add(id, query) {
      remove(id);
      const key = JSON.stringify(query);
      const shared = queries.get(key) ?? { query, ids: new Set<number>() };
      shared.ids.add(id);
      queries.set(key, shared);
      keys.set(id, key);
    },
    remove,
    match(story) {
      return [...queries.values()]
        .filter(({ query }) => matchStory(query, story) !== null)
        .flatMap(({ ids }) => Array.from(ids));
    },
    get size() {
      return keys.size;
    },
  };
}
