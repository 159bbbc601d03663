import { createBlocks, longer } from './blocks.ts';
import { matchStory, type StoryText } from './match.ts';
import { CELL, createPresence } from './presence.ts';
import {
  anchorsOf,
  encode,
  holdsAt,
  lengthOf,
  numbered,
  restOf,
  sidesOf,
  termOfCondition,
  termsIn,
  termsOf,
  type Anchor,
  type Numbered,
} from './programs.ts';
import { CODE, createGroups, HOME, SEEN } from './query-groups.ts';
import { createRows, FULL, FULL_SIZE, FULLS, PLAIN, SHARED, SHARED_END, SINGLE, SINGLE_SIZE } from './query-rows.ts';
import { createSlots } from './query-slots.ts';
import { printQuery, type Query } from './query-tree.ts';
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
  /**
   * Learns what is new in a story, its language or thousands of words, some ms a step: `match` is quick then, whatever the story.
   * Anything else may be done with the index between the steps, and the rest of them left.
   */
  learn(story: StoryText): Generator<void, void, void>;
  readonly size: number;
  /** Bytes of typed arrays held for subscriptions: not the dictionary of terms, nor queries that are kept to be tried. */
  readonly bytes: number;
}

/** What there is to do for a group whose record fits a story, as bits below its number. */
const RUN_CODE = 1;
const TRY_QUERY = 2;
const SEVERAL_RECORDS = 4;
const TASK_BITS = 3;

/**
 * An exact index in which a subscription is a few integers. Each query is filed under a term that every story it matches
 * holds, the rarest of those it has, as a record with at most two conditions (`query-rows.ts`). The payload of a record is the
 * subscription (not negative) when that is all it asks for, else the complement of a group and its tasks. A group is a query
 * that asks for more than that (`query-groups.ts`), with all subscriptions that have it.
 * An OR stands under a term of each side. Of a few plain words, the record of each side has the condition that those before it
 * are absent, so that a story finds it once; any other is a group that notes the story it was found by.
 */
export function createQueryIndex(): QueryIndex {
  const vocabulary = createVocabulary();
  const presence = createPresence(vocabulary);
  const blocks = createBlocks();
  const rows = createRows(blocks, presence);
  const groups = createGroups(blocks);
  const slots = createSlots();
  /** Of the groups that code does not decide. */
  const queries = new Map<number, Query>();
  let found = new Int32Array(1024);
  const trials: number[] = [];

  function add(id: number, query: Query): void {
    remove(id);
    const { program, decides } = requirementsOf(query);
    const node = numbered(program, (term, fields) => vocabulary.enter(term, fields));
    presence.fit();
    const slot = slots.take(id);
    const kept = (decides ? fileAlone(node, slot) : null) ?? fileInGroup(node, slot, decides, query);
    release(without(termsOf(node), kept));
  }

  /** Files a subscription by itself; returns the terms its records name, null when it does not fit. */
  function fileAlone(node: Numbered, slot: number): readonly number[] | null {
    const sides = sidesOf(node, (term) => vocabulary.usesOf(term));
    const last = sides?.at(-1);
    if (sides === null || last === undefined || sides.some(({ conditions }) => conditions.length > 2)) return null;
    for (const { term, conditions } of sides) rows.file(term, conditions, slot);
    slots.place(slot, placeOf(last.term, sides.length > 1));
    // The last side names all terms of those before it.
    return [...new Set([last.term, ...last.conditions.map(termOfCondition)])];
  }

  /** Files a subscription in the group of its query; returns the terms that the group names and did not name before. */
  function fileInGroup(node: Numbered, slot: number, decides: boolean, query: Query): readonly number[] {
    const anchors = anchorsOf(node, (term) => vocabulary.usesOf(term)) ?? [NOWHERE];
    const [anchor] = anchors;
    if (anchor === undefined) {
      // An OR of nothing: no story can match.
      slots.place(slot, placeOf(ALWAYS_PRESENT, false));
      return [];
    }
    const rest = anchors.length === 1 ? restOf(node, anchor) : node;
    const code: number[] = [];
    if (rest !== null) encode(rest, code);
    const tasks =
      (code.length === 0 ? 0 : RUN_CODE) | (decides ? 0 : TRY_QUERY) | (anchors.length === 1 ? 0 : SEVERAL_RECORDS);
    const known = groupLike(anchor, tasks, code, query);
    const payload = known ?? createGroup(anchors, tasks, code, query);
    groups.join(groupOf(payload), slot);
    slots.place(slot, payload);
    if (known !== null) return [];
    const named = termsIn(code, 0, code.length);
    return anchors.length === 1 ? [...named, anchor.term, anchor.other] : named;
  }

  /** Returns the payload of its records. */
  function createGroup(anchors: readonly Anchor[], tasks: number, code: readonly number[], query: Query): number {
    const [home = NOWHERE] = anchors;
    const group = groups.create(anchors.length > 1 ? 0 : home.term, code);
    if ((tasks & TRY_QUERY) !== 0) queries.set(group, query);
    const payload = payloadOf(group, tasks);
    for (const { term, other } of anchors) rows.fileFull(term, [other], payload);
    return payload;
  }

  /** The payload of the group of an equal query, null when there is none. */
  function groupLike({ term, other }: Anchor, tasks: number, code: readonly number[], query: Query): number | null {
    const { data } = blocks;
    const start = presence.cells[term * CELL + FULL] ?? 0;
    const end = start + (presence.cells[term * CELL + FULLS] ?? 0) * FULL_SIZE;
    for (let at = start; at < end; at += FULL_SIZE) {
      const payload = data[at + 2] ?? 0;
      if (data[at] === other && payload < 0 && isSame(payload, tasks, code, query)) return payload;
    }
    return null;
  }

  function isSame(payload: number, tasks: number, code: readonly number[], query: Query): boolean {
    if (tasksOf(payload) !== tasks) return false;
    const group = groupOf(payload);
    if ((tasks & RUN_CODE) !== 0 && !groups.hasCode(group, code)) return false;
    const own = queries.get(group);
    return own === undefined || printQuery(own) === printQuery(query);
  }

  function remove(id: number): void {
    const slot = slots.slotOf(id);
    if (slot < 0) return;
    const place = slots.placeOf(slot);
    slots.giveBack(id, slot);
    if (place >= 0) release(takeAlone(place, slot));
    else if (groups.leave(groupOf(place), slot) === 0) removeGroup(place);
  }

  /** Takes the records of a subscription filed by itself; returns the terms they named. */
  function takeAlone(place: number, slot: number): readonly number[] {
    const term = termOfPlace(place);
    const named = new Set<number>([term]);
    let conditions = rows.take(term, slot);
    if (conditions === null) return [];
    for (; conditions !== null; conditions = hasSides(place) ? rows.take(term, slot) : null) {
      for (const one of conditions) named.add(termOfCondition(one));
    }
    if (hasSides(place)) for (const side of named) if (side !== term) rows.take(side, slot);
    return [...named];
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
      terms.push(home, ...(rows.take(home, payload) ?? []));
    } else {
      for (const term of new Set(terms)) rows.take(term, payload);
    }
    groups.remove(group, length);
    queries.delete(group);
    release(terms);
  }

  function release(terms: readonly number[]): void {
    for (const term of terms) if (term !== ALWAYS_PRESENT) vocabulary.release(term);
  }

  function match(story: StoryText): Iterable<number> {
    const count = presence.read(story);
    const { terms, cells } = presence;
    // Kept where nothing is read before it is written again: a sum that nobody keeps need not be made at all.
    found[0] = rows.touch(terms, count);
    let matched = 0;
    trials.length = 0;
    for (let i = 0; i < count; i++) {
      const cell = (terms[i] ?? 0) * CELL;
      const plain = cells[cell + PLAIN] ?? 0;
      const single = cells[cell + SINGLE] ?? 0;
      const full = cells[cell + FULLS] ?? 0;
      if (found.length < matched + plain + single + full) found = longer(found, (matched + plain + single + full) * 2);
      if (plain > 0) matched = addPlain(cells[cell + SHARED] ?? 0, plain, matched);
      if (single > 0) matched = addSingle(cells[cell + SHARED_END] ?? 0, single, matched);
      if (full > 0) matched = addFull(cells[cell + FULL] ?? 0, full, matched);
    }
    // Trying a query reads the story anew: what was read for the index is no longer needed by now.
    for (const group of trials) {
      const query = queries.get(group);
      if (query !== undefined && matchStory(query, story) !== null) matched = addMembers(group, matched, 0);
    }
    return slots.idsOf(found, matched);
  }

  function addPlain(start: number, count: number, matched: number): number {
    const { data } = blocks;
    for (let i = 0; i < count; i++) found[matched + i] = data[start + i] ?? 0;
    return matched + count;
  }

  function addSingle(end: number, count: number, matched: number): number {
    const { data } = blocks;
    const { bits } = presence;
    let next = matched;
    for (let at = end - count * SINGLE_SIZE; at < end; at += SINGLE_SIZE) {
      // Without a branch: whether the condition holds can hardly be foretold.
      found[next] = data[at + 1] ?? 0;
      next += holds(bits, data[at] ?? 0);
    }
    return next;
  }

  function addFull(start: number, count: number, matched: number): number {
    const { data } = blocks;
    const { bits } = presence;
    const end = start + count * FULL_SIZE;
    let next = matched;
    for (let at = start; at < end; at += FULL_SIZE) {
      if ((holds(bits, data[at] ?? 0) & holds(bits, data[at + 1] ?? 0)) === 0) continue;
      const payload = data[at + 2] ?? 0;
      if (payload >= 0) found[next++] = payload;
      else if (isGroupMatched(payload)) next = addMembers(groupOf(payload), next, (end - at) / FULL_SIZE);
    }
    return next;
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
    learn: (story) => presence.learn(story),
    get size() {
      return slots.size;
    },
    get bytes() {
      return blocks.bytes + slots.bytes;
    },
  };
}

const NOWHERE: Anchor = { term: ALWAYS_PRESENT, other: ALWAYS_PRESENT };

/** 1 when the story holds the term of a condition, or lacks that of a complement; 0 when not. */
function holds(bits: Int32Array, condition: number): number {
  const sign = condition >> 31;
  const term = condition ^ sign;
  return (((bits[term >>> 5] ?? 0) >>> (term & 31)) ^ sign) & 1;
}

/** Where a subscription is that is filed by itself: the term of its last side, and whether there are others. */
function placeOf(term: number, hasOthers: boolean): number {
  return term * 2 + (hasOthers ? 1 : 0);
}

function termOfPlace(place: number): number {
  return place >>> 1;
}

function hasSides(place: number): boolean {
  return (place & 1) === 1;
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
