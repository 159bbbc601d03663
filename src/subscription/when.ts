import type { QuietHours, When } from './subscription.ts';

const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** What is wrong with a time that was typed: a stable code, so that it can be said in any language. */
export interface TimeProblem {
  readonly code: 'no day' | 'no time of day' | 'no time to send' | 'no quiet hours';
  readonly typed: string;
}

/** A member's mistake in a value: what is wrong, in English and as data, and what would be right. */
export interface Mistake {
  readonly ok: false;
  readonly problem: TimeProblem;
  readonly message: string;
  readonly suggestion: string;
}

/** Reads `instant`, `hourly`, `daily 08:00`, `weekly Mon 08:00` (any case; minutes and the time may be left out: 08:00). */
export function parseWhen(text: string): { readonly ok: true; readonly when: When } | Mistake {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/u);
  const [kind = '', ...rest] = words;
  if ((kind === 'instant' || kind === 'now') && rest.length === 0) return { ok: true, when: { kind: 'instant' } };
  if (kind === 'hourly' && rest.length === 0) return { ok: true, when: { kind: 'hourly' } };
  const isAt = rest.filter((word) => word !== 'at');
  if (kind === 'daily' && isAt.length <= 1) {
    const at = parseClock(isAt[0] ?? '08:00');
    return at === null
      ? mistake({ code: 'no time of day', typed: isAt[0] ?? '' }, 'daily 08:00')
      : { ok: true, when: { kind: 'daily', at } };
  }
  if (kind === 'weekly' && isAt.length <= 2) {
    const [dayText = 'monday', timeText = '08:00'] = isAt;
    const day = dayText.length < 3 ? -1 : dayNames.findIndex((name) => name.startsWith(dayText));
    if (day < 0) {
      return mistake({ code: 'no day', typed: dayText }, 'weekly Mon 08:00');
    }
    const at = parseClock(timeText);
    return at === null
      ? mistake({ code: 'no time of day', typed: timeText }, 'weekly Mon 08:00')
      : { ok: true, when: { kind: 'weekly', day: day + 1, at } };
  }
  return mistake({ code: 'no time to send', typed: text.trim() }, 'daily 08:00');
}

/** The form that `parseWhen` reads back. */
export function printWhen(when: When): string {
  if (when.kind === 'daily') return `daily ${when.at}`;
  if (when.kind === 'weekly') {
    const name = dayNames[when.day - 1] ?? 'monday';
    return `weekly ${name.charAt(0).toUpperCase()}${name.slice(1, 3)} ${when.at}`;
  }
  return when.kind;
}

/** Reads `22:00-07:00` (also with `to` or an en dash), or `off` for none. */
export function parseQuiet(text: string): { readonly ok: true; readonly quiet: QuietHours | null } | Mistake {
  const plain = text.trim().toLowerCase();
  if (plain === 'off' || plain === 'none') return { ok: true, quiet: null };
  const [from, to, ...more] = plain.split(/\s*(?:-|–|—|\bto\b)\s*/u).map(parseClock);
  if (typeof from !== 'string' || typeof to !== 'string' || more.length > 0 || from === to) {
    return mistake({ code: 'no quiet hours', typed: text.trim() }, '22:00-07:00');
  }
  return { ok: true, quiet: { from, to } };
}

/** The form that `parseQuiet` reads back. */
export function printQuiet(quiet: QuietHours | null): string {
  return quiet === null ? 'off' : `${quiet.from}-${quiet.to}`;
}

/** Reads a duration such as `3d`, `12h`, `45m`, `2w`, `1d 12h`; in ms, null when it is none or longer than a year. */
export function parseDuration(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (!/^(\d{1,4}\s*(m|min|h|d|w)\s*)+$/u.test(plain)) return null;
  const unitMs: Readonly<Record<string, number>> = {
    m: 60_000,
    min: 60_000,
    h: 3_600_000,
    d: 86_400_000,
    w: 604_800_000,
  };
  let total = 0;
  for (const [, count = '0', unit = 'm'] of plain.matchAll(/(\d{1,4})\s*(min|m|h|d|w)/gu)) {
    total += Number(count) * (unitMs[unit] ?? 0);
  }
  return total > 0 && total <= 366 * 86_400_000 ? total : null;
}

/** `8`, `8:00`, `08:00`, `8am`, `8:30 pm` as `HH:MM`, or null. */
function parseClock(text: string): string | null {
  const found = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/u.exec(text.trim());
  if (!found) return null;
  const [, hourText = '', minuteText = '00', half] = found;
  const hour12 = Number(hourText);
  if (half !== undefined && (hour12 < 1 || hour12 > 12)) return null;
  const hour = half === undefined ? hour12 : (hour12 % 12) + (half === 'pm' ? 12 : 0);
  const minute = Number(minuteText);
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function mistake(problem: TimeProblem, suggestion: string): Mistake {
  return { ok: false, message: timeProblemInEnglish(problem), problem, suggestion };
}

export function timeProblemInEnglish({ code, typed }: TimeProblem): string {
  switch (code) {
    case 'no day':
      return `“${typed}” is no day of the week.`;
    case 'no time of day':
      return `“${typed}” is no time of day.`;
    case 'no time to send':
      return `“${typed}” is no time to send. It can be instant, hourly, daily 08:00 or weekly Mon 08:00.`;
    case 'no quiet hours':
      return `“${typed}” are no quiet hours. They look like 22:00-07:00, or off.`;
  }
}
