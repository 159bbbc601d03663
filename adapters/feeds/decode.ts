import { isAscii, isUtf8 } from 'node:buffer';
import { decodeLabelled, isByteOrderLabel, isMultiByte, isSevenBit, normaliseLabel } from './charsets.ts';
import { isEbcdic } from './ebcdic.ts';
import { guessCharset } from './guess-charset.ts';

/** Where ISO-2022-JP begins with characters that are not ASCII; an escape is in no XML. */
const KANJI = '\u001b$';

/**
 * The text of a feed's bytes. In this order: a byte order mark; the look of UTF-16 and UTF-32 without one; bytes that are
 * valid UTF-8 (a declared charset is more often wrong than such bytes are by accident, but for charsets of seven bits);
 * the charset of the Content-Type header; that of the XML declaration (RFC 7303 section 3); UTF-8 with its faults
 * replaced when most of it is UTF-8; what the letters look like; windows-1252. Never throws.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string): string {
  const marked = byteOrderMark(bytes);
  if (marked) return decodeLabelled(bytes.subarray(marked.length), marked.label) ?? '';
  const wide = wideLabel(bytes);
  if (wide !== '') return decodeLabelled(bytes, wide) ?? '';

  const labels = [headerLabel(contentType), prologLabel(bytes)]
    .map(normaliseLabel)
    .filter((label) => label !== '' && !isByteOrderLabel(label) && !(isEbcdic(label) && beginsInAscii(bytes)));
  const sevenBit = labels.find(isSevenBit);
  if (sevenBit !== undefined) return decodeLabelled(bytes, sevenBit) ?? utf8(bytes);
  if (isAscii(bytes)) {
    const text = latin1(bytes);
    return text.includes(KANJI) ? (decodeLabelled(bytes, 'iso-2022-jp') ?? text) : text;
  }
  if (isUtf8(bytes) ? surelyUtf8(bytes, labels[0] ?? 'utf-8') : mostlyUtf8(bytes, labels[0] ?? '')) return utf8(bytes);
  for (const label of labels) {
    const text = label === 'utf-8' ? null : decodeLabelled(bytes, label);
    if (text !== null) return text;
  }
  if (isUtf8(bytes)) return utf8(bytes);
  const guessed = guessCharset(bytes);
  return (guessed === '' ? null : decodeLabelled(bytes, guessed)) ?? decodeLabelled(bytes, 'windows-1252') ?? '';
}

/** True when the bytes begin as text of some kind does, in any charset; false for archives, images and noise. */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (byteOrderMark(bytes) || wideLabel(bytes) !== '') return true;
  const head = bytes.subarray(0, 512);
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  // What begins as markup may have more dirt in it.
  const begins = /^\s*</.test(latin1(head.subarray(0, 16)));
  return controls * (begins ? 4 : 16) <= head.length;
}

function byteOrderMark([a, b, c, d]: Uint8Array): { readonly label: string; readonly length: number } | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe)
    return c === 0 && d === 0 ? { label: 'utf-32le', length: 4 } : { label: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', length: 2 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { label: 'utf-32be', length: 4 };
  return null;
}

/** Wide encodings and EBCDIC by their first characters, which are markup: ASCII with zero bytes between (XML 1.0 appendix F). */
function wideLabel(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (bytes.length < 4) return '';
  if (a === 0 && b === 0 && c === 0 && d !== 0) return 'utf-32be';
  if (a !== 0 && b === 0 && c === 0 && d === 0) return 'utf-32le';
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return 'utf-16be';
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return '';
}

/** What is a less-than sign in ASCII is a control character in EBCDIC: whatever the label says. */
function beginsInAscii(bytes: Uint8Array): boolean {
  return /^\s*</.test(latin1(bytes.subarray(0, 16)));
}

function headerLabel(contentType: string): string {
  return /charset\s{0,10}=\s{0,10}["']?([\w.:-]{1,40})/i.exec(contentType.slice(0, 1_000))?.[1] ?? '';
}

function prologLabel(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024)).toString('latin1');
  const declared = /<\?xml[^>]{0,300}?encoding\s{0,10}=\s{0,10}["']?\s{0,10}([\w.:-]{1,40})/i.exec(head)?.[1];
  if (declared !== undefined) return declared;
  // EBCDIC: `<?xml` is 4C 6F A7 94 93; all its code pages agree on the letters of the declaration.
  if (head.startsWith('\u004c\u006f\u00a7\u0094')) {
    const text = decodeLabelled(bytes.subarray(0, 512), 'cp037') ?? '';
    // The quotes are among what the pages differ in.
    return /encoding\s{0,10}=\s{0,10}.([\w.:-]{1,40})/i.exec(text)?.[1] ?? 'cp037';
  }
  return '';
}

/** Valid UTF-8 is believed against a charset of one byte at once, against one of several bytes after three characters. */
function surelyUtf8(bytes: Uint8Array, label: string): boolean {
  if (!isMultiByte(label)) return true;
  let characters = 0;
  for (const byte of bytes) if (byte >= 0xc2 && ++characters >= 3) return true;
  return false;
}

/** True when at least three of four characters beyond ASCII are valid UTF-8: damage, not another charset. */
function mostlyUtf8(bytes: Uint8Array, label: string): boolean {
  const text = utf8(bytes);
  let good = 0;
  let bad = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) bad++;
    else if (code > 127) good++;
  }
  return good >= bad * 3 && (good >= 8 || label === 'utf-8');
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
