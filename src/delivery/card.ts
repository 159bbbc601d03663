import type { GroupId, Span, StoryId } from '../story/story.ts';
import type { SubscriptionId } from '../subscription/subscription.ts';

/** A story as it is shown: plain text only, whatever the feed sent. Each chat renders it by its own rules. */
export interface StoryCard {
  readonly title: string;
  /** One to three sentences; '' when the publisher gave nothing worth showing. */
  readonly summary: string;
  /** http(s), or '' when the story has no usable link. */
  readonly url: string;
  readonly source: string;
  /** ISO 8601, or '' when the publisher gave no date. */
  readonly published: string;
  readonly storyId?: StoryId;
  readonly groupId?: GroupId;
  /** The matched words, in the card's own title and summary: to be shown in bold where the chat can. */
  readonly spans?: readonly Span[];
  /** Other outlets that tell the same story. */
  readonly also?: readonly { readonly source: string; readonly url: string }[];
  /** The subscriptions that asked for it. */
  readonly matched?: readonly { readonly id: SubscriptionId; readonly name: string }[];
  /** BCP 47 language of the story's text, or ''. */
  readonly lang?: string;
}

/** What is sent to a destination as one message. */
export interface Message {
  readonly kind: 'alert' | 'digest' | 'notice';
  /** A line above the stories (a digest's heading) or the notice itself; '' for a single alert. */
  readonly heading: string;
  readonly cards: readonly StoryCard[];
  /** BCP 47: of what the program itself says around the stories; absent, English. */
  readonly language?: string;
}
