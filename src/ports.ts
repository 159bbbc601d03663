/**
 * The doors to the world. Adapters implement these; everything else in `src` only calls them.
 * Read this file second.
 *
 * Failures are of three kinds. The world's answer (a refused connection, a 429, a lost lease) is a returned value.
 * Our bug, or a Store that cannot be reached, throws. A member's mistake never comes this far.
 */
import type { Card } from './commands/card.ts';
import type { Request } from './commands/request.ts';
import type { Message, StoryCard } from './delivery/card.ts';
import type { Decision } from './delivery/decision.ts';
import type { Delivery, DeliveryKey, DeliveryRecord } from './delivery/delivery.ts';
import type { Feed, FeedState, Validators } from './feeds/feed.ts';
import type { Article } from './story/extract/article.ts';
import type { FeedDocument, SourceMarks } from './story/item.ts';
import type { FeedId, GroupId, Story, StoryId, Tier } from './story/story.ts';
import type { Destination } from './subscription/destination.ts';
import type { Subscription, SubscriptionId } from './subscription/subscription.ts';

// ---------------------------------------------------------------------------------------------------------- Clock

/** The only source of time. */
export interface Clock {
  /** Epoch ms; it never runs back. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs `task` on a cron pattern (six fields, seconds first), never two at once; returns what stops it. */
  every(pattern: string, task: () => Promise<void>): () => void;
}

// ----------------------------------------------------------------------------------------------------- FeedSource

export interface FetchRequest {
  readonly url: string;
  readonly validators: Validators;
  /** Digest of the last body, '' for none: an equal one ends the work before parsing. */
  readonly bodyHash: string;
  /** The marks of that body: its items may be left out of the answer where they stand in the new one unchanged. */
  readonly known?: SourceMarks;
}

/** What the answer's headers say about when to come back (ms); null when they say nothing. */
export interface FetchHints {
  readonly maxAgeMs: number | null;
}

export type FetchAnswer =
  | {
      /** 304, or a body equal to the last one. New validators are to be kept all the same. */
      readonly kind: 'unchanged';
      readonly validators: Validators;
      readonly hints: FetchHints;
      /** Where a chain of permanent redirects only (301, 308) ended; '' when there was none. */
      readonly movedTo: string;
    }
  | {
      readonly kind: 'document';
      /** Without the items that were known, if the source could tell them. */
      readonly document: FeedDocument;
      /** Reads the same document with all its items; there wherever some were left out. */
      readonly whole?: () => Promise<FeedDocument>;
      readonly validators: Validators;
      readonly bodyHash: string;
      readonly hints: FetchHints;
      readonly movedTo: string;
      /** The address that answered, after redirects. */
      readonly finalUrl: string;
    }
  | {
      readonly kind: 'failed';
      /** A stable word (`timeout`, `http_404`, `not_a_feed`, `private_address`, `too_large`, …). */
      readonly code: string;
      /** In words for the host; no secrets of the address in it. */
      readonly message: string;
      /** The server asked to be left alone this long; null when it did not. */
      readonly retryAfterMs: number | null;
      /** 429 and 503: no request to this host until then. */
      readonly wholeHost: boolean;
      /** 410: stop asking. */
      readonly gone: boolean;
      /** Feeds that an HTML page at this address offers. */
      readonly discovered: readonly string[];
    };

/** A feed that a site offers. */
export interface FeedCandidate {
  readonly url: string;
  readonly title: string;
}

export interface FeedSource {
  /** The version of the reading: a body read by another version is read again. */
  readonly parserVersion: number;
  /** Asks for a feed. Never rejects for what the world does; rejects only when the source is closed. */
  fetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchAnswer>;
  /** The feeds at an address: itself if it is one, else what its page links to, else what stands at common paths. */
  discover(url: string, signal?: AbortSignal): Promise<readonly FeedCandidate[] | { readonly failed: string }>;
  close(): Promise<void>;
}

// -------------------------------------------------------------------------------------------------- ArticleSource

export type ArticleAnswer =
  | {
      readonly kind: 'article';
      readonly article: Article;
      /** The address that answered, after redirects. */
      readonly finalUrl: string;
    }
  /** A stable word (`robots`, `timeout`, `http_404`, `not_a_page`, `no_article`, …). */
  | { readonly kind: 'failed'; readonly code: string };

/** Reads the web pages that stories link to. */
export interface ArticleSource {
  /** The article at an address, asked for as its robots.txt allows. Never rejects for what the world does; `aborted` when the signal was. */
  read(url: string, signal: AbortSignal): Promise<ArticleAnswer>;
  close(): Promise<void>;
}

/** Hubs that send the news of feeds by themselves (WebSub). */
export interface HubSource {
  /** Sends a request to a hub. `accepted` means that it will verify, no more. Never rejects for what the world does. */
  ask(
    hub: string,
    form: Readonly<Record<string, string>>,
  ): Promise<{ readonly kind: 'accepted' } | { readonly kind: 'failed'; readonly message: string }>;
  /** Reads what a hub sent; null when it is no feed. */
  read(body: Uint8Array, about: { readonly url: string; readonly contentType: string }): Promise<FeedDocument | null>;
}

/** The two parts of a callback's address that tell which subscription is meant; the token is known to its hub alone. */
export interface HubPlace {
  readonly feedId: FeedId;
  readonly token: string;
}

/** What stands behind the address that hubs call. */
export interface HubCallback {
  /** A hub asks whether a subscription is meant (WebSub section 5.3): the challenge to answer with, null to deny. */
  verify(place: HubPlace, query: URLSearchParams): Promise<string | null>;
  /** Whether anything may be sent to this place; to be asked before a body is read. */
  awaits(place: HubPlace): Promise<boolean>;
  /** Takes what a hub sent (section 7), with its X-Hub-Signature, '' for none. What is not signed as agreed, or no feed, is dropped. */
  receive(
    place: HubPlace,
    sent: { readonly body: Uint8Array; readonly contentType: string; readonly signature: string },
  ): Promise<void>;
}

// ---------------------------------------------------------------------------------------------------------- Store

/** A feed lent to one worker until the lease ends; the token makes a late commit of a lost lease visible. */
export interface FeedLease {
  readonly feed: Feed;
  readonly state: FeedState;
  readonly token: string;
}

/** A known identity key. */
export interface SeenRecord {
  readonly storyId: StoryId;
  /** The feed that brought it first. */
  readonly feedId: FeedId;
  /** Start of the UTC day it was last seen (epoch ms). */
  readonly lastSeen: number;
}

/** A digest of an identity key (16 hex digits) with the story it stands for. */
export interface SeenKey {
  readonly key: string;
  readonly storyId: StoryId;
}

/** A story in the log: the group it was given, and which earlier story it was found alike to ('' for a first). */
export interface LoggedStory {
  readonly story: Story;
  readonly groupId: GroupId;
  readonly tier: Tier;
  readonly like: StoryId | '';
}

/** A destination lent to one worker, with its due deliveries in order. */
export interface Lane {
  readonly destination: Destination;
  readonly token: string;
  readonly deliveries: readonly DeliveryRecord[];
}

export type Settlement =
  | { readonly kind: 'sent'; readonly remoteId: string; readonly at: number }
  | { readonly kind: 'retry'; readonly at: number; readonly reason: string; readonly ambiguous: boolean }
  | { readonly kind: 'dead'; readonly reason: string; readonly at: number };

/** An entry of the subscription log. `put` stands for add and change. */
export interface SubscriptionChange {
  readonly seq: number;
  readonly subscription: Subscription;
}

export interface SweepPolicy {
  /** Seen keys live this long after they were last seen. */
  readonly seenMs: number;
  /** Stories and decisions. */
  readonly archiveMs: number;
  /** Settled deliveries. */
  readonly settledMs: number;
  /** Removed subscriptions. */
  readonly removedMs: number;
}

export interface StoreDepths {
  readonly feeds: number;
  readonly subscriptions: number;
  readonly stories: number;
  readonly seen: number;
  readonly queued: number;
  readonly dead: number;
  /** When the oldest due feed fell due, and the oldest unsent due delivery; null when nothing is due. */
  readonly oldestDueFeed: number | null;
  readonly oldestDueDelivery: number | null;
}

/** Small records kept by kind and id: settings of a place, health of a destination, installations, mutes, … */
export interface DocumentRecord {
  readonly id: string;
  readonly value: unknown;
}

/**
 * All state. Every operation is atomic by itself and may be repeated after a crash without harm; none looks inside what it keeps
 * beyond what is named here. `now` decides what is due; when a lease ends is decided by the Store's own clock (one of
 * the machine that nobody sets for an embedded store, the server's for a shared one). Any operation rejects with a `StoreError`
 * when the Store cannot be reached or written; then nothing of it has happened.
 */
export interface Store {
  // feeds
  /** Adds or changes feeds; the state of a feed already there stays, `initial` is for a new one. */
  putFeeds(feeds: readonly Feed[], initial: FeedState): Promise<void>;
  removeFeed(id: FeedId): Promise<boolean>;
  getFeed(id: FeedId): Promise<{ readonly feed: Feed; readonly state: FeedState } | null>;
  /** In order of id, after `after` ('' from the start). */
  listFeeds(after: FeedId | '', limit: number): Promise<readonly { readonly feed: Feed; readonly state: FeedState }[]>;
  /** Due feeds, longest overdue first, at most `perHost` of one host counting those on lease already. */
  leaseFeeds(ask: {
    readonly worker: string;
    readonly now: number;
    readonly limit: number;
    readonly perHost: number;
    readonly leaseMs: number;
  }): Promise<readonly FeedLease[]>;
  /** Every feed that is not stopped falls due at once. */
  wakeFeeds(now: number): Promise<void>;
  /** No feed of this host is leased before `until`; an earlier hold is never shortened. */
  holdHost(host: string, until: number): Promise<void>;
  /** Prolongs leases whose fetch takes long; stale tokens are ignored: their commit will say so. */
  extendFeeds(leases: readonly FeedLease[], now: number, leaseMs: number): Promise<void>;
  /** Gives leases back untouched (a stop); stale tokens are ignored. */
  releaseFeeds(leases: readonly FeedLease[]): Promise<void>;

  // what is new
  /** The record of each key, or null where it is unknown; in the order asked. Read only. */
  findSeen(keys: readonly string[]): Promise<readonly (SeenRecord | null)[]>;
  /**
   * The last step of a fetch: the feed's new state (and feed, if it moved or got its title), and the keys to remember.
   * A key already known keeps its first feed; its story and day are replaced. False, and nothing written, when the lease was lost.
   */
  commitFetch(
    lease: FeedLease,
    outcome: {
      readonly feed: Feed;
      readonly state: FeedState;
      readonly seen: readonly SeenKey[];
      readonly now: number;
    },
  ): Promise<boolean>;

  // the story log: one order for all processes, so that all agree on groups
  /** Stories after a position, oldest first, at most `limit`, and the position after the last of them. */
  readLog(
    after: number,
    limit: number,
  ): Promise<{ readonly entries: readonly LoggedStory[]; readonly position: number }>;
  /** The position after which everything first seen at or after `since` stands. */
  logPositionAt(since: number): Promise<number>;
  /** Appends if nothing was appended since `expected`; null means somebody was first: read on and decide again. */
  appendStories(expected: number, entries: readonly LoggedStory[]): Promise<{ readonly position: number } | null>;
  /** In the order asked; null where unknown or swept. */
  getStories(ids: readonly StoryId[]): Promise<readonly (LoggedStory | null)[]>;
  /** Replaces the text of a known story (an edit); its place in the log and its group stay. */
  reviseStory(story: Story): Promise<void>;

  // deliveries
  /** For each: the key's story ids as first enqueued, and whether this call was the first. An earlier `at` pulls a held alert forward. */
  enqueue(
    deliveries: readonly Delivery[],
  ): Promise<readonly { readonly fresh: boolean; readonly storyIds: readonly StoryId[] }[]>;
  /** Destinations with due deliveries that are neither on lease nor pacing, each with its due deliveries in order (by `at`, then enqueued). */
  claimLanes(ask: {
    readonly worker: string;
    readonly platforms: readonly string[];
    readonly now: number;
    readonly lanes: number;
    readonly perLane: number;
    readonly leaseMs: number;
  }): Promise<readonly Lane[]>;
  /** Settles one delivery of a lane on lease and prolongs the lease. A digest's members settle with it. False when the lease was lost. */
  settle(lane: Lane, key: DeliveryKey, settlement: Settlement, leaseMs: number): Promise<boolean>;
  /** Takes members up into one digest delivery, which takes their place in the lane; false when the lease was lost. */
  rollUp(lane: Lane, digest: Delivery): Promise<boolean>;
  /** Gives a lane back; nothing more is sent there before `nextAt`. */
  releaseLane(lane: Lane, nextAt: number): Promise<void>;
  /** In the order asked; null where unknown or swept. */
  getDeliveries(keys: readonly DeliveryKey[]): Promise<readonly (DeliveryRecord | null)[]>;
  /** The delivery a posted message belongs to, or null. */
  findPosted(destination: Destination, remoteId: string): Promise<DeliveryRecord | null>;
  /** Queued and dead deliveries of one destination, newest first. */
  listDeliveries(
    destination: Destination,
    state: DeliveryRecord['state'],
    limit: number,
  ): Promise<readonly DeliveryRecord[]>;

  // decisions
  recordDecisions(decisions: readonly Decision[]): Promise<void>;
  /** The decisions about a story or about its whole group, oldest first; with a destination only those for it. */
  decisionsAbout(
    about: { readonly storyId: StoryId } | { readonly groupId: GroupId },
    destination?: Destination,
  ): Promise<readonly Decision[]>;
  /** How many alerts each subscription was given since `since`. */
  countDecisions(ids: readonly SubscriptionId[], since: number): Promise<readonly number[]>;

  // subscriptions
  /** Id 0 is given the next number. Returns them as written. */
  putSubscriptions(subscriptions: readonly Subscription[]): Promise<readonly Subscription[]>;
  getSubscriptions(ids: readonly SubscriptionId[]): Promise<readonly (Subscription | null)[]>;
  /** Those of one destination that are not removed, by id. */
  subscriptionsAt(destination: Destination): Promise<readonly Subscription[]>;
  /** Those of a scope made by one member, not removed, by id. */
  subscriptionsOf(owner: string): Promise<readonly Subscription[]>;
  /** All that are active or paused, by id, after `after` (0 from the start): the snapshot a matcher starts from. */
  listSubscriptions(after: SubscriptionId, limit: number): Promise<readonly Subscription[]>;
  /** Changes after a position; `null` when they reach back too far: take a snapshot. Position of an empty log: 0. */
  changes(
    after: number,
    limit: number,
  ): Promise<{ readonly changes: readonly SubscriptionChange[]; readonly position: number } | null>;
  /** The position of the newest change. */
  changesPosition(): Promise<number>;

  // small records
  getDocument(kind: string, id: string): Promise<unknown>;
  /** `expiresAt` in epoch ms, null for never. */
  putDocument(kind: string, id: string, value: unknown, expiresAt: number | null): Promise<void>;
  deleteDocument(kind: string, id: string): Promise<void>;
  listDocuments(kind: string): Promise<readonly DocumentRecord[]>;
  /** True for the first caller of this key within `ttlMs`. */
  runOnce(key: string, now: number, ttlMs: number): Promise<boolean>;
  /**
   * Who has a named lease now: `holder`, for `leaseMs` from now, where it was free, had ended or was theirs already. It is no
   * part of a dump.
   */
  takeLease(name: string, holder: string, now: number, leaseMs: number): Promise<string>;
  /** Frees a named lease if this holder has it. */
  dropLease(name: string, holder: string): Promise<void>;
  /** Counts one event and returns how many there were within the last `windowMs`, this one among them. */
  tally(key: string, now: number, windowMs: number): Promise<number>;

  // operation
  sweep(now: number, policy: SweepPolicy): Promise<{ readonly swept: number }>;
  depths(now: number): Promise<StoreDepths>;
  /** Writes something and reads it back; rejects when it cannot. */
  probe(): Promise<void>;
  /** Calls back when something may have changed that another process or part wrote: only a hint to look. Returns what stops it. */
  watch(listener: (topic: 'feeds' | 'deliveries' | 'subscriptions') => void): () => void;
  /** A consistent copy of the whole store at a path; a store that keeps its own backups says so by rejecting with code `backup_unsupported`. */
  backup(path: string): Promise<void>;
  /** Everything, as lines to be loaded into an empty store of any kind. */
  dump(): AsyncIterable<DumpRecord>;
  /** Loads a dump; rejects when the store is not empty. Returns how many records. */
  load(records: AsyncIterable<DumpRecord>): Promise<number>;
  close(): Promise<void>;
}

/** One record of a dump: what it is, and its plain data. */
export type DumpRecord =
  | { readonly kind: 'feed'; readonly feed: Feed; readonly state: FeedState }
  | { readonly kind: 'seen'; readonly key: string; readonly record: SeenRecord }
  | { readonly kind: 'story'; readonly entry: LoggedStory }
  | { readonly kind: 'delivery'; readonly record: DeliveryRecord }
  | { readonly kind: 'decision'; readonly decision: Decision }
  | { readonly kind: 'subscription'; readonly subscription: Subscription }
  | {
      readonly kind: 'document';
      readonly type: string;
      readonly id: string;
      readonly value: unknown;
      readonly expiresAt: number | null;
    };

/** The Store could not do what was asked; nothing of it has happened. */
export class StoreError extends Error {
  /** `unreachable`, `read_only`, `disk_full`, `not_empty`, `corrupt`, `newer_version`, `backup_unsupported`, … */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

// ----------------------------------------------------------------------------------------------------------- Chat

/** What a platform can do, as data: nothing in `src` asks which platform it is. */
export interface ChatLimits {
  /** Posted messages can be changed. */
  readonly edits: boolean;
  /** Later coverage can go under a message. */
  readonly threads: boolean;
  readonly buttons: boolean;
  readonly forms: boolean;
  /** The same key within this many ms gives the first message again, 0 for no such promise. */
  readonly idempotencyMs: number;
  /** An ambiguous post can be looked up before it is sent again. */
  readonly readBack: boolean;
  /** At least this long between two posts to one destination. */
  readonly paceMs: number;
  /** Most stories in one message. */
  readonly cardsPerMessage: number;
}

export type PostAnswer =
  | { readonly kind: 'sent'; readonly remoteId: string }
  | {
      readonly kind: 'retry';
      /** The platform's word on when (429), or null: the outbox backs off. */
      readonly retryAfterMs: number | null;
      readonly reason: string;
      /** The post may stand all the same (reset or time-out after sending). */
      readonly ambiguous: boolean;
    }
  /** This message will never be taken (a limit broken, content refused). */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nothing can be posted there any more (channel gone, bot removed, no permission). */
  | { readonly kind: 'gone'; readonly reason: string };

export interface Posting {
  readonly destination: Destination;
  readonly message: Message;
  /** The delivery's key: idempotency key, nonce, metadata. */
  readonly key: DeliveryKey;
  /** A former try may have been posted: look before sending. */
  readonly ambiguous: boolean;
}

/** What stands behind the counter: a chat hands over what was said and shows the card that comes back. */
export interface Counter {
  answer(request: Request): Promise<Card>;
  /** Completions for the last word of what is being typed, at most `limit`, best first. */
  complete(request: Request, limit: number): Promise<readonly { readonly value: string; readonly label: string }[]>;
  /** A destination or a whole scope can no longer be reached (kicked, uninstalled), or is back. */
  reach(change: { readonly prefix: string; readonly reachable: boolean; readonly reason: string }): Promise<void>;
}

export interface Chat {
  /** `terminal`, `slack`, `discord`: what stands before the first colon of its addresses. */
  readonly platform: string;
  readonly limits: ChatLimits;
  /**
   * Resolves when messages can be posted. With a counter it also listens to members, or stands by to do so where one process
   * at a time can; with null it only posts.
   */
  start(counter: Counter | null): Promise<void>;
  /** Never rejects for what the platform does. */
  post(posting: Posting, signal?: AbortSignal): Promise<PostAnswer>;
  /** Changes a posted message. Where `limits.edits` is false it is never called. */
  edit(posting: Posting & { readonly remoteId: string }, signal?: AbortSignal): Promise<PostAnswer>;
  /** Puts later coverage under a posted message. Where `limits.threads` is false it is never called. */
  follow(
    posting: {
      readonly destination: Destination;
      readonly remoteId: string;
      readonly key: DeliveryKey;
      readonly card: StoryCard;
      /** As of a message. */
      readonly language?: string;
      /** As of a posting. */
      readonly ambiguous: boolean;
    },
    signal?: AbortSignal,
  ): Promise<PostAnswer>;
  /** Why this member may not have alerts sent there, in words for them in their language (BCP 47); '' when they may. */
  refusal(member: string, destination: Destination, language: string): Promise<string>;
  /** Says something to one member in private, as well as the platform can; the answer of `post`. */
  tell(member: string, card: Card, signal?: AbortSignal): Promise<PostAnswer>;
  stop(): Promise<void>;
}

/** A chat's platform turns the program itself away (a wrong token); the message is for the host and says what to do. */
export class ChatRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ChatRefused';
  }
}
