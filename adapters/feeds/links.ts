const LONGEST_LINK = 4_096;
/** Escaped once too often, as programs do that put their escaped addresses into CDATA; no address means it to the letter. */
const ESCAPED_AMPERSAND = /&(?:amp|#0{0,4}38|#x26);/g;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * An absolute http(s) address, or '' for anything else (`javascript:`, `data:`, `mailto:`, an address too long or not to be
 * read). Relative references are resolved against `base` (RFC 3986 section 5).
 */
export function absoluteLink(reference: string, base: string): string {
  // Browsers ignore line breaks and tabs inside of addresses, so feeds are full of them.
  const plain = reference
    .slice(0, LONGEST_LINK * 2)
    .replaceAll(/[\t\r\n\u0000]/g, '')
    .replaceAll(ESCAPED_AMPERSAND, '&')
    .trim();
  if (plain === '' || plain.length > LONGEST_LINK) return '';
  if (!SCHEME.test(plain) && /^www\.[\w-]+\.\w/i.test(plain)) return absoluteLink(`http://${plain}`, '');
  const url = parse(plain, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return '';
  // As published where it is absolute already: publishers compare their own addresses byte for byte.
  return /^https?:\/\/[^\s\\/][^\s\\]*$/.test(plain) && isPlainAddress(plain) ? plain : url.href;
}

function parse(reference: string, base: string): URL | null {
  return URL.parse(reference, base === '' ? undefined : base) ?? URL.parse(reference);
}

function isPlainAddress(address: string): boolean {
  return /^[\u0021-\u007e]+$/.test(address) && !/["<>\\^`{|}]/.test(address);
}
