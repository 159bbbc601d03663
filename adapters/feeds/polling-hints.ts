import type { FeedDocument } from '../../src/story/item.ts';
import type { CanonicalFeed } from './canonical.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PERIODS: ReadonlyMap<string, number> = new Map([
  ['hourly', HOUR_MS],
  ['daily', DAY_MS],
  ['weekly', 7 * DAY_MS],
  ['monthly', 30 * DAY_MS],
  ['yearly', 365 * DAY_MS],
]);
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEK_MINUTES = 7 * 24 * 60;

type Hints = Pick<FeedDocument, 'ttlMinutes' | 'updatePeriodMs' | 'skipHours' | 'skipDays'>;

/**
 * What a feed says about when to come back: `ttl` (RSS 2.0, minutes), `sy:updatePeriod` divided by `sy:updateFrequency` (RSS 1.0
 * syndication module), `skipHours` (0-23, 24 read as 0) and `skipDays`. What makes no sense, or skips every hour or day, is left out.
 */
export function pollingHints(feed: CanonicalFeed): Hints {
  const ttl = /^\d{1,6}/.test(feed.ttl) ? Number.parseInt(feed.ttl, 10) : 0;
  const period = PERIODS.get(feed.updatePeriod.toLowerCase());
  const frequency = Number.parseInt(feed.updateFrequency, 10);
  const hours = numbers(feed.skipHours.map((hour) => (/^\d{1,2}$/.test(hour) ? Number(hour) % 24 : -1)));
  const days = numbers(feed.skipDays.map((day) => DAYS.indexOf(day.slice(0, 3).toLowerCase())));
  return {
    ...(ttl > 0 && ttl <= WEEK_MINUTES ? { ttlMinutes: ttl } : {}),
    ...(period === undefined ? {} : { updatePeriodMs: Math.round(period / (frequency >= 1 ? frequency : 1)) }),
    ...(hours.length > 0 && hours.length < 24 ? { skipHours: hours } : {}),
    ...(days.length > 0 && days.length < 7 ? { skipDays: days } : {}),
  };
}

function numbers(found: readonly number[]): number[] {
  return [...new Set(found.filter((number) => number >= 0))].sort((a, b) => a - b);
}
