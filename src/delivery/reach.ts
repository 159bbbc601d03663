import type { Logger } from '../log.ts';
import type { Chat, Store } from '../ports.ts';
import { card, type Inline, type Line } from '../commands/card.ts';
import { notice } from './delivery.ts';
import { wordsAt } from './language.ts';
import { platformOf, scopeOf, type Destination } from '../subscription/destination.ts';

/** Why nothing can be posted at an address, kept as a document of kind `unreachable` under the address or its scope. */
interface Mark {
  readonly reason: string;
  readonly at: number;
}

const TOLD_MS = 30 * 86_400_000;

/** Why nothing can be posted there, or ''. A place is as unreachable as the workspace or server it lies in. */
export async function refusalAt(store: Store, destination: Destination): Promise<string> {
  const marks = await Promise.all(
    [...new Set([destination, scopeOf(destination)])].map(async (id) => store.getDocument('unreachable', id)),
  );
  const mark = marks.find((one) => one !== null) as Mark | undefined;
  return mark?.reason ?? '';
}

/** Posts are tried there again. */
export async function allow(store: Store, destination: Destination): Promise<void> {
  await store.deleteDocument('unreachable', destination);
  await store.deleteDocument('unreachable', scopeOf(destination));
}

/** Nothing is posted at an address, or anywhere in a scope, until it is allowed again. */
export async function refuse(store: Store, address: string, reason: string, now: number): Promise<void> {
  await store.putDocument('unreachable', address, { reason, at: now } satisfies Mark, null);
}

/** Marks a destination that its platform refuses, and tells each member who has alerts there once: in private, else in another place of theirs. */
export async function lose(
  deps: {
    readonly store: Store;
    readonly chats: ReadonlyMap<string, Chat>;
    readonly log: Logger;
    /** BCP 47, for places that have set none. */
    readonly language: string;
  },
  destination: Destination,
  reason: string,
  now: number,
): Promise<void> {
  const { store, chats, log } = deps;
  await refuse(store, destination, reason, now);
  log.warn({ destination, reason }, 'nothing can be posted there any more');
  const chat = chats.get(platformOf(destination));
  const subscriptions = await store.subscriptionsAt(destination);
  const words = await wordsAt(store, destination, deps.language);
  for (const owner of new Set(subscriptions.map((subscription) => subscription.owner))) {
    if (!(await store.runOnce(`lost ${destination} ${owner}`, now, TOLD_MS))) continue;
    const ids = subscriptions.filter((subscription) => subscription.owner === owner).map(({ id }) => id);
    const lines = words.stopped(destination, words.postReason(reason), ids[0] ?? 0);
    const { stoppedTitle: title, language } = words;
    const told = await chat?.tell(owner, card({ tone: 'warning', title, lines, language }));
    if (told?.kind === 'sent') continue;
    const elsewhere = await otherPlaceOf(store, owner, destination);
    if (elsewhere === null) continue;
    await store.enqueue([notice(elsewhere, ['lost', destination, owner], plain(lines), now)]);
  }
}

/** What lines say in words and commands, as one text. */
function plain(lines: readonly Line[]): string {
  const said = (one: Inline): string => (typeof one === 'string' ? one : 'code' in one ? one.code : '');
  return lines.map((line) => line.map(said).join('')).join(' ');
}

/** Another place where a member has alerts and can be posted to, or null: for those who take no direct messages. */
async function otherPlaceOf(store: Store, owner: string, lost: Destination): Promise<Destination | null> {
  const places = new Set((await store.subscriptionsOf(owner)).map(({ destination }) => destination));
  places.delete(lost);
  for (const place of places) if ((await refusalAt(store, place)) === '') return place;
  return null;
}
