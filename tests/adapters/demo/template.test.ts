import { describe, expect, test } from 'vitest';
import { fillTemplate } from '../../../adapters/demo/template.ts';

const start = Date.UTC(2026, 10, 25, 5, 2, 7, 450);
const hour = 3_600_000;
const startedAt = [start, start + hour, start + 2 * hour];

describe('a sample feed', () => {
  test.each([
    ['rfc822', 'Wed, 25 Nov 2026 04:27:07 +0000'],
    ['rfc3339', '2026-11-25T04:27:07Z'],
  ] as const)('tells its dates in %s', (dialect, date) => {
    expect(fillTemplate('<d>{{minutes:35}}</d>', dialect, { wave: 1, startedAt })).toBe(`<d>${date}</d>`);
  });

  test.each([
    [1, 'a[one]d'],
    [2, 'a[two]d'],
    [3, 'a[two][three]d'],
  ])('has in wave %i what belongs to it', (wave, shown) => {
    const text = 'a{{wave 1-1}}[one]{{/wave}}{{wave 2}}[two]{{/wave}}{{wave 3}}[three]{{/wave}}d';
    expect(fillTemplate(text, 'rfc822', { wave, startedAt })).toBe(shown);
  });

  test('dates what is new from when it came', () => {
    const text = '{{minutes:0}} {{wave 2}}{{minutes:1}}{{/wave}}';
    expect(fillTemplate(text, 'rfc3339', { wave: 3, startedAt })).toBe('2026-11-25T05:02:07Z 2026-11-25T06:01:07Z');
  });
});
