import { readSurface, type Surface } from './surface.ts';

/**
 * Every surface form met is read once and numbered, so that the words of a text become small integers by one look-up
 * each. Numbers are dense and hold for one generation: when the table is full it starts anew, at the start of a text.
 */
const MOST_SURFACES = 120_000;
const MOST_UNITS = 8_000_000;
/** Longer forms are read anew each time they come up in a generation's stead: they share one number per length class. */
const SLOTS = 1 << 18;

let slots = new Int32Array(SLOTS).fill(-1);
let hashes = new Int32Array(MOST_SURFACES + 1);
let raws: string[] = [];
let surfaces: (Surface | undefined)[] = [];
let units = 0;
let generation = 1;

/** Changes when all numbers given before have lost their meaning. */
export function surfaceGeneration(): number {
  return generation;
}

/** To be called before a text (or several that belong together) is read: starts a new generation when the table is full. */
export function makeRoom(upcomingUnits: number): void {
  const full = raws.length + upcomingUnits / 2 > MOST_SURFACES && raws.length > MOST_SURFACES / 2;
  if (!full && units <= MOST_UNITS) return;
  slots.fill(-1);
  raws = [];
  surfaces = [];
  units = 0;
  generation++;
}

/** The number of the surface form at this place of a text. */
export function surfaceAt(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  let slot = hash & (slots.length - 1);
  for (;;) {
    const number = slots[slot] ?? -1;
    if (number < 0) return enter(text.slice(start, end), hash, slot);
    if (hashes[number] === hash && isAt(raws[number] ?? '', text, start, end)) return number;
    slot = (slot + 1) & (slots.length - 1);
  }
}

/** The surface form of a number given in this generation. */
export function surfaceOf(number: number): Surface {
  return (surfaces[number] ??= readSurface(raws[number] ?? ''));
}

function isAt(raw: string, text: string, start: number, end: number): boolean {
  if (raw.length !== end - start) return false;
  for (let i = 0; i < raw.length; i++) if (raw.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}

function enter(slice: string, hash: number, slot: number): number {
  const number = raws.length;
  if (number * 2 > slots.length) {
    widen();
    return enter(slice, hash, emptySlot(hash));
  }
  if (number >= hashes.length) hashes = widened(hashes);
  slots[slot] = number;
  hashes[number] = hash;
  // A slice keeps its whole text alive: copy what is kept.
  raws.push(copyOf(slice));
  units += slice.length;
  return number;
}

function copyOf(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice, 'utf16le').toString('utf16le');
}

function emptySlot(hash: number): number {
  let slot = hash & (slots.length - 1);
  while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & (slots.length - 1);
  return slot;
}

function widen(): void {
  slots = new Int32Array(slots.length * 2).fill(-1);
  for (let number = 0; number < raws.length; number++) slots[emptySlot(hashes[number] ?? 0)] = number;
}

function widened(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(column.length * 2);
  more.set(column);
  return more;
}
