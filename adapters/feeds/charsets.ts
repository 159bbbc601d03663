import iconv from 'iconv-lite';
import { ebcdicText, isEbcdic } from './ebcdic.ts';
import { johabText } from './johab.ts';
import { utf7Text } from './utf7.ts';

/**
 * Spellings that neither WHATWG's nor iconv's list of labels knows, letters and digits only, the usual label first; superset
 * charsets for those that differ only in characters nobody writes.
 */
const ALIASES: ReadonlyMap<string, string> = new Map(
  [
    'utf-8 utf8 u8 utf8sig utf8ucs2 utf8ucs4 cp65001 unicode11utf8',
    'utf-16 u16',
    'utf-32 u32 ucs4 csucs4',
    'utf-7 u7 unicode11utf7 csunicode11utf7',
    'shift_jis sjis sjis2004 sjisx0213 shiftjis2004 shiftjisx0213 cp932 ms932 windows31j cswindows31j macjapanese',
    'euc-jp eucjp ujis eucjis2004 eucjisx0213 jisx0213',
    'iso-2022-jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jp2004 iso2022jpext csiso2022jp',
    'iso-2022-kr csiso2022kr',
    'euc-kr euckr cp949 uhc ksx1001 ksc56011987 ksc56011989 ksc5601 korean mackorean',
    'gbk gb2312 gb231280 gb23121980 eucgb2312cn euccn cp936 chinese macsimpchinese',
    'gb18030 gb180302000',
    'hz-gb-2312 hzgb hzgb2312',
    'big5 cp950 ms950 big5tw big5hkscs hkscs mactradchinese',
    'johab ms1361 cp1361',
    'maccenteuro macce maclatin2 maccentraleurope',
    'x-mac-cyrillic maccyrillic',
    'macintosh mac macroman csmacintosh',
    'rk1048 kz1048',
    'pt154 ptcp154 cp154 csptcp154 cyrillicasian',
    'hproman8 roman8 r8 cp1051 ibm1051 cshproman8',
    'cp861 cpis',
    'cp1125 cp866u ruscii',
    'tis-620 tis62025290 tis62025291 tis6202529',
    'cp037 csibm037 ibm039 ebcdiccpus ebcdiccpca ebcdiccpnl ebcdiccpwt',
    'cp273 csibm273',
    'cp424 csibm424 ebcdiccphe',
    'cp500 csibm500 ebcdiccpbe ebcdiccpch',
    'cp1026 csibm1026',
  ]
    .map((line) => line.split(' '))
    .flatMap(([label = '', ...names]) => [lettersOf(label), ...names].map((name) => [name, label] as const)),
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
  const plain = label.trim().toLowerCase();
  const letters = lettersOf(plain);
  // `ISO-8859-2:1987`, as registered: the year is of the standard.
  const part = /^iso8859(\d{1,2})(?:19|20)\d\d$/.exec(letters)?.[1];
  if (part !== undefined) return `iso-8859-${part}`;
  const known = ALIASES.get(letters) ?? ALIASES.get(letters.replace(/^x/, '')) ?? plain;
  return ASCII_LABELS.has(known) ? '' : known;
}

function lettersOf(label: string): string {
  return label.replaceAll(/[^a-z0-9]/g, '');
}

/** True for UTF-16, UTF-32 and their kin: their bytes show it, so the label alone is no reason to believe it. */
export function isByteOrderLabel(label: string): boolean {
  return BYTE_ORDER.test(label);
}

/** True for charsets that write other scripts in bytes of ASCII. */
export function isSevenBit(label: string): boolean {
  return (
    label.startsWith('iso-2022-') || label === 'utf-7' || label === 'hz-gb-2312' || label === 'hz' || isEbcdic(label)
  );
}

/** True for charsets whose characters beyond ASCII take two bytes or more: a short text may be valid UTF-8 by chance. */
export function isMultiByte(label: string): boolean {
  return /^(?:gb|big5|euc|shift|windows-949|johab|hz)/.test(label);
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
  if (label === 'utf-7') return utf7Text(bytes);
  return iconv.encodingExists(label) ? iconv.decode(asBuffer(bytes), label) : null;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function openDecoder(label: string): { readonly encoding: string; decode(bytes: Uint8Array): string } | null {
  for (const name of [label, label.replaceAll('_', '-'), label.replace(/^x-/, '')]) {
    try {
      return new TextDecoder(name);
    } catch {
      // A label that WHATWG does not list in this spelling.
    }
  }
  return null;
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
