import { DAY_NAMES, HALVES, MONTHS, ZONES } from './date-words.ts';

const LONGEST_DATE = 100;
const MOST_WORDS = 16;
const MINUTE_MS = 60_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;

interface Parts {
  readonly year: number;
  /** 1-12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Minutes east of Greenwich. */
  readonly offset: number;
}

interface Time {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const MIDNIGHT: Time = { hour: 0, minute: 0, second: 0, millisecond: 0 };

/**
 * Epoch ms of a date as any publisher writes it, or null when it is none or names a day that does not exist. Read are
 * ISO 8601 (calendar, ordinal and week dates, all truncations of W3C's note), RFC 822 and 2822 with named and military
 * zones, asctime, SQL, numbers of seconds or milliseconds since 1970, and days written out in about thirty languages.
 * A date without a zone is UTC, but for one in Korean, which names its zone by its script; two digits of a year are read as
 * RFC 2822 section 4.3 says.
 */
export function readDate(text: string): number | null {
  if (text.length > LONGEST_DATE * 4) return null;
  const plain = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
  if (plain === '' || plain.length > LONGEST_DATE) return null;
  return readUsual(plain) ?? readEpoch(plain) ?? readIso(plain) ?? readWritten(plain);
}

/** As most feeds write it, RSS and Atom. Whatever differs a little is read with more patience further on. */
const MAIL = /^(?:[a-z]{3}, )?(\d\d?) ([a-z]{3}) (\d{4}) (\d\d):(\d\d):(\d\d) (gmt|[+-]\d{4})$/;
const W3C = /^(\d{4})-(\d\d)-(\d\d)t(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(z|[+-]\d\d:\d\d)$/;

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
  [hour, minute, second, zone = '', fraction = '']: readonly string[],
): number | null {
  const offset = offsetOf(zone);
  if (month === undefined || offset === null) return null;
  const millisecond = fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  const time = { hour: Number(hour), minute: Number(minute), second: Number(second), millisecond };
  return epochOf({ ...time, year: Number(year), month, day: Number(day), offset });
}

function readEpoch(text: string): number | null {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  return /^\d{13}$/.test(text) ? Number(text) : null;
}

// ------------------------------------------------------------------------------------------------------ ISO 8601

const ISO_ZONE = String.raw`(?<zone>z|utc|gmt|[+-]\d{1,2}(?::?\d{2})?)?z?`;
const ISO_TIME = String.raw`(?:(?:t| ?t ?| )(?<h>\d{1,2})(?::?(?<m>\d{2})(?::?(?<s>\d{2})(?:[.,](?<f>\d{1,9}))?)?)? ?${ISO_ZONE})?$`;
const CALENDAR = new RegExp(String.raw`^(?<y>\d{4})(?:-(?<mo>\d{1,2})(?:-(?<d>\d{1,2}))?)?${ISO_TIME}`);
const COMPACT = new RegExp(String.raw`^(?<y>\d{4})(?<mo>\d{2})(?<d>\d{2})${ISO_TIME}`);
const ORDINAL = new RegExp(String.raw`^(?<y>\d{4})-?(?<n>\d{3})${ISO_TIME}`);
const WEEK = new RegExp(String.raw`^(?<y>\d{4})-?w(?<w>\d{2})(?:-?(?<wd>[1-7]))?${ISO_TIME}`);
const SHORT_YEAR = new RegExp(String.raw`^(?<y>\d{2})-?(?<mo>\d{2})-?(?<d>\d{2})${ISO_TIME}`);
const SHORT_ORDINAL = new RegExp(String.raw`^(?<y>\d{2})-?(?<n>\d{3})${ISO_TIME}`);
const CENTURY_MONTH = new RegExp(String.raw`^-(?<y>\d{2})-?(?<mo>\d{2})${ISO_TIME}`);
/** A month of three digits, which a large host has written for years. */
const LONG_MONTH = new RegExp(String.raw`^(?<y>\d{4})-0(?<mo>\d{2})-(?<d>\d{2})${ISO_TIME}`);
const UNPARTED = /^(?<y>\d{4})(?<mo>\d{2})(?<d>\d{2})(?<h>\d{2})(?<m>\d{2})(?<s>\d{2})?$/;
const ISO_FORMS = [CALENDAR, COMPACT, LONG_MONTH, UNPARTED, WEEK, ORDINAL, SHORT_YEAR, SHORT_ORDINAL, CENTURY_MONTH];

function readIso(text: string): number | null {
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

// ------------------------------------------------------------------------------------------------------- in words

const TIME =
  /(?<![\d.:])(\d{1,2})(?: ?[:h시時时] ?(\d{1,2}))(?: ?[:m분分] ?(\d{1,2})(?:[.,](\d{1,9})|:(\d{3}))?)? ?[초秒]?(?!:?\d)/;
const COMPACT_TIME = /(?<=\p{L}{3} (?:\d{2}|\d{4}) )(\d{2})(\d{2})(?=$| )/u;
const OFFSET =
  /(?:\b(?:gmt|utc|ut|z) ?)?([+-]) ?(\d{1,2}):?(\d{2})?(?= ?(?:$|\(| \d{4}$))|(?:gmt|utc) ?([+-]) ?(\d{1,2})\b/;

/** A sign where the zone stands, and something else than its number. */
const NO_OFFSET = /^ ?[+-](?:\d{1,2}:)?[a-z]/;
/** The one zone of those who write Korean. */
const KOREA_MINUTES = 9 * 60;

/** Days written out: what is a time, a zone, a month, a year and a day is found by its look, in whatever order it stands. */
function readWritten(text: string): number | null {
  if (text.split(' ').length > MOST_WORDS) return null;
  const time = readTime(text);
  const zone = time === null ? null : readZone(time.after);
  if (time === null || zone === null) return null;
  const date = readDay(`${time.before} ${zone.rest}`);
  if (date === null) return null;
  const offset = zone.offset ?? (/[년월일]|오전|오후/.test(text) ? KOREA_MINUTES : 0);
  return epochOf({ ...date, ...time.time, offset });
}

/** The time with what stands before and after it; midnight where there is none, null where there is one that is nonsense. */
function readTime(text: string): { readonly time: Time; readonly before: string; readonly after: string } | null {
  const match = TIME.exec(text) ?? COMPACT_TIME.exec(text);
  if (!match) return /\d:\d/.test(text) ? null : { time: MIDNIGHT, before: text, after: '' };
  const half = HALVES.find(([word]) => halfStands(text, word));
  let hour = Number(match[1]);
  if (half && hour <= 12) hour = (hour % 12) + half[1];
  const time = {
    hour,
    minute: Number(match[2]),
    second: Number(match[3] ?? 0),
    millisecond: Math.floor(Number(`0.${match[4] ?? match[5] ?? '0'}`) * 1000),
  };
  const without = (part: string): string => (half ? part.replace(half[0], ' ') : part);
  const before = without(text.slice(0, match.index)).replace(/[\s,t-]+$/, '');
  return { time, before, after: without(text.slice(match.index + match[0].length)) };
}

function halfStands(text: string, word: string): boolean {
  const at = text.indexOf(word);
  if (at < 0) return false;
  return !/[a-z]/.test(text[at - 1] ?? ' ') && !/[a-z]/.test(text[at + word.length] ?? ' ');
}

/** Minutes east of Greenwich, null where no zone is named, with what else stands there; null for a zone that is nonsense. */
function readZone(text: string): { readonly offset: number | null; readonly rest: string } | null {
  const rest = text.replace(/\([^()]{0,40}\)/, ' ').trimEnd();
  const match = OFFSET.exec(rest);
  if (match) {
    const sign = (match[1] ?? match[4]) === '-' ? -1 : 1;
    const minutes = Number(match[2] ?? match[5]) * 60 + Number(match[3] ?? 0);
    const offset = minutes > 24 * 60 ? 0 : sign * minutes;
    return { offset, rest: `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}` };
  }
  if (NO_OFFSET.test(rest)) return null;
  for (const word of rest.split(/[\s,]+/).reverse()) {
    const named = ZONES.get(word.replace(/^etc\//, '').replaceAll('.', ''));
    if (named !== undefined) return { offset: named, rest: rest.replace(word, ' ') };
  }
  return { offset: null, rest };
}

function readDay(text: string): Pick<Parts, 'year' | 'month' | 'day'> | null {
  const words = text.match(/\p{L}[\p{L}\p{M}]*|\d+/gu) ?? [];
  const months = words.flatMap((word) => monthOf(word) ?? []);
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const month = months.at(-1);
  if (month === undefined) return readNumbers(numbers, text);
  const [first, second] = numbers;
  if (first === undefined) return null;
  if (second === undefined)
    return first.length === 4 && words.length === 2 ? { year: Number(first), month, day: 1 } : null;
  if (first.length === 4 || Number(first) > 31) return { year: fullYear(first), month, day: Number(second) };
  return { year: fullYear(second), month, day: Number(first) };
}

/** `2006/09/15`, `15.09.2006`, `9/15/2006`: the year is what has four digits; slashes put the month first where it can be one. */
function readNumbers(numbers: readonly string[], text: string): Pick<Parts, 'year' | 'month' | 'day'> | null {
  const [a, b, c] = numbers;
  // A year of an era (15 of Heisei) is not one of ours.
  if (/[年년]/.test(text) && a?.length !== 4) return null;
  if (a === undefined || b === undefined || c === undefined) return null;
  if (a.length === 4) return { year: Number(a), month: Number(b), day: Number(c) };
  if (a.length > 2 || b.length > 2 || c.length > 4) return null;
  const year = fullYear(c);
  const dayFirst = !text.includes('/') || Number(a) > 12;
  return dayFirst ? { year, month: Number(b), day: Number(a) } : { year, month: Number(a), day: Number(b) };
}

function monthOf(word: string): number | undefined {
  if (DAY_NAMES.has(word)) return undefined;
  const exact = MONTHS.get(word);
  if (exact !== undefined) return exact;
  // `sept`, `febr`, `octubre` cut short: the first three letters tell months apart in most languages.
  return word.length >= 3 ? MONTHS.get(word.slice(0, 3)) : undefined;
}

// ---------------------------------------------------------------------------------------------------------- both

function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  if (digits.length === 3) return 1900 + year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function offsetOf(zone: string): number | null {
  if (!/^[+-]/.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '');
  const hours = Number(digits.length <= 2 ? digits : digits.slice(0, -2));
  const minutes = digits.length <= 2 ? 0 : Number(digits.slice(-2));
  if (hours > 24 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function epochOf({ year, month, day, hour, minute, second, millisecond, offset }: Parts): number | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null;
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null;
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond) - offset * MINUTE_MS;
}
