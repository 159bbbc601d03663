import { isUtf8 } from 'node:buffer';
import { decodeLabelled, isByteOrderLabel, normaliseLabel } from '../feeds/charsets.ts';
import { guessCharset } from '../feeds/guess-charset.ts';

/** How far into a page its `<meta charset>` is looked for (WHATWG HTML, prescan, and as much again). */
const PRESCAN_BYTES = 2048;
const META_CHARSET = /<meta\b[^>]{0,300}?charset\s{0,10}=\s{0,10}["']?\s{0,10}([\w.:-]{1,40})/iu;
const HEADER_CHARSET = /charset\s{0,10}=\s{0,10}["']?([\w.:-]{1,40})/iu;

/**
 * The text of a page's bytes. In this order: a byte order mark; valid UTF-8; the charset of the Content-Type header; that
 * of the page itself; what its letters look like; windows-1252. Never throws.
 */
export function pageText(bytes: Uint8Array, contentType: string): string {
  const marked = markedLabel(bytes);
  if (marked !== '') return withoutMark(decodeLabelled(bytes, marked) ?? '');
  if (isUtf8(bytes)) return utf8(bytes);
  const head = Buffer.from(bytes.subarray(0, PRESCAN_BYTES)).toString('latin1');
  const labels = [HEADER_CHARSET.exec(contentType.slice(0, 1000))?.[1], META_CHARSET.exec(head)?.[1]]
    .map((label) => normaliseLabel(label ?? ''))
    .filter((label) => label !== '' && !isByteOrderLabel(label));
  for (const label of labels) {
    const text = label === 'utf-8' ? utf8(bytes) : decodeLabelled(bytes, label);
    if (text !== null) return text;
  }
  const guessed = guessCharset(bytes);
  return (guessed === '' ? null : decodeLabelled(bytes, guessed)) ?? decodeLabelled(bytes, 'windows-1252') ?? '';
}

function markedLabel([a, b, c]: Uint8Array): string {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : '';
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
