import type { GroupId, Span, StoryId, Tier } from '../story/story.ts';
import type { SubscriptionId } from '../subscription/subscription.ts';
import type { DeliveryKey } from './delivery.ts';
import type { Destination } from '../subscription/destination.ts';

/**
 * Why a matching story did or did not come, kept 14 days for `/news why`.
 * - queued: a delivery of its own; held: the same, at a later time
 * - grouped: its group had been posted there, this went under it (or was silent)
 * - counted: its feed brought many stories at once; it was told of in one line with the others
 * - muted, refused: the place silenced the story, or the platform refuses posts there
 */
export type Outcome = 'queued' | 'held' | 'grouped' | 'counted' | 'muted' | 'refused';

export interface Decision {
  readonly storyId: StoryId;
  readonly groupId: GroupId;
  readonly tier: Tier;
  readonly subscriptionId: SubscriptionId;
  readonly destination: Destination;
  readonly spans: readonly Span[];
  readonly outcome: Outcome;
  /** In words where the outcome alone does not say it; '' otherwise. */
  readonly reason: string;
  readonly deliveryKey: DeliveryKey;
  readonly at: number;
}
