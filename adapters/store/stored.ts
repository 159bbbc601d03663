import { StoreError } from '../../src/ports.ts';

/** A stored value as it was before. @throws StoreError `corrupt` when it is no JSON */
export function parseStored(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch (error) {
    throw new StoreError('corrupt', 'A stored record cannot be read', { cause: error });
  }
}

/** Times are kept in whole ms: one with a fraction falls due with the ms after it. */
export function wholeMs(time: number): number {
  return Math.ceil(time);
}
