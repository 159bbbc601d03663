import { longer } from './blocks.ts';

/**
 * Subscriptions by small numbers, so that columns can be indexed by them: an id is its own slot while ids are about as many
 * as they are large; others are given slots of their own.
 */
export interface Slots {
  readonly size: number;
  readonly bytes: number;
  /** The slot of a new id. */
  take(id: number): number;
  /** -1 for an unknown id. */
  slotOf(id: number): number;
  giveBack(id: number, slot: number): void;
  /** Where a subscription is kept, an integer of the index's own. */
  place(slot: number, where: number): void;
  placeOf(slot: number): number;
  /** The ids of the first `count` slots, in an array of their own. */
  idsOf(found: Int32Array, count: number): Iterable<number>;
}

/** Slots from here on are those of ids that are large for their number. */
const FIRST_OTHER = 1 << 30;
const UNKNOWN = 0x7fffffff;
const DENSE_FROM_START = 1 << 16;

export function createSlots(): Slots {
  let places = new Int32Array(1024).fill(UNKNOWN);
  const others = new Map<number, number>();
  const otherIds: number[] = [];
  let otherPlaces = new Int32Array(0);
  const free: number[] = [];
  let size = 0;

  function take(id: number): number {
    size++;
    if (id < DENSE_FROM_START || id < size * 4) {
      if (id >= places.length) widen(id);
      return id;
    }
    const at = free.pop() ?? otherIds.length;
    otherIds[at] = id;
    otherPlaces = longer(otherPlaces, at < otherPlaces.length ? 0 : at * 2 + 16);
    others.set(id, FIRST_OTHER + at);
    return FIRST_OTHER + at;
  }

  function widen(id: number): void {
    const { length } = places;
    places = longer(places, Math.ceil((id + 1) * 1.125));
    places.fill(UNKNOWN, length);
  }

  return {
    get size() {
      return size;
    },
    get bytes() {
      return places.byteLength + otherPlaces.byteLength;
    },
    take,
    slotOf(id) {
      if (id < places.length && places[id] !== UNKNOWN) return id;
      return others.size === 0 ? -1 : (others.get(id) ?? -1);
    },
    giveBack(id, slot) {
      size--;
      if (slot < FIRST_OTHER) places[slot] = UNKNOWN;
      else {
        others.delete(id);
        free.push(slot - FIRST_OTHER);
      }
    },
    place(slot, where) {
      if (slot < FIRST_OTHER) places[slot] = where;
      else otherPlaces[slot - FIRST_OTHER] = where;
    },
    placeOf: (slot) => (slot < FIRST_OTHER ? places[slot] : otherPlaces[slot - FIRST_OTHER]) ?? UNKNOWN,
    idsOf(found, count) {
      if (others.size === 0) return found.slice(0, count);
      const ids: number[] = [];
      for (let i = 0; i < count; i++) {
        const slot = found[i] ?? 0;
        ids.push(slot < FIRST_OTHER ? slot : (otherIds[slot - FIRST_OTHER] ?? 0));
      }
      return ids;
    },
  };
}
