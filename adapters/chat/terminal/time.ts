const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How times are told: the present (epoch ms), the reader's zone (IANA) and language (BCP 47; absent, English). */
export interface Present {
  readonly now: number;
  readonly timeZone: string;
  readonly language?: string;
}

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`; '' for the future and for more than a week ago. */
export function age(at: number, { now, language = 'en' }: Omit<Present, 'timeZone'>): string {
  const past = now - at;
  if (past < 0 || past > 7 * DAY_MS) return '';
  if (language !== 'en') return ageIn(language, past);
  if (past < MINUTE_MS) return 'just now';
  if (past < HOUR_MS) return `${Math.floor(past / MINUTE_MS)} min ago`;
  if (past < DAY_MS) return `${Math.floor(past / HOUR_MS)} h ago`;
  const days = Math.floor(past / DAY_MS);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

function ageIn(language: string, past: number): string {
  const format = new Intl.RelativeTimeFormat(language, {
    style: 'short',
    numeric: past < MINUTE_MS ? 'auto' : 'always',
  });
  if (past < MINUTE_MS) return format.format(0, 'second');
  if (past < HOUR_MS) return format.format(-Math.floor(past / MINUTE_MS), 'minute');
  if (past < DAY_MS) return format.format(-Math.floor(past / HOUR_MS), 'hour');
  return format.format(-Math.floor(past / DAY_MS), 'day');
}

/** In the reader's zone: `14:02` today, `Wed 25 Nov 14:02` within the year, `25 Nov 2025 14:02` else. */
export function localTime(at: number, { now, timeZone, language = 'en' }: Present): string {
  const [then, today] = [partsOf(at, timeZone), partsOf(now, timeZone)];
  const clock = `${then.hour}:${then.minute}`;
  const thisYear = then.year === today.year;
  if (thisYear && then.month === today.month && then.day === today.day) return clock;
  if (language !== 'en') return `${dateIn(language, at, timeZone, thisYear)} ${clock}`;
  return thisYear
    ? `${then.weekday} ${then.day} ${then.month} ${clock}`
    : `${then.day} ${then.month} ${then.year} ${clock}`;
}

function dateIn(language: string, at: number, timeZone: string, thisYear: boolean): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    day: 'numeric',
    month: 'short',
    ...(thisYear ? { weekday: 'short' } : { year: 'numeric' }),
  }).format(at);
}

/** Both: `5 min ago, 14:02`. '' for a text that is no time. */
export function published(iso: string, present: Present): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return '';
  const [told, local] = [age(at, present), localTime(at, present)];
  return told === '' ? local : `${told}, ${local}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: number, timeZone: string): Record<Intl.DateTimeFormatPartTypes, string> {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value])) as Record<
    Intl.DateTimeFormatPartTypes,
    string
  >;
}
