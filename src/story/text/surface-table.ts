import { readSurface, type Surface } from './surface.ts';

/**
 * Every surface form met is read once and numbered, so that the words of a text become small integers by one look-up
 * each. Numbers are dense and hold for one generation: when the table is full it starts anew, at the start of a text.
 */
const MOST_SURFACES = 120_000;
const MOST_UNITS = 8_000_000;

/**
 * The table, eight integers an entry with open addressing: the form itself where it is ASCII of at most 12 characters, four a
 * number, else two hashes and `LONG` with its length; the number of the surface + 1, 0 for an empty entry; and four for what
 * readers note of it, so that all that a frequent reader needs of a word stands in one place of memory.
 */
const ENTRY = 8;
const [NUMBER, NOTES] = [3, 4] as const;
/** What of an entry a reader of stories may note under a tag of its own (`newTag`), and the sign of its language. */
export const [TAG, NOTE, SECOND_NOTE, SIGN] = [4, 5, 6, 7] as const;
let entries = new Int32Array(ENTRY << 16);
let mask = (1 << 16) - 1;
const MOST_PACKED = 12;
const LONG = 1 << 31;

let raws: string[] = [];
let surfaces: (Surface | undefined)[] = [];
let total = 0;
let generation = 1;
let shape = 1;
let tags = 0;

/** The entries of the table by slot, for this shape of the table. */
export function tableEntries(): Int32Array {
  return entries;
}

/** Changes when all slots given before have lost their meaning. */
export function tableShape(): number {
  return shape;
}

/** A tag that nobody else has. */
export function newTag(): number {
  return ++tags;
}

/** The number of the surface in a slot. */
export function numberIn(slot: number): number {
  return (entries[slot + NUMBER] ?? 0) - 1;
}

/** Changes when all numbers given before have lost their meaning. */
export function surfaceGeneration(): number {
  return generation;
}

/** To be called before a text (or several that belong together) is read: starts a new generation when the table is full. */
export function makeRoom(upcomingUnits: number): void {
  const full = raws.length + upcomingUnits / 8 > MOST_SURFACES && raws.length > MOST_SURFACES / 2;
  if (!full && total <= MOST_UNITS) return;
  entries.fill(0);
  raws = [];
  surfaces = [];
  total = 0;
  generation++;
  shape++;
}

/** The slot of the surface form at this place of a text, whose units are given as well. */
export function slotAt(units: Uint16Array, text: string, start: number, end: number): number {
  let [a, b, c] = [0, 0, 0];
  let bits = 0;
  const length = end - start;
  if (length <= MOST_PACKED) {
    const first = Math.min(end, start + 4);
    const second = Math.min(end, start + 8);
    let at = start;
    for (; at < first; at++) {
      const unit = units[at] ?? 0;
      bits |= unit;
      a = (a << 8) | unit;
    }
    for (; at < second; at++) {
      const unit = units[at] ?? 0;
      bits |= unit;
      b = (b << 8) | unit;
    }
    for (; at < end; at++) {
      const unit = units[at] ?? 0;
      bits |= unit;
      c = (c << 8) | unit;
    }
  }
  if (length > MOST_PACKED || bits > 127) {
    a = 0x811c9dc5;
    b = 0x2545f491;
    for (let at = start; at < end; at++) {
      const unit = units[at] ?? 0;
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x5bd1e995) + 0x9e3779b9;
    }
    c = LONG | length;
  }
  return find(a | 0, b | 0, c | 0, text, start, end);
}

function find(a: number, b: number, c: number, text: string, start: number, end: number): number {
  let at = placeOf(a, b, c);
  for (;;) {
    const number = (entries[at + NUMBER] ?? 0) - 1;
    if (number < 0) return enter(at, a, b, c, text.slice(start, end));
    if (entries[at] === a && entries[at + 1] === b && entries[at + 2] === c) {
      if (c >= 0 || raws[number] === text.slice(start, end)) return at;
    }
    at = next(at);
  }
}

function placeOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 13;
  return (hash & mask) * ENTRY;
}

function next(at: number): number {
  return (at + ENTRY) & (mask * ENTRY + ENTRY - 1);
}

function enter(free: number, a: number, b: number, c: number, slice: string): number {
  const number = raws.length;
  // A slice keeps its whole text alive: copy what is kept.
  raws.push(copyOf(slice));
  total += slice.length;
  const at = number * 2 > mask ? roomAfterWidening(a, b, c) : free;
  entries[at] = a;
  entries[at + 1] = b;
  entries[at + 2] = c;
  entries[at + NUMBER] = number + 1;
  entries.fill(0, at + NOTES, at + ENTRY);
  return at;
}

function copyOf(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice, 'utf16le').toString('utf16le');
}

function roomAfterWidening(a: number, b: number, c: number): number {
  const old = entries;
  entries = new Int32Array(old.length * 2);
  mask = mask * 2 + 1;
  shape++;
  for (let from = 0; from < old.length; from += ENTRY) {
    if (old[from + NUMBER] === 0) continue;
    const to = emptyAt(old[from] ?? 0, old[from + 1] ?? 0, old[from + 2] ?? 0);
    entries.set(old.subarray(from, from + ENTRY), to);
  }
  return emptyAt(a, b, c);
}

function emptyAt(a: number, b: number, c: number): number {
  let at = placeOf(a, b, c);
  while (entries[at + NUMBER] !== 0) at = next(at);
  return at;
}

/** How the surface of a number given in this generation is written. */
export function rawOf(number: number): string {
  return raws[number] ?? '';
}

/** The surface form of a number given in this generation. */
export function surfaceOf(number: number): Surface {
  return (surfaces[number] ??= readSurface(raws[number] ?? ''));
}
