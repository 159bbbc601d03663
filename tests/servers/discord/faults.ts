/** What a fault does to a request. */
export type Fault =
  /** Answers this status, nothing done; with 429 the time to wait (1,000 ms when not said). */
  | { readonly status: number; readonly code?: number; readonly retryAfterMs?: number }
  /** Resets the connection, nothing done. */
  | 'resetBefore'
  /** Does the work, then resets the connection. */
  | 'resetAfter'
  /** Does the work, and answers later. */
  | { readonly delayMs: number };

export interface FaultPlan {
  /** Tested against `METHOD /path` without `/api/v10` and query, as in `POST /channels/1/messages`. */
  readonly route: RegExp | ((method: string, path: string) => boolean);
  /** How many requests it strikes, 1 when not said. */
  readonly times?: number;
  readonly how: Fault;
}

export type Faults = ReturnType<typeof createFaults>;

/** The faults that were asked for; the first plan that fits a request strikes it. */
export function createFaults() {
  const plans: { readonly plan: FaultPlan; left: number }[] = [];
  return {
    add(plan: FaultPlan): void {
      plans.push({ plan, left: plan.times ?? 1 });
    },
    clear(): void {
      plans.length = 0;
    },
    /** The fault for a request, or null; it is used up by asking. */
    strike(method: string, path: string): Fault | null {
      const found = plans.find(
        ({ plan: { route }, left }) =>
          left > 0 && (typeof route === 'function' ? route(method, path) : route.test(`${method} ${path}`)),
      );
      if (!found) return null;
      found.left--;
      return found.plan.how;
    },
  };
}
