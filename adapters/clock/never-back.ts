/** A clock that was set back by more than this is followed at once: what it said before was no time to go by. */
const MOST_AHEAD_MS = 86_400_000;
/** So fast time passes while the wall clock is behind what was already said. */
const CATCHING_UP = 0.5;

/**
 * Epoch ms that follow the wall clock, save where that is set back: then time goes on at half speed until the wall clock has
 * come up to it. So nothing that was due in a minute falls due an hour later, and what was enqueued later stays later.
 * @param steady ms of a clock that nobody sets
 * @param from a time that was said before, by an earlier process; 0 for none
 */
export function neverBack(wall: () => number, steady: () => number, from = 0): () => number {
  let at = steady();
  let said = wall();
  if (from > said && from - said <= MOST_AHEAD_MS) said = from;
  return () => {
    const now = steady();
    const real = wall();
    const slow = said + (now - at) * CATCHING_UP;
    at = now;
    said = real >= slow || slow - real > MOST_AHEAD_MS ? real : slow;
    return Math.floor(said);
  };
}
