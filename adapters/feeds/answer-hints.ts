import type { HttpHeaders } from './exchange.ts';
import { absoluteLink } from './links.ts';

/** Nobody is believed further ahead than this. */
const LONGEST_MS = 365 * 86_400_000;
/** The HTTP date of C's asctime, which names no zone and means UTC (RFC 9110 5.6.7). */
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/u;

/** One entry of a Link header (RFC 8288): its address and its parameters. */
const LINK = /<([^<>]{1,2048})>((?:\s*;[^,;"<]*(?:"[^"]*")?)*)/gu;

/** How long the server asks to be left alone (RFC 9110 10.2.3: seconds or a date), in ms; null when it does not say. */
export function retryAfterMs(headers: HttpHeaders, now: number): number | null {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/u.test(value)) return Math.min(Number(value) * 1000, LONGEST_MS);
  const date = httpDate(value);
  return date === null ? null : clamp(date - now);
}

/**
 * How long the answer stays fresh (RFC 9111 4.2.1), in ms: max-age, else Expires after Date; less the Age it had
 * when it came. Null when nothing is said; 0 for what must not be stored.
 */
export function maxAgeMs(headers: HttpHeaders, now: number): number | null {
  const control = headers['cache-control'] ?? '';
  const age = /^\s*\d+\s*$/u.test(headers['age'] ?? '') ? Number(headers['age']) * 1000 : 0;
  if (/(?:^|[\s,])no-(?:cache|store)(?:$|[\s,])/iu.test(control)) return 0;
  const [, seconds] = /(?:^|[\s,])max-age\s*=\s*"?(\d+)/iu.exec(control) ?? [];
  if (seconds !== undefined) return clamp(Number(seconds) * 1000 - age);
  const expires = headers['expires'];
  if (expires === undefined) return null;
  const until = httpDate(expires);
  // What cannot be read as a date has expired (RFC 9111 5.3).
  return until === null ? 0 : clamp(until - (httpDate(headers['date'] ?? '') ?? now) - age);
}

/** The hub and topic that the Link header names (WebSub section 4), which go before those of the document; absent where it names none. */
export function hubLinks(headers: HttpHeaders, url: string): { readonly hub?: string; readonly self?: string } {
  const found = new Map<string, string>();
  for (const [, address = '', parameters = ''] of (headers['link'] ?? '').slice(0, 4_000).matchAll(LINK)) {
    const relations = /(?:^|;)\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/iu.exec(parameters);
    for (const relation of (relations?.[1] ?? relations?.[2] ?? '').toLowerCase().split(/\s+/u)) {
      const link = relation === 'hub' || relation === 'self' ? absoluteLink(address, url) : '';
      if (link !== '' && !found.has(relation)) found.set(relation, link);
    }
  }
  const [hub, self] = [found.get('hub'), found.get('self')];
  return { ...(hub === undefined ? {} : { hub }), ...(self === undefined ? {} : { self }) };
}

/** An HTTP date as epoch ms; null for anything else. */
function httpDate(text: string): number | null {
  const value = text.trim();
  if (value.length > 40 || !/^[A-Za-z]{3}/u.test(value)) return null;
  const time = Date.parse(ASCTIME.test(value) ? `${value} GMT` : value);
  return Number.isNaN(time) ? null : time;
}

function clamp(ms: number): number {
  return Math.min(Math.max(0, ms), LONGEST_MS);
}
