import { classOf, RUN, WORD } from './characters.ts';
import { isPlainAbbreviation, readSurface, type Surface } from './surface.ts';

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
let entries = new Int32Array(ENTRY << 17);
let mask = (1 << 17) - 1;
const MOST_PACKED = 12;
const LONG = 1 << 31;

/**
 * The units of all forms one after another, and where those of each number end: a form that nobody asks for never becomes a
 * string, so that a story of a hundred thousand new words is read in little more time than one of known words.
 */
let letters = new Uint16Array(1 << 18);
let ends = new Int32Array(1 << 15);
let kinds = new Uint8Array(1 << 15);
let count = 0;
let total = 0;
let raws: (string | undefined)[] = [];
let surfaces: (Surface | undefined)[] = [];

/** What a form is by its units alone: a plain one (`isPlain`), one of letters and digits only, anything else. */
const [PLAIN, UNJOINED, JOINED] = [1, 2, 3] as const;
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
  const full = count + upcomingUnits / 8 > MOST_SURFACES && count > MOST_SURFACES / 2;
  if (!full && total <= MOST_UNITS) return;
  entries.fill(0);
  raws = [];
  surfaces = [];
  if (total > MOST_UNITS * 2) letters = new Uint16Array(1 << 18);
  count = 0;
  total = 0;
  generation++;
  shape++;
}

/** The slot of the surface form at this place of a text. */
export function slotAt(units: Uint16Array, start: number, end: number): number {
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
  return find(a | 0, b | 0, c | 0, units, start, end);
}

function find(a: number, b: number, c: number, units: Uint16Array, start: number, end: number): number {
  let at = placeOf(a, b, c);
  for (;;) {
    const number = (entries[at + NUMBER] ?? 0) - 1;
    if (number < 0) return enter(at, a, b, c, units, start, end);
    if (entries[at] === a && entries[at + 1] === b && entries[at + 2] === c) {
      if (c >= 0 || isWritten(number, units, start)) return at;
    }
    at = next(at);
  }
}

/** Whether the units from a place on are those of a form, whose length they are known to have. */
function isWritten(number: number, units: Uint16Array, start: number): boolean {
  const end = ends[number] ?? 0;
  for (let own = beginOf(number), at = start; own < end; own++, at++) if (letters[own] !== units[at]) return false;
  return true;
}

/** Where the units of a form begin. */
function beginOf(number: number): number {
  return number === 0 ? 0 : (ends[number - 1] ?? 0);
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

function enter(free: number, a: number, b: number, c: number, units: Uint16Array, start: number, end: number): number {
  const number = count++;
  keep(number, units, start, end);
  const at = number * 2 > mask ? roomAfterWidening(a, b, c) : free;
  entries[at] = a;
  entries[at + 1] = b;
  entries[at + 2] = c;
  entries[at + NUMBER] = number + 1;
  entries.fill(0, at + NOTES, at + ENTRY);
  return at;
}

function keep(number: number, units: Uint16Array, start: number, end: number): void {
  if (number === ends.length) {
    ends = longer(ends, new Int32Array(number * 2));
    kinds = longer(kinds, new Uint8Array(number * 2));
  }
  const to = total + end - start;
  if (to > letters.length) letters = longer(letters, new Uint16Array(to * 2));
  for (let at = start, own = total; at < end; at++, own++) letters[own] = units[at] ?? 0;
  kinds[number] = kindOf(total, to);
  // Without holes: an array written far beyond its end becomes a slow one.
  raws.push(undefined);
  surfaces.push(undefined);
  ends[number] = to;
  total = to;
}

function longer<T extends Int32Array | Uint8Array | Uint16Array>(column: T, more: T): T {
  more.set(column);
  return more;
}

/** What the units from one place of `letters` to another are. */
function kindOf(from: number, to: number): number {
  let at = from + 1;
  const first = letters[from] ?? 0;
  if (isAsciiLetter(first)) {
    while (at < to && isSmall(letters[at] ?? 0)) at++;
    if (at === to) return PLAIN;
    if (isSmall(first)) {
      let digits = at;
      while (digits < to && isAsciiDigit(letters[digits] ?? 0)) digits++;
      if (digits === to) return PLAIN;
    }
  }
  for (at = from; at < to; at++) {
    const kind = classOf(letters[at] ?? 0);
    if (kind !== WORD && kind !== RUN) return JOINED;
  }
  return UNJOINED;
}

function isSmall(unit: number): boolean {
  return unit > 96 && unit < 123;
}

function isAsciiLetter(unit: number): boolean {
  return isSmall(unit | 32);
}

function isAsciiDigit(unit: number): boolean {
  return unit > 47 && unit < 58;
}

function roomAfterWidening(a: number, b: number, c: number): number {
  const old = entries;
  entries = new Int32Array(old.length * 2);
  mask = mask * 2 + 1;
  shape++;
  for (let from = 0; from < old.length; from += ENTRY) {
    if (old[from + NUMBER] === 0) continue;
    const to = emptyAt(old[from] ?? 0, old[from + 1] ?? 0, old[from + 2] ?? 0);
    // One by one: a view of eight integers costs more than they do.
    for (let i = 0; i < ENTRY; i++) entries[to + i] = old[from + i] ?? 0;
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
  return (raws[number] ??= written(beginOf(number), ends[number] ?? 0));
}

const LONGEST_COPIED = 64;
const copied = Buffer.alloc(LONGEST_COPIED);

/** The units from one place of `letters` to another as a string: of one byte a character where they fit. */
function written(from: number, to: number): string {
  const length = to - from;
  let bits = 0;
  if (length <= LONGEST_COPIED) {
    for (let i = 0; i < length; i++) {
      const unit = letters[from + i] ?? 0;
      bits |= unit;
      copied[i] = unit;
    }
    if (bits < 256) return copied.toString('latin1', 0, length);
  }
  return Buffer.from(letters.buffer, from * 2, length * 2).toString('utf16le');
}

/** The surface form of a number given in this generation. */
export function surfaceOf(number: number): Surface {
  return (surfaces[number] ??= readSurface(rawOf(number)));
}

/** Whether a surface is a plain one (`isPlain`). */
export function isPlainSurface(number: number): boolean {
  return kinds[number] === PLAIN;
}

/** Whether a surface holds letters and digits only, of any script. */
export function isUnjoinedSurface(number: number): boolean {
  return (kinds[number] ?? JOINED) < JOINED;
}

/** How many positions a surface takes. */
export function partsOf(number: number): number {
  return isUnjoinedSurface(number) ? 1 : surfaceOf(number).parts;
}

/** Whether a full stop after a surface does not end a sentence. */
export function isAbbreviation(number: number): boolean {
  return isPlainSurface(number) ? isPlainAbbreviation(rawOf(number)) : surfaceOf(number).abbreviation;
}

/** The units of all surfaces: those of one begin at `startOfSurface`. For readers that look at every word of a story. */
export function lettersOfSurfaces(): Uint16Array {
  return letters;
}

export function startOfSurface(number: number): number {
  return beginOf(number);
}

/** How many units a surface has. */
export function lengthOf(number: number): number {
  return (ends[number] ?? 0) - beginOf(number);
}

/** The unit of a surface at a place of it, 0 after its end. */
export function unitOf(number: number, place: number): number {
  const at = beginOf(number) + place;
  return at < (ends[number] ?? 0) ? (letters[at] ?? 0) : 0;
}
