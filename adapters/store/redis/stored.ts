import { StoreError } from '../../../src/ports.ts';

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

const HEX_16 = /^[0-9a-f]{16}$/u;

/**
 * The eight bytes that 16 lower-case hex digits stand for.
 * @throws TypeError for anything else: ids and identity keys are digests, another text here is a bug
 */
export function bytesOf(hex: string): Buffer {
  if (!HEX_16.test(hex)) throw new TypeError(`An id of 16 hex digits was expected, not ${JSON.stringify(hex)}`);
  return Buffer.from(hex, 'hex');
}
