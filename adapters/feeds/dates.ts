import { epochOf, offsetOf } from './date-parts.ts';
import { MONTHS, ZONES } from './date-words.ts';
import { readIso } from './dates-iso.ts';
import { readWritten } from './dates-written.ts';

const LONGEST_DATE = 100;

/**
 * Epoch ms of a date as any publisher writes it, or null when it is none or names a day that does not exist. Read are
 * ISO 8601 (calendar, ordinal and week dates, all truncations of W3C's note), RFC 822 and 2822 with named and military
 * zones, asctime, SQL, numbers of seconds or milliseconds since 1970, and days written out in about thirty languages.
 * A date without a zone is UTC, but for one in Korean, which names its zone by its script; two digits of a year are read as
 * RFC 2822 section 4.3 says.
 */
export function readDate(text: string): number | null {
  if (text.length > LONGEST_DATE * 4) return null;
  const plain = text.normalize('NFC').replaceAll('\u2212', '-').replaceAll(/\s+/g, ' ').trim().toLowerCase();
  if (plain === '' || plain.length > LONGEST_DATE) return null;
  return readUsual(plain) ?? readEpoch(plain) ?? readIso(plain) ?? readWritten(plain);
}

/** As most feeds write it, RSS and Atom. Whatever differs a little is read with more patience further on. */
const MAIL = /^(?:[a-z]{3}, )?(\d\d?) ([a-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (gmt|utc?|z|[ecmp][sd]t|[+-]\d{4})$/;
const W3C = /^(\d{4})-(\d\d)-(\d\d)t(\d\d):(\d\d):(\d\d)(?:\.(\d{1,40}))?(z|[+-]\d\d:\d\d)$/;

function readUsual(text: string): number | null {
  const mail = MAIL.exec(text);
  if (mail) return usualDate(mail[3], MONTHS.get(mail[2] ?? ''), mail[1], mail.slice(4));
  const w3c = W3C.exec(text);
  if (!w3c) return null;
  const [, year, month, day, hour = '', minute = '', second = '', fraction = '', zone = ''] = w3c;
  return usualDate(year, Number(month), day, [hour, minute, second, zone, fraction]);
}

function usualDate(
  year: string | undefined,
  month: number | undefined,
  day: string | undefined,
  [hour, minute, second = '0', zone = '', fraction = '']: readonly (string | undefined)[],
): number | null {
  const offset = ZONES.get(zone) ?? offsetOf(zone);
  if (month === undefined || offset === null) return null;
  const millisecond = fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second), millisecond };
  return epochOf({ ...time, year: Number(year), month, day: Number(day), offset });
}

function readEpoch(text: string): number | null {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  return /^\d{13}$/.test(text) ? Number(text) : null;
}
