/** Bytes beyond ASCII from which a charset can be told. */
const LEAST = 12;
/** Fewer different letters may be the accents of one language in capitals. */
const LEAST_KINDS = 5;
/** How much of a body is looked at. */
const MOST = 200_000;

/** The letters that make up most of a text, in the charsets of one byte that do not write Latin. */
const LETTERS: readonly (readonly [string, ReadonlySet<number>])[] = (
  [
    ['windows-1251', 'eee5e0e8edf2f1f0e2ebea'],
    ['koi8-r', 'cfc5c1c9ced4d3d2d7cccb'],
    ['iso-8859-5', 'ded5d0d8dde2e1e0d2dbda'],
    ['windows-1253', 'e1efe9e5f4f3ede7f1f0eaf2'],
    ['windows-1255', 'e9e5e4ece0f8fae1f9eef0'],
    ['windows-1256', 'c7e1ede3e6e4d1cac8e5cfdac9'],
    ['windows-874', 'd2b9c3cda1e0e8d5d1a7e9c1c7'],
  ] as const
).map(([label, bytes]) => [label, new Set(Buffer.from(bytes, 'hex'))]);

interface Pairs {
  readonly label: string;
  readonly isTrail: (byte: number) => boolean;
  /** Whether what begins so is punctuation, which says nothing of the language. */
  readonly isMark: (lead: number) => boolean;
  readonly isCommon: (lead: number) => boolean;
  /** The least share of characters that begin so. */
  readonly share: number;
}

/** The charsets of two bytes by what their most common characters begin with: kana, syllables, characters of the first level. */
const PAIRS: readonly Pairs[] = [
  { label: 'euc-jp', isTrail: from(0xa1), isMark: within(0xa1, 0xa3), isCommon: within(0xa4, 0xa5), share: 0.25 },
  { label: 'shift_jis', isTrail: from(0x40), isMark: within(0x81, 0x81), isCommon: within(0x82, 0x83), share: 0.25 },
  { label: 'euc-kr', isTrail: from(0xa1), isMark: within(0xa1, 0xa3), isCommon: within(0xb0, 0xc8), share: 0.9 },
  { label: 'gb18030', isTrail: from(0xa1), isMark: within(0xa1, 0xa3), isCommon: within(0xb0, 0xd7), share: 0.8 },
  { label: 'big5', isTrail: from(0x40), isMark: within(0xa1, 0xa3), isCommon: within(0xa4, 0xc6), share: 0.8 },
];

/**
 * The charset of bytes that are neither ASCII nor UTF-8 and of which nobody says what they are, by how the letters of a language
 * are spread; '' when they look like Latin letters or like none of them.
 */
export function guessCharset(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, MOST);
  let high = 0;
  let alone = 0;
  const counts = new Uint32Array(256);
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at] ?? 0;
    if (byte < 128) continue;
    high++;
    counts[byte] = (counts[byte] ?? 0) + 1;
    if ((sample[at - 1] ?? 0) < 128 && (sample[at + 1] ?? 0) < 128) alone++;
  }
  // Letters with accents stand between letters without.
  if (high < LEAST || alone * 2 > high) return '';
  return (
    (alone * 5 <= high ? byLetters(counts, high) : '') || (PAIRS.find((pairs) => fits(sample, pairs))?.label ?? '')
  );
}

function byLetters(counts: Uint32Array, high: number): string {
  let best = '';
  let most = high / 2;
  for (const [label, letters] of LETTERS) {
    let sum = 0;
    let kinds = 0;
    for (const letter of letters) {
      const count = counts[letter] ?? 0;
      sum += count;
      if (count > 0) kinds++;
    }
    if (sum > most && kinds >= LEAST_KINDS) [best, most] = [label, sum];
  }
  return best;
}

/** Whether nearly all bytes are in pairs of this charset, and enough of them common ones. */
function fits(sample: Uint8Array, { isTrail, isMark, isCommon, share }: Pairs): boolean {
  let pairs = 0;
  let bad = 0;
  let common = 0;
  let plainTrails = 0;
  for (let at = 0; at < sample.length; at++) {
    const lead = sample[at] ?? 0;
    if (lead < 128) continue;
    const trail = sample[at + 1] ?? 0;
    if (!isTrail(trail)) {
      bad++;
      continue;
    }
    at++;
    if (isMark(lead)) continue;
    pairs++;
    if (trail < 128) plainTrails++;
    if (isCommon(lead)) common++;
  }
  return bad * 50 <= pairs && common >= pairs * share && plainTrails * 10 <= pairs * 7;
}

function from(least: number): (byte: number) => boolean {
  return (byte) => byte >= least && byte !== 0x7f;
}

function within(least: number, most: number): (byte: number) => boolean {
  return (byte) => byte >= least && byte <= most;
}
