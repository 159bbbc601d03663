/** The number of a lease token. What is no token of this Store is a lost lease: no lease has -1. */
export function tokenOf({ token }: { readonly token: string }): number {
  return /^[1-9]\d{0,14}$/u.test(token) ? Number(token) : -1;
}

/**
 * The condition that a row is on lease at a time of the steady clock. One with more left than its length was written before
 * the machine started and that clock with it.
 */
export function onLease(time: string): string {
  return `(lease_until > ${time} AND lease_until - ${time} <= lease_ms)`;
}

/**
 * Whole ms of a clock that nobody sets, the same for all processes of the machine. It begins anew when the machine starts.
 */
export function steadyNow(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
