import type { QuietHours, SubscriptionId, When } from '../subscription/subscription.ts';
import { instantOf, localTime, weekday, type LocalTime } from './local-time.ts';

/** When an alert goes out, and with what: alerts of one roll that are due together are one message; '' goes alone. */
export interface Hold {
  readonly at: number;
  readonly roll: string;
}

/** How a subscription is spoken to, with what its place decides filled in. */
export interface Manner {
  readonly id: SubscriptionId;
  readonly when: When;
  readonly quiet: QuietHours | null;
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;

/** When a match made at `now` may be posted. Nothing else in the program decides that. */
export function hold(manner: Manner, now: number): Hold {
  const due = manner.when.kind === 'instant' ? now : nextDue(manner.when, manner.timeZone, now);
  const at = manner.quiet === null ? due : afterQuiet(manner.quiet, manner.timeZone, due);
  if (manner.when.kind !== 'instant') return { at, roll: `${manner.when.kind}:${manner.id}` };
  return at === now ? { at, roll: '' } : { at, roll: 'quiet' };
}

/**
 * The next time after `after` (epoch ms) at which a digest is due. Local days are stepped one by one, so that each has
 * exactly one: a local time the clocks skip falls due at the first valid instant, one they repeat only the first time.
 */
export function nextDue(when: Exclude<When, { kind: 'instant' }>, timeZone: string, after: number): number {
  const today = localTime(after, timeZone);
  if (when.kind === 'hourly') return nextHour(today, timeZone, after);
  const time = clockTime(when.at);
  for (let ahead = 0; ahead <= 8; ahead++) {
    const day: LocalTime = { ...today, day: today.day + ahead, ...time };
    if (when.kind === 'weekly' && weekday(day) !== when.day) continue;
    const due = instantOf(day, timeZone);
    if (due > after) return due;
  }
  throw new Error(`No due time within eight days of ${after} in ${timeZone}`);
}

/** `at` itself, or the end of the quiet hours it falls into. Quiet hours that begin when they end are none. */
export function afterQuiet(quiet: QuietHours, timeZone: string, at: number): number {
  const from = minutes(quiet.from);
  const to = minutes(quiet.to);
  const local = localTime(at, timeZone);
  const clock = local.hour * 60 + local.minute;
  const overMidnight = from > to;
  const inside = overMidnight ? clock >= from || clock < to : clock >= from && clock < to;
  if (!inside) return at;
  const end: LocalTime = { ...local, day: local.day + (overMidnight && clock >= from ? 1 : 0), ...clockTime(quiet.to) };
  const ends = instantOf(end, timeZone);
  // Where the clocks go back the end can be shown twice: the second is meant once the first has passed.
  return ends > at ? ends : ends + HOUR_MS > at ? ends + HOUR_MS : at;
}

function nextHour(now: LocalTime, timeZone: string, after: number): number {
  const next = instantOf({ ...now, hour: now.hour + 1, minute: 0 }, timeZone);
  return next > after ? next : after - (after % HOUR_MS) + HOUR_MS;
}

/** `HH:MM`, checked where it was typed. */
function clockTime(text: string): { readonly hour: number; readonly minute: number } {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return { hour, minute };
}

function minutes(text: string): number {
  const { hour, minute } = clockTime(text);
  return hour * 60 + minute;
}
