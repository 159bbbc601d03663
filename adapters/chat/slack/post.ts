import type { Card } from '../../../src/commands/card.ts';
import { wordsFor, type Words } from '../../../src/commands/words/words.ts';
import type { Chat, Clock, PostAnswer, Posting, Store } from '../../../src/ports.ts';
import type { Destination } from '../../../src/subscription/destination.ts';
import { readAddress, scopeAddress, type SlackAddress } from './address.ts';
import { renderAnswer } from './answer.ts';
import type { Arguments, Result, SlackApi } from './api.ts';
import { isRevoked, outcomeOf, rateLimitOf, slackError } from './outcome.ts';
import { renderMessage, type SlackPayload } from './render.ts';
import { createTries, cursorOf, NotReadable, partArguments } from './tries.ts';
import { createWorkspaceHold } from './workspace-hold.ts';
import { NotConnected, NotInstalled } from './workspaces.ts';
import { reasons } from '../../../src/delivery/reasons.ts';

type Failure = Exclude<PostAnswer, { kind: 'sent' }>;

const MOST_DIRECTS = 20_000;

/** A sent message: where it stands and its timestamp, which is its id. */
type Sent = { readonly kind: 'sent'; readonly ts: string };

/** Posts, edits and answers in Slack; never rejects for what Slack does. */
export function createPoster(deps: {
  readonly api: SlackApi;
  readonly store: Pick<Store, 'getDocument' | 'putDocument' | 'deleteDocument'>;
  readonly clock: Clock;
  readonly paceMs: number;
  /** Slack says that the installation is void. */
  readonly onRevoked: (team: string) => Promise<void>;
}): Pick<Chat, 'post' | 'edit' | 'follow' | 'tell' | 'refusal'> {
  const { api, clock } = deps;
  const tries = createTries(api, deps.store, clock);
  const hold = createWorkspaceHold(clock);
  /** Direct message channels by member. */
  const directs = new Map<string, string>();

  async function post({ destination, message, key, ambiguous }: Posting, signal?: AbortSignal): Promise<PostAnswer> {
    return attempt(destination, async (address) => {
      const channel = await channelOf(address, signal);
      return deliver(address, { channel }, renderMessage(message), { key, ambiguous }, signal);
    });
  }

  /** Posts those parts of a delivery that do not stand there yet. */
  async function deliver(
    address: SlackAddress,
    where: { readonly channel: string; readonly ts?: string },
    payloads: readonly SlackPayload[],
    { key, ambiguous }: { readonly key: string; readonly ambiguous: boolean },
    signal?: AbortSignal,
  ): Promise<PostAnswer> {
    if (payloads.length === 0) return { kind: 'refused', reason: 'there is nothing to post' };
    const attempted = await tries.begin(address.team, where, { key, ambiguous, count: payloads.length }, signal);
    const thread = where.ts === undefined ? {} : { thread_ts: where.ts };
    let paced = true;
    for (const [part, payload] of payloads.entries()) {
      const standing = attempted.parts.get(part);
      if (standing !== undefined) {
        await renew(address.team, where.channel, standing, payload, signal);
        continue;
      }
      const wait = hold.remaining(address.team);
      if (wait > 0) return { kind: 'retry', retryAfterMs: wait, reason: reasons.rateLimited, ambiguous: false };
      if (!paced) await clock.sleep(deps.paceMs, signal);
      const args = { ...partArguments(where.channel, payload, key, part), ...thread };
      try {
        const sent = await send(address.team, where.channel, args, signal);
        if (sent.kind !== 'sent') return sent;
        await attempted.sent(part, sent.ts);
      } catch (error) {
        const limitedMs = rateLimitOf(error);
        if (limitedMs !== null) hold.limited(address.team, where.channel, limitedMs);
        await attempted.failed(error);
        throw error;
      }
      paced = false;
    }
    return { kind: 'sent', remoteId: attempted.parts.get(0) ?? '' };
  }

  /** What a former try has posted may be older than what is to stand there now; that it stands is what counts. */
  async function renew(
    team: string,
    channel: string,
    ts: string,
    { text, blocks }: SlackPayload,
    signal?: AbortSignal,
  ): Promise<void> {
    await api.call(team, 'chat.update', { channel, ts, text, blocks }, signal).catch(() => undefined);
  }

  /** One post; where the app is not in a public channel it joins first. */
  async function send(team: string, channel: string, args: Arguments, signal?: AbortSignal): Promise<Sent | Failure> {
    try {
      return sentFrom(await api.call(team, 'chat.postMessage', args, signal));
    } catch (error) {
      if (slackError(error) !== 'not_in_channel') throw error;
      const refused = await join(team, channel, signal);
      return refused ?? sentFrom(await api.call(team, 'chat.postMessage', args, signal));
    }
  }

  /** Joins a public channel; why that cannot be, or null when it is done. */
  async function join(team: string, channel: string, signal?: AbortSignal): Promise<Failure | null> {
    try {
      await api.call(team, 'conversations.join', { channel }, signal);
      return null;
    } catch (error) {
      if (slackError(error) === '' || slackError(error) === 'ratelimited') throw error;
      const archived = slackError(error) === 'is_archived';
      return {
        kind: 'gone',
        reason: archived ? reasons.channelArchived : reasons.notInChannel,
      };
    }
  }

  /** The channel of an address; a member's direct messages are opened when first needed. */
  async function channelOf({ team, channel, user }: SlackAddress, signal?: AbortSignal): Promise<string> {
    if (channel !== '') return channel;
    const id = `${team} ${user}`;
    const known = directs.get(id);
    if (known !== undefined) return known;
    const opened = await api.call(team, 'conversations.open', { users: user }, signal);
    const direct = (opened['channel'] as { readonly id?: unknown } | undefined)?.id;
    if (typeof direct !== 'string') throw new Error('conversations.open gave no channel');
    for (const oldest of directs.keys()) {
      if (directs.size < MOST_DIRECTS) break;
      directs.delete(oldest);
    }
    directs.set(id, direct);
    return direct;
  }

  /** Runs what posts to an address; whatever Slack or the network does becomes an answer. */
  async function attempt(
    destination: Destination,
    run: (address: SlackAddress) => Promise<PostAnswer>,
  ): Promise<PostAnswer> {
    const address = readAddress(destination);
    if (address === null || (address.channel === '' && address.user === '')) {
      return { kind: 'refused', reason: `${destination} is no place in Slack` };
    }
    try {
      return await run(address);
    } catch (error) {
      // Of the whole workspace: the place itself is not marked, so that it is there again with the app.
      if (error instanceof NotInstalled || isRevoked(error)) {
        await deps.onRevoked(address.team);
        return { kind: 'refused', reason: reasons.notInstalled };
      }
      if (error instanceof NotConnected) {
        return { kind: 'retry', retryAfterMs: null, reason: reasons.unreachable, ambiguous: false };
      }
      if (error instanceof NotReadable) return { ...outcomeOf(error.cause), ...AMBIGUOUS_STILL };
      return outcomeOf(error);
    }
  }

  return {
    post,

    async edit({ destination, message, remoteId }, signal) {
      return attempt(destination, async (address) => {
        const [payload] = renderMessage(message);
        if (payload === undefined) return { kind: 'refused', reason: 'there is nothing to show' };
        const channel = await channelOf(address, signal);
        const { text, blocks } = payload;
        await api.call(address.team, 'chat.update', { channel, ts: remoteId, text, blocks }, signal);
        return { kind: 'sent', remoteId };
      });
    },

    async follow({ destination, remoteId, key, card, language = '', ambiguous }, signal) {
      return attempt(destination, async (address) => {
        const channel = await channelOf(address, signal);
        const payloads = renderMessage({ kind: 'alert', heading: '', cards: [card], language });
        return deliver(address, { channel, ts: remoteId }, payloads, { key, ambiguous }, signal);
      });
    },

    async tell(member, card: Card, signal) {
      return attempt(member, async (address) => {
        const channel = await channelOf(address, signal);
        let first = '';
        for (const { text, blocks } of renderAnswer(card, '')) {
          if (first !== '') await clock.sleep(deps.paceMs, signal);
          const args = { channel, text, blocks, unfurl_links: false, unfurl_media: false };
          const sent = sentFrom(await api.call(address.team, 'chat.postMessage', args, signal));
          if (first === '') first = sent.ts;
        }
        return { kind: 'sent', remoteId: first };
      });
    },

    async refusal(member, destination, language) {
      const { refusals } = wordsFor([language]);
      const [place, person] = [readAddress(destination), readAddress(member)];
      if (place === null || person === null || scopeAddress(place.team) !== scopeAddress(person.team)) {
        return refusals.noPlace;
      }
      if (place.channel === '') return place.user === person.user ? '' : refusals.ownOnly;
      return refusalOf(api, place.team, place.channel, person.user, refusals);
    },
  };
}

const MEMBER_PAGES = 10;

/** Why alerts may not go to a channel, in words for the member; '' when they may. */
async function refusalOf(
  api: SlackApi,
  team: string,
  channel: string,
  user: string,
  refusals: Words['refusals'],
): Promise<string> {
  try {
    const { channel: about } = await api.call(team, 'conversations.info', { channel });
    const known = (about ?? {}) as { readonly [name: string]: unknown };
    if (known['is_archived'] === true) return refusals.archived;
    const open = known['is_private'] !== true && known['is_mpim'] !== true;
    if (open) return '';
    if (known['is_member'] !== true) return refusals.notInvited;
    return (await isMember(api, team, channel, user)) ? '' : refusals.unknown;
  } catch (error) {
    const unknown = slackError(error) === 'channel_not_found' || slackError(error) === 'missing_scope';
    return unknown ? refusals.unknown : refusals.unsure;
  }
}

async function isMember(api: SlackApi, team: string, channel: string, user: string): Promise<boolean> {
  let cursor = '';
  for (let page = 0; page < MEMBER_PAGES; page++) {
    const ask = { channel, limit: 1000, ...(cursor === '' ? {} : { cursor }) };
    const result = await api.call(team, 'conversations.members', ask);
    const { members } = result;
    if (Array.isArray(members) && members.includes(user)) return true;
    cursor = cursorOf(result);
    if (cursor === '') return false;
  }
  return false;
}

const AMBIGUOUS_STILL = { ambiguous: true };

function sentFrom({ ts }: Result): Sent {
  if (typeof ts !== 'string') throw new Error('Slack gave no timestamp');
  return { kind: 'sent', ts };
}
