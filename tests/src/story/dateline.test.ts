import { describe, expect, test } from 'vitest';
import { withoutDateline } from '../../../src/story/dateline.ts';

describe('the mark of place and agency goes', () => {
  test.each([
    ['MUNICH -- The two ministers met.', 'The two ministers met.'],
    ['MUNICH (Reuters) - The two ministers met.', 'The two ministers met.'],
    ['(Reuters) - The two ministers met.', 'The two ministers met.'],
    ['SEOUL, South Korea (AP) — The two ministers met.', 'The two ministers met.'],
    ['WASHINGTON, Feb 15 (AFP) – The two ministers met.', 'The two ministers met.'],
    ['Berlin (dpa) – Die beiden Minister trafen sich.', 'Die beiden Minister trafen sich.'],
    ['Nova York, 24 set (EFE).- O índice subiu.', 'O índice subiu.'],
    ['NEW YORK — The two ministers met.', 'The two ministers met.'],
    ['【東京=共同】両外相が会談した。', '両外相が会談した。'],
    ['(서울=연합뉴스) 홍길동 기자 = 두 장관이 만났다.', '두 장관이 만났다.'],
  ])('%s', (sentence, bare) => {
    expect(withoutDateline(sentence)).toBe(bare);
  });
});

describe('what only looks like one stays', () => {
  test.each([
    'NATO — an alliance of 29 — said it would meet.',
    'The two ministers met - at last.',
    'MUNICH hosted the two ministers.',
    'Anna Berg (AP) told the court nothing.',
    'A bridge -- the third -- was opened.',
    '(Laughter) - that was all the minister had for an answer.',
  ])('%s', (sentence) => {
    expect(withoutDateline(sentence)).toBe(sentence);
  });
});
