/** How much a query would bring, from a trial on stored stories. */
export interface Breadth {
  /** Alerts a day. */
  readonly perDay: number;
  /** Share of the stories tried, 0 to 1. */
  readonly share: number;
  readonly tooBroad: boolean;
  /** `about 40 a day`, `about 3 a week`, `about 2 a month`, or `none`. */
  readonly words: string;
}

/** Above this share of recent stories a query hardly chooses. */
const BROAD_SHARE = 0.01;
/** A share of fewer stories says nothing. */
const LEAST_SAMPLE = 200;
const LEAST_MATCHED = 5;

/**
 * What a trial on stored stories says about a query's breadth.
 * @param matchedInSample stories of the sample that match
 * @param sampleSize stories tried
 * @param days the time the sample spans, in days; less than an hour counts as an hour
 */
export function broadness(matchedInSample: number, sampleSize: number, days: number): Breadth {
  const perDay = matchedInSample / Math.max(days, 1 / 24);
  const share = sampleSize === 0 ? 0 : matchedInSample / sampleSize;
  const tooBroad = sampleSize >= LEAST_SAMPLE && matchedInSample >= LEAST_MATCHED && share > BROAD_SHARE;
  return { perDay, share, tooBroad, words: frequency(matchedInSample, perDay) };
}

function frequency(matched: number, perDay: number): string {
  if (matched === 0) return 'none';
  if (perDay >= 0.8) return `about ${rounded(perDay)} a day`;
  if (perDay * 7 >= 0.8) return `about ${rounded(perDay * 7)} a week`;
  return `about ${Math.max(1, rounded(perDay * 30))} a month`;
}

/** To the nearest of a reader's round numbers: 1-20 as they are, then tens, then hundreds. */
function rounded(count: number): number {
  if (count < 20) return Math.round(count);
  const step = count < 200 ? 10 : 100;
  return Math.round(count / step) * step;
}
