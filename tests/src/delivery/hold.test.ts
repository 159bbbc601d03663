import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterQuiet, hold, nextDue } from '../../../src/delivery/hold.ts';
import { instantOf, localTime, weekday } from '../../../src/delivery/local-time.ts';

const zones = [
  'UTC',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/St_Johns',
  'Pacific/Apia',
];
const day = 86_400_000;

describe('a daily digest', () => {
  test.each(zones)('falls due exactly once on each of 400 local days in %s', (zone) => {
    for (const at of ['02:30', '08:00', '00:00', '23:59']) {
      let now = Date.UTC(2026, 0, 1, 12);
      const end = now + 400 * day;
      const days = new Set<string>();
      let dues = 0;
      while (now < end) {
        now = nextDue({ kind: 'daily', at }, zone, now);
        const local = localTime(now, zone);
        days.add(`${local.year}-${local.month}-${local.day}`);
        dues++;
      }
      expect(days.size).toBe(dues);
      expect(Math.abs(dues - 400)).toBeLessThanOrEqual(1);
    }
  });

  test('at a time the clocks skip comes at the first instant after the gap', () => {
    const due = nextDue({ kind: 'daily', at: '02:30' }, 'Europe/Berlin', Date.UTC(2026, 2, 28, 22));
    expect(new Date(due).toISOString()).toBe('2026-03-29T01:00:00.000Z');
  });

  test('at a time the clocks show twice comes the first time only', () => {
    const first = nextDue({ kind: 'daily', at: '02:30' }, 'Europe/Berlin', Date.UTC(2026, 9, 24, 12));
    expect(new Date(first).toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(new Date(nextDue({ kind: 'daily', at: '02:30' }, 'Europe/Berlin', first)).toISOString()).toBe(
      '2026-10-26T01:30:00.000Z',
    );
  });
});

test('a weekly digest falls on its day', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(...zones),
      (now, on, zone) => {
        const due = nextDue({ kind: 'weekly', day: on, at: '08:00' }, zone, now);
        expect(weekday(localTime(due, zone))).toBe(on);
        expect(due).toBeGreaterThan(now);
        expect(due - now).toBeLessThanOrEqual(7 * day + 3_600_000);
      },
    ),
  );
});

test('an hourly digest falls on the next full local hour', () => {
  const due = nextDue({ kind: 'hourly' }, 'Asia/Kathmandu', Date.UTC(2026, 5, 1, 10, 20));
  expect(new Date(due).toISOString()).toBe('2026-06-01T11:15:00.000Z');
});

test('any instant is found again from what clocks show, or an hour of the repeated one earlier', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) }),
      fc.constantFrom(...zones),
      (instant, zone) => {
        const minute = Math.floor(instant / 60_000) * 60_000;
        const back = instantOf(localTime(minute, zone), zone);
        expect(minute - back === 0 || (minute - back > 0 && minute - back <= 3_600_000)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

describe('quiet hours', () => {
  const quiet = { from: '22:00', to: '07:00' };

  test('over midnight hold until they end', () => {
    expect(afterQuiet(quiet, 'Asia/Tokyo', Date.UTC(2026, 5, 1, 14))).toBe(Date.UTC(2026, 5, 1, 22));
    expect(afterQuiet(quiet, 'Asia/Tokyo', Date.UTC(2026, 5, 1, 21, 59))).toBe(Date.UTC(2026, 5, 1, 22));
  });

  test('let pass what comes at their end or before their beginning', () => {
    const end = Date.UTC(2026, 5, 1, 22);
    expect(afterQuiet(quiet, 'Asia/Tokyo', end)).toBe(end);
    const before = Date.UTC(2026, 5, 1, 12, 59);
    expect(afterQuiet(quiet, 'Asia/Tokyo', before)).toBe(before);
  });

  test('never hold anything into the quiet, nor longer than a day and an hour', () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) }),
        clock,
        clock,
        fc.constantFrom(...zones),
        (at, from, to, zone) => {
          fc.pre(from !== to);
          const after = afterQuiet({ from, to }, zone, at);
          expect(after).toBeGreaterThanOrEqual(at);
          expect(after - at).toBeLessThanOrEqual(25 * 3_600_000);
        },
      ),
    );
  });
});

describe('hold', () => {
  const manner = { id: 7, when: { kind: 'instant' }, quiet: null, timeZone: 'UTC' } as const;
  const now = Date.UTC(2026, 5, 1, 23);

  test('lets an instant alert go now and alone', () => {
    expect(hold(manner, now)).toEqual({ at: now, roll: '' });
  });

  test('gathers instant alerts of the quiet hours of a place in one roll', () => {
    expect(hold({ ...manner, quiet: { from: '22:00', to: '07:00' } }, now)).toEqual({
      at: Date.UTC(2026, 5, 2, 7),
      roll: 'quiet',
    });
  });

  test('gathers digests by subscription, after the quiet', () => {
    expect(
      hold({ ...manner, when: { kind: 'daily', at: '06:00' }, quiet: { from: '22:00', to: '07:00' } }, now),
    ).toEqual({
      at: Date.UTC(2026, 5, 2, 7),
      roll: 'daily:7',
    });
  });
});
