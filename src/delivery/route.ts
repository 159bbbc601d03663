import type { LoggedStory, Store } from '../ports.ts';
import type { Story } from '../story/story.ts';
import type { Destination } from '../subscription/destination.ts';
import type { Audience, Offer, Wanted } from './audience.ts';
import type { Decision, Outcome } from './decision.ts';
import { alsoKey, deliveryKey, muteId, notice, type Delivery, type DeliveryKey } from './delivery.ts';
import { floodLine, waitingByPlace } from './flood-line.ts';
import { hold, type Hold } from './hold.ts';
import { wordsAt } from './language.ts';
import { placeFrom, zoneIn, type PlaceSettings } from './place.ts';
import { refusalAt } from './reach.ts';

const HOUR_MS = 3_600_000;

export interface RouteRules {
  /** BCP 47, for places that have set none. */
  readonly language: string;
  /** IANA name for places that have set none. */
  readonly timeZone: string;
  /** A subscription with more alerts than this in an hour is gathered hourly. */
  readonly floodPerHour: number;
  /** A correction edits the posted message within this time of the first sight of the story. */
  readonly editMs: number;
}

/** From a match to the outbox: who gets a story, when, and why. Each call may be repeated after a crash without harm. */
export interface Router {
  /** Matches, enqueues one delivery a destination, records what was decided. Returns the number of pairs matched. */
  offer(offer: Offer, now: number): Promise<number>;
  /**
   * The same for stories that a feed brought all at once and that are not to be told one by one: a place that asked for
   * several of them is told in one line how many they are. Returns the number of pairs matched.
   */
  offerTogether(offers: readonly Offer[], now: number): Promise<number>;
  /** Edits what was posted of a corrected story, where that is recent enough. Returns the number of edits enqueued. */
  revise(story: Story, now: number): Promise<number>;
}

export function createRouter(deps: {
  readonly store: Store;
  readonly audience: Audience;
  readonly rules: RouteRules;
  readonly onDecision?: (outcome: Outcome) => void;
}): Router {
  const { store, audience, rules } = deps;

  async function offer(offered: Offer, now: number): Promise<number> {
    const wanted = await audience.wanting(offered.story, now);
    if (wanted.length > 0) await tell(offered, wanted, now);
    return wanted.length;
  }

  async function tell({ entry, story }: Offer, wanted: readonly Wanted[], now: number): Promise<void> {
    const recent = await store.countDecisions(
      wanted.map(({ subscription }) => subscription.id),
      now - HOUR_MS,
    );
    const flooded = new Set(
      wanted.filter((_, i) => (recent[i] ?? 0) >= rules.floodPerHour).map(({ subscription }) => subscription.id),
    );

    const byDestination = Map.groupBy(wanted, ({ subscription }) => subscription.destination);
    const routed = await Promise.all(
      [...byDestination].map(async ([destination, here]) => routeTo(destination, here, entry, flooded, now)),
    );
    const alerts = routed.flatMap(({ delivery }) => delivery ?? []);
    const enqueued = await store.enqueue(alerts);
    const first = new Map(alerts.map(({ key }, i) => [key, enqueued[i]?.storyIds.includes(story.id) ?? false]));

    await store.enqueue(routed.flatMap((route) => laterCoverage(route, entry, first, now)));
    await store.enqueue(await floodNotices(wanted, flooded, now));
    const decisions = routed.flatMap((route) => decisionsOf(route, entry, first, now));
    await record(decisions);
  }

  async function record(decisions: readonly Decision[]): Promise<void> {
    await store.recordDecisions(decisions);
    for (const { outcome } of decisions) deps.onDecision?.(outcome);
  }

  async function offerTogether(offers: readonly Offer[], now: number): Promise<number> {
    const waiting = await waitingByPlace(audience, offers, now);
    for (const [destination, here] of waiting) {
      const [first] = here;
      // A single one is told as it is, and so is what can be posted nowhere.
      if (!first || here.length === 1 || (await refusalAt(store, destination)) !== '') {
        for (const one of here) await tell(one.offer, one.wanted, now);
        continue;
      }
      const place = placeFrom(await store.getDocument('place', destination));
      const times = here.flatMap(({ wanted }) => wanted.map((one) => holdFor(one.subscription, place, now).at));
      const at = times.reduce((soonest, time) => Math.min(soonest, time));
      const line = await floodLine({ store, language: rules.language }, destination, here, at, now);
      await store.enqueue(line.delivery ? [line.delivery] : []);
      await record(line.decisions);
    }
    return [...waiting.values()].flat().reduce((sum, { wanted }) => sum + wanted.length, 0);
  }

  async function routeTo(
    destination: Destination,
    wanted: readonly Wanted[],
    entry: LoggedStory,
    flooded: ReadonlySet<number>,
    now: number,
  ): Promise<Route> {
    const { story, groupId } = entry;
    const key = deliveryKey(destination, groupId);
    const refused = await refusalAt(store, destination);
    if (refused !== '') return { destination, wanted, key, outcome: 'refused', reason: refused, delivery: null };
    if ((await store.getDocument('mute', muteId(destination, groupId))) !== null) {
      return { destination, wanted, key, outcome: 'muted', reason: '', delivery: null };
    }
    const place = placeFrom(await store.getDocument('place', destination));
    const holds = wanted.map(({ subscription }) => {
      const usual = holdFor(subscription, place, now);
      return flooded.has(subscription.id) && usual.roll === '' ? gatherHourly(subscription, place, now) : usual;
    });
    const soonest = holds.reduce((best, one) => (one.at < best.at ? one : best));
    const { at, roll } = soonest;
    const delivery: Delivery = {
      key,
      destination,
      kind: 'alert',
      groupId,
      storyIds: [story.id],
      matched: wanted.map(({ subscription, spans }) => ({ id: subscription.id, spans })),
      at,
      roll,
      text: '',
      members: [],
      createdAt: now,
    };
    return { destination, wanted, key, outcome: at > now ? 'held' : 'queued', reason: '', delivery };
  }

  function holdFor(subscription: Wanted['subscription'], place: PlaceSettings, now: number): Hold {
    return hold(
      {
        id: subscription.id,
        when: subscription.when,
        quiet: subscription.quiet ?? place.quiet,
        timeZone: zoneIn(place, subscription.timeZone, rules.timeZone),
      },
      now,
    );
  }

  function gatherHourly(subscription: Wanted['subscription'], place: PlaceSettings, now: number): Hold {
    return holdFor({ ...subscription, when: { kind: 'hourly' } }, place, now);
  }

  /** One sentence a day to each place whose subscription has begun to flood it. */
  async function floodNotices(
    wanted: readonly Wanted[],
    flooded: ReadonlySet<number>,
    now: number,
  ): Promise<Delivery[]> {
    const notices: Delivery[] = [];
    for (const { subscription } of wanted) {
      const { id, destination, name, query, when } = subscription;
      if (!flooded.has(id) || when.kind !== 'instant') continue;
      const day = String(Math.floor(now / (24 * HOUR_MS)));
      const words = await wordsAt(store, destination, rules.language);
      const text = words.flooding(id, name === '' ? query : name, rules.floodPerHour);
      notices.push(notice(destination, ['flood', String(id), day], text, now));
    }
    return notices;
  }

  async function revise(story: Story, now: number): Promise<number> {
    await store.reviseStory(story);
    if (now - story.firstSeen > rules.editMs) return 0;
    const decisions = await store.decisionsAbout({ storyId: story.id });
    const keys = [...new Set(decisions.map(({ deliveryKey: key }) => key))];
    const records = await store.getDeliveries(keys);
    const edits = records.flatMap((record): Delivery[] => {
      // What is not posted yet is rendered from the corrected story anyway.
      if (record?.state !== 'sent' || record.delivery.kind !== 'alert' || record.delivery.storyIds[0] !== story.id)
        return [];
      const { destination, groupId } = record.delivery;
      return [
        {
          ...record.delivery,
          key: deliveryKey(destination, groupId, 'edit', story.title, story.summary, story.body),
          kind: 'edit',
          at: now,
          roll: '',
          createdAt: now,
        },
      ];
    });
    await store.enqueue(edits);
    return edits.length;
  }

  return { offer, offerTogether, revise };
}

interface Route {
  readonly destination: Destination;
  readonly wanted: readonly Wanted[];
  readonly key: DeliveryKey;
  readonly outcome: Outcome;
  readonly reason: string;
  /** null where nothing is to be sent. */
  readonly delivery: Delivery | null;
}

/** The line under the first message, where another outlet's own text of a story already posted there comes in. */
function laterCoverage(
  { delivery, key }: Route,
  { story, tier }: LoggedStory,
  first: ReadonlyMap<DeliveryKey, boolean>,
  now: number,
): Delivery[] {
  if (delivery === null || first.get(key) === true || tier === 'item') return [];
  return [
    {
      ...delivery,
      key: alsoKey(delivery, story.id),
      kind: 'also',
      // Under a message that is still held it waits with it: the lane's order sees to that.
      at: Math.max(now, delivery.at),
      roll: '',
    },
  ];
}

function decisionsOf(
  { destination, wanted, key, outcome, reason }: Route,
  { story, groupId, tier }: LoggedStory,
  first: ReadonlyMap<DeliveryKey, boolean>,
  now: number,
): Decision[] {
  const grouped = (outcome === 'queued' || outcome === 'held') && first.get(key) !== true;
  return wanted.map(({ subscription, spans }) => ({
    storyId: story.id,
    groupId,
    tier,
    subscriptionId: subscription.id,
    destination,
    spans,
    outcome: grouped ? 'grouped' : outcome,
    reason,
    deliveryKey: key,
    at: now,
  }));
}
