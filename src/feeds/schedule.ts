import type { DocumentHints, Feed, FeedState } from './feed.ts';

/** All in ms but for `jitter`, a share of the interval (0 to 1). */
export interface ScheduleRules {
  readonly intervalMs: number;
  readonly minIntervalMs: number;
  readonly maxIntervalMs: number;
  /** In place of `maxIntervalMs` for a quiet feed that asks for long intervals. */
  readonly quietMaxIntervalMs: number;
  readonly jitter: number;
  readonly backoffBaseMs: number;
  readonly backoffMaxMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A feed is asked this often between two of its stories, so that one is on average this share of a gap late. */
const LOOKS_PER_STORY = 12;
/** By its pulse alone a feed is asked at most this many times as often as the setting says, or as seldom. */
const BUSY_FACTOR = 5;
const QUIET_FACTOR = 6;
/** Those who come back from a skipped hour are spread over this long. */
const RETURN_SPREAD_MS = 10 * 60_000;

/**
 * When to look at a feed again (epoch ms), after an answer that was one. The interval is the feed's own, or the setting
 * bent by the feed's pulse; what its server and its document ask for makes it longer, never shorter. Then it is
 * clamped, spread, and moved out of the hours and days the publisher wants skipped.
 */
export function nextLook(look: {
  readonly state: Pick<FeedState, 'recent' | 'validators'>;
  readonly hints: { readonly maxAgeMs: number | null };
  readonly document: DocumentHints;
  readonly feed: Pick<Feed, 'intervalMs'>;
  readonly rules: ScheduleRules;
  readonly now: number;
  readonly random: () => number;
}): number {
  const { state, hints, document, feed, rules, now, random } = look;
  const own = feed.intervalMs ?? followPulse(rules.intervalMs, pulseMs(state, now));
  const asked = Math.max(hints.maxAgeMs ?? 0, (document.ttlMinutes ?? 0) * 60_000, document.updatePeriodMs ?? 0);
  const longest = asked > rules.maxIntervalMs && isQuiet(state, now) ? rules.quietMaxIntervalMs : rules.maxIntervalMs;
  const wanted = Math.max(own, asked, rules.minIntervalMs);
  const interval = spread(Math.min(wanted, longest), asked >= own && asked <= longest, rules, longest, random());
  return leaveOut(now + interval, document.skipHours ?? [], document.skipDays ?? [], random());
}

/**
 * When to try again (epoch ms) after the `failures`th failure in a row: twice as long each time, spread, capped; no
 * sooner than the server asks, of which `quietMaxIntervalMs` is believed.
 */
export function afterFailure(failure: {
  readonly failures: number;
  readonly retryAfterMs: number | null;
  readonly rules: ScheduleRules;
  readonly now: number;
  readonly random: () => number;
}): number {
  const { failures, retryAfterMs, rules, now, random } = failure;
  const doubled = rules.backoffBaseMs * 2 ** Math.min(Math.max(0, failures - 1), 30);
  const own = Math.min(doubled, rules.backoffMaxMs) * (1 - rules.jitter + 2 * rules.jitter * random());
  const asked = Math.min(retryAfterMs ?? 0, rules.quietMaxIntervalMs) * (1 + rules.jitter * random());
  return now + Math.round(Math.max(own, asked));
}

/** The time between two stories (ms), the one still running included; null where nothing is known of it. */
function pulseMs(state: Pick<FeedState, 'recent' | 'validators'>, now: number): number | null {
  const [first] = state.recent;
  if (first !== undefined && state.recent.length > 1) return (now - first) / state.recent.length;
  const last = lastChange(state, now);
  return last === null ? null : now - last;
}

/** When the feed last had something new: a story, or else what its server says; null where neither is known. */
function lastChange({ recent, validators }: Pick<FeedState, 'recent' | 'validators'>, now: number): number | null {
  const modified = Date.parse(validators.lastModified);
  const last = Math.max(recent.at(-1) ?? 0, modified <= now ? modified : 0);
  return last > 0 ? last : null;
}

function isQuiet(state: Pick<FeedState, 'recent' | 'validators'>, now: number): boolean {
  const last = lastChange(state, now);
  return last !== null && now - last >= DAY_MS;
}

function followPulse(intervalMs: number, pulse: number | null): number {
  if (pulse === null) return intervalMs;
  return Math.min(Math.max(pulse / LOOKS_PER_STORY, intervalMs / BUSY_FACTOR), intervalMs * QUIET_FACTOR);
}

/** Spreads an interval both ways; upwards only where somebody asked for it, and never over the longest. */
function spread(interval: number, askedFor: boolean, rules: ScheduleRules, longest: number, random: number): number {
  const share = askedFor ? rules.jitter * random : rules.jitter * (2 * random - 1);
  const spreadOut = Math.round(interval * (1 + share));
  return Math.min(Math.max(spreadOut, rules.minIntervalMs), longest);
}

/** The time itself, or the first later one outside the skipped hours and days (UTC). Skipping everything skips nothing. */
function leaveOut(at: number, skipHours: readonly number[], skipDays: readonly number[], random: number): number {
  const hours = new Set(skipHours);
  const days = new Set(skipDays);
  if (hours.size === 0 && days.size === 0) return at;
  const skipped = (time: number): boolean => {
    const date = new Date(time);
    return hours.has(date.getUTCHours()) || days.has(date.getUTCDay());
  };
  if (!skipped(at)) return at;
  const start = Math.floor(at / HOUR_MS) * HOUR_MS;
  for (let time = start + HOUR_MS; time <= start + 8 * DAY_MS; time += HOUR_MS) {
    if (!skipped(time)) return time + Math.round(random * RETURN_SPREAD_MS);
  }
  return at;
}
