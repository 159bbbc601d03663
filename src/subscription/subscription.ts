import type { Destination } from './destination.ts';

/** A positive integer, the number members type: `/news show 12`. */
export type SubscriptionId = number;

/** When a subscription speaks: at once, or gathered. Weekdays are 1 (Monday) to 7 (Sunday); times are local `HH:MM`. */
export type When =
  | { readonly kind: 'instant' }
  | { readonly kind: 'hourly' }
  | { readonly kind: 'daily'; readonly at: string }
  | { readonly kind: 'weekly'; readonly day: number; readonly at: string };

/** Local times between which nothing is posted; a window may run over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** What one member asked for in one place. */
export interface Subscription {
  readonly id: SubscriptionId;
  /** Where its alerts go: a channel, or a member's direct messages. */
  readonly destination: Destination;
  /** Which members and feeds it lives among: the workspace, the server, `terminal:me`. */
  readonly scope: string;
  /** The member who made it, as one printable string (`slack:T1:U7`). */
  readonly owner: string;
  /** What the member calls it; '' shows the query instead. */
  readonly name: string;
  /** The query in its printed form (`printQuery`). */
  readonly query: string;
  readonly when: When;
  /** null takes the quiet hours of the place. */
  readonly quiet: QuietHours | null;
  /** Its owner's, as their chat tells it; goes where the place has set none. IANA name, null where it was not told. */
  readonly timeZone: string | null;
  readonly state: 'active' | 'paused' | 'removed';
  /** A pause that ends by itself (epoch ms); null when it does not. */
  readonly pausedUntil: number | null;
  /** Set while `removed`, so that a removal can be undone for a while. */
  readonly removedAt: number | null;
  readonly createdAt: number;
}
