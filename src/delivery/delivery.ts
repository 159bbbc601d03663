import { createHash } from 'node:crypto';
import type { GroupId, Span, StoryId } from '../story/story.ts';
import type { SubscriptionId } from '../subscription/subscription.ts';
import type { Destination } from '../subscription/destination.ts';

/** 32 hex digits; the identity of a delivery. Enqueueing the same key twice is one delivery. */
export type DeliveryKey = string & { readonly brand?: 'DeliveryKey' };

/** Which subscription asked, and the words of the story that answered it. */
export interface Matched {
  readonly id: SubscriptionId;
  readonly spans: readonly Span[];
}

/**
 * One thing to send to one destination.
 * - alert: the first message of a story group there
 * - also: later coverage, shown under the first message
 * - edit: the posted story was corrected
 * - digest: several held alerts in one message (`members` are their keys)
 * - notice: a sentence from the program itself
 */
export interface Delivery {
  readonly key: DeliveryKey;
  readonly destination: Destination;
  readonly kind: 'alert' | 'also' | 'edit' | 'digest' | 'notice';
  /** '' for a notice. */
  readonly groupId: GroupId | '';
  readonly storyIds: readonly StoryId[];
  readonly matched: readonly Matched[];
  /** Not before this time (epoch ms): now for an instant alert, later for a held one. */
  readonly at: number;
  /** Held deliveries of one roll go out as one message: `daily:12`, `quiet`, …; '' goes alone. */
  readonly roll: string;
  /** The text of a notice, the heading of a digest; '' otherwise. */
  readonly text: string;
  readonly members: readonly DeliveryKey[];
  readonly createdAt: number;
}

/** What became of a delivery, as the Store keeps it. */
export interface DeliveryRecord {
  readonly delivery: Delivery;
  readonly state: 'queued' | 'sent' | 'bound' | 'dead';
  /** Sends tried so far. */
  readonly attempts: number;
  /** The last try may have reached the platform all the same: look before sending again. */
  readonly ambiguous: boolean;
  /** Why it is retried or dead; '' otherwise. */
  readonly reason: string;
  /** The platform's id of the posted message; '' until sent. */
  readonly remoteId: string;
  /** When it was settled as sent or dead; null until then. */
  readonly settledAt: number | null;
  /** The digest that took it up (state bound); '' otherwise. */
  readonly boundTo: DeliveryKey | '';
}

/** The key of an alert: (destination, story group), and of whatever else by adding what makes it distinct. */
export function deliveryKey(destination: Destination, ...parts: readonly string[]): DeliveryKey {
  return createHash('sha256')
    .update([destination, ...parts].join('\n'))
    .digest('hex')
    .slice(0, 32);
}

/** The key of the line that tells of later coverage under the first message of a group. */
export function alsoKey(
  { destination, groupId }: { readonly destination: Destination; readonly groupId: GroupId | '' },
  storyId: StoryId,
): DeliveryKey {
  return deliveryKey(destination, groupId, 'also', storyId);
}

/** The id of the document that silences a story group in one place. */
export function muteId(destination: Destination, groupId: string): string {
  return `${destination} ${groupId}`;
}

/** A sentence from the program itself to one place; the parts tell it from other notices, so that it is said once. */
export function notice(destination: Destination, parts: readonly string[], text: string, now: number): Delivery {
  return {
    key: deliveryKey(destination, 'notice', ...parts),
    destination,
    kind: 'notice',
    groupId: '',
    storyIds: [],
    matched: [],
    at: now,
    roll: '',
    text,
    members: [],
    createdAt: now,
  };
}
