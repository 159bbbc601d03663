const HEX_16 = /^[0-9a-f]{16}$/u;

/**
 * The 64 bits that 16 lower-case hex digits stand for, as the signed integer that SQLite keeps in eight bytes.
 * @throws TypeError for anything else: ids and identity keys are digests, another text here is a bug
 */
export function integerOf(hex: string): bigint {
  if (!HEX_16.test(hex)) throw new TypeError(`An id of 16 hex digits was expected, not ${JSON.stringify(hex)}`);
  return BigInt.asIntN(64, BigInt(`0x${hex}`));
}

/** The 16 hex digits of a signed 64-bit integer. */
export function hexOf(integer: bigint): string {
  return BigInt.asUintN(64, integer).toString(16).padStart(16, '0');
}
