import type { Audience } from '../delivery/audience.ts';
import type { Router } from '../delivery/route.ts';
import { wordsAt } from '../delivery/language.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { ArticleSource, Clock, FeedLease, FeedSource, FetchAnswer, SeenKey, Store } from '../ports.ts';
import type { FeedDocument } from '../story/item.ts';
import type { FeedId } from '../story/story.ts';
import type { Destination } from '../subscription/destination.ts';
import type { Feed, FeedState } from './feed.ts';
import { takeIn, type IntakeRules, type Read, type Taken } from './intake.ts';
import { createLastDocuments, type LastDocument } from './last-documents.ts';
import { readPages, type PageOutcome, type ReadPages } from './pages.ts';
import { deathNotice, recoveryNotice } from './notices.ts';
import { afterFailed, afterRead, type Progress, type ProgressRules } from './progress.ts';
import type { StoryLog } from './story-log.ts';
import { createTurns } from './turns.ts';

export interface WatchRules extends ProgressRules {
  /** BCP 47, for places that have set none. */
  readonly language: string;
  readonly intake: IntakeRules;
  /** Feeds asked at once. */
  readonly concurrency: number;
  readonly perHost: number;
  /** A feed is lent for this long, and longer while the look goes on: a dead process's feeds are free again within it. */
  readonly leaseMs: number;
  /** Where the host hears of feeds from the file; '' for the log only. */
  readonly hostDestination: Destination | '';
}

/** Looks at the feeds that are due. What is due, and what a feed has said before, stands in the Store alone. */
export interface Watch {
  /** Looks for due feeds now; called at every tick. */
  kick(): void;
  /** Resolves when no feed that was due is left. */
  idle(): Promise<void>;
  /**
   * Takes in what was sent of a feed, and announces what is new in it. It is a look that is never committed: the next one
   * repeats it without harm and writes what is seen.
   */
  takePushed(feedId: FeedId, document: FeedDocument): Promise<void>;
  /** Takes up nothing more and gives looks under way `graceMs` to end; what is left is looked at by the next process. */
  stop(graceMs: number): Promise<void>;
}

const RELEASE_MS = 500;
/** Items known from a last document are looked up again at least this often. */
const BELIEVED_MS = 86_400_000;
/** 17 MB of items, and what their feeds take. */
const MOST_ITEMS_REMEMBERED = 1_000_000;

/** The moments of a look, in order: between any two of them the process may die and nothing is lost. */
export type WatchStep = 'leased' | 'fetched' | 'taken' | 'offered' | 'committed';

export function createWatch(deps: {
  readonly store: Store;
  readonly source: FeedSource;
  /** null where pages are not to be read. */
  readonly articles: ArticleSource | null;
  readonly audience: Audience;
  readonly log: StoryLog;
  readonly router: Router;
  readonly clock: Clock;
  readonly rules: WatchRules;
  readonly worker: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Random numbers from 0 to 1, for spreading looks. */
  readonly random: () => number;
  /** Something may have been enqueued. */
  readonly onEnqueued: () => void;
  /** The Store could not be used. */
  readonly onTrouble: (error: unknown) => void;
  readonly onLooked?: (feed: Feed, state: FeedState) => void;
  readonly onDocument?: (feed: Feed, document: FeedDocument) => void;
  readonly onStep?: (step: WatchStep) => void;
}): Watch {
  const { store, source, clock, rules, logger, metrics } = deps;
  const stopping = new AbortController();
  const looks = new Map<FeedLease, Promise<void>>();
  const lastDocuments = createLastDocuments({
    believedMs: Math.min(BELIEVED_MS, rules.intake.keyFreshMs),
    mostItems: MOST_ITEMS_REMEMBERED,
  });
  let leasing: Promise<void> | null = null;
  let leaseAgain = false;
  let extendedAt = 0;

  function kick(): void {
    if (stopping.signal.aborted) return;
    leaseAgain = true;
    leasing ??= leaseDue()
      .catch(deps.onTrouble)
      .finally(() => {
        leasing = null;
        if (leaseAgain) kick();
      });
  }

  async function leaseDue(): Promise<void> {
    await extendLeases();
    while (leaseAgain) {
      leaseAgain = false;
      const limit = rules.concurrency - looks.size;
      if (stopping.signal.aborted || limit <= 0) return;
      const now = clock.now();
      const leases = await store.leaseFeeds({
        worker: deps.worker,
        now,
        limit,
        perHost: rules.perHost,
        leaseMs: rules.leaseMs,
      });
      for (const lease of leases) begin(lease);
    }
  }

  async function extendLeases(): Promise<void> {
    const now = clock.now();
    if (looks.size === 0 || now - extendedAt < rules.leaseMs / 3) return;
    extendedAt = now;
    await store.extendFeeds([...looks.keys()], now, rules.leaseMs);
  }

  function begin(lease: FeedLease): void {
    deps.onStep?.('leased');
    const work = look(lease)
      .catch((error: unknown) => {
        lastDocuments.forget(lease.feed.id);
        logger.error({ err: error, feed: lease.feed.url }, 'a look at a feed was given up');
      })
      .finally(() => {
        looks.delete(lease);
        // Leases are taken many at a time: asking for each single one would cost more than the look itself.
        if (looks.size * 2 <= rules.concurrency) kick();
      });
    looks.set(lease, work);
  }

  async function look(lease: FeedLease): Promise<void> {
    const { feed, state } = lease;
    const readable = state.parserVersion === source.parserVersion;
    const began = clock.now();
    const last = readable ? lastDocuments.recall(feed.id, state, began) : null;
    const answer = await source.fetch(
      {
        url: feed.url,
        validators: readable ? state.validators : { etag: '', lastModified: '' },
        bodyHash: readable ? state.bodyHash : '',
        known: { frame: last?.frame ?? -1, items: last?.items.map(({ mark }) => mark) ?? [] },
      },
      stopping.signal,
    );
    if (stopping.signal.aborted) return;
    deps.onStep?.('fetched');
    metrics.fetchSeconds.observe((clock.now() - began) / 1000);
    metrics.fetches.inc({ outcome: answer.kind });
    if (answer.kind === 'document') return takeDocument(lease, answer, last);
    if (answer.kind === 'unchanged') {
      await finish(lease, readAnswer(lease, answer, null), []);
      return;
    }
    const progress = afterFailed(lease, answer, rules, clock.now(), deps.random);
    if (answer.wholeHost) await store.holdHost(feed.host, progress.state.nextAt);
    logger.info({ feed: feed.title || feed.url, reason: answer.message }, 'a feed could not be read');
    await finish(lease, progress, []);
  }

  /** Everything a document brings, in an order in which a crash anywhere loses nothing: what is seen is written last. */
  async function takeDocument(
    lease: FeedLease,
    answer: Extract<FetchAnswer, { kind: 'document' }>,
    former: LastDocument | null,
  ): Promise<void> {
    const { document, whole = async () => document } = answer;
    const { state, counts, seen, offered, last } = await announce(lease, { document, last: former, whole });
    deps.onStep?.('offered');
    const kept = await finish(lease, readAnswer(lease, answer, state), seen);
    if (kept && last !== null) lastDocuments.keep(lease.feed.id, answer.bodyHash, last);
    else lastDocuments.forget(lease.feed.id);
    for (const [judgement, count] of Object.entries(counts)) metrics.stories.inc({ judgement }, count);
    if (offered > 0) deps.onEnqueued();
    deps.onDocument?.(lease.feed, document);
  }

  /** Offers what is new in a document to those who want it; nothing that is seen is written yet. */
  async function announce(
    lease: FeedLease,
    read: Read,
  ): Promise<Pick<Taken, 'state' | 'counts' | 'seen' | 'last'> & { readonly offered: number }> {
    const taken = await takeIn({ store, log: deps.log, rules: rules.intake }, lease, read, clock.now());
    const { revisions, state, counts, last } = taken;
    deps.onStep?.('taken');
    const { announcements, seen } = await withPages(taken);
    const turns = createTurns();
    for (const { entry, story, gathered } of announcements) {
      await turns(story.title.length + story.summary.length + story.body.length);
      if (!gathered) metrics.matches.inc(await deps.router.offer({ entry, story }, clock.now()));
    }
    const together = announcements.filter(({ gathered }) => gathered);
    metrics.matches.inc(await deps.router.offerTogether(together, clock.now()));
    for (const story of revisions) await deps.router.revise(story, clock.now());
    return { state, counts, last, seen: [...taken.seen, ...seen], offered: announcements.length + revisions.length };
  }

  async function withPages({ announcements }: Taken): Promise<ReadPages> {
    const { articles, audience } = deps;
    if (articles === null || announcements.length === 0) return { announcements, seen: [] };
    const onPage = (outcome: PageOutcome): void => metrics.pages.inc({ outcome });
    return readPages({ store, audience, articles, clock, onPage }, announcements, stopping.signal);
  }

  function readAnswer(
    lease: FeedLease,
    answer: Exclude<FetchAnswer, { kind: 'failed' }>,
    learnt: Pick<FeedState, 'learnt' | 'guidOffUntil' | 'recent'> | null,
  ): Progress {
    return afterRead(lease, answer, learnt, rules, source.parserVersion, clock.now(), deps.random);
  }

  /** False when the lease had ended: then nothing was written. */
  async function finish(lease: FeedLease, { feed, state, say }: Progress, seen: readonly SeenKey[]): Promise<boolean> {
    const now = clock.now();
    if (say !== null) {
      const failedSince = lease.state.failingSince ?? now;
      const notices = concerned(feed).map(async (to) => {
        const words = await wordsAt(store, to, rules.language);
        return say === 'dead'
          ? deathNotice(to, words, feed, state, now)
          : recoveryNotice(to, words, feed, failedSince, now);
      });
      await store.enqueue(await Promise.all(notices));
      deps.onEnqueued();
    }
    const kept = await store.commitFetch(lease, { feed, state, seen, now });
    if (!kept) logger.debug({ feed: feed.url }, 'the lease of a feed had ended; another look follows');
    deps.onStep?.('committed');
    deps.onLooked?.(feed, state);
    return kept;
  }

  /** Where it is said that a feed has died or come back. */
  function concerned({ listed, followers }: Feed): Destination[] {
    const places = followers.map(({ destination }) => destination);
    return listed && rules.hostDestination !== '' ? [rules.hostDestination, ...places] : places;
  }

  return {
    kick,

    async idle() {
      for (;;) {
        kick();
        await leasing;
        // One round of leasing may have called for the next.
        if (leasing !== null) continue;
        if (looks.size === 0) return;
        await Promise.race(looks.values());
      }
    },

    async takePushed(feedId, document) {
      const known = await store.getFeed(feedId);
      // Of a feed that was never read nobody knows what is new in it.
      if (known === null || !known.state.learnt || known.state.stopped !== '' || stopping.signal.aborted) return;
      const { offered } = await announce(
        { ...known, token: '' },
        { document, last: null, whole: async () => document },
      );
      if (offered > 0) deps.onEnqueued();
    },

    async stop(graceMs) {
      // Requests under way are dropped; documents already taken in are finished.
      stopping.abort();
      const held = [...looks.keys()];
      const ended = new AbortController();
      await Promise.race([Promise.all(looks.values()), clock.sleep(graceMs, ended.signal)]);
      // A Store that does not answer is not waited for long: leases end by themselves.
      const released = store.releaseFeeds(held).catch(deps.onTrouble);
      await Promise.race([released, clock.sleep(RELEASE_MS, ended.signal)]);
      ended.abort();
    },
  };
}
