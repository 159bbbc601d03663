import iconv from 'iconv-lite';

/** Johab's numbers of initials, vowels and finals to those of Unicode (The Unicode Standard, section 3.12); -1 for none. */
const INITIALS = numbered('..0123456789abcdefghi');
const VOWELS = numbered('...01234..56789a..bcdefg..hijk');
const FINALS = numbered('.0123456789abcdefg.hijklmnopqr');
const UNKNOWN = '\ufffd';

/**
 * Text in Johab (KS X 1001:1992, annex 3): a syllable is put together of three times five bits; symbols and Hanja are
 * the rows of KS X 1001, two to a lead byte.
 */
export function johabText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      continue;
    }
    at++;
    const trail = bytes[at] ?? 0;
    text += lead < 0xd8 ? syllable((lead << 8) | trail) : fromRows(lead, trail);
  }
  return text;
}

function syllable(code: number): string {
  const initial = INITIALS[(code >> 10) & 31] ?? -1;
  const vowel = VOWELS[(code >> 5) & 31] ?? -1;
  const final = FINALS[code & 31] ?? -1;
  if (initial < 0 || vowel < 0 || final < 0) return UNKNOWN;
  return String.fromCharCode(0xac00 + (initial * 21 + vowel) * 28 + final);
}

function fromRows(lead: number, trail: number): string {
  const place = trail < 0x7f ? trail - 0x31 : trail - 0x91 + 78;
  if (place < 0 || (trail >= 0x7f && trail < 0x91)) return UNKNOWN;
  const row = (lead < 0xe0 ? 0x21 + (lead - 0xd9) * 2 : 0x4a + (lead - 0xe0) * 2) + Math.floor(place / 94);
  return iconv.decode(Buffer.from([row | 0x80, (0x21 + (place % 94)) | 0x80]), 'cp949');
}

/** One digit of base 36 a number; a dot where the charset leaves a place open. */
function numbered(digits: string): readonly number[] {
  return Array.from(digits, (digit) => (digit === '.' ? -1 : Number.parseInt(digit, 36)));
}
