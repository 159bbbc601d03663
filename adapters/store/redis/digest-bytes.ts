const HEX_16 = /^[0-9a-f]{16}$/u;

/**
 * The eight bytes that 16 lower-case hex digits stand for.
 * @throws TypeError for anything else: ids and identity keys are digests, another text here is a bug
 */
export function bytesOf(hex: string): Buffer {
  if (!HEX_16.test(hex)) throw new TypeError(`An id of 16 hex digits was expected, not ${JSON.stringify(hex)}`);
  return Buffer.from(hex, 'hex');
}
