import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../adapters/store/sqlite/store.ts';
import { openAudience } from '../../../src/delivery/audience.ts';
import { createRouter } from '../../../src/delivery/route.ts';
import type { Offer } from '../../../src/delivery/audience.ts';
import { openStoryLog } from '../../../src/feeds/story-log.ts';
import { createWatch, type Watch } from '../../../src/feeds/watch.ts';
import { createLogger } from '../../../src/log.ts';
import { createMetrics } from '../../../src/metrics.ts';
import type { Clock, FeedSource, Store } from '../../../src/ports.ts';
import { rulesFrom } from '../../../src/rules.ts';
import { readSettings } from '../../../src/settings.ts';
import { createGrouper } from '../../../src/story/group.ts';

/** A watch over a real store; the feeds and the time are the test's. */
export interface Watching {
  readonly store: Store;
  readonly watch: Watch;
  readonly close: () => Promise<void>;
}

/** @param settings by the names of the environment */
export async function openWatching(options: {
  readonly source: FeedSource;
  readonly now: () => number;
  readonly settings?: Readonly<Record<string, string>>;
  /** The one subscription there is. */
  readonly query: string;
  readonly random?: () => number;
  /** Told of each story that is announced, by itself or gathered with others. */
  readonly onOffer?: (offer: Offer, gathered: boolean) => void;
  readonly onLooked?: Parameters<typeof createWatch>[0]['onLooked'];
}): Promise<Watching> {
  const { source, now, query, random = () => 0.5, onOffer, onLooked } = options;
  const folder = await mkdtemp(join(tmpdir(), 'newshound-watch-'));
  const store = await openSqliteStore({ path: join(folder, 'watch.db'), synchronous: 'NORMAL', now });
  const read = readSettings('', 'test', { NEWSHOUND_DELIVERY_FLOOD_PER_HOUR: '10000', ...options.settings });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const rules = rulesFrom(read.settings);
  const clock: Clock = { now, sleep: async () => undefined, every: () => () => undefined };
  await store.putSubscriptions([
    {
      id: 0,
      destination: 'test:me',
      scope: 'test:me',
      owner: 'test:me',
      name: '',
      query,
      when: { kind: 'instant' },
      quiet: null,
      timeZone: null,
      state: 'active',
      pausedUntil: null,
      removedAt: null,
      createdAt: now(),
    },
  ]);
  const audience = await openAudience(store, () => undefined);
  const router = createRouter({ store, audience, rules: rules.route });
  const windowMs = read.settings.stories.groupWindowHours * 3_600_000;
  const watch = createWatch({
    store,
    source,
    articles: null,
    audience,
    log: await openStoryLog({ store, grouper: createGrouper(), now: now(), windowMs }),
    router: {
      ...router,
      async offer(offer, at) {
        onOffer?.(offer, false);
        return router.offer(offer, at);
      },
      async offerTogether(offers, at) {
        for (const offer of offers) onOffer?.(offer, true);
        return router.offerTogether(offers, at);
      },
    },
    clock,
    rules: { ...rules.watch, hostDestination: '' },
    worker: 'test',
    logger: createLogger('silent', { kind: 'json' }),
    metrics: createMetrics(),
    random,
    onEnqueued: () => undefined,
    onTrouble: (error) => {
      throw error;
    },
    ...(onLooked ? { onLooked } : {}),
  });
  return {
    store,
    watch,
    async close() {
      await watch.stop(1_000);
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
