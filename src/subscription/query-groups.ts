import type { Blocks } from './blocks.ts';
import { lengthOf } from './programs.ts';

/**
 * Queries that are more than two terms, or that several subscriptions have. A group is a block, and its number where that
 * begins; in it stand
 * 1. the one member; or the complement of where a block of them begins, whose first integer is how many they are
 * 2. the term its record stands under; of a group with several records, the number of the story it was looked at for last
 * 3. its code (`programs.ts`), if it has any
 */
export interface Groups {
  /** A group without members. */
  create(second: number, code: readonly number[]): number;
  /** @param length of its code */
  remove(group: number, length: number): void;
  hasCode(group: number, code: readonly number[]): boolean;
  join(group: number, slot: number): void;
  /** How many members are left. */
  leave(group: number, slot: number): number;
}

/** Where in the block of a group these stand. */
export const HOME = 1;
export const SEEN = 1;
export const CODE = 2;

const NO_MEMBERS = 0x7fffffff;

export function createGroups(blocks: Blocks): Groups {
  return {
    create(second, code) {
      const group = blocks.take(CODE + code.length);
      blocks.data[group] = NO_MEMBERS;
      blocks.data[group + HOME] = second;
      blocks.data.set(code, group + CODE);
      return group;
    },
    remove(group, length) {
      blocks.giveBack(group, CODE + length);
    },
    hasCode(group, code) {
      const at = group + CODE;
      if (lengthOf(blocks.data, at) !== code.length) return false;
      for (let i = 0; i < code.length; i++) if (blocks.data[at + i] !== code[i]) return false;
      return true;
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
      if (own >= 0) return 0;
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
  };
}
