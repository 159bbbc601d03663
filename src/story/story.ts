/** 16 hex digits: a digest of the story's strongest identity key, the same however often it is computed. */
export type StoryId = string & { readonly brand?: 'StoryId' };
/** The id of the first story of a group: stories that tell the same event share it. */
export type GroupId = string & { readonly brand?: 'GroupId' };
/** 16 hex digits: a digest of the address a feed was first known by; it survives a move. */
export type FeedId = string & { readonly brand?: 'FeedId' };

/** How a story joined its group: the same item or link, the same text, the same event; 'first' opened the group. */
export type Tier = 'first' | 'item' | 'text' | 'event';

/** One news story, cleaned: every string is plain text, every time is epoch ms. */
export interface Story {
  readonly id: StoryId;
  readonly feedId: FeedId;
  /** Who may hear of it: 'all', or the scopes (`slack:T1`, `discord:G1`) whose members added the feed. */
  readonly scopes: readonly string[];
  readonly title: string;
  /** The publisher's own description, cleaned; '' when it gave none worth keeping. */
  readonly summary: string;
  /** The text the feed carried in full, paragraphs parted by blank lines; '' when it carried none. */
  readonly body: string;
  /** The text of its page, '' when that held none; missing while it was not asked for. Shown, never matched. */
  readonly article?: string;
  /** The link to show: as published, minus tracking; '' when the item had no usable one. */
  readonly url: string;
  /** The outlet's name as a reader would say it. */
  readonly source: string;
  readonly author: string;
  /** BCP 47 primary language (`en`, `ja`), or '' when unknown. */
  readonly lang: string;
  /** What the publisher said, or null. */
  readonly published: number | null;
  readonly firstSeen: number;
  /** min(published, firstSeen): what rules about age go by. A future date is clamped. */
  readonly effective: number;
}

/** Whether a scope may hear of a story. */
export function heardBy({ scopes }: Story, scope: string): boolean {
  return scopes.includes('all') || scopes.includes(scope);
}

/** A stretch of a story's own text in UTF-16 units, end exclusive. */
export interface Span {
  readonly field: 'title' | 'summary' | 'body';
  readonly start: number;
  readonly end: number;
}
