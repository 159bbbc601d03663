/** How much a query would bring, from a trial on stored stories. */
export interface Breadth {
  /** Alerts a day. */
  readonly perDay: number;
  /** Share of the stories tried, 0 to 1. */
  readonly share: number;
  readonly tooBroad: boolean;
}

/** Above this share of recent stories a query hardly chooses. */
const BROAD_SHARE = 0.01;
/** A share of fewer stories says nothing. */
const LEAST_SAMPLE = 200;
const LEAST_MATCHED = 5;
const LEAST_DAYS = 1 / 24;

/**
 * What a trial on stored stories says about a query's breadth.
 * @param matched stories of the sample that match
 * @param tried how many the sample has
 * @param days the time the sample spans; less than an hour counts as an hour
 */
export function broadness(matched: number, tried: number, days: number): Breadth {
  const share = tried === 0 ? 0 : matched / tried;
  return {
    perDay: matched / Math.max(days, LEAST_DAYS),
    share,
    tooBroad: tried >= LEAST_SAMPLE && matched >= LEAST_MATCHED && share > BROAD_SHARE,
  };
}
