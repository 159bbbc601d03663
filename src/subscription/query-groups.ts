import { longer, type Blocks } from './blocks.ts';
import { printQuery, type Query } from './query-tree.ts';

/**
 * Queries that are more than two terms, or that several subscriptions have: their code (`programs.ts`) once, and their
 * members. A group without code is one of two terms.
 */
export interface Groups {
  readonly bytes: number;
  /** The group of this code, or -1; of a query that has to be tried itself, the one with the same query. */
  find(code: readonly number[], query: Query | null): number;
  create(code: readonly number[], query: Query | null): number;
  /** A group without code: all that its members ask for stands in the record of this term. */
  createPlain(term: number): number;
  remove(group: number): void;
  join(group: number, slot: number): void;
  /** How many members are left. */
  leave(group: number, slot: number): number;
  isPlain(group: number): boolean;
  /** The term that a plain group stands under. */
  termOf(group: number): number;
  /** Where the code stands, negative for none, and where it ends. */
  codeOf(group: number): number;
  endOfCode(group: number): number;
  /** The query to try on a story for which the code holds; null when the code decides. */
  queryOf(group: number): Query | null;
  sizeOf(group: number): number;
  copyMembers(group: number, into: Int32Array, at: number): void;
  /** False when the group was looked at in this epoch before. */
  isFirstLook(group: number, epoch: number): boolean;
}

const NO_MEMBERS = 0x7fffffff;
const DELETED = -1;

export function createGroups(blocks: Blocks): Groups {
  let count = 0;
  const free: number[] = [];
  const queries = new Map<number, Query>();
  /** Where the code stands; of a plain group, the complement of its term. */
  let codes = new Int32Array(256);
  /** The one member; or the complement of where a block of them stands, its first integer how many they are. */
  let members = new Int32Array(256);
  let looks = new Uint32Array(256);
  /** Groups by the hash of their code, with open addressing: the group + 1, 0 for empty. */
  let table = new Int32Array(512);
  let filled = 0;

  function codeLength(group: number): number {
    const at = codes[group] ?? -1;
    if (at < 0) return 0;
    const first = blocks.data[at] ?? 0;
    return (first & 1) !== 0 ? 1 : 1 + (first >>> 4);
  }

  function isSame(group: number, code: readonly number[], query: Query | null): boolean {
    if (codeLength(group) !== code.length) return false;
    const at = codes[group] ?? 0;
    for (let i = 0; i < code.length; i++) if (blocks.data[at + i] !== code[i]) return false;
    const own = queries.get(group) ?? null;
    if (own === null || query === null) return own === query;
    return printQuery(own) === printQuery(query);
  }

  /** The place in the table of the group that `is` accepts, or of the empty one where it would stand. */
  function seek(hash: number, is: (group: number) => boolean): number {
    let at = hash & (table.length - 1);
    for (;;) {
      const entry = table[at] ?? 0;
      if (entry === 0 || (entry > 0 && is(entry - 1))) return at;
      at = (at + 1) & (table.length - 1);
    }
  }

  function enter(group: number): void {
    if (filled * 3 >= table.length * 2) rebuild();
    const at = seek(hashAt(blocks.data, codes[group] ?? 0, codeLength(group)), () => false);
    table[at] = group + 1;
    filled++;
  }

  function rebuild(): void {
    const old = table;
    const live = old.reduce((sum, entry) => sum + (entry > 0 ? 1 : 0), 0);
    let size = 512;
    while (size < live * 2) size *= 2;
    table = new Int32Array(size);
    filled = 0;
    for (const entry of old) if (entry > 0) enter(entry - 1);
  }

  function begin(): number {
    const group = free.pop() ?? count++;
    if (group >= codes.length) {
      const length = Math.ceil(group * 1.25) + 256;
      codes = longer(codes, length);
      members = longer(members, length);
      looks = longer(looks, length);
    }
    members[group] = NO_MEMBERS;
    looks[group] = 0;
    return group;
  }

  return {
    get bytes() {
      return codes.byteLength + members.byteLength + looks.byteLength + table.byteLength;
    },
    find(code, query) {
      const at = seek(hashAt(code, 0, code.length), (group) => isSame(group, code, query));
      return (table[at] ?? 0) - 1;
    },
    create(code, query) {
      const group = begin();
      const at = blocks.take(code.length);
      blocks.data.set(code, at);
      codes[group] = at;
      if (query !== null) queries.set(group, query);
      enter(group);
      return group;
    },
    createPlain(term) {
      const group = begin();
      codes[group] = ~term;
      return group;
    },
    remove(group) {
      const length = codeLength(group);
      if (length > 0) {
        const at = codes[group] ?? 0;
        const place = seek(hashAt(blocks.data, at, length), (other) => other === group);
        if (table[place] === group + 1) table[place] = DELETED;
        blocks.giveBack(at, length);
      }
      queries.delete(group);
      free.push(group);
    },
    join(group, slot) {
      const own = members[group] ?? NO_MEMBERS;
      if (own === NO_MEMBERS) {
        members[group] = slot;
        return;
      }
      if (own >= 0) {
        const at = blocks.take(3);
        blocks.data[at] = 2;
        blocks.data[at + 1] = own;
        blocks.data[at + 2] = slot;
        members[group] = ~at;
        return;
      }
      const size = blocks.data[~own] ?? 0;
      const at = blocks.resize(~own, size + 1, size + 1, size + 2);
      blocks.data[at] = size + 1;
      blocks.data[at + size + 1] = slot;
      members[group] = ~at;
    },
    leave(group, slot) {
      const own = members[group] ?? NO_MEMBERS;
      if (own >= 0) {
        members[group] = NO_MEMBERS;
        return 0;
      }
      const { data } = blocks;
      const at = ~own;
      const size = data[at] ?? 0;
      data[data.indexOf(slot, at + 1)] = data[at + size] ?? 0;
      if (size === 2) {
        members[group] = data[at + 1] ?? 0;
        blocks.giveBack(at, 3);
        return 1;
      }
      data[at] = size - 1;
      members[group] = ~blocks.resize(at, size, size + 1, size);
      return size - 1;
    },
    isPlain: (group) => (codes[group] ?? 0) < 0,
    termOf: (group) => ~(codes[group] ?? 0),
    codeOf: (group) => codes[group] ?? 0,
    endOfCode: (group) => (codes[group] ?? 0) + codeLength(group),
    queryOf: (group) => queries.get(group) ?? null,
    sizeOf(group) {
      const own = members[group] ?? NO_MEMBERS;
      return own >= 0 ? 1 : (blocks.data[~own] ?? 0);
    },
    copyMembers(group, into, to) {
      const own = members[group] ?? NO_MEMBERS;
      if (own >= 0) {
        into[to] = own;
        return;
      }
      const { data } = blocks;
      const size = data[~own] ?? 0;
      for (let i = 0; i < size; i++) into[to + i] = data[~own + 1 + i] ?? 0;
    },
    isFirstLook(group, epoch) {
      if (looks[group] === epoch) return false;
      looks[group] = epoch;
      return true;
    },
  };
}

function hashAt(data: ArrayLike<number>, at: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = at; i < at + length; i++) hash = Math.imul(hash ^ (data[i] ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
}
