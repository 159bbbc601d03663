import { openAudience, type Audience } from './delivery/audience.ts';
import { createOutbox, type Outbox, type OutboxStep } from './delivery/outbox.ts';
import { lose } from './delivery/reach.ts';
import { createRouter } from './delivery/route.ts';
import type { Feed, FeedState } from './feeds/feed.ts';
import type { OpmlFeed } from './feeds/opml.ts';
import { createPush, type Push } from './feeds/push.ts';
import { openStoryLog } from './feeds/story-log.ts';
import { syncFeeds } from './feeds/sync.ts';
import { createWatch, type Watch, type WatchStep } from './feeds/watch.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { ArticleSource, Chat, Clock, FeedSource, HubSource, Store } from './ports.ts';
import type { Rules } from './rules.ts';
import type { Role, Settings } from './settings.ts';
import { createGrouper } from './story/group.ts';

/** What the program is made of. Everything that touches the world comes from outside. */
export interface Parts {
  readonly store: Store;
  readonly source: FeedSource;
  /** null where pages are not to be read. */
  readonly articles: ArticleSource | null;
  /** Hubs that send news by themselves; they are asked where the settings say how they reach this program. */
  readonly hubs?: { readonly source: HubSource; readonly newSecret: () => string };
  readonly chats: readonly Chat[];
  readonly clock: Clock;
  readonly settings: Settings;
  /** The host's own feeds. */
  readonly feeds: readonly OpmlFeed[];
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Names this process in leases: unique among all that share the Store. */
  readonly worker: string;
  /** Random numbers from 0 to 1. */
  readonly random: () => number;
  /** Where the host hears of feeds that die; '' for the log only. */
  readonly hostDestination: string;
  readonly onLooked?: (feed: Feed, state: FeedState) => void;
  /** Told of each moment at which the process may die without loss. */
  readonly onStep?: (step: WatchStep | OutboxStep) => void;
}

/** What looks at feeds; together in one process. */
export interface Poll {
  readonly audience: Audience;
  readonly watch: Watch;
  readonly push: Push | null;
}

/** The stages of the roles that this process has. */
export interface Stages {
  readonly poll: Poll | null;
  readonly outbox: Outbox | null;
}

/** What the stages have in common with the program around them. */
interface Shared {
  readonly rules: Rules;
  readonly chats: ReadonlyMap<string, Chat>;
  /** Those that have started: nothing is posted on a chat before. */
  readonly connected: ReadonlyMap<string, Chat>;
  /** The Store could not be used. */
  readonly onTrouble: (error: unknown) => void;
}

/**
 * Opens the stages of the roles that the settings name. Rejects as the Store does: nothing is begun then, and it may be tried
 * again.
 */
export async function openStages(parts: Parts, shared: Shared): Promise<Stages> {
  const roles: ReadonlySet<Role> = new Set(parts.settings.roles);
  const outbox = roles.has('deliver') ? openOutbox(parts, shared) : null;
  return { poll: roles.has('poll') ? await openPoll(parts, shared, outbox) : null, outbox };
}

function openOutbox(parts: Parts, { rules, chats, connected, onTrouble }: Shared): Outbox {
  const { store, clock, log, metrics } = parts;
  return createOutbox({
    store,
    chats: connected,
    clock,
    rules: rules.outbox,
    worker: parts.worker,
    log,
    metrics,
    random: parts.random,
    onGone: async ({ destination }, reason) =>
      lose({ store, chats, log, language: parts.settings.language }, destination, reason, clock.now()),
    onTrouble,
    ...(parts.onStep ? { onStep: parts.onStep } : {}),
  });
}

async function openPoll(parts: Parts, { rules, onTrouble }: Shared, outbox: Outbox | null): Promise<Poll> {
  const { store, clock, log, metrics } = parts;
  const now = clock.now();
  const synced = await syncFeeds(store, parts.feeds, now);
  log.info(synced, 'the feeds are in step with their file');
  const { groupWindowHours } = parts.settings.stories;
  const storyLog = await openStoryLog({
    store,
    grouper: createGrouper({ windowHours: groupWindowHours }),
    now,
    windowMs: groupWindowHours * 3_600_000,
  });
  const audience = await openAudience(store, ({ id }, message) =>
    log.warn({ id, message }, 'a stored query cannot be read'),
  );
  const router = createRouter({
    store,
    audience,
    rules: rules.route,
    onDecision: (outcome) => metrics.decisions.inc({ outcome }),
  });
  const watch = createWatch({
    store,
    source: parts.source,
    articles: parts.articles,
    audience,
    log: storyLog,
    router,
    clock,
    rules: { ...rules.watch, hostDestination: parts.hostDestination },
    worker: parts.worker,
    logger: log,
    metrics,
    random: parts.random,
    onEnqueued: () => outbox?.kick(),
    onTrouble,
    onDocument: (feed, document) => void push?.follow(feed, document).catch(onTrouble),
    ...(parts.onLooked ? { onLooked: parts.onLooked } : {}),
    ...(parts.onStep ? { onStep: parts.onStep } : {}),
  });
  const push = openPush(parts, watch);
  return { audience, watch, push };
}

function openPush(parts: Parts, watch: Watch): Push | null {
  const { store, clock, log, hubs, settings } = parts;
  const publicUrl = settings.server.publicUrl.replace(/\/+$/u, '');
  if (hubs === undefined || publicUrl === '') return null;
  const { source, newSecret } = hubs;
  const take: Watch['takePushed'] = async (feedId, document) => watch.takePushed(feedId, document);
  return createPush({ store, hubs: source, clock, log, publicUrl, newSecret, take });
}
