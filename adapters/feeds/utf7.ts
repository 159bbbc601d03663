const PLUS = 43;
const MINUS = 45;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** What a byte stands for in base64; -1 for none. */
const SIX_BITS = Int8Array.from({ length: 256 }, (_, byte) => BASE64.indexOf(String.fromCharCode(byte)));

/** The text of UTF-7 (RFC 2152): between `+` and `-` stands UTF-16 in base64, `+-` is a plus sign. Linear in the bytes. */
export function utf7Text(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at++] ?? 0;
    if (byte !== PLUS) {
      units[length++] = byte;
      continue;
    }
    if (bytes[at] === MINUS) {
      units[length++] = PLUS;
      at++;
      continue;
    }
    let bits = 0;
    let held = 0;
    let six = SIX_BITS[bytes[at] ?? 0] ?? -1;
    while (six >= 0) {
      held = (held << 6) | six;
      bits += 6;
      if (bits >= 16) {
        bits -= 16;
        units[length++] = held >>> bits;
        held &= (1 << bits) - 1;
      }
      six = SIX_BITS[bytes[++at] ?? 0] ?? -1;
    }
    if (bytes[at] === MINUS) at++;
  }
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
}
