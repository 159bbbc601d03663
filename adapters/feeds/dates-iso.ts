import { epochOf, fullYear, MINUTE_MS, offsetOf, type Time } from './date-parts.ts';

const ISO_ZONE = String.raw`(?<zone>z|utc|gmt|[+-]\d{1,2}(?::?\d{2})?)?z?`;
const ISO_TIME = String.raw`(?:(?:t| ?t ?| )(?<h>\d{1,2})(?::?(?<m>\d{2})(?::?(?<s>\d{2})(?:[.,](?<f>\d{0,40}))?)?)? ?${ISO_ZONE})?$`;
const CALENDAR = new RegExp(String.raw`^(?<y>\d{4})(?:-(?<mo>\d{1,2})(?:-(?<d>\d{1,2}))?)?${ISO_TIME}`);
/** XML Schema's date: a day with its zone and no time. */
const ZONED_DAY = /^(?<y>\d{4})-(?<mo>\d{2})-(?<d>\d{2}) ?(?<zone>[+-]\d{2}:\d{2})$/;
const COMPACT = new RegExp(String.raw`^(?<y>\d{4})(?<mo>\d{2})(?<d>\d{2})${ISO_TIME}`);
const ORDINAL = new RegExp(String.raw`^(?<y>\d{4})-?(?<n>\d{3})${ISO_TIME}`);
const WEEK = new RegExp(String.raw`^(?<y>\d{4})-?w(?<w>\d{2})(?:-?(?<wd>[1-7]))?${ISO_TIME}`);
const SHORT_YEAR = new RegExp(String.raw`^(?<y>\d{2})-?(?<mo>\d{2})-?(?<d>\d{2})${ISO_TIME}`);
const SHORT_ORDINAL = new RegExp(String.raw`^(?<y>\d{2})-?(?<n>\d{3})${ISO_TIME}`);
const CENTURY_MONTH = new RegExp(String.raw`^-(?<y>\d{2})-?(?<mo>\d{2})${ISO_TIME}`);
/** A month of three digits, which a large host has written for years. */
const LONG_MONTH = new RegExp(String.raw`^(?<y>\d{4})-0(?<mo>\d{2})-(?<d>\d{2})${ISO_TIME}`);
const UNPARTED = /^(?<y>\d{4})(?<mo>\d{2})(?<d>\d{2})(?<h>\d{2})(?<m>\d{2})(?<s>\d{2})?$/;
const ISO_FORMS = [
  CALENDAR,
  ZONED_DAY,
  COMPACT,
  LONG_MONTH,
  UNPARTED,
  WEEK,
  ORDINAL,
  SHORT_YEAR,
  SHORT_ORDINAL,
  CENTURY_MONTH,
];

/** Epoch ms of a date in any form of ISO 8601 (in lower case), and of those that programs make of it; null for none of them. */
export function readIso(text: string): number | null {
  for (const form of ISO_FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups) return isoDate(groups);
  }
  return null;
}

function isoDate(groups: Readonly<Record<string, string | undefined>>): number | null {
  const year = fullYear(groups['y'] ?? '');
  const time: Time = {
    hour: Number(groups['h'] ?? 0),
    minute: Number(groups['m'] ?? 0),
    second: Number(groups['s'] ?? 0),
    millisecond: Math.floor(Number(`0.${groups['f'] ?? '0'}`) * 1000),
  };
  const offset = offsetOf(groups['zone'] ?? 'z');
  if (offset === null) return null;
  if (groups['n'] !== undefined) return dayOfYear(year, Number(groups['n']), { ...time, offset });
  if (groups['w'] !== undefined)
    return dayOfWeek(year, Number(groups['w']), Number(groups['wd'] ?? 1), { ...time, offset });
  return epochOf({ ...time, year, month: Number(groups['mo'] ?? 1), day: Number(groups['d'] ?? 1), offset });
}

function dayOfYear(year: number, day: number, rest: Time & { readonly offset: number }): number | null {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day < 1 || day > (leap ? 366 : 365)) return null;
  const first = epochOf({ ...rest, year, month: 1, day: 1 });
  return first === null ? null : first + (day - 1) * 24 * 60 * MINUTE_MS;
}

/** Week 1 is the week of 4 January; its first day is a Monday. */
function dayOfWeek(year: number, week: number, day: number, rest: Time & { readonly offset: number }): number | null {
  if (week < 1 || week > 53) return null;
  const fourth = epochOf({ ...rest, year, month: 1, day: 4 });
  if (fourth === null) return null;
  const weekday = new Date(Date.UTC(year, 0, 4)).getUTCDay() || 7;
  return fourth + ((week - 1) * 7 + day - weekday) * 24 * 60 * MINUTE_MS;
}
