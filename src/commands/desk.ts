import type { PlaceSettings } from '../delivery/place.ts';
import type { Chat, ChatLimits, FeedSource, Store } from '../ports.ts';
import type { Card } from './card.ts';
import type { Speaker } from './request.ts';
import type { Words } from './words/words.ts';

export interface DeskRules {
  readonly subscriptionsPerMember: number;
  readonly subscriptionsPerPlace: number;
  readonly feedsPerScope: number;
  readonly undoMs: number;
  readonly archiveMs: number;
  /** IANA name for places that have set none. */
  readonly timeZone: string;
}

/** What stands behind the counter: all that handlers need of the program. */
export interface Desk {
  readonly store: Store;
  readonly source: FeedSource;
  readonly chats: ReadonlyMap<string, Chat>;
  readonly rules: DeskRules;
  /** Feeds were added: look at them now. */
  readonly onFeedsAdded: () => void;
}

/** One command of one member, checked against the table. */
export interface Ask {
  readonly speaker: Speaker;
  readonly options: Readonly<Record<string, string>>;
  /** The text of a file that came with it, '' for none. */
  readonly file: string;
  readonly place: PlaceSettings;
  readonly limits: ChatLimits;
  readonly words: Words;
  /** Epoch ms. */
  readonly now: number;
}

export type Handler = (ask: Ask) => Promise<Card>;
