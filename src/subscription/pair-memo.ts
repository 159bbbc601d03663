import { createPairTable } from './pair-table.ts';

/** What was found for two numbers; forgets all when it is full. */
export interface PairMemo<T> {
  get(first: number, second: number): T | null;
  set(first: number, second: number, value: T): void;
}

const MOST_VALUES = 1 << 15;

export function createPairMemo<T>(): PairMemo<T> {
  const places = createPairTable();
  let values: T[] = [];

  return {
    get(first, second) {
      const place = places.get(first, second);
      return place < 0 ? null : (values[place] ?? null);
    },
    set(first, second, value) {
      if (values.length >= MOST_VALUES) {
        places.clear();
        values = [];
      }
      places.set(first, second, values.push(value) - 1);
    },
  };
}
