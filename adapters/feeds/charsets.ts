import iconv from 'iconv-lite';
import { ebcdicText, isEbcdic } from './ebcdic.ts';
import { johabText } from './johab.ts';

/**
 * Spellings that neither WHATWG's nor iconv's list of labels knows, after {@link normaliseLabel}'s clean-up; superset
 * charsets for those that differ only in characters nobody writes.
 */
const ALIASES: ReadonlyMap<string, string> = new Map(
  [
    'utf-8 utf8 u8 utf-8-sig cp65001 unicode-1-1-utf-8',
    'utf-16 u16',
    'utf-32 u32 ucs-4 csucs4',
    'utf-7 u7 unicode-1-1-utf-7 csunicode11utf7',
    'shift_jis x-sjis sjis shiftjis shift-jis cp932 ms932 windows-31j cswindows31j shift-jis-2004 sjis-2004 shift-jisx0213 sjisx0213',
    'euc-jp eucjp euc-jis-2004 euc-jisx0213',
    'iso-2022-jp iso2022-jp iso2022jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-2004 iso-2022-jp-ext',
    'iso-2022-kr iso2022-kr iso2022kr csiso2022kr',
    'euc-kr euckr cp949 uhc ks-x-1001',
    'gbk gb-2312 gb2312-80 euc-cn euccn cp936',
    'gb18030 gb18030-2000',
    'hz-gb-2312 hz-gb',
    'big5 cp950 big-5 big5-tw',
    'johab ms1361 cp1361',
    'maccenteuro macce maclatin2 mac-latin2 x-mac-ce maccentraleurope',
    'x-mac-cyrillic mac-cyrillic maccyrillic',
    'macintosh mac-roman macroman',
    'rk1048 kz1048 kz-1048',
    'pt154 ptcp154 cp154 csptcp154 cyrillic-asian',
    'hproman8 roman8 r8',
    'cp037 csibm037 ibm039 ebcdic-cp-nl ebcdic-cp-wt',
    'cp424 csibm424',
    'cp500 csibm500',
  ]
    .map((line) => line.split(' '))
    .flatMap((names) => names.map((name) => [name, names[0] ?? name] as const)),
);

const ASCII_LABELS = new Set([
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  'iso646-us',
  'iso-ir-6',
  'us',
  'cp367',
  'ibm367',
  'csascii',
  '646',
]);
const BYTE_ORDER = /^(?:utf-?(?:16|32)|ucs-?[24]|iso-10646-ucs|unicode$|csunicode$)/;

/**
 * windows-1252 for bytes 0x80-0x9f. TextDecoder of some Node releases reads this charset as ISO 8859-1 there.
 * The five bytes that it leaves open stay the controls they are (WHATWG Encoding, index-windows-1252).
 */
const CP1252_HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** What TextDecoder of Node reads less of than WHATWG says (Hangul beyond KS X 1001, Hong Kong's characters), and iconv's names. */
const WHOLE: ReadonlyMap<string, string> = new Map([
  ['euc-kr', 'cp949'],
  ['big5', 'big5hkscs'],
]);

/** A charset's label as it is looked up; '' for one that says nothing (us-ascii: the bytes themselves tell more). */
export function normaliseLabel(label: string): string {
  const plain = label
    .trim()
    .toLowerCase()
    .replaceAll(/^x-(?=(?:cp|windows|euc|sjis|gbk|big5|iso))/g, '');
  const known = ALIASES.get(plain.replace(/^iso2022/, 'iso-2022').replaceAll('_', '-')) ?? ALIASES.get(plain) ?? plain;
  return ASCII_LABELS.has(known) ? '' : known;
}

/** True for UTF-16, UTF-32 and their kin: their bytes show it, so the label alone is no reason to believe it. */
export function isByteOrderLabel(label: string): boolean {
  return BYTE_ORDER.test(label);
}

/** True for charsets that write other scripts in bytes of ASCII. */
export function isSevenBit(label: string): boolean {
  return (
    label.startsWith('iso-2022-') ||
    label === 'utf-7' ||
    label === 'utf7' ||
    label === 'hz-gb-2312' ||
    label === 'hz' ||
    isEbcdic(label)
  );
}

/** True for charsets whose characters beyond ASCII take two bytes or more: a short text may be valid UTF-8 by chance. */
export function isMultiByte(label: string): boolean {
  return /^(?:gb|big5|euc|shift|ks_c|windows-949|johab|hz)/.test(label);
}

/** The text of bytes in a charset; bytes that mean nothing become U+FFFD. Null when nobody knows the label. */
export function decodeLabelled(bytes: Uint8Array, label: string): string | null {
  if (isEbcdic(label)) return ebcdicText(bytes, label);
  const decoder = openDecoder(label);
  if (decoder?.encoding === 'windows-1252') return windows1252(bytes);
  const whole = WHOLE.get(decoder?.encoding ?? '');
  if (decoder && whole === undefined) return decoder.decode(bytes);
  if (whole !== undefined) return iconv.decode(asBuffer(bytes), whole);
  if (label === 'hz' || label === 'hz-gb-2312') return hzText(bytes);
  if (label === 'iso-2022-kr') return shiftedKorean(bytes);
  if (label === 'johab') return johabText(bytes);
  return iconv.encodingExists(label) ? iconv.decode(asBuffer(bytes), label) : null;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function openDecoder(label: string): { readonly encoding: string; decode(bytes: Uint8Array): string } | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

function windows1252(bytes: Uint8Array): string {
  const text = asBuffer(bytes).toString('latin1');
  return text.replaceAll(/[\u0080-\u009f]/g, (control) => CP1252_HIGH[control.charCodeAt(0) - 0x80] ?? control);
}

/** HZ (RFC 1843): `~{` … `~}` holds GB 2312 with the high bits off, `~~` is a tilde, `~` before a line's end joins lines. */
function hzText(bytes: Uint8Array): string {
  const plain = new Uint8Array(bytes.length);
  let length = 0;
  let wide = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1];
    if (byte === 0x7e && (next === 0x7b || next === 0x7d || next === 0x7e || next === 0x0a)) {
      if (next === 0x7b) wide = true;
      else if (next === 0x7d) wide = false;
      else if (next === 0x7e) plain[length++] = 0x7e;
      at++;
      continue;
    }
    plain[length++] = wide && byte > 0x20 ? byte | 0x80 : byte;
  }
  return new TextDecoder('gbk').decode(plain.subarray(0, length));
}

/** ISO-2022-KR (RFC 1557): between the controls SO and SI stands KS C 5601 with the high bits off. */
function shiftedKorean(bytes: Uint8Array): string {
  const plain = new Uint8Array(bytes.length);
  let length = 0;
  let wide = false;
  for (const byte of bytes) {
    if (byte === 0x0e || byte === 0x0f) wide = byte === 0x0e;
    else plain[length++] = wide && byte > 0x20 ? byte | 0x80 : byte;
  }
  // The escape that announces the charset stands at the beginning of the text.
  return iconv.decode(asBuffer(plain.subarray(0, length)), 'cp949').replaceAll('\u001b$)C', '');
}
