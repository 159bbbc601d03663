import { createBlocks, longer } from './blocks.ts';
import { matchStory, type StoryText } from './match.ts';
import { createPresence, FIELD_BITS } from './presence.ts';
import {
  anchorsOf,
  encode,
  holdsAt,
  homeCode,
  homeOf,
  isSureWith,
  lengthOf,
  numbered,
  termsIn,
  type Anchor,
  type Numbered,
} from './programs.ts';
import { CODE, createGroups, SEEN } from './query-groups.ts';
import type { Query } from './query-tree.ts';
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
 * A group is a query of more than that (`query-groups.ts`), or one that several subscriptions have.
 * The records of a term stand in one block, so that a story walks a few short rows of integers.
 */
export function createQueryIndex(): QueryIndex {
  const vocabulary = createVocabulary();
  const presence = createPresence(vocabulary);
  const blocks = createBlocks();
  const groups = createGroups(blocks);
  const slots = createSlots();
  /** By term, two integers: where its records stand, and how many integers they are. */
  let rows = new Int32Array(2048);
  let found = new Int32Array(1024);

  function add(id: number, query: Query): void {
    remove(id);
    const { program, decides } = requirementsOf(query);
    const node = numbered(program, vocabulary.enter);
    if (vocabulary.limit * 2 > rows.length) rows = longer(rows, vocabulary.limit * 4);
    const slot = slots.take(id);
    const plain = decides ? plainAnchor(node, vocabulary.usesOf) : null;
    if (plain === null) addToGroup(slot, node, decides ? null : query);
    else addPlain(slot, plain);
  }

  function addPlain(slot: number, anchor: Anchor): void {
    const { term, other } = anchor;
    const at = plainRecord(term, other);
    if (at < 0) {
      append(term, other, slot);
      slots.place(slot, term);
      return;
    }
    // The same query once more: both are in a group from now on.
    const payload = blocks.data[at + 1] ?? 0;
    const group = payload < 0 ? groupOf(payload) : groups.create(homeCode(anchor), null);
    if (payload >= 0) {
      blocks.data[at + 1] = payloadOf(group, 0);
      groups.join(group, payload);
      slots.place(payload, ~group);
    }
    groups.join(group, slot);
    slots.place(slot, ~group);
    release([term, other]);
  }

  function addToGroup(slot: number, node: Numbered, query: Query | null): void {
    const code: number[] = [];
    encode(node, code);
    let group = groups.find(code, query);
    if (group < 0) group = createGroup(node, code, query);
    else release(termsIn(code, 0, code.length));
    groups.join(group, slot);
    slots.place(slot, ~group);
  }

  function createGroup(node: Numbered, code: readonly number[], query: Query | null): number {
    const group = groups.create(code, query);
    const anchors = distinct(anchorsOf(node, vocabulary.usesOf) ?? [NOWHERE]);
    const tasks = (query === null ? 0 : TRY_QUERY) | (anchors.length > 1 ? SEVERAL_RECORDS : 0);
    for (const anchor of anchors) {
      append(anchor.term, anchor.other, payloadOf(group, tasks | (isSureWith(node, anchor) ? 0 : RUN_CODE)));
    }
    return group;
  }

  function remove(id: number): void {
    const slot = slots.slotOf(id);
    if (slot < 0) return;
    const place = slots.placeOf(slot);
    slots.giveBack(id, slot);
    if (place >= 0) {
      const other = removeRecord(place, (payload) => payload === slot);
      release([place, other]);
      return;
    }
    const group = ~place;
    if (groups.leave(group, slot) > 0) return;
    removeGroup(group);
  }

  function removeGroup(group: number): void {
    const isOfGroup = (payload: number): boolean => payload < 0 && groupOf(payload) === group;
    const code = group + CODE;
    const home = homeOf(blocks.data, code);
    if (home >= 0) release([home, removeRecord(home, isOfGroup)]);
    else {
      const terms = termsIn(blocks.data, code, code + lengthOf(blocks.data, code));
      for (const term of new Set([ALWAYS_PRESENT, ...terms])) removeRecord(term, isOfGroup);
      release(terms);
    }
    groups.remove(group);
  }

  function release(terms: readonly number[]): void {
    for (const term of terms) if (term !== ALWAYS_PRESENT) vocabulary.release(term);
  }

  /** Where the record of a query of these two terms stands, or -1. */
  function plainRecord(term: number, other: number): number {
    const start = rows[term * 2] ?? 0;
    const end = start + (rows[term * 2 + 1] ?? 0);
    const { data } = blocks;
    for (let at = start; at < end; at += 2) {
      if (data[at] !== other) continue;
      const payload = data[at + 1] ?? 0;
      if (payload >= 0 || homeOf(data, groupOf(payload) + CODE) >= 0) return at;
    }
    return -1;
  }

  function append(term: number, other: number, payload: number): void {
    const length = rows[term * 2 + 1] ?? 0;
    const at = blocks.resize(rows[term * 2] ?? 0, length, length, length + 2);
    rows[term * 2] = at;
    rows[term * 2 + 1] = length + 2;
    blocks.data[at + length] = other;
    blocks.data[at + length + 1] = payload;
  }

  /** Takes a record out of a term's row, the last one takes its place; returns the other term it had, if it was there. */
  function removeRecord(term: number, is: (payload: number) => boolean): number {
    const start = rows[term * 2] ?? 0;
    const length = rows[term * 2 + 1] ?? 0;
    const { data } = blocks;
    let at = start;
    while (at < start + length && !is(data[at + 1] ?? 0)) at += 2;
    if (at >= start + length) return ALWAYS_PRESENT;
    const other = data[at] ?? 0;
    data[at] = data[start + length - 2] ?? 0;
    data[at + 1] = data[start + length - 1] ?? 0;
    rows[term * 2] = blocks.resize(start, length - 2, length, length - 2);
    rows[term * 2 + 1] = length - 2;
    return other;
  }

  function match(story: StoryText): Iterable<number> {
    const count = presence.read(story);
    const { terms, stamps, epoch } = presence;
    const { data } = blocks;
    let matched = 0;
    for (let i = 0; i < count; i++) {
      const term = terms[i] ?? 0;
      const length = rows[term * 2 + 1] ?? 0;
      if (length === 0) continue;
      const start = rows[term * 2] ?? 0;
      const end = start + length;
      if (found.length < matched + length) found = longer(found, (matched + length) * 2);
      for (let at = start; at < end; at += 2) {
        if ((stamps[data[at] ?? 0] ?? 0) >>> FIELD_BITS !== epoch) continue;
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
    const query = groups.queryOf(group);
    return query !== null && matchStory(query, story) !== null;
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
      return blocks.bytes + groups.bytes + slots.bytes;
    },
  };
}

const NOWHERE: Anchor = { term: ALWAYS_PRESENT, other: ALWAYS_PRESENT };

function groupOf(payload: number): number {
  return ~payload >>> TASK_BITS;
}

function payloadOf(group: number, tasks: number): number {
  return ~((group << TASK_BITS) | tasks);
}

/** The anchor of a query of one or two terms anywhere; null for any other. */
function plainAnchor(node: Numbered, usesOf: (term: number) => number): Anchor | null {
  if (node.op === 'term') return node.fields === ANYWHERE ? { term: node.term, other: ALWAYS_PRESENT } : null;
  if (node.op !== 'all' || node.of.length !== 2) return null;
  const [a, b] = node.of;
  if (a?.op !== 'term' || b?.op !== 'term' || a.fields !== ANYWHERE || b.fields !== ANYWHERE) return null;
  return usesOf(a.term) <= usesOf(b.term) ? { term: a.term, other: b.term } : { term: b.term, other: a.term };
}

function distinct(anchors: readonly Anchor[]): readonly Anchor[] {
  return anchors.filter(({ term }, at) => anchors.findIndex((other) => other.term === term) === at);
}
