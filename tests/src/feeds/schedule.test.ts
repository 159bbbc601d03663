import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DocumentHints } from '../../../src/feeds/feed.ts';
import { afterFailure, nextLook, type ScheduleRules } from '../../../src/feeds/schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Thursday. */
const now = Date.UTC(2026, 0, 1, 12);
const rules: ScheduleRules = {
  intervalMs: 10 * minute,
  minIntervalMs: minute,
  maxIntervalMs: 5 * hour,
  quietMaxIntervalMs: day,
  jitter: 0.1,
  backoffBaseMs: 2 * minute,
  backoffMaxMs: 6 * hour,
};

interface Case {
  recent?: readonly number[];
  lastModified?: string;
  maxAgeMs?: number | null;
  document?: DocumentHints;
  intervalMs?: number | null;
  random?: number;
}

/** How long until the next look. */
function wait({
  recent = [],
  lastModified = '',
  maxAgeMs = null,
  document = {},
  intervalMs = null,
  random = 0.5,
}: Case) {
  const state = { recent, validators: { etag: '', lastModified } };
  return (
    nextLook({ state, hints: { maxAgeMs }, document, feed: { intervalMs }, rules, now, random: () => random }) - now
  );
}
const every = (gap: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => now - (count - 1 - i) * gap);

describe('a feed is asked again', () => {
  test('after the interval of the settings while nothing is known of it', () => expect(wait({})).toBe(10 * minute));

  test('after its own interval, whatever its pulse', () => {
    expect(wait({ intervalMs: 30 * minute })).toBe(30 * minute);
    expect(wait({ intervalMs: 30 * minute, recent: every(minute, 20) })).toBe(30 * minute);
    expect(wait({ intervalMs: 1000 })).toBe(minute);
    expect(wait({ intervalMs: day })).toBe(5 * hour);
  });

  test('sooner when it is busy, later when it is quiet, within bounds', () => {
    expect(wait({ recent: every(minute, 20) })).toBe(2 * minute);
    expect(wait({ recent: every(hour, 20) })).toBeLessThan(6 * minute);
    expect(wait({ recent: every(6 * hour, 20) })).toBeGreaterThan(20 * minute);
    expect(wait({ recent: every(7 * day, 20) })).toBe(hour);
    expect(wait({ recent: [now - 90 * day] })).toBe(hour);
    expect(wait({ lastModified: new Date(now - 400 * day).toUTCString() })).toBe(hour);
    expect(wait({ lastModified: 'nonsense' })).toBe(10 * minute);
    expect(wait({ lastModified: new Date(now + day).toUTCString() })).toBe(10 * minute);
  });

  test('no sooner than its server and its document ask for', () => {
    expect(wait({ maxAgeMs: 2 * hour, random: 0 })).toBe(2 * hour);
    expect(wait({ document: { ttlMinutes: 90 }, random: 0 })).toBe(90 * minute);
    expect(wait({ document: { updatePeriodMs: 3 * hour }, random: 0 })).toBe(3 * hour);
    expect(wait({ maxAgeMs: hour, document: { ttlMinutes: 90 }, random: 0 })).toBe(90 * minute);
    expect(wait({ maxAgeMs: 0, document: { ttlMinutes: 1 } })).toBe(10 * minute);
    expect(wait({ maxAgeMs: 2 * hour, intervalMs: 5 * minute, random: 0 })).toBe(2 * hour);
  });

  test('within five hours, or a day when it is quiet and asks for it', () => {
    expect(wait({ maxAgeMs: 30 * day, recent: every(hour, 5) })).toBe(5 * hour);
    expect(wait({ maxAgeMs: 30 * day })).toBe(5 * hour);
    expect(wait({ maxAgeMs: 30 * day, recent: [now - 3 * day] })).toBe(day);
    expect(wait({ document: { ttlMinutes: 600 }, recent: [now - 3 * day], random: 0 })).toBe(10 * hour);
    expect(wait({ recent: [now - 300 * day] })).toBe(hour);
  });

  test('a little earlier or later than others', () => {
    expect(wait({ random: 0 })).toBe(9 * minute);
    expect(wait({ random: 1 })).toBe(11 * minute);
    expect(wait({ maxAgeMs: hour, random: 1 })).toBe(66 * minute);
  });

  test('outside the hours and days it wants skipped', () => {
    const at = (document: DocumentHints): string => new Date(now + wait({ document, random: 0.5 })).toISOString();
    expect(at({ skipHours: [12, 13] })).toBe('2026-01-01T14:05:00.000Z');
    expect(at({ skipHours: [13] })).toBe('2026-01-01T12:10:00.000Z');
    expect(at({ skipDays: [4] })).toBe('2026-01-02T00:05:00.000Z');
    expect(at({ skipDays: [4, 5, 6], skipHours: [0, 1] })).toBe('2026-01-04T02:05:00.000Z');
    expect(at({ skipDays: [0, 1, 2, 3, 4, 5, 6] })).toBe('2026-01-01T12:10:00.000Z');
    expect(at({ skipHours: Array.from({ length: 24 }, (_, i) => i) })).toBe('2026-01-01T12:10:00.000Z');
  });

  test('always within the rules, whatever it says', () => {
    const number = fc.oneof(fc.integer({ min: -10, max: 10 ** 12 }), fc.constantFrom(0, 1, 60));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: now }), { maxLength: 20 }).map((times) => times.sort((a, b) => a - b)),
        fc.option(number),
        fc.record({ ttlMinutes: number, updatePeriodMs: number }, { requiredKeys: [] }),
        fc.option(fc.integer({ min: 1, max: 10 ** 10 })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (recent, maxAgeMs, document, intervalMs, random) => {
          const waited = wait({ recent, maxAgeMs, document, intervalMs, random });
          expect(waited).toBeGreaterThanOrEqual(minute);
          expect(waited).toBeLessThanOrEqual(day);
        },
      ),
    );
  });
});

describe('a failing feed is tried again', () => {
  const after = (failures: number, retryAfterMs: number | null = null, random = 0.5): number =>
    afterFailure({ failures, retryAfterMs, rules, now, random: () => random }) - now;

  test('after waits that double up to a limit', () => {
    expect([1, 2, 3, 4].map((failures) => after(failures))).toEqual([2, 4, 8, 16].map((minutes) => minutes * minute));
    for (const failures of [9, 50, 10_000]) expect(after(failures)).toBe(6 * hour);
  });

  test('no sooner than it asks for, of which a day is believed', () => {
    expect(after(1, hour, 0)).toBe(hour);
    expect(after(4, minute)).toBe(16 * minute);
    expect(after(1, 365 * day, 0)).toBe(day);
  });

  test('spread, so that a host that comes back is not asked for everything at once', () => {
    expect(after(1, null, 0)).toBe(1.8 * minute);
    expect(after(1, null, 1)).toBe(2.2 * minute);
    expect(after(1, hour, 1)).toBe(66 * minute);
  });
});
