import { analyse } from 'chardet';
import { decodeLabelled } from './charsets.ts';

/** How much of a body is looked at, around its first byte beyond ASCII: enough to know a language by, and soon read. */
const SAMPLE_BYTES = 16_384;
const LEAST_CONFIDENCE = 10;
/** Fewer bytes beyond ASCII than this could be of any charset. */
const LEAST_BYTES = 12;
/** Of so many characters one may be broken: where more are, the charset is another. */
const CHARACTERS_A_FAULT = 50;

/** Charsets of Latin letters look too much alike to be told apart by one feed. */
const LATIN = /^(?:ascii|utf|iso-8859-(?:1|2|9)$|windows-125[0247]$)/i;
const [LESS_THAN, GREATER_THAN, SPACE] = [0x3c, 0x3e, 0x20] as const;

/**
 * The charset of bytes that are neither ASCII nor UTF-8 and of which nobody says what they are, by how the letters of a
 * language are spread; '' when they look like Latin letters or like none.
 */
export function guessCharset(bytes: Uint8Array): string {
  // Before its first letters a page may hold much that is of no language.
  const first = bytes.findIndex((byte) => byte > 127);
  const from = Math.max(0, first - SAMPLE_BYTES / 2);
  const text = withoutTags(bytes.subarray(from, from + SAMPLE_BYTES));
  if (!hasForeignLetters(text)) return '';
  for (const { name, confidence } of analyse(text)) {
    if (confidence < LEAST_CONFIDENCE || LATIN.test(name)) return '';
    if (reads(text, name)) return name.toLowerCase();
  }
  return '';
}

/** Names of elements are of no language. */
function withoutTags(bytes: Uint8Array): Uint8Array {
  const text = new Uint8Array(bytes.length);
  let length = 0;
  let inTag = false;
  for (const byte of bytes) {
    if (byte === LESS_THAN) inTag = true;
    else if (byte === GREATER_THAN) inTag = false;
    if (!inTag) text[length++] = byte === GREATER_THAN ? SPACE : byte;
  }
  return text.subarray(0, length);
}

/** Whether the bytes beyond ASCII are more than accented letters here and there among plain ones. */
function hasForeignLetters(text: Uint8Array): boolean {
  let high = 0;
  let alone = 0;
  for (let at = 0; at < text.length; at++) {
    if ((text[at] ?? 0) < 128) continue;
    high++;
    if ((text[at - 1] ?? 0) < 128 && (text[at + 1] ?? 0) < 128) alone++;
  }
  return high >= LEAST_BYTES && alone * 2 <= high;
}

function reads(text: Uint8Array, label: string): boolean {
  const decoded = decodeLabelled(text, label);
  return decoded !== null && (decoded.split('\ufffd').length - 1) * CHARACTERS_A_FAULT <= decoded.length;
}
