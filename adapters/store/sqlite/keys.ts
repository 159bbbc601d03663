/** 16 hex digits as the signed 64-bit integer that SQLite keeps in eight bytes. */
export function toKey(digits: string): bigint {
  return BigInt.asIntN(64, BigInt(`0x${digits}`));
}

/** The 16 hex digits of such an integer as it is read back. */
export function fromKey(value: unknown): string {
  return BigInt.asUintN(64, BigInt(value as bigint | number | string))
    .toString(16)
    .padStart(16, '0');
}
