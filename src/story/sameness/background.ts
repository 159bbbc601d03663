const STOP = new Set(
  `the of and to in a is was for on that with as at by from it he his be has have had are were not this but who will an
  or its they their been which after more than said says say would about when also there one two out up over into new could
  her she him we our you your all if can what some no just only other most first last year years people time two three so
  like between before under during against while since because through where how how many being them these those then did
  do does may might should must us mr ms mrs dr still now even such any each own both made make back per cent percent
  told according added government officials monday tuesday wednesday thursday friday saturday sunday january february march
  april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec week day days month months`.split(
    /\s+/u,
  ),
);

/** In what part of all news a term is expected before any has been seen, 0 to 1. */
export function commonness(term: string): number {
  return STOP.has(term) ? 0.4 : 0.001;
}
