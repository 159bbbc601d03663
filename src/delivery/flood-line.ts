import { createHash } from 'node:crypto';
import type { Store } from '../ports.ts';
import type { Destination } from '../subscription/destination.ts';
import type { Audience, Offer, Wanted } from './audience.ts';
import type { Decision } from './decision.ts';
import { deliveryKey, muteId, notice, type Delivery } from './delivery.ts';
import { wordsAt } from './language.ts';

const MOST_NAMES = 4;

/** A story of a re-made feed, and who asked for it in one place. */
export interface Waiting {
  readonly offer: Offer;
  readonly wanted: readonly Wanted[];
}

/** Who is to hear of several stories, by place. */
export async function waitingByPlace(
  audience: Audience,
  offers: readonly Offer[],
  now: number,
): Promise<ReadonlyMap<Destination, readonly Waiting[]>> {
  const waiting: { readonly place: Destination; readonly one: Waiting }[] = [];
  for (const offer of offers) {
    const wanted = await audience.wanting(offer.story, now);
    const places = Map.groupBy(wanted, ({ subscription }) => subscription.destination);
    for (const [place, here] of places) waiting.push({ place, one: { offer, wanted: here } });
  }
  const byPlace = Map.groupBy(waiting, ({ place }) => place);
  return new Map([...byPlace].map(([place, here]) => [place, here.map(({ one }) => one)]));
}

/** What one place is told of the stories that a feed brought all at once. */
export interface FloodLine {
  /** null where all of them had been told there, or are silenced. */
  readonly delivery: Delivery | null;
  readonly decisions: readonly Decision[];
}

/**
 * One line on stories that a place is not shown one by one: how many there are, of which feed, for which of its alerts. What was
 * told there already and what is muted does not count. The same stories make the same line, so that it is said once.
 * @param at when it may be said (epoch ms)
 */
export async function floodLine(
  deps: { readonly store: Store; readonly language: string },
  destination: Destination,
  waiting: readonly Waiting[],
  at: number,
  now: number,
): Promise<FloodLine> {
  const { store } = deps;
  const told = await store.getDeliveries(waiting.map(({ offer }) => deliveryKey(destination, offer.entry.groupId)));
  const silenced = await Promise.all(
    waiting.map(async ({ offer }) => store.getDocument('mute', muteId(destination, offer.entry.groupId))),
  );
  const outcomes = waiting.map((_, i) => (silenced[i] === null ? (told[i] ? 'grouped' : 'counted') : 'muted'));
  const counted = waiting.filter((_, i) => outcomes[i] === 'counted');
  const text = await sentenceAbout(deps, destination, counted);
  const parts = ['brought at once', identityOf(waiting)];
  const delivery = counted.length === 0 ? null : { ...notice(destination, parts, text, now), at };
  const decisions = waiting.flatMap(({ offer: { entry }, wanted }, i) =>
    wanted.map(({ subscription, spans }): Decision => {
      const outcome = outcomes[i] ?? 'counted';
      const { groupId, tier } = entry;
      const key = outcome === 'counted' && delivery ? delivery.key : deliveryKey(destination, groupId);
      const about = { storyId: entry.story.id, groupId, tier, subscriptionId: subscription.id };
      return { ...about, destination, spans, outcome, reason: '', deliveryKey: key, at: now };
    }),
  );
  return { delivery, decisions };
}

async function sentenceAbout(
  { store, language }: { readonly store: Store; readonly language: string },
  destination: Destination,
  counted: readonly Waiting[],
): Promise<string> {
  const words = await wordsAt(store, destination, language);
  const groups = new Set(counted.map(({ offer }) => offer.entry.groupId));
  const asked = counted.flatMap(({ wanted }) => wanted.map(({ subscription }) => subscription));
  const names = new Set(asked.map(({ name, query }) => (name === '' ? query : name)));
  return words.broughtAtOnce(counted[0]?.offer.story.source ?? '', groups.size, namesOf([...names], words.andMore));
}

function namesOf(names: readonly string[], andMore: (more: number) => string): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? andMore(more) : ''}`;
}

/** By the stories themselves, so that the line of a document that is taken in again after a crash is the same. */
function identityOf(waiting: readonly Waiting[]): string {
  const ids = waiting.map(({ offer }) => offer.entry.story.id).sort();
  return createHash('sha256').update(ids.join('\n')).digest('hex');
}
