import { isDirect, platformOf, type Destination } from '../subscription/destination.ts';
import type { Subscription } from '../subscription/subscription.ts';
import type { Ask, Desk } from './desk.ts';

export type Found<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** The subscription an option names (`12`, `#12`), if this member may see it. */
export async function seenBy({ store }: Desk, ask: Ask, typed: string): Promise<Found<Subscription>> {
  const found = /^#?(\d{1,12})$/u.exec(typed.trim());
  if (!found) return { ok: false, message: ask.words.noId(typed) };
  const [subscription] = await store.getSubscriptions([Number(found[1])]);
  if (!subscription || !maySee(subscription, ask)) return { ok: false, message: ask.words.unknownId(Number(found[1])) };
  return { ok: true, value: subscription };
}

/** The same, if this member may change it: its owner may, and whoever runs the place. */
export async function managedBy(desk: Desk, ask: Ask, typed: string): Promise<Found<Subscription>> {
  const seen = await seenBy(desk, ask, typed);
  if (!seen.ok || mayManage(seen.value, ask)) return seen;
  return { ok: false, message: ask.words.notYours(seen.value.id) };
}

function maySee(subscription: Subscription, ask: Ask): boolean {
  return subscription.destination === ask.speaker.destination || mayManage(subscription, ask);
}

/** Whoever runs a place manages what is posted there for all to see, never what members have sent to themselves. */
export function mayManage({ owner, scope, destination }: Subscription, { speaker }: Ask): boolean {
  if (owner === speaker.member) return true;
  return speaker.manager && scope === speaker.scope && !isDirect(destination);
}

/**
 * Where `--to` points: `here`, `me` (direct messages), a channel as the chat writes mentions (`<#C1>`, `<#C1|name>`),
 * or a whole address within the speaker's scope. Absent: here.
 */
export async function placeNamed(
  desk: Desk,
  { speaker, words }: Ask,
  typed: string | undefined,
): Promise<Found<Destination>> {
  const text = (typed ?? 'here').trim();
  const mention = /^<#([A-Za-z0-9]{1,40})(?:\|[^>]*)?>$/u.exec(text);
  const destination = mention
    ? `${speaker.scope}:${mention[1]}`
    : /^here$/iu.test(text)
      ? speaker.destination
      : /^(?:me|dm)$/iu.test(text)
        ? speaker.home
        : text;
  const own = destination === speaker.destination || destination === speaker.home;
  // Another member's direct messages are nobody else's to fill.
  if (!own && (isDirect(destination) || !destination.startsWith(`${speaker.scope}:`)))
    return { ok: false, message: words.noPlace(text) };
  const chat = desk.chats.get(platformOf(destination));
  const refusal =
    own && destination === speaker.home ? '' : await chat?.refusal(speaker.member, destination, words.language);
  return refusal === '' ? { ok: true, value: destination } : { ok: false, message: refusal ?? words.noPlace(text) };
}
