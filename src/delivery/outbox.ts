import type { Chat, Clock, Lane, PostAnswer, Settlement, Store } from '../ports.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { StoryId } from '../story/story.ts';
import { createActs } from './act.ts';
import { alsoKey, type Delivery, type DeliveryKey, type DeliveryRecord } from './delivery.ts';
import { nextStep } from './lane-plan.ts';
import { refusalAt } from './reach.ts';
import { reasons } from './reasons.ts';

export interface OutboxRules {
  /** BCP 47, for places that have set none. */
  readonly language: string;
  readonly giveUpMs: number;
  readonly retryBaseMs: number;
  readonly retryMaxMs: number;
  readonly catchUpOver: number;
  readonly catchUpAfterMs: number;
  /** Destinations posted to at once. */
  readonly lanes: number;
  /** A lane is lent for this long and prolonged with each settled post: a dead process's lanes are free again within it. */
  readonly leaseMs: number;
}

/** Sends what is due. Nothing is kept in memory: whatever is not settled is taken up again by the next process. */
export interface Outbox {
  /** Looks for due deliveries now; called at every tick and whenever something was enqueued. */
  kick(): void;
  /** Resolves when nothing that was due is left to do. */
  idle(): Promise<void>;
  /** Takes up nothing more, gives posts under way `graceMs` to end, and gives the lanes back. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Of the time a lane is lent for, a post may take this share, and has to end within the second one, counted from when the
 * lane was last lent: what comes later could meet another process's post. With less than the third left none is begun.
 */
const POST_SHARE = 0.75;
const END_SHARE = 0.9;
const LEAST_SHARE = 0.25;
const DUE_PER_LANE = 50;

/** The moments of a post, in order: between any two of them the process may die and nothing is lost. */
export type OutboxStep = 'claimed' | 'posted' | 'settled';

/** A lane that is being worked, and no later than when it was last lent (epoch ms). */
interface Work {
  readonly lane: Lane;
  lentAt: number;
}

export function createOutbox(deps: {
  readonly store: Store;
  readonly chats: ReadonlyMap<string, Chat>;
  readonly clock: Clock;
  readonly rules: OutboxRules;
  readonly worker: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Random numbers from 0 to 1, for spreading retries. */
  readonly random: () => number;
  /** A destination can no longer be posted to. */
  readonly onGone: (delivery: Delivery, reason: string) => Promise<void>;
  readonly onStep?: (step: OutboxStep) => void;
  /** The Store could not be used. */
  readonly onTrouble: (error: unknown) => void;
}): Outbox {
  const { store, chats, clock, rules, log, metrics } = deps;
  const acts = createActs({ store, clock, language: rules.language });
  const stopping = new AbortController();
  const busy = new Set<Promise<void>>();
  /** Lanes given back while they are pacing: there is more to send when these are over. */
  const wakings = new Set<Promise<void>>();
  let looking: Promise<void> | null = null;
  let lookAgain = false;

  async function look(): Promise<void> {
    do {
      lookAgain = false;
      const free = rules.lanes - busy.size;
      if (free <= 0 || stopping.signal.aborted) return;
      const now = clock.now();
      const lanes = await store.claimLanes({
        worker: deps.worker,
        platforms: [...chats.keys()],
        now,
        lanes: free,
        perLane: DUE_PER_LANE,
        leaseMs: rules.leaseMs,
      });
      for (const lane of lanes) {
        deps.onStep?.('claimed');
        const work: Promise<void> = workLane({ lane, lentAt: now })
          .catch((error: unknown) => log.error({ err: error, destination: lane.destination }, 'a lane was given up'))
          .finally(() => {
            busy.delete(work);
            kick();
          });
        busy.add(work);
      }
    } while (lookAgain);
  }

  function kick(): void {
    if (stopping.signal.aborted) return;
    lookAgain = true;
    if (looking) return;
    looking = look()
      .catch(deps.onTrouble)
      .finally(() => {
        looking = null;
        if (lookAgain && busy.size < rules.lanes) kick();
      });
  }

  /** Sends a lane's due deliveries in order until one has to wait. */
  async function workLane(held: Work): Promise<void> {
    const { lane } = held;
    const chat = chats.get(lane.destination.slice(0, lane.destination.indexOf(':')));
    if (!chat) return store.releaseLane(lane, clock.now() + rules.retryMaxMs);
    const laneRules = { ...rules, cardsPerMessage: chat.limits.cardsPerMessage };
    let due = lane.deliveries;
    let nextAt = 0;
    while (due.length > 0 && !stopping.signal.aborted) {
      // Asked anew for each: a platform that has just refused the place is not to be asked again.
      const refused = await refusalAt(store, lane.destination);
      if (refused !== '') {
        const settled = await Promise.all(due.map(async ({ delivery }) => settleDead(held, delivery, refused)));
        if (settled.includes('lost')) return;
        break;
      }
      const step = nextStep(due, laneRules, clock.now());
      if (step === null) break;
      if (step.kind === 'roll') {
        if (!(await store.rollUp(lane, step.digest))) return;
        const members = new Set(step.digest.members);
        due = [recordOf(step.digest), ...due.filter(({ delivery }) => !members.has(delivery.key))];
        continue;
      }
      const sent = await send(held, chat, step.record);
      if (sent === 'lost') return;
      if (typeof sent === 'number') {
        nextAt = sent;
        break;
      }
      due = due.filter(({ delivery }) => !sent.settled.includes(delivery.key));
      if (sent.posted && chat.limits.paceMs > 0) {
        nextAt = clock.now() + chat.limits.paceMs;
        if (due.length === 0) break;
        // While others may be waiting for a lane none is held just to wait.
        if (busy.size >= rules.lanes) {
          wakeIn(chat.limits.paceMs);
          break;
        }
        await clock.sleep(chat.limits.paceMs, stopping.signal);
      }
    }
    await store.releaseLane(lane, nextAt);
  }

  function wakeIn(ms: number): void {
    const waking: Promise<void> = clock.sleep(ms, stopping.signal).then(() => {
      wakings.delete(waking);
      kick();
    });
    wakings.add(waking);
  }

  /**
   * Sends one delivery and settles it, and with it the later coverage that its message shows already. A number is when the
   * lane may be tried again; 'lost' means that another worker has the lane now.
   */
  async function send(held: Work, chat: Chat, record: DeliveryRecord): Promise<Sent | 'lost' | number> {
    const { delivery } = record;
    if (clock.now() - Math.max(delivery.createdAt, delivery.at) > rules.giveUpMs) {
      const reason = record.reason === '' ? reasons.neverTried : record.reason;
      log.warn({ destination: delivery.destination, attempts: record.attempts, reason }, 'a delivery was given up');
      return settleDead(held, delivery, reason);
    }
    const act = await acts.of(delivery, chat);
    if (act.kind === 'nothing') return settleDead(held, delivery, act.reason);

    const now = clock.now();
    const postMs = Math.min(rules.leaseMs * POST_SHARE, held.lentAt + rules.leaseMs * END_SHARE - now);
    // Given back, the lane is lent anew at once, if nobody else has it by now.
    if (postMs < rules.leaseMs * LEAST_SHARE) return now;
    const timeout = AbortSignal.timeout(postMs);
    const answer = await act.run(
      { destination: delivery.destination, key: delivery.key, ambiguous: record.ambiguous },
      timeout,
    );
    deps.onStep?.('posted');
    metrics.posts.inc({ platform: chat.platform, outcome: answer.kind });
    switch (answer.kind) {
      case 'sent': {
        const at = clock.now();
        if (delivery.kind === 'alert') metrics.alertSeconds.observe(Math.max(0, at - delivery.createdAt) / 1000);
        const kept = await settle(held, delivery.key, { kind: 'sent', remoteId: answer.remoteId, at });
        deps.onStep?.('settled');
        return kept ? settleShown(held, delivery, act.shown) : 'lost';
      }
      case 'retry':
        return retry(held, record, answer, clock.now());
      case 'refused':
        return settleDead(held, delivery, answer.reason);
      case 'gone': {
        const kept = await settleDead(held, delivery, answer.reason);
        await deps.onGone(delivery, answer.reason);
        return kept;
      }
    }
  }

  /** Settles a delivery, by which its lane is lent anew; false when the lane was lost. */
  async function settle(held: Work, key: DeliveryKey, settlement: Settlement): Promise<boolean> {
    const now = clock.now();
    const kept = await store.settle(held.lane, key, settlement, rules.leaseMs);
    if (kept) held.lentAt = now;
    return kept;
  }

  async function retry(
    held: Work,
    record: DeliveryRecord,
    answer: Extract<PostAnswer, { kind: 'retry' }>,
    now: number,
  ): Promise<number | 'lost'> {
    const backOff = Math.min(rules.retryBaseMs * 2 ** Math.min(record.attempts, 20), rules.retryMaxMs);
    const at = now + (answer.retryAfterMs ?? Math.round(backOff * (0.75 + deps.random() / 2)));
    // To be told when to come again is the usual course of a burst, no fault.
    log[answer.retryAfterMs === null ? 'warn' : 'debug'](
      { destination: held.lane.destination, reason: answer.reason, attempts: record.attempts + 1 },
      'a post failed, it will be tried again',
    );
    const { reason, ambiguous } = answer;
    const kept = await settle(held, record.delivery.key, { kind: 'retry', at, reason, ambiguous });
    return kept ? at : 'lost';
  }

  async function settleDead(held: Work, delivery: Delivery, reason: string): Promise<Sent | 'lost'> {
    const kept = await settle(held, delivery.key, { kind: 'dead', reason, at: clock.now() });
    return kept ? { posted: false, settled: [delivery.key] } : 'lost';
  }

  /** Coverage that came in before the first message was made stands in it: nothing more is to be said of it. */
  async function settleShown(held: Work, delivery: Delivery, shown: readonly StoryId[]): Promise<Sent | 'lost'> {
    const keys = shown.map((storyId) => alsoKey(delivery, storyId));
    const reason = 'it stands in the first message';
    const settled = await Promise.all(
      keys.map(async (key) => settle(held, key, { kind: 'dead', reason, at: clock.now() })),
    );
    if (settled.includes(false)) return 'lost';
    return { posted: true, settled: [delivery.key, ...keys] };
  }

  return {
    kick,

    async idle() {
      for (;;) {
        const under = [...busy, ...wakings];
        if (looking) under.push(looking);
        if (under.length === 0) return;
        await Promise.all(under);
      }
    },

    async stop(graceMs) {
      stopping.abort();
      const ended = new AbortController();
      await Promise.race([Promise.all(busy), clock.sleep(graceMs, ended.signal)]);
      ended.abort();
    },
  };
}

/** What became of a delivery; `posted` is false where nothing had to be said. */
interface Sent {
  readonly posted: boolean;
  readonly settled: readonly DeliveryKey[];
}

function recordOf(delivery: Delivery): DeliveryRecord {
  return {
    delivery,
    state: 'queued',
    attempts: 0,
    ambiguous: false,
    reason: '',
    remoteId: '',
    settledAt: null,
    boundTo: '',
  };
}
