import { ANYWHERE, type Requirement, type Term } from './terms.ts';
import { ALWAYS_PRESENT } from './vocabulary.ts';
import { CELL, type Presence } from './presence.ts';

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

/** A requirement whose terms have numbers. */
export type Numbered =
  | { readonly op: 'term'; readonly term: number }
  | { readonly op: 'all' | 'any'; readonly of: readonly Numbered[] }
  | { readonly op: 'none'; readonly of: Numbered }
  | { readonly op: 'sequence'; readonly of: readonly number[]; readonly fields: number }
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
  if ((node & 1) !== 0) return presence.cells[(node >>> 1) * CELL] === presence.epoch;
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

/** In a record: the two terms stand side by side, in this order or in the other. */
export const SIDE_BY_SIDE = 1 << 30;
export const SIDE_BY_SIDE_TURNED = SIDE_BY_SIDE + 1;

/**
 * What is left of a requirement as the third integer of a record, where it fits into one: a term that has to be present, the
 * negative of one that must not be, or that the terms of the anchor stand side by side. Null where it does not fit.
 */
export function thirdOf(rest: Numbered | null, { term, other }: Anchor): number | null {
  if (rest === null) return ALWAYS_PRESENT;
  if (rest.op === 'term') return rest.term;
  if (rest.op === 'none') return rest.of.op === 'term' ? -rest.of.term : null;
  if (rest.op !== 'sequence' || rest.fields !== ANYWHERE || rest.of.length !== 2) return null;
  const [first, second] = rest.of;
  if (first === term && second === other) return SIDE_BY_SIDE;
  return first === other && second === term ? SIDE_BY_SIDE_TURNED : null;
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
