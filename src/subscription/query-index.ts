import { createBlocks, longer } from './blocks.ts';
import { matchStory, type StoryText } from './match.ts';
import { CELL, createPresence, FIELD_BITS, FILTER_MASK, OWN } from './presence.ts';
import { anchorsOf, encode, holdsAt, lengthOf, numbered, restOf, termsIn, termsOf, type Anchor } from './programs.ts';
import { CODE, createGroups, HOME, SEEN } from './query-groups.ts';
import { printQuery, type Query } from './query-tree.ts';
import { createSlots } from './query-slots.ts';
import { requirementsOf } from './terms.ts';
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

/** What there is to do for a group whose record fits a story, as bits below its number. */
const RUN_CODE = 1;
const TRY_QUERY = 2;
const SEVERAL_RECORDS = 4;
const TASK_BITS = 3;

/**
 * An exact index in which a subscription is a few integers. Each query is filed under a term that every story it matches
 * holds, the rarest of those it has, as a record of two integers:
 * - another term that such a story holds, or `ALWAYS_PRESENT`
 * - the subscription (not negative) when these two terms are all it asks for; else the complement of a group and its tasks
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

  function add(id: number, query: Query): void {
    remove(id);
    const { program, decides } = requirementsOf(query);
    const node = numbered(program, (term) => vocabulary.enter(term));
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
    const rest = anchors.length > 1 ? node : restOf(node, anchor);
    const code: number[] = [];
    if (rest !== null) encode(rest, code);
    const tasks =
      (rest === null ? 0 : RUN_CODE) | (decides ? 0 : TRY_QUERY) | (anchors.length > 1 ? SEVERAL_RECORDS : 0);
    const at = recordOf(anchor, tasks, code, query);
    if (at >= 0) {
      joinRecord(at, anchor, slot);
      release(termsOf(node));
    } else if (tasks === 0) {
      append(anchor.term, anchor.other, slot);
      slots.place(slot, anchor.term);
    } else {
      const group = groups.create(anchors.length > 1 ? 0 : anchor.term, code);
      if (!decides) queries.set(group, query);
      for (const { term, other } of anchors) append(term, other, payloadOf(group, tasks));
      join(group, slot, tasks);
    }
    if (at < 0) release(without(termsOf(node), keptTerms(anchors, code)));
  }

  /** Where the record of an equal query stands, or -1. */
  function recordOf({ term, other }: Anchor, tasks: number, code: readonly number[], query: Query): number {
    const start = presence.cells[term * CELL + ROW] ?? 0;
    const end = start + (presence.cells[term * CELL + LENGTH] ?? 0);
    const { data } = blocks;
    for (let at = start; at < end; at += 2) {
      if (data[at] !== other) continue;
      const payload = data[at + 1] ?? 0;
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
    const payload = blocks.data[at + 1] ?? 0;
    if (payload < 0) {
      join(groupOf(payload), slot, tasksOf(payload));
      return;
    }
    const group = groups.create(term, []);
    blocks.data[at + 1] = payloadOf(group, 0);
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
      if (place !== ALWAYS_PRESENT) release([place, removeRecord(place, slot)]);
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
      terms.push(home, removeRecord(home, payload));
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

  function append(term: number, other: number, payload: number): void {
    const length = presence.cells[term * CELL + LENGTH] ?? 0;
    const at = blocks.resize(presence.cells[term * CELL + ROW] ?? 0, length, length, length + 2);
    presence.cells[term * CELL + ROW] = at;
    presence.cells[term * CELL + LENGTH] = length + 2;
    blocks.data[at + length] = other;
    blocks.data[at + length + 1] = payload;
  }

  /** Takes a record out of a term's row, the last one takes its place; returns the other term it had, if it was there. */
  function removeRecord(term: number, payload: number): number {
    const start = presence.cells[term * CELL + ROW] ?? 0;
    const length = presence.cells[term * CELL + LENGTH] ?? 0;
    const { data } = blocks;
    let at = start;
    while (at < start + length && data[at + 1] !== payload) at += 2;
    if (at >= start + length) return ALWAYS_PRESENT;
    const other = data[at] ?? 0;
    data[at] = data[start + length - 2] ?? 0;
    data[at + 1] = data[start + length - 1] ?? 0;
    presence.cells[term * CELL + ROW] = blocks.resize(start, length - 2, length, length - 2);
    presence.cells[term * CELL + LENGTH] = length - 2;
    return other;
  }

  function match(story: StoryText): Iterable<number> {
    const count = presence.read(story);
    const { terms, cells, epoch, filter } = presence;
    const { data } = blocks;
    let matched = 0;
    for (let i = 0; i < count; i++) {
      const term = terms[i] ?? 0;
      const length = cells[term * CELL + LENGTH] ?? 0;
      if (length === 0) continue;
      const start = cells[term * CELL + ROW] ?? 0;
      const end = start + length;
      if (found.length < matched + length) found = longer(found, (matched + length) * 2);
      for (let at = start; at < end; at += 2) {
        const other = data[at] ?? 0;
        if (((filter[(other >>> 5) & FILTER_MASK] ?? 0) & (1 << (other & 31))) === 0) continue;
        if ((cells[other * CELL] ?? 0) >> FIELD_BITS !== epoch) continue;
        const payload = data[at + 1] ?? 0;
        if (payload >= 0) found[matched++] = payload;
        else if (isGroupMatched(payload, story)) matched = addMembers(groupOf(payload), matched, end - at);
      }
    }
    return slots.idsOf(found, matched);
  }

  function isGroupMatched(payload: number, story: StoryText): boolean {
    const tasks = ~payload;
    const { data } = blocks;
    const group = tasks >>> TASK_BITS;
    if ((tasks & SEVERAL_RECORDS) !== 0) {
      if (data[group + SEEN] === presence.epoch) return false;
      data[group + SEEN] = presence.epoch;
    }
    if ((tasks & RUN_CODE) !== 0 && !holdsAt(data, group + CODE, presence)) return false;
    if ((tasks & TRY_QUERY) === 0) return true;
    const query = queries.get(group);
    return query !== undefined && matchStory(query, story) !== null;
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

/** The terms that a record and its code name, each as often as it is let go when they are removed. */
function keptTerms(anchors: readonly Anchor[], code: readonly number[]): number[] {
  const kept = termsIn(code, 0, code.length);
  const [only] = anchors;
  if (anchors.length === 1 && only !== undefined) kept.push(only.term, only.other);
  return kept;
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
