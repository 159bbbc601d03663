import { createCounter } from './commands/counter.ts';
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
import { rulesFrom } from './rules.ts';
import {
  StoreError,
  type ArticleSource,
  type Chat,
  type Clock,
  type Counter,
  type FeedSource,
  type HubSource,
  type Store,
} from './ports.ts';
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

/** How the program does, for `/healthz`. */
export interface Health {
  readonly ok: boolean;
  /** What is wrong, in words; empty when nothing is. */
  readonly problems: readonly string[];
}

/** The program: feeds in, alerts out, commands answered. */
export interface Newshound {
  /** Looks at the feeds from now on; resolves when all chats are connected, rejects when one refuses the program. */
  start(): Promise<void>;
  /** Looks at every feed that is due once, delivers what is due, and resolves. */
  once(): Promise<void>;
  /** Ends what is under way within about four seconds, gives leases back, disconnects. The Store stays open. */
  stop(): Promise<void>;
  health(): Promise<Health>;
  readonly ready: boolean;
  /** What hubs are answered by; null before the start and where there are none. */
  readonly push: Push | null;
}

const STOP_GRACE_MS = 4_000;
const HEALTHY_LATENESS_MS = 15 * 60_000;
const PROBE_EVERY_MS = 5_000;
const REOPEN_MS = 1_000;
/** The document that holds the time. */
const CLOCK = { kind: 'clock', id: 'last' } as const;

/** What looks at feeds; together in one process. */
interface Poll {
  readonly audience: Audience;
  readonly watch: Watch;
  readonly push: Push | null;
}

/** The stages of the roles that this process has. */
interface Stages {
  readonly poll: Poll | null;
  readonly outbox: Outbox | null;
}

export function createNewshound(parts: Parts): Newshound {
  const { store, clock, log, metrics } = parts;
  const rules = rulesFrom(parts.settings);
  const roles: ReadonlySet<Role> = new Set(parts.settings.roles);
  const chats = new Map(parts.chats.map((chat) => [chat.platform, chat]));
  /** Those that have started: nothing is tried on a chat before. */
  const connected = new Map<string, Chat>();
  const stops: (() => void)[] = [];
  let stages: Stages | null = null;
  let ready = false;
  const stopping = new AbortController();
  /** The Store could not be used: nothing is taken up until a probe succeeds. Since when (epoch ms), else null. */
  let troubledSince: number | null = null;
  let probedAt = 0;

  async function open(): Promise<Stages> {
    const outbox = roles.has('deliver') ? openOutbox() : null;
    return { poll: roles.has('poll') ? await openPoll(outbox) : null, outbox };
  }

  function openOutbox(): Outbox {
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
      onTrouble: trouble,
      ...(parts.onStep ? { onStep: parts.onStep } : {}),
    });
  }

  async function openPoll(outbox: Outbox | null): Promise<Poll> {
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
      onTrouble: trouble,
      onDocument: (feed, document) => void push?.follow(feed, document).catch(trouble),
      ...(parts.onLooked ? { onLooked: parts.onLooked } : {}),
      ...(parts.onStep ? { onStep: parts.onStep } : {}),
    });
    const push = openPush(watch);
    return { audience, watch, push };
  }

  function openPush(watch: Watch): Push | null {
    const { hubs, settings } = parts;
    const publicUrl = settings.server.publicUrl.replace(/\/+$/u, '');
    if (hubs === undefined || publicUrl === '') return null;
    const { source, newSecret } = hubs;
    const take: Watch['takePushed'] = async (feedId, document) => watch.takePushed(feedId, document);
    return createPush({ store, hubs: source, clock, log, publicUrl, newSecret, take });
  }

  /** Opens the stages; a Store that goes away meanwhile is waited for. Null when the program was stopped before. */
  async function openPatiently(): Promise<Stages | null> {
    while (!stopping.signal.aborted) {
      try {
        const opened = await open();
        troubledSince = null;
        return opened;
      } catch (error) {
        if (!(error instanceof StoreError && error.code === 'unreachable')) throw error;
        trouble(error);
        await clock.sleep(REOPEN_MS, stopping.signal);
      }
    }
    return null;
  }

  /**
   * Connects the chats, each on its own: one that cannot be reached holds up neither the others nor the watch. Who neither
   * posts nor listens needs none.
   */
  async function connect({ poll, outbox }: Stages): Promise<void> {
    const needed = outbox !== null || roles.has('chat') ? parts.chats : [];
    const counter = roles.has('chat') ? openCounter(poll) : null;
    await Promise.all(
      needed.map(async (chat) => {
        await chat.start(counter);
        connected.set(chat.platform, chat);
        outbox?.kick();
      }),
    );
    if (stopping.signal.aborted) return;
    ready = true;
    log.info({ roles: [...roles], subscriptions: poll?.audience.size, chats: [...connected.keys()] }, 'started');
  }

  function openCounter(poll: Poll | null): Counter {
    return createCounter({
      store,
      source: parts.source,
      chats,
      rules: rules.desk,
      // Where another process polls it hears of them from the Store.
      onFeedsAdded: () => poll?.watch.kick(),
      clock,
      log,
      metrics,
      language: parts.settings.language,
    });
  }

  function beginTicking(opened: Stages): void {
    const { poll, outbox } = opened;
    stops.push(
      store.watch((topic) => {
        if (topic === 'subscriptions') void poll?.audience.follow().catch(trouble);
        else if (topic === 'deliveries') outbox?.kick();
        else poll?.watch.kick();
      }),
      clock.every('* * * * * *', async () => tick(opened)),
      clock.every('*/15 * * * * *', measure),
      clock.every('0 7 * * * *', sweep),
      clock.every('30 */5 * * * *', renewPushes),
    );
    void measure().catch(trouble);
    poll?.watch.kick();
    outbox?.kick();
  }

  async function tick({ poll, outbox }: Stages): Promise<void> {
    if (troubledSince !== null && !(await recovered())) return;
    await poll?.audience.follow().catch(trouble);
    poll?.watch.kick();
    outbox?.kick();
  }

  function trouble(error: unknown): void {
    if (troubledSince !== null) return;
    troubledSince = clock.now();
    log.error({ err: error }, 'the store cannot be used: nothing is taken up until it can');
  }

  async function recovered(): Promise<boolean> {
    const now = clock.now();
    if (now - probedAt < PROBE_EVERY_MS) return false;
    probedAt = now;
    try {
      await store.probe();
    } catch {
      return false;
    }
    log.info({ seconds: Math.round((now - (troubledSince ?? now)) / 1000) }, 'the store can be used again');
    troubledSince = null;
    return true;
  }

  async function measure(): Promise<void> {
    if (troubledSince !== null) return;
    const now = clock.now();
    await store.putDocument(CLOCK.kind, CLOCK.id, now, null);
    const depths = await store.depths(now);
    for (const what of ['feeds', 'subscriptions', 'stories', 'seen', 'queued', 'dead'] as const) {
      metrics.depths.set({ what }, depths[what]);
    }
  }

  async function sweep(): Promise<void> {
    if (troubledSince !== null) return;
    const now = clock.now();
    if (!(await store.runOnce('sweep', now, 1_800_000))) return;
    const { swept } = await store.sweep(now, rules.sweep);
    log.debug({ swept }, 'old records were swept');
  }

  async function renewPushes(): Promise<void> {
    const push = stages?.poll?.push ?? null;
    if (push === null || troubledSince !== null) return;
    if (await store.runOnce('websub', clock.now(), 240_000)) await push.renew();
  }

  return {
    async start() {
      const opened = await openPatiently();
      // A stop may have come meanwhile.
      if (opened === null || stopping.signal.aborted) return;
      stages = opened;
      beginTicking(opened);
      await connect(opened);
    },

    async once() {
      stages = await open();
      await connect(stages);
      const { poll, outbox } = stages;
      if (poll) await store.wakeFeeds(clock.now());
      await poll?.watch.idle();
      outbox?.kick();
      await outbox?.idle();
    },

    async stop() {
      ready = false;
      stopping.abort();
      for (const stop of stops.splice(0)) stop();
      await Promise.all([stages?.poll?.watch.stop(STOP_GRACE_MS), stages?.outbox?.stop(STOP_GRACE_MS)]);
      await Promise.all(parts.chats.map(async (chat) => chat.stop()));
    },

    async health() {
      const problems: string[] = [];
      const now = clock.now();
      try {
        await store.probe();
        const { oldestDueFeed, oldestDueDelivery } = await store.depths(now);
        if (oldestDueFeed !== null && now - oldestDueFeed > HEALTHY_LATENESS_MS) {
          problems.push(`a feed has been due for ${minutes(now - oldestDueFeed)}`);
        }
        if (oldestDueDelivery !== null && now - oldestDueDelivery > HEALTHY_LATENESS_MS) {
          problems.push(`an alert has been due for ${minutes(now - oldestDueDelivery)}`);
        }
      } catch (error) {
        problems.push(`the store cannot be used: ${error instanceof Error ? error.message : String(error)}`);
      }
      return { ok: problems.length === 0, problems };
    },

    get push() {
      return stages?.poll?.push ?? null;
    },

    get ready() {
      return ready && troubledSince === null;
    },
  };
}

/** The time a program on this store last went by (epoch ms, at most some seconds old when it ended); 0 when none did. */
export async function lastTime(store: Pick<Store, 'getDocument'>): Promise<number> {
  return Number((await store.getDocument(CLOCK.kind, CLOCK.id)) ?? 0);
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} minutes`;
}
