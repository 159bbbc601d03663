import { createBlocks, longer } from './blocks.ts';
import { matchStory, type StoryText } from './match.ts';
import { createPresence, FIELD_BITS } from './presence.ts';
import { anchorsOf, encode, holdsAt, numbered, termsIn, type Anchor, type Numbered } from './programs.ts';
import { createGroups } from './query-groups.ts';
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

/**
 * An exact index in which a subscription is a few integers. Each query is filed under a term that every story it matches
 * holds, the rarest of those it has, as a record of two integers:
 * - another term that such a story holds, or `ALWAYS_PRESENT`
 * - the subscription (not negative) when these two terms are all it asks for; else the complement of a group
 * A group is a query of more than that (`query-groups.ts`), or one that several subscriptions have.
 * The records of a term stand in one block, so that a story walks a few short rows of integers.
 */
export function createQueryIndex(): QueryIndex {
  const vocabulary = createVocabulary();
  const presence = createPresence(vocabulary);
  const blocks = createBlocks();
  const groups = createGroups(blocks);
  const slots = createSlots();
  /** By term: where its records stand, and how many integers they are. */
  let offsets = new Int32Array(1024);
  let lengths = new Int32Array(1024);
  let found = new Int32Array(1024);

  function add(id: number, query: Query): void {
    remove(id);
    const { program, decides } = requirementsOf(query);
    const node = numbered(program, vocabulary.enter);
    if (vocabulary.limit > lengths.length) {
      offsets = longer(offsets, vocabulary.limit * 2);
      lengths = longer(lengths, vocabulary.limit * 2);
    }
    const slot = slots.take(id);
    const plain = decides ? plainAnchor(node, vocabulary.usesOf) : null;
    if (plain === null) addToGroup(slot, node, decides ? null : query);
    else addPlain(slot, plain);
  }

  function addPlain(slot: number, { term, other }: Anchor): void {
    const at = recordOf(term, other);
    if (at < 0) {
      append(term, other, slot);
      slots.place(slot, term);
      return;
    }
    // The same query once more: both are in a group from now on.
    let group = ~(blocks.data[at + 1] ?? 0);
    if (group < 0) {
      const first = ~group;
      group = groups.createPlain(term);
      blocks.data[at + 1] = ~group;
      groups.join(group, first);
      slots.place(first, ~group);
    }
    release([term, other]);
    groups.join(group, slot);
    slots.place(slot, ~group);
  }

  function addToGroup(slot: number, node: Numbered, query: Query | null): void {
    const code: number[] = [];
    encode(node, code);
    let group = groups.find(code, query);
    if (group < 0) {
      const anchors = distinct(anchorsOf(node, vocabulary.usesOf) ?? [{ term: ALWAYS_PRESENT, other: ALWAYS_PRESENT }]);
      group = groups.create(code, query);
      for (const { term, other } of anchors) append(term, other, ~group);
    } else release(termsIn(Int32Array.from(code), 0, code.length));
    groups.join(group, slot);
    slots.place(slot, ~group);
  }

  function remove(id: number): void {
    const slot = slots.slotOf(id);
    if (slot < 0) return;
    const place = slots.placeOf(slot);
    slots.giveBack(id, slot);
    if (place >= 0) {
      const other = removeRecord(place, slot);
      release([place, other]);
      return;
    }
    const group = ~place;
    if (groups.leave(group, slot) > 0) return;
    if (groups.isPlain(group)) {
      const term = groups.termOf(group);
      release([term, removeRecord(term, place)]);
    } else {
      const terms = termsIn(blocks.data, groups.codeOf(group), groups.endOfCode(group));
      for (const term of new Set([ALWAYS_PRESENT, ...terms])) removeRecord(term, place);
      release(terms);
    }
    groups.remove(group);
  }

  function release(terms: readonly number[]): void {
    for (const term of terms) if (term !== ALWAYS_PRESENT) vocabulary.release(term);
  }

  /** Where the record of a plain query stands, or -1. */
  function recordOf(term: number, other: number): number {
    const start = offsets[term] ?? 0;
    const end = start + (lengths[term] ?? 0);
    const { data } = blocks;
    for (let at = start; at < end; at += 2) {
      if (data[at] !== other) continue;
      const payload = data[at + 1] ?? 0;
      if (payload >= 0 || groups.isPlain(~payload)) return at;
    }
    return -1;
  }

  function append(term: number, other: number, payload: number): void {
    const length = lengths[term] ?? 0;
    const at = blocks.resize(offsets[term] ?? 0, length, length, length + 2);
    offsets[term] = at;
    lengths[term] = length + 2;
    blocks.data[at + length] = other;
    blocks.data[at + length + 1] = payload;
  }

  /** Takes a record out of a term's row, the last one takes its place; returns the other term it had, if it was there. */
  function removeRecord(term: number, payload: number): number {
    const start = offsets[term] ?? 0;
    const length = lengths[term] ?? 0;
    const { data } = blocks;
    let at = start;
    while (at < start + length && data[at + 1] !== payload) at += 2;
    if (at >= start + length) return ALWAYS_PRESENT;
    const other = data[at] ?? 0;
    data[at] = data[start + length - 2] ?? 0;
    data[at + 1] = data[start + length - 1] ?? 0;
    offsets[term] = blocks.resize(start, length - 2, length, length - 2);
    lengths[term] = length - 2;
    return other;
  }

  function match(story: StoryText): Iterable<number> {
    const count = presence.read(story);
    const { terms, stamps, epoch } = presence;
    const { data } = blocks;
    let matched = 0;
    for (let i = 0; i < count; i++) {
      const term = terms[i] ?? 0;
      const length = lengths[term] ?? 0;
      if (length === 0) continue;
      const start = offsets[term] ?? 0;
      const end = start + length;
      if (found.length < matched + length) found = longer(found, (matched + length) * 2);
      for (let at = start; at < end; at += 2) {
        if ((stamps[data[at] ?? 0] ?? 0) >>> FIELD_BITS !== epoch) continue;
        const payload = data[at + 1] ?? 0;
        if (payload >= 0) found[matched++] = payload;
        else matched = addGroup(~payload, story, matched, end - at);
      }
    }
    return slots.idsOf(found, matched);
  }

  /** Adds the members of a group that matches; `more` integers are to fit after them. */
  function addGroup(group: number, story: StoryText, matched: number, more: number): number {
    if (!groups.isFirstLook(group, presence.epoch)) return matched;
    const code = groups.codeOf(group);
    if (code >= 0 && !holdsAt(blocks.data, code, presence)) return matched;
    const query = groups.queryOf(group);
    if (query !== null && matchStory(query, story) === null) return matched;
    const size = groups.sizeOf(group);
    if (found.length < matched + size + more) found = longer(found, (matched + size + more) * 2);
    groups.copyMembers(group, found, matched);
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
