const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How times are told: the reader's zone (IANA) and the present (epoch ms). */
export interface Present {
  readonly now: number;
  readonly timeZone: string;
}

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`; '' for the future and for more than a week ago. */
export function age(at: number, now: number): string {
  const past = now - at;
  if (past < 0 || past > 7 * DAY_MS) return '';
  if (past < MINUTE_MS) return 'just now';
  if (past < HOUR_MS) return `${Math.floor(past / MINUTE_MS)} min ago`;
  if (past < DAY_MS) return `${Math.floor(past / HOUR_MS)} h ago`;
  const days = Math.floor(past / DAY_MS);
  return days === 1 ? '1 day ago' : `${days} days ago`;
}

/** In the reader's zone: `14:02` today, `Wed 25 Nov 14:02` within the year, `25 Nov 2025 14:02` else. */
export function localTime(at: number, { now, timeZone }: Present): string {
  const [then, today] = [partsOf(at, timeZone), partsOf(now, timeZone)];
  const clock = `${then.hour}:${then.minute}`;
  if (then.year !== today.year) return `${then.day} ${then.month} ${then.year} ${clock}`;
  if (then.month !== today.month || then.day !== today.day) {
    return `${then.weekday} ${then.day} ${then.month} ${clock}`;
  }
  return clock;
}

/** Both: `5 min ago, 14:02`. '' for a text that is no time. */
export function published(iso: string, present: Present): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return '';
  const [told, local] = [age(at, present.now), localTime(at, present)];
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
