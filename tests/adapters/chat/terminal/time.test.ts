import { describe, expect, test } from 'vitest';
import { age, localTime, published } from '../../../../adapters/chat/terminal/time.ts';

const now = Date.UTC(2026, 10, 25, 5, 2);
const minute = 60_000;
const day = 24 * 60 * minute;

/** With ordinary spaces only. */
function spaced(text: string): string {
  return text.replaceAll(/\s/gu, ' ');
}

describe('times as they are told', () => {
  test.each([
    [0, 'just now'],
    [59_000, 'just now'],
    [minute, '1 min ago'],
    [59 * minute, '59 min ago'],
    [60 * minute, '1 h ago'],
    [day - 1, '23 h ago'],
    [day, '1 day ago'],
    [7 * day, '7 days ago'],
    [7 * day + 1, ''],
    [-1, ''],
  ])('%i ms past is %j', (past, told) => {
    expect(age(now - past, { now })).toBe(told);
  });

  test.each([
    ['2026-11-25T05:01:00Z', 'Asia/Seoul', '14:01'],
    ['2026-11-24T16:00:00Z', 'Asia/Seoul', '01:00'],
    ['2026-11-24T16:00:00Z', 'UTC', 'Tue 24 Nov 16:00'],
    ['2025-11-25T05:00:00Z', 'UTC', '25 Nov 2025 05:00'],
    ['2026-11-25T05:00:00Z', 'Asia/Kathmandu', '10:45'],
  ])('%s in %s is %s', (iso, timeZone, told) => {
    expect(localTime(Date.parse(iso), { now, timeZone })).toBe(told);
  });

  test.each([
    { language: 'ja', now_: '今', hours: '3 時間前', date: '11月24日(火) 16:00' },
    { language: 'ko', now_: '지금', hours: '3시간 전', date: '11월 24일 (화) 16:00' },
    { language: 'es', now_: 'ahora', hours: 'hace 3 h', date: 'mar, 24 nov 16:00' },
    { language: 'de', now_: 'jetzt', hours: 'vor 3 Std.', date: 'Di., 24. Nov. 16:00' },
    { language: 'fr', now_: 'maintenant', hours: 'il y a 3 h', date: 'mar. 24 nov. 16:00' },
  ])('are told in $language', ({ language, now_, hours, date }) => {
    expect(age(now - 999, { now, language })).toBe(now_);
    expect(spaced(age(now - 3 * 3_600_000, { now, language }))).toBe(hours);
    expect(age(now - 8 * 86_400_000, { now, language })).toBe('');
    expect(localTime(Date.parse('2026-11-24T16:00:00Z'), { now, timeZone: 'UTC', language })).toBe(date);
    expect(localTime(now, { now, timeZone: 'UTC', language })).toMatch(/^\d\d:\d\d$/u);
  });

  test('a story tells both, and nothing for a date that is none', () => {
    expect(published('2026-11-25T04:57:00Z', { now, timeZone: 'UTC' })).toBe('5 min ago, 04:57');
    expect(published('2026-01-02T04:57:00Z', { now, timeZone: 'UTC' })).toBe('Fri 2 Jan 04:57');
    expect(published('', { now, timeZone: 'UTC' })).toBe('');
    expect(published('soon', { now, timeZone: 'UTC' })).toBe('');
  });
});
