import type { Blocks } from './blocks.ts';
import { printQuery, type Query } from './query-tree.ts';
import { lengthOf } from './programs.ts';

/**
 * Queries that are more than two terms, or that several subscriptions have. A group is a block, and its number where that
 * begins; in it stand
 * 1. the one member; or the complement of where a block of them begins, whose first integer is how many they are
 * 2. the number of the story it was looked at for last
 * 3. its code (`programs.ts`)
 */
export interface Groups {
  readonly bytes: number;
  /** The group of this code, or -1; of a query that has to be tried itself, the one with the same query. */
  find(code: readonly number[], query: Query | null): number;
  /** A group without members; it can be found again unless `code` is a home. */
  create(code: readonly number[], query: Query | null): number;
  remove(group: number): void;
  join(group: number, slot: number): void;
  /** How many members are left. */
  leave(group: number, slot: number): number;
  /** The query to try on a story for which the code holds; null when the code decides. */
  queryOf(group: number): Query | null;
}

/** Where in the block of a group these stand. */
export const SEEN = 1;
export const CODE = 2;

const NO_MEMBERS = 0x7fffffff;
const DELETED = -1;

export function createGroups(blocks: Blocks): Groups {
  const queries = new Map<number, Query>();
  /** Groups by the hash of their code, with open addressing: the group + 1, 0 for an empty place. */
  let table = new Int32Array(512);
  let filled = 0;

  function isSame(group: number, code: readonly number[], query: Query | null): boolean {
    const at = group + CODE;
    if (lengthOf(blocks.data, at) !== code.length) return false;
    for (let i = 0; i < code.length; i++) if (blocks.data[at + i] !== code[i]) return false;
    const own = queries.get(group) ?? null;
    if (own === null || query === null) return own === query;
    return printQuery(own) === printQuery(query);
  }

  /** The place in the table of the group that `is` accepts, or the empty one that ends the search for it. */
  function seek(hash: number, is: (group: number) => boolean): number {
    let at = hash & (table.length - 1);
    for (;;) {
      const entry = table[at] ?? 0;
      if (entry === 0 || (entry > 0 && is(entry - 1))) return at;
      at = (at + 1) & (table.length - 1);
    }
  }

  function hashOf(group: number): number {
    return hashAt(blocks.data, group + CODE, lengthOf(blocks.data, group + CODE));
  }

  function enter(group: number): void {
    if (filled * 3 >= table.length * 2) rebuild();
    table[seek(hashOf(group), () => false)] = group + 1;
    filled++;
  }

  function rebuild(): void {
    const old = table;
    let size = 512;
    const live = old.reduce((sum, entry) => sum + (entry > 0 ? 1 : 0), 0);
    while (size < live * 2) size *= 2;
    table = new Int32Array(size);
    filled = 0;
    for (const entry of old) if (entry > 0) enter(entry - 1);
  }

  return {
    get bytes() {
      return table.byteLength;
    },
    find(code, query) {
      return (table[seek(hashAt(code, 0, code.length), (group) => isSame(group, code, query))] ?? 0) - 1;
    },
    create(code, query) {
      const group = blocks.take(CODE + code.length);
      blocks.data[group] = NO_MEMBERS;
      blocks.data[group + SEEN] = 0;
      blocks.data.set(code, group + CODE);
      if (query !== null) queries.set(group, query);
      enter(group);
      return group;
    },
    remove(group) {
      const place = seek(hashOf(group), (other) => other === group);
      if (table[place] === group + 1) table[place] = DELETED;
      queries.delete(group);
      blocks.giveBack(group, CODE + lengthOf(blocks.data, group + CODE));
    },
    join(group, slot) {
      const own = blocks.data[group] ?? NO_MEMBERS;
      if (own === NO_MEMBERS) {
        blocks.data[group] = slot;
        return;
      }
      const size = own >= 0 ? 1 : (blocks.data[~own] ?? 0);
      const at = own >= 0 ? blocks.take(3) : blocks.resize(~own, size + 1, size + 1, size + 2);
      if (own >= 0) blocks.data[at + 1] = own;
      blocks.data[at] = size + 1;
      blocks.data[at + size + 1] = slot;
      blocks.data[group] = ~at;
    },
    leave(group, slot) {
      const { data } = blocks;
      const own = data[group] ?? NO_MEMBERS;
      if (own >= 0) {
        data[group] = NO_MEMBERS;
        return 0;
      }
      const at = ~own;
      const size = data[at] ?? 0;
      data[data.indexOf(slot, at + 1)] = data[at + size] ?? 0;
      if (size === 2) {
        data[group] = data[at + 1] ?? 0;
        blocks.giveBack(at, 3);
        return 1;
      }
      data[at] = size - 1;
      const to = blocks.resize(at, size, size + 1, size);
      blocks.data[group] = ~to;
      return size - 1;
    },
    queryOf: (group) => queries.get(group) ?? null,
  };
}

function hashAt(data: ArrayLike<number>, at: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = at; i < at + length; i++) hash = Math.imul(hash ^ (data[i] ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
}
