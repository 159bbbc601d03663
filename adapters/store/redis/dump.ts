import { StoreError, type DumpRecord, type LoggedStory, type SeenKey, type Store } from '../../../src/ports.ts';
import type { Decision } from '../../../src/delivery/decision.ts';
import type { Decisions } from './decisions.ts';
import type { Connection } from './connection.ts';
import type { Deliveries } from './deliveries.ts';
import type { Documents } from './documents.ts';
import type { Feeds } from './feeds.ts';
import type { SeenKeys } from './seen.ts';
import type { StoryLog } from './story-log.ts';
import type { Subscriptions } from './subscriptions.ts';
import { loadInPages } from '../dump-pages.ts';

export interface Parts {
  readonly feeds: Feeds;
  readonly seen: SeenKeys;
  readonly stories: StoryLog;
  readonly deliveries: Deliveries;
  readonly decisions: Decisions;
  readonly subscriptions: Subscriptions;
  readonly documents: Documents;
}

const PAGE = 500;

/**
 * Everything as records and back. Redis has no view of one moment: a dump of a store in use has each record as it is when
 * it is read.
 */
export function createDump(connection: Connection, parts: Parts): Pick<Store, 'dump' | 'load'> {
  const { feeds, seen, stories, deliveries, decisions, subscriptions, documents } = parts;

  async function* dump(): AsyncGenerator<DumpRecord> {
    for (let after = ''; ;) {
      const page = await feeds.operations.listFeeds(after, PAGE);
      for (const { feed, state } of page) yield { kind: 'feed', feed, state };
      if (page.length < PAGE) break;
      after = page.at(-1)?.feed.id ?? '';
    }
    for await (const { key, record } of seen.walk()) yield { kind: 'seen', key, record };
    for (let position = 0; ;) {
      const page = await stories.operations.readLog(position, PAGE);
      for (const entry of page.entries) yield { kind: 'story', entry };
      if (page.entries.length < PAGE) break;
      position = page.position;
    }
    for await (const record of deliveries.walk()) yield { kind: 'delivery', record };
    for await (const decision of decisions.walk()) yield { kind: 'decision', decision };
    for await (const subscription of subscriptions.walk()) yield { kind: 'subscription', subscription };
    for await (const document of documents.walk()) yield { kind: 'document', ...document };
  }

  /** Writes a page kind by kind: what is of one kind keeps its order. */
  async function loadPage(page: readonly DumpRecord[]): Promise<void> {
    await Promise.all([
      ...page.map(async (record) => {
        if (record.kind === 'feed') await feeds.restore(record.feed, record.state);
        if (record.kind === 'document') {
          await documents.operations.putDocument(record.type, record.id, record.value, record.expiresAt);
        }
      }),
      loadSeen(page),
      stories.restore(page.flatMap((record): LoggedStory[] => (record.kind === 'story' ? [record.entry] : []))),
      decisions.record(page.flatMap((record): Decision[] => (record.kind === 'decision' ? [record.decision] : []))),
      subscriptions.operations.putSubscriptions(
        page.flatMap((record) => (record.kind === 'subscription' ? [record.subscription] : [])),
      ),
      loadDeliveries(page),
    ]);
  }

  async function loadSeen(page: readonly DumpRecord[]): Promise<void> {
    const all = page.flatMap((record) => (record.kind === 'seen' ? [record] : []));
    if (all.length === 0) return;
    const numbers = await feeds.numbersOf(all.map(({ record }) => record.feedId));
    const alike = new Map<string, { feed: number; lastSeen: number; keys: SeenKey[] }>();
    for (const { key, record } of all) {
      const feed = numbers.get(record.feedId) ?? 0;
      const mark = `${feed} ${record.lastSeen}`;
      const known = alike.get(mark) ?? { feed, lastSeen: record.lastSeen, keys: [] };
      known.keys.push({ key, storyId: record.storyId });
      alike.set(mark, known);
    }
    await Promise.all([...alike.values()].map(async ({ feed, lastSeen, keys }) => seen.remember(keys, feed, lastSeen)));
  }

  async function loadDeliveries(page: readonly DumpRecord[]): Promise<void> {
    // Asked for in order without waiting in between: commands of one connection are answered in order.
    await Promise.all(page.map(async (record) => record.kind === 'delivery' && deliveries.restore(record.record)));
  }

  async function refuseUnlessEmpty(): Promise<void> {
    for await (const { kind } of dump()) {
      throw new StoreError('not_empty', `The Store is not empty: there is a ${kind} in it`);
    }
  }

  return {
    dump,

    async load(given) {
      await refuseUnlessEmpty();
      const loaded = await loadInPages(given, PAGE, loadPage);
      connection.hint('feeds');
      connection.hint('subscriptions');
      return loaded;
    },
  };
}
