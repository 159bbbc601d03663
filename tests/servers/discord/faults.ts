/** What a fault does to a request. */
export type Fault =
  /** Answers this status; with `retryAfterMs` a 429 says so in its headers and body. */
  | { readonly status: number; readonly code?: number; readonly retryAfterMs?: number }
  /** Resets the connection, nothing done. */
  | 'resetBefore'
  /** Does the work, then resets the connection. */
  | 'resetAfter'
  /** Answers later. */
  | { readonly delayMs: number };

export interface FaultPlan {
  /** Tested against `METHOD /path` without `/api/v10` and query, as in `POST /channels/1/messages`. */
  readonly route: RegExp | ((method: string, path: string) => boolean);
  /** How many requests it strikes, 1 when not said. */
  readonly times?: number;
  readonly how: Fault;
}
