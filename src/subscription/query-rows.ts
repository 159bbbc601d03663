import { roomFor, type Blocks } from './blocks.ts';
import { CELL, OWN, type Presence } from './presence.ts';

/**
 * The records filed under each term: what a story that holds the term has to fulfil besides (a record has at most two
 * conditions), and what is found then, its payload. They are kept so that a story walks few short stretches of memory:
 * - plain ones are their payload alone; those with one condition are two integers. Both kinds of a term share a block, in
 *   which the plain ones grow from the start and the others from the end
 * - those with two conditions are three integers, in a block of their own
 */
export interface Rows {
  /** @param conditions at most two */
  file(term: number, conditions: readonly number[], payload: number): void;
  /** Like `file`, but among those with two conditions, however many there are: missing ones always hold. */
  fileFull(term: number, conditions: readonly number[], payload: number): void;
  /** Takes the record of a payload out of a row; returns its conditions, null when it is not there. */
  take(term: number, payload: number): readonly number[] | null;
  /**
   * Reads a little of each stretch of the rows of some terms, to be called before they are walked, and returns a sum of no
   * meaning. Nothing waits for what is read, so the machine fetches many stretches at a time; without it, a walk waits for one
   * after the other. Of few records, which are near anyway, it reads nothing.
   */
  touch(terms: Int32Array, count: number): number;
}

/** Of the cell of a term: the shared block, its end, how many plain records and records with one condition stand in it. */
export const [SHARED, SHARED_END, PLAIN, SINGLE] = [OWN, OWN + 1, OWN + 2, OWN + 3] as const;
/** The block of the records with two conditions, and how many they are. */
export const [FULL, FULLS] = [OWN + 4, OWN + 5] as const;
/** Integers of a record with one condition, and with two. */
export const [SINGLE_SIZE, FULL_SIZE] = [2, 3] as const;

/** Integers that come into the cache at once, and how many of them stay there about from story to story. */
const [CACHE_LINE, NEAR] = [16, 1 << 18] as const;

/** @param place holds the cells of the terms */
export function createRows(blocks: Blocks, place: Pick<Presence, 'cells'>): Rows {
  const rows = {
    file(term: number, conditions: readonly number[], payload: number) {
      const [first] = conditions;
      if (conditions.length > 1) rows.fileFull(term, conditions, payload);
      else if (first === undefined) filePlain(term * CELL, payload);
      else fileSingle(term * CELL, first, payload);
    },
    fileFull(term: number, [first = HOLDS, second = HOLDS]: readonly number[], payload: number) {
      const { cells } = place;
      const cell = term * CELL;
      const count = cells[cell + FULLS] ?? 0;
      const used = count * FULL_SIZE;
      const start = blocks.resize(cells[cell + FULL] ?? 0, used, used, used + FULL_SIZE);
      cells[cell + FULL] = start;
      cells[cell + FULLS] = count + 1;
      const { data } = blocks;
      data[start + used] = first;
      data[start + used + 1] = second;
      data[start + used + 2] = payload;
    },
    take(term: number, payload: number) {
      return takePlain(term * CELL, payload) ?? takeSingle(term * CELL, payload) ?? takeFull(term * CELL, payload);
    },
    touch(terms: Int32Array, count: number) {
      const { cells } = place;
      const { data } = blocks;
      let sum = 0;
      if (data.length <= NEAR) return sum;
      for (let i = 0; i < count; i++) {
        const cell = (terms[i] ?? 0) * CELL;
        const end = cells[cell + SHARED_END] ?? 0;
        for (let at = cells[cell + SHARED] ?? 0; at < end; at += CACHE_LINE) sum ^= data[at] ?? 0;
        const full = cells[cell + FULL] ?? 0;
        const fullEnd = full + (cells[cell + FULLS] ?? 0) * FULL_SIZE;
        for (let at = full; at < fullEnd; at += CACHE_LINE) sum ^= data[at] ?? 0;
      }
      return sum;
    },
  };

  function filePlain(cell: number, payload: number): void {
    const { cells } = place;
    const plain = cells[cell + PLAIN] ?? 0;
    reshape(cell, plain + 1, cells[cell + SINGLE] ?? 0);
    cells[cell + PLAIN] = plain + 1;
    blocks.data[(cells[cell + SHARED] ?? 0) + plain] = payload;
  }

  function fileSingle(cell: number, condition: number, payload: number): void {
    const { cells } = place;
    const single = (cells[cell + SINGLE] ?? 0) + 1;
    reshape(cell, cells[cell + PLAIN] ?? 0, single);
    cells[cell + SINGLE] = single;
    const at = (cells[cell + SHARED_END] ?? 0) - single * SINGLE_SIZE;
    blocks.data[at] = condition;
    blocks.data[at + 1] = payload;
  }

  /** Gives the shared block room for so many records; those that it holds are kept, up to so many. */
  function reshape(cell: number, plain: number, single: number): void {
    const { cells } = place;
    const start = cells[cell + SHARED] ?? 0;
    const end = cells[cell + SHARED_END] ?? 0;
    const size = plain + single * SINGLE_SIZE;
    if (end > start && roomFor(size) === end - start) return;
    const to = blocks.take(size);
    const toEnd = to + roomFor(size);
    if (end > start) {
      const { data } = blocks;
      const singles = Math.min(single, cells[cell + SINGLE] ?? 0) * SINGLE_SIZE;
      data.copyWithin(to, start, start + Math.min(plain, cells[cell + PLAIN] ?? 0));
      data.copyWithin(toEnd - singles, end - singles, end);
      blocks.giveBack(start, end - start);
    }
    cells[cell + SHARED] = to;
    cells[cell + SHARED_END] = toEnd;
  }

  function takePlain(cell: number, payload: number): readonly number[] | null {
    const { cells } = place;
    const { data } = blocks;
    const start = cells[cell + SHARED] ?? 0;
    const last = start + (cells[cell + PLAIN] ?? 0) - 1;
    const at = data.subarray(start, last + 1).indexOf(payload);
    if (at < 0) return null;
    data[start + at] = data[last] ?? 0;
    reshape(cell, last - start, cells[cell + SINGLE] ?? 0);
    cells[cell + PLAIN] = last - start;
    return [];
  }

  function takeSingle(cell: number, payload: number): readonly number[] | null {
    const { cells } = place;
    const { data } = blocks;
    const single = cells[cell + SINGLE] ?? 0;
    const end = cells[cell + SHARED_END] ?? 0;
    const first = end - single * SINGLE_SIZE;
    let at = first;
    while (at < end && data[at + 1] !== payload) at += SINGLE_SIZE;
    if (at >= end) return null;
    const condition = data[at] ?? 0;
    data.copyWithin(at, first, first + SINGLE_SIZE);
    reshape(cell, cells[cell + PLAIN] ?? 0, single - 1);
    cells[cell + SINGLE] = single - 1;
    return [condition];
  }

  function takeFull(cell: number, payload: number): readonly number[] | null {
    const { cells } = place;
    const { data } = blocks;
    const start = cells[cell + FULL] ?? 0;
    const used = (cells[cell + FULLS] ?? 0) * FULL_SIZE;
    let at = start;
    while (at < start + used && data[at + 2] !== payload) at += FULL_SIZE;
    if (at >= start + used) return null;
    const conditions = [data[at] ?? 0, data[at + 1] ?? 0];
    data.copyWithin(at, start + used - FULL_SIZE, start + used);
    cells[cell + FULL] = blocks.resize(start, used - FULL_SIZE, used, used - FULL_SIZE);
    cells[cell + FULLS] = used / FULL_SIZE - 1;
    return conditions;
  }

  return rows;
}

/** The condition that every story fulfils: the term that all of them hold. */
const HOLDS = 0;
