import { ANYWHERE, type Requirement, type Term } from './terms.ts';
import { ALWAYS_PRESENT } from './vocabulary.ts';
import { isPresent, type Presence } from './presence.ts';

/**
 * Requirements as integers. A node is one integer, then those of the nodes in it:
 * - odd: a term, above the lowest bit
 * - even: how many integers follow, three bits of the operation, 0
 * In a sequence the fields and the terms themselves follow.
 */
const [ALL, ANY, NONE, SEQUENCE] = [0, 1, 2, 3] as const;

/** A term that is present in every story a query matches, with another that is as well (`ALWAYS_PRESENT` for none). */
export interface Anchor {
  readonly term: number;
  readonly other: number;
}

/** Terms one after another in one of the fields. */
interface Sequence {
  readonly op: 'sequence';
  readonly of: readonly number[];
  readonly fields: number;
}

/** A requirement whose terms have numbers. */
export type Numbered =
  | { readonly op: 'term'; readonly term: number }
  | { readonly op: 'all' | 'any'; readonly of: readonly Numbered[] }
  | { readonly op: 'none'; readonly of: Numbered }
  | Sequence
  | { readonly op: 'always' };

/** The same requirement with numbers for terms; equal parts of an `all` or `any` stand in it once, in one order. */
export function numbered(requirement: Requirement, numberOf: (term: Term, fields: number) => number): Numbered {
  switch (requirement.op) {
    case 'always':
      return requirement;
    case 'term':
      return { op: 'term', term: numberOf(requirement.term, requirement.fields) };
    case 'none':
      return { op: 'none', of: numbered(requirement.of, numberOf) };
    case 'sequence':
      return { op: 'sequence', of: requirement.of.map((term) => numberOf(term, ANYWHERE)), fields: requirement.fields };
    default: {
      const of = requirement.of.map((part) => numbered(part, numberOf));
      if (of.length === 2) {
        const [a, b] = of;
        if (a?.op === 'term' && b?.op === 'term')
          return a.term > b.term ? { op: requirement.op, of: [b, a] } : { op: requirement.op, of };
      }
      return { op: requirement.op, of };
    }
  }
}

/** Appends the integers of a requirement. */
export function encode(node: Numbered, into: number[]): void {
  switch (node.op) {
    case 'always':
      into.push((ALWAYS_PRESENT << 1) | 1);
      return;
    case 'term':
      into.push((node.term << 1) | 1);
      return;
    case 'sequence':
      into.push(((node.of.length + 1) << 4) | (SEQUENCE << 1), node.fields, ...node.of);
      return;
    case 'none':
    case 'all':
    case 'any': {
      const at = into.push(0) - 1;
      if (node.op === 'none') encode(node.of, into);
      else for (const part of node.of) encode(part, into);
      const op = node.op === 'all' ? ALL : node.op === 'any' ? ANY : NONE;
      into[at] = ((into.length - at - 1) << 4) | (op << 1);
    }
  }
}

/** Whether the story read last fulfils the requirement that stands at `at`. */
export function holdsAt(data: Int32Array, at: number, presence: Presence): boolean {
  const node = data[at] ?? 0;
  if ((node & 1) !== 0) return isPresent(presence.bits, node >>> 1);
  const end = at + 1 + (node >>> 4);
  switch ((node >>> 1) & 7) {
    case SEQUENCE:
      return presence.holdsSequence(data, at + 2, end - at - 2, data[at + 1] ?? 0);
    case NONE:
      return !holdsAt(data, at + 1, presence);
    case ALL:
      for (let part = at + 1; part < end; part = after(data, part)) if (!holdsAt(data, part, presence)) return false;
      return true;
    default:
      for (let part = at + 1; part < end; part = after(data, part)) if (holdsAt(data, part, presence)) return true;
      return false;
  }
}

function after(data: Int32Array, at: number): number {
  return at + lengthOf(data, at);
}

/** How many integers a node is. */
export function lengthOf(data: Int32Array, at: number): number {
  const node = data[at] ?? 0;
  return (node & 1) !== 0 ? 1 : 1 + (node >>> 4);
}

/** What a story that holds both terms of an anchor has to fulfil besides; null when that is nothing. */
export function restOf(node: Numbered, anchor: Anchor): Numbered | null {
  switch (node.op) {
    case 'always':
      return null;
    case 'term':
      return isGiven(node, anchor) ? null : node;
    case 'any':
      return node.of.some((part) => restOf(part, anchor) === null) ? null : node;
    case 'all': {
      const of = node.of.flatMap((part) => restOf(part, anchor) ?? []);
      const [only] = of;
      if (only === undefined) return null;
      return of.length === 1 ? only : { op: 'all', of };
    }
    case 'none':
    case 'sequence':
      return node;
  }
}

function isGiven(node: Numbered & { readonly op: 'term' }, { term, other }: Anchor): boolean {
  return node.term === term || node.term === other;
}

/**
 * What is left of a requirement as conditions: the number of a term that has to be present, or the complement of one that must
 * not be. Null where it asks for anything else.
 */
function conditionsOf(rest: Numbered | null): readonly number[] | null {
  if (rest === null) return [];
  const conditions = new Set<number>();
  for (const part of rest.op === 'all' ? rest.of : [rest]) {
    if (part.op === 'term') conditions.add(part.term);
    else if (part.op === 'none' && part.of.op === 'term') conditions.add(~part.of.term);
    else return null;
  }
  return [...conditions];
}

/** The term that a condition names. */
export function termOfCondition(condition: number): number {
  return condition < 0 ? ~condition : condition;
}

/** One side of a requirement of which stories fulfil one side or another: a term, and what there is besides. */
export interface Side {
  readonly term: number;
  readonly conditions: readonly number[];
}

/**
 * A requirement taken apart so that a story fulfils at most one side: each has the condition that the terms of those before it
 * are absent. One side when it is a few terms of which all or none are asked for; several for an OR of a few terms, alone or
 * with others beside it. Null for any other requirement. Terms are those that are likely to be present in the fewest stories.
 */
export function sidesOf(node: Numbered, weigh: (term: number) => number): readonly Side[] | null {
  // Most are one term, and a short way to what the rest of this gives saves much time over a million of them.
  if (node.op === 'term') return [{ term: node.term, conditions: NO_CONDITIONS }];
  const parts = node.op === 'all' ? node.of : [node];
  const choices = parts.filter(({ op }) => op === 'any');
  const rest = conditionsOf({ op: 'all', of: parts.filter(({ op }) => op !== 'any') });
  if (rest === null || choices.length > 1) return null;
  const given = rarestOf(rest, weigh);
  const [choice] = choices;
  if (choice === undefined)
    return given < 0 ? null : [{ term: given, conditions: rest.filter((one) => one !== given) }];
  const terms = conditionsOf({ op: 'all', of: choice.op === 'any' ? choice.of : [] });
  if (terms === null || terms.length === 0 || terms.some((term) => term < 0)) return null;
  const weight = terms.reduce((sum, term) => sum + weigh(term), 0);
  const isGivenRarer = given >= 0 && weigh(given) <= weight;
  return terms.map((term, i) => {
    const absent = terms.slice(0, i).map((before) => ~before);
    if (isGivenRarer) return { term: given, conditions: [...rest.filter((one) => one !== given), term, ...absent] };
    return { term, conditions: [...rest, ...absent] };
  });
}

const NO_CONDITIONS: readonly number[] = [];

/** The rarest of the terms that have to be present; -1 when there is none. */
function rarestOf(conditions: readonly number[], weigh: (term: number) => number): number {
  let best = -1;
  for (const one of conditions) if (one >= 0 && (best < 0 || weigh(one) < weigh(best))) best = one;
  return best;
}

/** The numbers of the terms of a requirement, each as often as it was given one. */
export function termsOf(node: Numbered): number[] {
  switch (node.op) {
    case 'always':
      return [];
    case 'term':
      return [node.term];
    case 'none':
      return termsOf(node.of);
    case 'sequence':
      return [...node.of];
    default:
      return node.of.flatMap(termsOf);
  }
}

/** The terms in the integers from `at` up to `end`, each as often as it stands there. */
export function termsIn(data: ArrayLike<number>, at: number, end: number): number[] {
  const found: number[] = [];
  for (let i = at; i < end; i++) {
    const node = data[i] ?? 0;
    if ((node & 1) !== 0) found.push(node >>> 1);
    else if (((node >>> 1) & 7) === SEQUENCE) {
      for (let part = i + 2; part < i + 1 + (node >>> 4); part++) found.push(data[part] ?? 0);
      i += node >>> 4;
    }
  }
  return found;
}

/**
 * Terms one of which is present in every story that fulfils a requirement: those that are likely to be present in the fewest
 * stories. Null when there are none: it may be fulfilled by a story that holds nothing of it.
 */
export function anchorsOf(node: Numbered, weigh: (term: number) => number): readonly Anchor[] | null {
  switch (node.op) {
    case 'term':
      return node.term === ALWAYS_PRESENT ? null : [{ term: node.term, other: ALWAYS_PRESENT }];
    case 'always':
    case 'none':
    case 'sequence':
      return null;
    case 'any': {
      const parts = node.of.map((part) => anchorsOf(part, weigh));
      return parts.some((part) => part === null) ? null : merged(parts.flatMap((part) => part ?? []));
    }
    case 'all':
      return anchorsOfAll(node.of, weigh);
  }
}

/** One anchor for each term: where branches share it, what else they hold is no condition. */
function merged(anchors: readonly Anchor[]): readonly Anchor[] {
  const others = new Map<number, number>();
  for (const { term, other } of anchors) {
    others.set(term, (others.get(term) ?? other) === other ? other : ALWAYS_PRESENT);
  }
  return Array.from(others, ([term, other]) => ({ term, other }));
}

function anchorsOfAll(parts: readonly Numbered[], weigh: (term: number) => number): readonly Anchor[] | null {
  let best: readonly Anchor[] | null = null;
  let from: Numbered | null = null;
  let least = Infinity;
  for (const part of parts) {
    const anchors = anchorsOf(part, weigh);
    if (anchors === null) continue;
    const weight = anchors.reduce((sum, { term }) => sum + weigh(term), 0);
    if (weight >= least) continue;
    [best, from, least] = [anchors, part, weight];
  }
  if (best === null) return null;
  let other = ALWAYS_PRESENT;
  least = Infinity;
  for (const part of parts) {
    if (part.op !== 'term' || part === from || weigh(part.term) >= least) continue;
    [other, least] = [part.term, weigh(part.term)];
  }
  return best.map((anchor) => (anchor.other === ALWAYS_PRESENT ? { term: anchor.term, other } : anchor));
}
