import type { DeskRules } from './commands/desk.ts';
import type { OutboxRules } from './delivery/outbox.ts';
import type { RouteRules } from './delivery/route.ts';
import type { WatchRules } from './feeds/watch.ts';
import type { SweepPolicy } from './ports.ts';
import type { Settings } from './settings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What each stage goes by. */
export interface Rules {
  readonly watch: Omit<WatchRules, 'hostDestination'>;
  readonly route: RouteRules;
  readonly outbox: OutboxRules;
  readonly desk: DeskRules;
  readonly sweep: SweepPolicy;
}

/** The settings as the stages want them: each its own, all times in ms. */
export function rulesFrom({ feeds, stories, delivery, commands, store, timeZone, language }: Settings): Rules {
  const leaseMs = store.leaseSeconds * 1000;
  return {
    watch: {
      language,
      schedule: {
        intervalMs: feeds.intervalSeconds * 1000,
        minIntervalMs: feeds.minIntervalSeconds * 1000,
        maxIntervalMs: feeds.maxIntervalSeconds * 1000,
        quietMaxIntervalMs: feeds.quietMaxIntervalSeconds * 1000,
        jitter: feeds.jitter,
        backoffBaseMs: feeds.backoffBaseSeconds * 1000,
        backoffMaxMs: feeds.backoffMaxSeconds * 1000,
      },
      intake: {
        maxAgeMs: stories.maxAgeDays * DAY_MS,
        firstPollMs: stories.announceFirstPollMinutes * MINUTE_MS,
        // Days are kept whole: a key must be written anew well before its memory ends.
        keyFreshMs: Math.min(7 * DAY_MS, ((stories.memoryDays - 1) / 2) * DAY_MS),
      },
      concurrency: feeds.concurrency,
      perHost: feeds.perHostConcurrency,
      leaseMs,
      moveAfterMs: feeds.moveAfterDays * DAY_MS,
      tellAfterMs: feeds.tellAfterHours * HOUR_MS,
    },
    route: { language, timeZone, floodPerHour: delivery.floodPerHour, editMs: stories.editHours * HOUR_MS },
    outbox: {
      language,
      giveUpMs: delivery.giveUpAfterHours * HOUR_MS,
      retryBaseMs: delivery.retryBaseSeconds * 1000,
      retryMaxMs: delivery.retryMaxSeconds * 1000,
      catchUpOver: delivery.catchUpOver,
      catchUpAfterMs: delivery.catchUpAfterMinutes * MINUTE_MS,
      lanes: delivery.lanes,
      leaseMs,
    },
    desk: {
      subscriptionsPerMember: commands.subscriptionsPerMember,
      subscriptionsPerPlace: commands.subscriptionsPerPlace,
      feedsPerScope: commands.feedsPerScope,
      undoMs: commands.undoMinutes * MINUTE_MS,
      archiveMs: stories.archiveDays * DAY_MS,
      timeZone,
    },
    sweep: {
      seenMs: stories.memoryDays * DAY_MS,
      archiveMs: stories.archiveDays * DAY_MS,
      settledMs: Math.max(stories.archiveDays, 7) * DAY_MS,
      removedMs: DAY_MS,
    },
  };
}
