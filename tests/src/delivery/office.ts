import { pino } from 'pino';
import { openAudience } from '../../../src/delivery/audience.ts';
import { createOutbox, type Outbox, type OutboxRules } from '../../../src/delivery/outbox.ts';
import { lose } from '../../../src/delivery/reach.ts';
import { createRouter, type Router, type RouteRules } from '../../../src/delivery/route.ts';
import { openStoryLog } from '../../../src/feeds/story-log.ts';
import { createMetrics } from '../../../src/metrics.ts';
import type { LoggedStory, Store } from '../../../src/ports.ts';
import { createGrouper } from '../../../src/story/group.ts';
import type { Story } from '../../../src/story/story.ts';
import type { Subscription } from '../../../src/subscription/subscription.ts';
import { openForTest, temporaryPath } from '../../adapters/store/temporary-folder.ts';
import { testClock, type TestClock } from '../../clock.ts';
import { story, subscription } from '../../contracts/store/samples.ts';
import { openTestChat, type TestChat } from '../../servers/chat.ts';

export const HOUR_MS = 3_600_000;

/** From story to message, on a real embedded store: all that delivery consists of, with a chat that keeps what reaches it. */
export interface Office {
  readonly store: Store;
  readonly clock: TestClock;
  readonly chat: TestChat;
  readonly router: Router;
  readonly outbox: Outbox;
  readonly subscribe: (changes?: Partial<Subscription>) => Promise<Subscription>;
  /** Logs a story and offers it to those who asked. */
  readonly publish: (number: number, changes?: Partial<Story>) => Promise<LoggedStory>;
  /** Logs stories, numbered from `first` on, and offers them as those that a feed brought all at once. */
  readonly publishTogether: (stories: readonly Partial<Story>[], first?: number) => Promise<readonly LoggedStory[]>;
  /** Sends whatever is due now. */
  readonly send: () => Promise<void>;
  /** A second process on the same store. */
  readonly another: () => Outbox;
}

export interface OfficeOptions {
  readonly chat?: TestChat;
  readonly start?: number;
  readonly outbox?: Partial<OutboxRules>;
  readonly route?: Partial<RouteRules>;
}

export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const clock = testClock(options.start ?? Date.UTC(2026, 10, 25, 9, 0));
  const store = await openForTest(temporaryPath());
  const chat = options.chat ?? openTestChat();
  const log = pino({ level: 'silent' });
  const metrics = createMetrics();
  const chats = new Map([[chat.platform, chat]]);
  const audience = await openAudience(store, () => undefined);
  const router = createRouter({
    store,
    audience,
    rules: { language: 'en', timeZone: 'UTC', floodPerHour: 20, editMs: 24 * HOUR_MS, ...options.route },
  });
  const grouper = createGrouper();
  const storyLog = await openStoryLog({ store, grouper, now: clock.now(), windowMs: 72 * HOUR_MS });
  let workers = 0;

  function openOutbox(): Outbox {
    return createOutbox({
      store,
      chats,
      clock,
      rules: {
        language: 'en',
        giveUpMs: 24 * HOUR_MS,
        retryBaseMs: 1_000,
        retryMaxMs: 60_000,
        catchUpOver: 5,
        catchUpAfterMs: HOUR_MS,
        lanes: 4,
        leaseMs: 10_000,
        ...options.outbox,
      },
      worker: `worker ${++workers}`,
      log,
      metrics,
      random: () => 0.5,
      onGone: async ({ destination }, reason) =>
        lose({ store, chats, log, language: 'en' }, destination, reason, clock.now()),
      onTrouble(error) {
        throw error;
      },
    });
  }

  const outbox = openOutbox();
  return {
    store,
    clock,
    chat,
    router,
    outbox,
    another: openOutbox,

    async subscribe(changes = {}) {
      const [written] = await store.putSubscriptions([subscription({ createdAt: clock.now(), ...changes })]);
      if (!written) throw new Error('The Store gave no subscription back');
      await audience.follow();
      return written;
    },

    async publish(number, changes = {}) {
      const now = clock.now();
      const made = story(number, { firstSeen: now, effective: now, published: now, ...changes });
      const [entry] = await storyLog.append([made]);
      if (!entry) throw new Error('The log gave no story back');
      await router.offer({ entry, story: made }, now);
      return entry;
    },

    async publishTogether(stories, first = 100) {
      const now = clock.now();
      const times = { firstSeen: now, effective: now, published: now };
      const made = stories.map((changes, i) => story(first + i, { ...times, ...changes }));
      const entries = await storyLog.append(made);
      const offers = entries.map((entry) => ({ entry, story: entry.story }));
      await router.offerTogether(offers, now);
      return entries;
    },

    async send() {
      outbox.kick();
      await outbox.idle();
    },
  };
}

/** A story that shares no word with another but "story". */
export function unlike(i: number): { title: string; summary: string } {
  const word = (n: number): string =>
    Array.from({ length: 7 }, (_, k) => String.fromCharCode(97 + ((i * 31 + n * 17 + k * (i + 3)) % 26))).join('');
  return { title: `${word(1)} ${word(2)} ${word(3)} story`, summary: `${word(4)} ${word(5)} ${word(6)} ${word(7)}.` };
}
