import { epochOf, fullYear, MINUTE_MS, type Parts, type Time } from './date-parts.ts';
import { DAY_NAMES, HALVES, MONTHS, ZONES } from './date-words.ts';
import { ZONE_NAME, zoneOffset } from './date-zones.ts';

const MOST_WORDS = 16;
const MIDNIGHT: Time = { hour: 0, minute: 0, second: 0, millisecond: 0 };
const TIME =
  /(?<![\d.:])(\d{1,2})(?: ?[:h시時时] ?(\d{1,2}))(?: ?[:m분分] ?(\d{1,2})(?:[.,](\d{1,9})|:(\d{3}))?)? ?[초秒]?(?!:?\d)/;
const COMPACT_TIME = /(?<=\p{L}{3} (?:\d{2}|\d{4}) )(\d{2})(\d{2})(?=$| )/u;
const DOTTED_TIME = /(?<=\d{4},? )(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?=$| )/;
const OFFSET =
  /(?:\b(?:gmt|utc|ut|z) ?)?([+-]) ?(\d{1,2}):?(\d{2})?(?= ?(?:$|\(| \d{4}$))|(?:gmt|utc) ?([+-]) ?(\d{1,2})\b/;

/** A sign where the zone stands, and something else than its number. */
const NO_OFFSET = /^ ?[+-](?:\d{1,2}:(?:\d{2})?)?[a-z]/;
/** The one zone of those who write Korean. */
const KOREA_MINUTES = 9 * 60;

/** Days written out: what is a time, a zone, a month, a year and a day is found by its look, in whatever order it stands. */
export function readWritten(text: string): number | null {
  if (text.split(' ').length > MOST_WORDS) return null;
  const time = readTime(text);
  const zone = time === null ? null : readZone(time.after);
  if (time === null || zone === null) return null;
  const date = readDay(`${time.before} ${zone.rest}`);
  if (date === null) return null;
  const offset = zone.offset ?? (/[년월일]|오전|오후/.test(text) ? KOREA_MINUTES : 0);
  const epoch = epochOf({ ...date, ...time.time, offset });
  if (zone.name === '' || epoch === null) return epoch;
  return epoch - (zoneOffset(zone.name, epoch) ?? 0) * MINUTE_MS;
}

/** The time with what stands before and after it; midnight where there is none, null where there is one that is nonsense. */
function readTime(text: string): { readonly time: Time; readonly before: string; readonly after: string } | null {
  const match = TIME.exec(text) ?? COMPACT_TIME.exec(text) ?? DOTTED_TIME.exec(text);
  if (!match) return /\d:\w/.test(text) ? null : { time: MIDNIGHT, before: text, after: '' };
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

interface Zone {
  /** Minutes east of Greenwich; null where none is told. */
  readonly offset: number | null;
  /** Of the IANA database; '' for none. */
  readonly name: string;
  /** What else stands there. */
  readonly rest: string;
}

/** The zone that is named behind a time; null for one that is nonsense. */
function readZone(text: string): Zone | null {
  const rest = text.replace(/\([^()]{0,40}\)|\[[^[\]]{0,40}\]/, ' ').trimEnd();
  const match = OFFSET.exec(rest);
  if (match) {
    const sign = (match[1] ?? match[4]) === '-' ? -1 : 1;
    const minutes = Number(match[2] ?? match[5]) * 60 + Number(match[3] ?? 0);
    const offset = minutes > 24 * 60 ? 0 : sign * minutes;
    return { offset, name: '', rest: `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}` };
  }
  if (NO_OFFSET.test(rest)) return null;
  for (const word of rest.split(/[\s,]+/).reverse()) {
    const named = ZONES.get(word.replace(/^etc\//, '').replaceAll('.', ''));
    if (named !== undefined) return { offset: named, name: '', rest: rest.replace(word, ' ') };
  }
  const name = ZONE_NAME.exec(rest)?.[0] ?? '';
  return { offset: null, name, rest: rest.replace(name, ' ') };
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
  const [a, b, c, d] = numbers;
  if (d !== undefined && /^[\d -]+$/.test(text)) return null;
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
