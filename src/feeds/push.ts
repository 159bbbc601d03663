import type { Logger } from '../log.ts';
import type { Clock, HubCallback, HubPlace, HubSource, Store } from '../ports.ts';
import type { FeedDocument } from '../story/item.ts';
import type { FeedId } from '../story/story.ts';
import type { Feed } from './feed.ts';
import { sameSecret, signatureHolds } from './hub-signature.ts';

/**
 * WebSub (W3C Recommendation, 2018): a feed may name a hub that sends what is new at once. What a hub sends is an early look
 * at the feed; polling goes on as if there were no hub, so that nothing depends on one.
 */
export interface Push extends HubCallback {
  /** To be called with every document read: asks its hub for news where that has not been done. */
  follow(feed: Feed, document: FeedDocument): Promise<void>;
  /** Renews what is about to end and asks again where a hub did not answer; to be called every few minutes. */
  renew(): Promise<void>;
}

/** What is kept of a subscription, as a document of the Store under the feed's id. */
interface HubSubscription {
  readonly hub: string;
  readonly topic: string;
  readonly token: string;
  readonly secret: string;
  /** What the hub was asked and has not yet verified. */
  readonly asked: 'subscribe' | 'unsubscribe' | null;
  /** Epoch ms; 0 before the first verification. */
  readonly leaseUntil: number;
  /** Asked so often without a verification. */
  readonly failures: number;
  /** When to ask again: to renew, or because the hub has not verified (epoch ms). */
  readonly nextAskAt: number;
}

const KIND = 'websub';
export const CALLBACK_PATH = '/websub/';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WANTED_LEASE_MS = 10 * DAY_MS;
const SHORTEST_LEASE_MS = 5 * MINUTE_MS;
const LONGEST_LEASE_MS = 30 * DAY_MS;
const RENEW_BEFORE_MS = DAY_MS;
const RETRY_MS = 10 * MINUTE_MS;
const LONGEST_RETRY_MS = DAY_MS;
const LONGEST_CHALLENGE = 1_000;

export function createPush(deps: {
  readonly store: Store;
  readonly hubs: HubSource;
  readonly clock: Clock;
  readonly log: Logger;
  /** Where the world reaches this program, without a slash at the end: `https://news.example`. */
  readonly publicUrl: string;
  /** Text that nobody can guess, of letters and digits. */
  readonly newSecret: () => string;
  /** Takes a document in as an early look at its feed. */
  readonly take: (feedId: FeedId, document: FeedDocument) => Promise<void>;
}): Push {
  const { store, hubs, clock, log } = deps;

  async function find(feedId: FeedId): Promise<HubSubscription | null> {
    return (await store.getDocument(KIND, feedId)) as HubSubscription | null;
  }

  /** Forgotten by itself when neither the hub nor the feed has been heard of for long. */
  async function keep(feedId: FeedId, subscription: HubSubscription): Promise<void> {
    const until = Math.max(subscription.leaseUntil, subscription.nextAskAt, clock.now()) + 2 * DAY_MS;
    await store.putDocument(KIND, feedId, subscription, until);
  }

  /** The subscription at a place; null for a token that is not its own. */
  async function at({ feedId, token }: HubPlace): Promise<HubSubscription | null> {
    const found = await find(feedId);
    return found !== null && sameSecret(found.token, token) ? found : null;
  }

  async function ask(feedId: FeedId, mode: 'subscribe' | 'unsubscribe', subscription: HubSubscription): Promise<void> {
    const { hub, topic, token, secret, failures } = subscription;
    const retryMs = Math.min(RETRY_MS * 2 ** Math.min(failures, 10), LONGEST_RETRY_MS);
    // Written first: a hub may verify before it answers.
    await keep(feedId, { ...subscription, asked: mode, failures: failures + 1, nextAskAt: clock.now() + retryMs });
    const answer = await hubs.ask(hub, {
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.callback': `${deps.publicUrl}${CALLBACK_PATH}${feedId}/${token}`,
      'hub.secret': secret,
      'hub.lease_seconds': String(WANTED_LEASE_MS / 1000),
    });
    if (answer.kind === 'failed') log.info({ feedId, mode, reason: answer.message }, 'a hub refused');
  }

  async function renewOne(feedId: FeedId, subscription: HubSubscription): Promise<void> {
    if (subscription.asked === 'unsubscribe') return;
    const known = await store.getFeed(feedId);
    if (known === null || known.state.stopped !== '') await ask(feedId, 'unsubscribe', subscription);
    else if (clock.now() >= subscription.nextAskAt) await ask(feedId, 'subscribe', subscription);
  }

  function granted(subscription: HubSubscription, seconds: string): HubSubscription {
    const wished = /^\d{1,9}$/.test(seconds) ? Number(seconds) * 1000 : WANTED_LEASE_MS;
    const leaseMs = Math.min(Math.max(wished, SHORTEST_LEASE_MS), LONGEST_LEASE_MS);
    const now = clock.now();
    // Renewed a day before its end, a short one when a quarter of it is left.
    const nextAskAt = now + Math.max(leaseMs - RENEW_BEFORE_MS, leaseMs * 0.75);
    return { ...subscription, asked: null, leaseUntil: now + leaseMs, failures: 0, nextAskAt };
  }

  return {
    async follow({ id }, { hub = '', self = '' }) {
      const found = await find(id);
      if (hub === '' || self === '') {
        if (found !== null && found.asked !== 'unsubscribe') await ask(id, 'unsubscribe', found);
        return;
      }
      if (found?.hub === hub && found.topic === self) return;
      // One subscription a feed: what another hub still sends is no longer awaited.
      const fresh = { token: deps.newSecret(), secret: deps.newSecret(), asked: null, leaseUntil: 0, failures: 0 };
      await ask(id, 'subscribe', { ...fresh, hub, topic: self, nextAskAt: 0 });
    },

    async renew() {
      for (const { id, value } of await store.listDocuments(KIND)) await renewOne(id, value as HubSubscription);
    },

    async verify(place, query) {
      const found = await at(place);
      if (found === null || query.get('hub.topic') !== found.topic) return null;
      const mode = query.get('hub.mode');
      if (mode === 'denied') {
        const reason = (query.get('hub.reason') ?? '').slice(0, 200);
        log.info({ feedId: place.feedId, reason }, 'a hub denied a subscription');
        await keep(place.feedId, { ...found, asked: null, nextAskAt: clock.now() + LONGEST_RETRY_MS });
        return '';
      }
      const challenge = query.get('hub.challenge') ?? '';
      if (mode !== found.asked || challenge === '' || challenge.length > LONGEST_CHALLENGE) return null;
      if (mode === 'unsubscribe') await store.deleteDocument(KIND, place.feedId);
      else await keep(place.feedId, granted(found, query.get('hub.lease_seconds') ?? ''));
      return challenge;
    },

    async awaits(place) {
      const found = await at(place);
      return found !== null && found.leaseUntil > 0 && found.asked !== 'unsubscribe';
    },

    async receive({ feedId, token }, { body, contentType, signature }) {
      const found = await at({ feedId, token });
      if (found === null || found.leaseUntil === 0) return;
      if (!signatureHolds(body, found.secret, signature)) {
        log.warn({ feedId }, 'what a hub sent is not signed as agreed; it was dropped');
        return;
      }
      const document = await hubs.read(body, { url: found.topic, contentType });
      if (document !== null) await deps.take(feedId, document);
    },
  };
}
