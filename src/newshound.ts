import { createCounter } from './commands/counter.ts';
import type { Push } from './feeds/push.ts';
import { healthOf, type Health } from './health.ts';
import { StoreError, type Chat, type Counter, type Store } from './ports.ts';
import { rulesFrom } from './rules.ts';
import type { Role } from './settings.ts';
import { openStages, type Parts, type Poll, type Stages } from './stages.ts';

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
const PROBE_EVERY_MS = 5_000;
const REOPEN_MS = 1_000;
/** The document that holds the time. */
const CLOCK = { kind: 'clock', id: 'last' } as const;

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

  const open = async (): Promise<Stages> => openStages(parts, { rules, chats, connected, onTrouble: trouble });

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

    health: async () => healthOf(store, clock.now()),

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
