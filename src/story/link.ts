import { type Parameter, placeOf } from './link-place.ts';
import { bareHost } from './site.ts';
import { isSession, isTracking, isTrackingFragment } from './tracking.ts';
import { wrappedAddress } from './wrapped-link.ts';

const MOST_CHARS = 2000;
/** What is read at all: tracking may take an address of this length below the limit. */
const MOST_CHARS_READ = 8192;
/** Two are enough for all but addresses that were made to be odd. */
const MOST_ROUNDS = 8;
/** Fragments that name a part of an ordinary page. */
const PAGE_PARTS =
  /^#(?:comments?|respond|reply|disqus_thread|top|main|content|(?:comment|more|respond|post|jp-carousel)-\d+)?$/iu;

/**
 * The key of an address: equal for addresses that lead to the same page whatever scheme, form of the host, order of parameters
 * or tracking they carry, and different for all others as far as an address can tell: a wrong merge loses a story, a missed
 * one only shows it twice. It is an `https:` address itself, but not the one to show. Idempotent.
 * Percent-encoding after RFC 3986, section 6.2.2; parsing after the WHATWG URL standard.
 * @returns '' for what is no http(s) address or is longer than 8,192 characters
 */
export function canonicalUrl(text: string): string {
  let key = keyOnce(text);
  // What one rule leaves may be what another one reads (a path that only now is that of a post).
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = keyOnce(key);
    if (next === key) break;
    key = next;
  }
  return key;
}

function keyOnce(text: string): string {
  let url = webUrl(text);
  while (url !== null) {
    const inner = wrappedAddress(url);
    const target = inner === null ? null : webUrl(inner);
    if (target === null) break;
    url = target;
  }
  return url === null ? '' : keyOf(url);
}

/**
 * The link to show: as published, minus tracking parameters and user info.
 * @returns '' for what is no http(s) address, or is longer than 2,000 characters
 */
export function shownUrl(text: string): string {
  const url = webUrl(text);
  if (url === null) return '';
  url.username = '';
  url.password = '';
  const parts = queryParts(url);
  const kept = parts.filter((part) => !isTracking(part.name, part.value));
  if (kept.length < parts.length) url.search = kept.map((part) => part.raw).join('&');
  if (url.hash !== '' && isTrackingFragment(url.hash.slice(1))) url.hash = '';
  return url.href.length > MOST_CHARS ? '' : url.href;
}

/** An http(s) address as markup may hold it: with white space around, `&amp;` for `&`, without its scheme. */
function webUrl(text: string): URL | null {
  const plain = text.slice(0, MOST_CHARS_READ + 1).trim();
  if (plain.length > MOST_CHARS_READ) return null;
  const bare = plain.replaceAll(/&(?:(?:amp|#0{0,4}38|#x0{0,4}26);){1,50}/giu, '&');
  const url = URL.parse(bare.startsWith('//') ? `https:${bare}` : bare);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url : null;
}

function keyOf(url: URL): string {
  const host = bareHost(url.hostname.replace(/\.+$/u, ''));
  const port = url.port === '' || url.port === '443' ? '' : `:${url.port}`;
  const parts = queryParts(url).filter((part) => !isTracking(part.name, part.value) && !isSession(part.name));
  const place = placeOf({ host, path: escapePath(url.pathname), parameters: parts });
  const query = queryKey(place.parameters);
  const path = pathKey(place.path, query === '');
  return `https://${place.host}${port}${path}${query}${fragmentKey(url.hash, path)}`;
}

interface QueryPart extends Parameter {
  readonly raw: string;
}

function queryParts(url: URL): QueryPart[] {
  return url.search
    .slice(1)
    .split('&')
    .filter((raw) => raw !== '')
    .map((raw) => {
      const at = raw.indexOf('=');
      const name = formDecoded(at < 0 ? raw : raw.slice(0, at));
      return { raw, name, value: at < 0 ? '' : formDecoded(raw.slice(at + 1)), hasValue: at >= 0 };
    });
}

/** Decoded where it is valid UTF-8; the rest keeps its escapes, marked so that they stay what they are. */
function formDecoded(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replaceAll(/(?:%[0-9a-f]{2})+/giu, decodedRun)
    .normalize('NFC');
}

function decodedRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run.toUpperCase();
  }
}

function queryKey(parts: readonly Parameter[]): string {
  if (parts.length === 0) return '';
  const sorted = parts.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return `?${sorted.map((part) => (part.hasValue ? `${formEncoded(part.name)}=${formEncoded(part.value)}` : formEncoded(part.name))).join('&')}`;
}

function formEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');
}

/** RFC 3986 unreserved characters and the marks of RFC 2396 as themselves, other escapes in capitals, in NFC. */
function escapePath(path: string): string {
  const decoded = path.replaceAll(/(?:%[0-9a-f]{2})+/giu, (run) =>
    decodedRun(run).replaceAll(/[\u0000-\u007F]/gu, (letter) =>
      /[\w\-.~!*'()]/u.test(letter) ? letter : escaped(letter),
    ),
  );
  return decoded
    .normalize('NFC')
    .toWellFormed()
    .replaceAll(/[^\u0000-\u007F]+/gu, (run) => encodeURIComponent(run));
}

function escaped(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function pathKey(path: string, noQuery: boolean): string {
  const single = path.replaceAll(/\/{2,}/gu, '/').replace(/;jsessionid=[^/;]*/iu, '');
  const trimmed = single.replace(/\/$/u, '');
  const bare = noQuery
    ? trimmed.replace(/\/(?:index\.(?:[sx]?html?|php\d?|aspx?|jspx?|cfm|cgi|pl)|default\.(?:aspx?|html?))$/iu, '')
    : trimmed;
  return bare === '' ? '/' : bare;
}

function fragmentKey(hash: string, path: string): string {
  if (hash === '') return '';
  const counts = /^#!|^#\//u.test(hash) ? !/^#!?\/?$/u.test(hash) : path === '/' && !PAGE_PARTS.test(hash);
  if (!counts || isTrackingFragment(hash.slice(1))) return '';
  return `#${escapePath(hash.slice(1))}`;
}
