import { deliveryKey, type Delivery, type DeliveryRecord } from './delivery.ts';

/** What to do next in a lane: send one delivery, or first take several up into one. */
export type Step =
  | { readonly kind: 'send'; readonly record: DeliveryRecord }
  | { readonly kind: 'roll'; readonly digest: Delivery };

export interface LaneRules {
  /** More late alerts of one subscription than this become one message. */
  readonly catchUpOver: number;
  /** An alert this long overdue is late. */
  readonly catchUpAfterMs: number;
  /** Most stories in one message. */
  readonly cardsPerMessage: number;
}

/**
 * The next step for a lane whose due deliveries are given in order; null when there is nothing to do.
 * Alerts of one roll go as one message; so do the late ones of one subscription after an outage. Everything else goes alone.
 */
export function nextStep(due: readonly DeliveryRecord[], rules: LaneRules, now: number): Step | null {
  const [head] = due;
  if (!head) return null;
  // A try that may have been posted is repeated as it was: another shape would be another message.
  if (head.delivery.kind !== 'alert' || head.ambiguous) return { kind: 'send', record: head };
  const alerts = due.filter(({ delivery, ambiguous }) => delivery.kind === 'alert' && !ambiguous);
  const { roll } = head.delivery;
  if (roll !== '') {
    const together = alerts.filter(({ delivery }) => delivery.roll === roll).slice(0, rules.cardsPerMessage);
    if (together.length > 1) return { kind: 'roll', digest: gather(together, headingOf(roll), now) };
    return { kind: 'send', record: head };
  }
  const asking = head.delivery.matched[0]?.id;
  const late = alerts.filter(
    ({ delivery }) =>
      delivery.roll === '' && delivery.matched[0]?.id === asking && delivery.at < now - rules.catchUpAfterMs,
  );
  if (late.length <= rules.catchUpOver) return { kind: 'send', record: head };
  return { kind: 'roll', digest: gather(late.slice(0, rules.cardsPerMessage), 'catch-up', now) };
}

/** One digest of several alerts. Its key comes from theirs, so that the same alerts make the same digest. */
function gather(members: readonly DeliveryRecord[], text: string, now: number): Delivery {
  const [head] = members;
  if (!head) throw new Error('A digest needs at least one alert');
  const keys = members.map(({ delivery }) => delivery.key);
  const asking = new Map(members.flatMap(({ delivery }) => delivery.matched.map((one) => [one.id, one] as const)));
  return {
    key: deliveryKey(head.delivery.destination, 'digest', ...keys),
    destination: head.delivery.destination,
    kind: 'digest',
    groupId: '',
    storyIds: members.flatMap(({ delivery }) => delivery.storyIds.slice(0, 1)),
    matched: [...asking.values()],
    at: head.delivery.at,
    roll: '',
    text,
    members: keys,
    createdAt: now,
  };
}

/** `daily:12` -> `daily`: the word a digest's heading is made from. */
function headingOf(roll: string): string {
  const colon = roll.indexOf(':');
  return colon < 0 ? roll : roll.slice(0, colon);
}
