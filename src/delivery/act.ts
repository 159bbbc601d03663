import type { Words } from '../commands/words/words.ts';
import type { Chat, Clock, LoggedStory, PostAnswer, Store } from '../ports.ts';
import type { Story, StoryId } from '../story/story.ts';
import type { SubscriptionId } from '../subscription/subscription.ts';
import { readQuery, speaks } from './audience.ts';
import type { Message, StoryCard } from './card.ts';
import { composeCard, type Asking } from './compose.ts';
import { deliveryKey, type Delivery } from './delivery.ts';
import { wordsAt } from './language.ts';
import { reasons } from './reasons.ts';

/** Where a post goes, and as what. */
type To = { readonly destination: Delivery['destination']; readonly key: Delivery['key']; readonly ambiguous: boolean };

/** What sending a delivery means: something to run, or nothing any more. */
export type Act =
  | {
      readonly kind: 'run';
      readonly run: (to: To, signal: AbortSignal) => Promise<PostAnswer>;
      /** Later stories of the group that the message names. */
      readonly shown: readonly StoryId[];
    }
  | { readonly kind: 'nothing'; readonly reason: string };

export interface Acts {
  /** What sending a delivery means on this chat, with its message made from the stories as they are now. */
  of(delivery: Delivery, chat: Chat): Promise<Act>;
}

/** @param deps.language BCP 47, for places that have set none */
export function createActs(deps: { readonly store: Store; readonly clock: Clock; readonly language: string }): Acts {
  const { store, clock } = deps;

  async function of(delivery: Delivery, chat: Chat): Promise<Act> {
    const words = await wordsAt(store, delivery.destination, deps.language);
    const { language } = words;
    if (delivery.kind === 'notice') {
      return postOf(chat, { kind: 'notice', heading: delivery.text, cards: [], language });
    }
    const entries = (await store.getStories(delivery.storyIds)).flatMap((entry) => entry ?? []);
    const [first] = entries;
    if (!first) return { kind: 'nothing', reason: reasons.storyGone };
    const asking = await askingFor(delivery);
    if (delivery.kind === 'alert') {
      if (asking.length === 0) return { kind: 'nothing', reason: reasons.subscriptionGone };
      const later = await laterStories(delivery, first);
      const card = composeCard(first, asking, later);
      return postOf(
        chat,
        { kind: 'alert', heading: '', cards: [card], language },
        later.map(({ id }) => id),
      );
    }
    if (delivery.kind === 'digest') {
      const cards = await Promise.all(entries.map(async (entry) => cardOf(delivery, entry, asking)));
      return postOf(chat, { kind: 'digest', heading: digestHeading(words, delivery, asking), cards, language });
    }
    return changeOf(chat, delivery, first, asking, language);
  }

  /** An edit or a line of later coverage: both need the message that stands there already. */
  async function changeOf(
    chat: Chat,
    delivery: Delivery,
    entry: LoggedStory,
    asking: readonly Asking[],
    language: string,
  ): Promise<Act> {
    const [posted] = await store.getDeliveries([deliveryKey(delivery.destination, delivery.groupId)]);
    if (posted?.state !== 'sent') return { kind: 'nothing', reason: 'the first message does not stand alone' };
    const { remoteId } = posted;
    // The same text at another outlet is no news: it only joins the outlets of the first message.
    if (delivery.kind === 'also' && entry.tier === 'event' && chat.limits.threads) {
      const card = composeCard(entry, asking, []);
      return {
        kind: 'run',
        run: async (to, signal) => chat.follow({ ...to, remoteId, card, language }, signal),
        shown: [],
      };
    }
    if (!chat.limits.edits) return { kind: 'nothing', reason: 'this chat cannot change messages' };
    const [first] = await store.getStories(posted.delivery.storyIds);
    if (!first) return { kind: 'nothing', reason: reasons.storyGone };
    const card = await cardOf(posted.delivery, first, await askingFor(posted.delivery));
    const message: Message = { kind: 'alert', heading: '', cards: [card], language };
    return { kind: 'run', run: async (to, signal) => chat.edit({ ...to, message, remoteId }, signal), shown: [] };
  }

  /** The subscriptions that asked and still do. */
  async function askingFor(delivery: Delivery): Promise<Asking[]> {
    const subscriptions = await store.getSubscriptions(delivery.matched.map(({ id }) => id));
    return subscriptions.flatMap((subscription) =>
      subscription && speaks(subscription, clock.now())
        ? [{ id: subscription.id, name: nameOf(subscription), query: readQuery(subscription.query) }]
        : [],
    );
  }

  async function cardOf(delivery: Delivery, entry: LoggedStory, asking: readonly Asking[]): Promise<StoryCard> {
    const later = await laterStories(delivery, entry);
    const here = delivery.kind === 'digest' ? await askingAbout(entry, delivery, asking) : asking;
    return composeCard(entry, here, later);
  }

  /** Stories that were grouped under this one here. */
  async function laterStories(delivery: Delivery, { story, groupId }: LoggedStory): Promise<Story[]> {
    const decisions = await store.decisionsAbout({ groupId }, delivery.destination);
    const ids = new Set(
      decisions
        .filter(({ outcome, storyId }) => outcome === 'grouped' && storyId !== story.id)
        .map(({ storyId }) => storyId),
    );
    if (ids.size === 0) return [];
    return (await store.getStories([...ids])).flatMap((entry) => entry?.story ?? []);
  }

  /** Of a digest's subscriptions, those that asked for this story. */
  async function askingAbout({ story }: LoggedStory, delivery: Delivery, asking: readonly Asking[]): Promise<Asking[]> {
    const decisions = await store.decisionsAbout({ storyId: story.id }, delivery.destination);
    const ids = new Set<SubscriptionId>(decisions.map(({ subscriptionId }) => subscriptionId));
    return asking.filter(({ id }) => ids.has(id));
  }

  return { of };
}

function postOf(chat: Chat, message: Message, shown: readonly StoryId[] = []): Act {
  return { kind: 'run', run: async (to, signal) => chat.post({ ...to, message }, signal), shown };
}

function nameOf(subscription: { readonly name: string; readonly query: string }): string {
  return subscription.name === '' ? subscription.query : subscription.name;
}

function digestHeading(words: Words, { text, storyIds }: Delivery, asking: readonly Asking[]): string {
  const names = asking.map(({ name }) => name).join(', ');
  switch (text) {
    case 'catch-up':
    case 'quiet':
    case 'hourly':
    case 'daily':
    case 'weekly':
      return words.digest(text, storyIds.length, names);
    default:
      return words.digest('other', storyIds.length, names);
  }
}
