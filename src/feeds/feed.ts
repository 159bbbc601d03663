import type { FeedDocument } from '../story/item.ts';
import { feedIdOf } from '../story/identity.ts';
import type { FeedId } from '../story/story.ts';
import type { Destination } from '../subscription/destination.ts';

/** A scope that hears of a feed's stories because one of its members added it. */
export interface Follower {
  readonly scope: string;
  readonly member: string;
  /** Where it was added, and where it is said when it dies. */
  readonly destination: Destination;
}

/** A feed that is watched. */
export interface Feed {
  readonly id: FeedId;
  /** Where it is asked for now; a permanent move changes it, the id stays. */
  readonly url: string;
  /** Lower-case host with port where it is not the default: what politeness goes by. */
  readonly host: string;
  /** The name to show: from the OPML file or the feed itself; '' until known. */
  readonly title: string;
  readonly tags: readonly string[];
  /** It stands in the host's OPML file: everybody hears of its stories. */
  readonly listed: boolean;
  /** Those who added it otherwise, one a scope: however many there are, the feed is asked for once. */
  readonly followers: readonly Follower[];
  /** Its own polling interval; null takes the setting. */
  readonly intervalMs: number | null;
}

/** What a server said to send back with the next request, byte for byte; '' when it gave none. */
export interface Validators {
  readonly etag: string;
  readonly lastModified: string;
}

/** What a feed's own document says about when to look (RSS 2.0 ttl, skipHours, skipDays; the syndication module). */
export type DocumentHints = Pick<FeedDocument, 'ttlMinutes' | 'updatePeriodMs' | 'skipHours' | 'skipDays'>;

/** What polling has learnt of a feed. Plain data: the Store keeps it without looking inside, but for `nextAt`. */
export interface FeedState {
  readonly validators: Validators;
  /** Digest of the last body; '' before the first. */
  readonly bodyHash: string;
  /** The version of the parser that read it: another one reads the body again. */
  readonly parserVersion: number;
  /** What the last document said: it stands for as long as no other one comes. */
  readonly hints: DocumentHints;
  /** When to look next (epoch ms). */
  readonly nextAt: number;
  /** The first document has been learnt; what comes after is news. */
  readonly learnt: boolean;
  readonly failures: number;
  readonly failingSince: number | null;
  readonly lastError: { readonly code: string; readonly message: string; readonly at: number } | null;
  readonly lastSuccessAt: number | null;
  /** Guids repeat or change in this feed: until when they are not believed; null while they are. */
  readonly guidOffUntil: number | null;
  /** A permanent redirect being watched: where to and since when. */
  readonly moving: { readonly url: string; readonly since: number } | null;
  /** Stopped for good by the server (410) or by the host. */
  readonly stopped: string;
  /** Those who subscribed have been told that it fails. */
  readonly told: boolean;
  /** First-seen times of its latest stories, newest last, at most 20: the pulse the interval follows. */
  readonly recent: readonly number[];
}

/** The scopes that hear of a feed's stories: 'all' for one of the host's. */
export function scopesOf({ listed, followers }: Feed): readonly string[] {
  return listed ? ['all'] : followers.map(({ scope }) => scope);
}

/**
 * A feed first known by an address.
 * @throws TypeError when the address is no URL: check it where it was read
 */
export function feedAt(url: string, parts: Partial<Omit<Feed, 'id' | 'url' | 'host'>> = {}): Feed {
  return {
    id: feedIdOf(url),
    url,
    host: new URL(url).host,
    title: '',
    tags: [],
    listed: false,
    followers: [],
    intervalMs: null,
    ...parts,
  };
}

/** The state of a feed nobody has looked at yet, due at once. */
export function newFeedState(nextAt: number): FeedState {
  return {
    validators: { etag: '', lastModified: '' },
    bodyHash: '',
    parserVersion: 0,
    hints: {},
    nextAt,
    learnt: false,
    failures: 0,
    failingSince: null,
    lastError: null,
    lastSuccessAt: null,
    guidOffUntil: null,
    moving: null,
    stopped: '',
    told: false,
    recent: [],
  };
}
