import { createBlocks, longer } from './blocks.ts';
import { matchStory, type StoryText } from './match.ts';
import { CELL, createPresence, FILTER_MASK, OWN } from './presence.ts';
import {
  anchorsOf,
  encode,
  holdsAt,
  lengthOf,
  numbered,
  restOf,
  SIDE_BY_SIDE,
  SIDE_BY_SIDE_TURNED,
  termsIn,
  termsOf,
  thirdOf,
  type Anchor,
} from './programs.ts';
import { CODE, createGroups, HOME, SEEN } from './query-groups.ts';
import { printQuery, type Query } from './query-tree.ts';
import { createSlots } from './query-slots.ts';
import { ANYWHERE, requirementsOf } from './terms.ts';
import { ALWAYS_PRESENT, createVocabulary } from './vocabulary.ts';

/** Subscriptions waiting for stories: finds those that match one without trying them all. */
export interface QueryIndex {
  /** An id known already is given the new query. Ids are non-negative integers. */
  add(id: number, query: Query): void;
  /** An unknown id is no harm. */
  remove(id: number): void;
  /** The ids whose query matches, in no order, each once: exactly those for which `matchStory` is not null. */
  match(story: StoryText): Iterable<number>;
  readonly size: number;
  /** Bytes of typed arrays held for subscriptions: not the dictionary of terms, nor queries that are kept to be tried. */
  readonly bytes: number;
}

/** Of the cell of a term: where its records stand, and how many integers they are. */
const [ROW, LENGTH] = [OWN, OWN + 1] as const;

/** Integers of a record, and which of them are what; the first is the other term. */
const [RECORD, THIRD, PAYLOAD] = [3, 1, 2] as const;

/** What there is to do for a group whose record fits a story, as bits below its number. */
const RUN_CODE = 1;
const TRY_QUERY = 2;
const SEVERAL_RECORDS = 4;
const TASK_BITS = 3;

/**
 * An exact index in which a subscription is a few integers. Each query is filed under a term that every story it matches
 * holds, the rarest of those it has, as a record of three integers:
 * - another term that such a story holds, or `ALWAYS_PRESENT`
 * - a third condition (`thirdOf`), or `ALWAYS_PRESENT`
 * - the subscription (not negative) when that is all it asks for; else the complement of a group and its tasks
 * A group is a query of more than that (`query-groups.ts`), or one that several subscriptions have; what its code asks for is
 * what is left besides the two terms. An OR stands under a term of each side, with its code in full.
 * The records of a term stand in one block, so that a story walks a few short rows of integers.
 */
export function createQueryIndex(): QueryIndex {
  const vocabulary = createVocabulary();
  const presence = createPresence(vocabulary);
  const blocks = createBlocks();
  const groups = createGroups(blocks);
  const slots = createSlots();
  /** Of the groups that code does not decide. */
  const queries = new Map<number, Query>();
  let found = new Int32Array(1024);
  const trials: number[] = [];
  const pair = new Int32Array(2);

  function add(id: number, query: Query): void {
    remove(id);
    const { program, decides } = requirementsOf(query);
    const node = numbered(program, (term, fields) => vocabulary.enter(term, fields));
    presence.fit();
    const slot = slots.take(id);
    const anchors = anchorsOf(node, (term) => vocabulary.usesOf(term)) ?? [NOWHERE];
    const [anchor] = anchors;
    if (anchor === undefined) {
      // An OR of nothing: no story can match.
      slots.place(slot, ALWAYS_PRESENT);
      release(termsOf(node));
      return;
    }
    const isAlone = anchors.length === 1;
    const rest = isAlone ? restOf(node, anchor) : node;
    const third = isAlone ? thirdOf(rest, anchor) : null;
    const code: number[] = [];
    if (rest !== null && third === null) encode(rest, code);
    const tasks = (code.length === 0 ? 0 : RUN_CODE) | (decides ? 0 : TRY_QUERY) | (isAlone ? 0 : SEVERAL_RECORDS);
    const record: Wanted = { anchors, third: third ?? ALWAYS_PRESENT, tasks, code, query };
    const at = recordOf(anchor, record);
    if (at >= 0) {
      joinRecord(at, anchor, slot);
      release(termsOf(node));
      return;
    }
    enterRecords(record, slot);
    release(without(termsOf(node), keptTerms(record)));
  }

  function enterRecords({ anchors, third, tasks, code, query }: Wanted, slot: number): void {
    const [{ term: home, other: only } = NOWHERE] = anchors;
    if (tasks === 0) {
      append(home, only, third, slot);
      slots.place(slot, home);
      return;
    }
    const group = groups.create(anchors.length > 1 ? 0 : home, code);
    if ((tasks & TRY_QUERY) !== 0) queries.set(group, query);
    for (const { term, other } of anchors) append(term, other, third, payloadOf(group, tasks));
    join(group, slot, tasks);
  }

  /** Where the record of an equal query stands, or -1. */
  function recordOf({ term, other }: Anchor, { third, tasks, code, query }: Wanted): number {
    const start = presence.cells[term * CELL + ROW] ?? 0;
    const end = start + (presence.cells[term * CELL + LENGTH] ?? 0);
    const { data } = blocks;
    for (let at = start; at < end; at += RECORD) {
      if (data[at] !== other || data[at + THIRD] !== third) continue;
      const payload = data[at + PAYLOAD] ?? 0;
      if (payload >= 0 ? tasks === 0 : isSame(payload, tasks, code, query)) return at;
    }
    return -1;
  }

  function isSame(payload: number, tasks: number, code: readonly number[], query: Query): boolean {
    if (tasksOf(payload) !== tasks) return false;
    const group = groupOf(payload);
    if ((tasks & RUN_CODE) !== 0 && !groups.hasCode(group, code)) return false;
    const own = queries.get(group);
    return own === undefined || printQuery(own) === printQuery(query);
  }

  /** Adds a subscription to the query of a record. One that was alone gets a group with it. */
  function joinRecord(at: number, { term }: Anchor, slot: number): void {
    const payload = blocks.data[at + PAYLOAD] ?? 0;
    if (payload < 0) {
      join(groupOf(payload), slot, tasksOf(payload));
      return;
    }
    const group = groups.create(term, []);
    blocks.data[at + PAYLOAD] = payloadOf(group, 0);
    join(group, payload, 0);
    join(group, slot, 0);
  }

  function join(group: number, slot: number, tasks: number): void {
    groups.join(group, slot);
    slots.place(slot, payloadOf(group, tasks));
  }

  function remove(id: number): void {
    const slot = slots.slotOf(id);
    if (slot < 0) return;
    const place = slots.placeOf(slot);
    slots.giveBack(id, slot);
    if (place >= 0) {
      if (place !== ALWAYS_PRESENT) release([place, ...removeRecord(place, slot)]);
    } else if (groups.leave(groupOf(place), slot) === 0) removeGroup(place);
  }

  /** @param payload of the records of the group */
  function removeGroup(payload: number): void {
    const tasks = tasksOf(payload);
    const group = groupOf(payload);
    const code = group + CODE;
    const length = (tasks & RUN_CODE) === 0 ? 0 : lengthOf(blocks.data, code);
    const terms = termsIn(blocks.data, code, code + length);
    if ((tasks & SEVERAL_RECORDS) === 0) {
      const home = blocks.data[group + HOME] ?? 0;
      terms.push(home, ...removeRecord(home, payload));
    } else {
      for (const term of new Set(terms)) removeRecord(term, payload);
    }
    groups.remove(group, length);
    queries.delete(group);
    release(terms);
  }

  function release(terms: readonly number[]): void {
    for (const term of terms) if (term !== ALWAYS_PRESENT) vocabulary.release(term);
  }

  function append(term: number, other: number, third: number, payload: number): void {
    const { cells } = presence;
    const length = cells[term * CELL + LENGTH] ?? 0;
    const at = blocks.resize(cells[term * CELL + ROW] ?? 0, length, length, length + RECORD);
    cells[term * CELL + ROW] = at;
    cells[term * CELL + LENGTH] = length + RECORD;
    blocks.data[at + length] = other;
    blocks.data[at + length + THIRD] = third;
    blocks.data[at + length + PAYLOAD] = payload;
  }

  /** Takes a record out of a term's row, the last one takes its place; returns the other terms it had, if it was there. */
  function removeRecord(term: number, payload: number): number[] {
    const { cells } = presence;
    const start = cells[term * CELL + ROW] ?? 0;
    const length = cells[term * CELL + LENGTH] ?? 0;
    const { data } = blocks;
    let at = start;
    while (at < start + length && data[at + PAYLOAD] !== payload) at += RECORD;
    if (at >= start + length) return [];
    const terms = [data[at] ?? 0, termOfThird(data[at + THIRD] ?? 0)];
    data.copyWithin(at, start + length - RECORD, start + length);
    cells[term * CELL + ROW] = blocks.resize(start, length - RECORD, length, length - RECORD);
    cells[term * CELL + LENGTH] = length - RECORD;
    return terms;
  }

  function match(story: StoryText): Iterable<number> {
    const count = presence.read(story);
    const { terms, cells, epoch, filter } = presence;
    const { data } = blocks;
    let matched = 0;
    trials.length = 0;
    for (let i = 0; i < count; i++) {
      const term = terms[i] ?? 0;
      const length = cells[term * CELL + LENGTH] ?? 0;
      if (length === 0) continue;
      const start = cells[term * CELL + ROW] ?? 0;
      const end = start + length;
      if (found.length < matched + length) found = longer(found, (matched + length) * 2);
      for (let at = start; at < end; at += RECORD) {
        const other = data[at] ?? 0;
        if (((filter[(other >>> 5) & FILTER_MASK] ?? 0) & (1 << (other & 31))) === 0) continue;
        if (cells[other * CELL] !== epoch) continue;
        const third = data[at + THIRD] ?? 0;
        if (third !== ALWAYS_PRESENT && !isThirdMet(third, term, other)) continue;
        const payload = data[at + PAYLOAD] ?? 0;
        if (payload >= 0) found[matched++] = payload;
        else if (isGroupMatched(payload)) matched = addMembers(groupOf(payload), matched, end - at);
      }
    }
    // Trying a query reads the story anew: what was read for the index is no longer needed by now.
    for (const group of trials) {
      const query = queries.get(group);
      if (query !== undefined && matchStory(query, story) !== null) matched = addMembers(group, matched, 0);
    }
    return slots.idsOf(found, matched);
  }

  function isThirdMet(third: number, term: number, other: number): boolean {
    if (third < 0) return presence.cells[-third * CELL] !== presence.epoch;
    if (third < SIDE_BY_SIDE) return presence.cells[third * CELL] === presence.epoch;
    if (third === SIDE_BY_SIDE_TURNED) return presence.standsAfter(term, other);
    pair[0] = term;
    pair[1] = other;
    return presence.holdsSequence(pair, 0, 2, ANYWHERE);
  }

  /** False, too, for a group whose query is to be tried: that is noted among the trials. */
  function isGroupMatched(payload: number): boolean {
    const tasks = ~payload;
    const { data } = blocks;
    const group = tasks >>> TASK_BITS;
    if ((tasks & SEVERAL_RECORDS) !== 0) {
      if (data[group + SEEN] === presence.epoch) return false;
      data[group + SEEN] = presence.epoch;
    }
    if ((tasks & RUN_CODE) !== 0 && !holdsAt(data, group + CODE, presence)) return false;
    if ((tasks & TRY_QUERY) === 0) return true;
    trials.push(group);
    return false;
  }

  /** Puts the members of a group after those matched already; `more` integers are to fit after them. */
  function addMembers(group: number, matched: number, more: number): number {
    const { data } = blocks;
    const own = data[group] ?? 0;
    if (own >= 0) {
      found[matched] = own;
      return matched + 1;
    }
    const size = data[~own] ?? 0;
    if (found.length < matched + size + more) found = longer(found, (matched + size + more) * 2);
    for (let i = 0; i < size; i++) found[matched + i] = data[~own + 1 + i] ?? 0;
    return matched + size;
  }

  return {
    add,
    remove,
    match,
    get size() {
      return slots.size;
    },
    get bytes() {
      return blocks.bytes + slots.bytes;
    },
  };
}

const NOWHERE: Anchor = { term: ALWAYS_PRESENT, other: ALWAYS_PRESENT };

/** A query as it is to stand in the index. */
interface Wanted {
  readonly anchors: readonly Anchor[];
  readonly third: number;
  readonly tasks: number;
  readonly code: readonly number[];
  readonly query: Query;
}

/** The terms that the record and the code of a query name, each as often as it is let go when they are removed. */
function keptTerms({ anchors, third, code }: Wanted): number[] {
  const kept = termsIn(code, 0, code.length);
  const [only] = anchors;
  if (anchors.length === 1 && only !== undefined) kept.push(only.term, only.other, termOfThird(third));
  return kept;
}

function termOfThird(third: number): number {
  return third >= SIDE_BY_SIDE ? ALWAYS_PRESENT : Math.abs(third);
}

function without(terms: number[], kept: readonly number[]): number[] {
  for (const term of kept) {
    const at = terms.indexOf(term);
    if (at >= 0) terms.splice(at, 1);
  }
  return terms;
}

function groupOf(payload: number): number {
  return ~payload >>> TASK_BITS;
}

function tasksOf(payload: number): number {
  return ~payload & ((1 << TASK_BITS) - 1);
}

function payloadOf(group: number, tasks: number): number {
  return ~((group << TASK_BITS) | tasks);
}
