import {
  Routes,
  type APIMessage,
  type APIThreadChannel,
  type REST,
  type RESTPostAPIChannelThreadsResult,
} from 'discord.js';
import { oneLine, truncateGraphemes } from '../../../src/delivery/sanitize.ts';
import type { Chat, Clock, PostAnswer, Posting } from '../../../src/ports.ts';
import type { Destination } from '../../../src/subscription/destination.ts';
import { placeAt, type Place } from './addresses.ts';
import type { ChannelFacts, Channels } from './channels.ts';
import { markOf, standingMessages, type Standing } from './look-back.ts';
import { outcomeOf } from './outcome.ts';
import { renderMessage, type DiscordPayload } from './render.ts';

/** https://discord.com/developers/docs/resources/message#create-message */
const NONCE_CHARS = 24;
const THREAD_NAME_MAX = 100;
const READ_BACK = 100;
const SAME_NAMES = 5;
const DIRECT_CHANNELS_MAX = 10_000;

/** What is sent as the body of a message. */
export interface MessageBody {
  readonly content?: string;
  readonly embeds: readonly object[];
  readonly components: readonly object[];
  readonly allowed_mentions: { readonly parse: readonly string[] };
}

/** Posts, changes and finds the program's messages. Nothing is tried twice here: the outbox does that. */
export interface Poster extends Pick<Chat, 'post' | 'edit'> {
  /** Posts what is no delivery to a member's direct messages. */
  say(user: string, bodies: readonly MessageBody[], signal?: AbortSignal): Promise<PostAnswer>;
}

/** Of a member's direct messages: whatever was said there may be read. */
const DIRECT: ChannelFacts = { forum: false, tag: '', readable: true };

/** @param me the bot's own user id */
export function createPoster(deps: {
  readonly rest: REST;
  readonly me: string;
  readonly channels: Channels;
  readonly clock: Pick<Clock, 'now'>;
}): Poster {
  const { rest, me, channels, clock } = deps;
  const direct = new Map<string, string>();
  /** Where this process has posted already. */
  const known = new Set<Destination>();

  async function post({ destination, message, key, ambiguous }: Posting, signal?: AbortSignal): Promise<PostAnswer> {
    const place = placeAt(destination);
    if (place === null) return { kind: 'gone', reason: `${destination} is no address of Discord` };
    const payloads = renderMessage(message);
    if (payloads.length === 0) return { kind: 'refused', reason: 'there is nothing to say' };
    const ids: string[] = [];
    try {
      const channel = await channelOf(place, signal);
      const facts = await factsOf(place, channel, signal);
      const { forum } = facts;
      // The first of a lane may have been posted by a process that died before it could say so.
      const standing =
        ambiguous || !known.has(destination) ? await lookBack(place, channel, facts, payloads[0], signal) : [];
      for (const [part, payload] of payloads.entries()) {
        const nonce = nonceOf(key, part);
        const mark = markOf(payload);
        const found = standing.find((one) => one.nonce === nonce || one.mark === mark);
        const [thread] = ids;
        if (found) ids.push(found.id);
        else if (forum && thread === undefined) ids.push(await openThread(channel, facts.tag, payload, signal));
        else ids.push(await send(thread !== undefined && forum ? thread : channel, payload, nonce, signal));
      }
      known.add(destination);
      return { kind: 'sent', remoteId: ids[0] ?? '' };
    } catch (error) {
      const outcome = outcomeOf(error);
      // What a former try may have posted, or this one has in part, is still to be looked for by the next.
      const open = ambiguous || ids.length > 0;
      return outcome.kind === 'retry' && open ? { ...outcome, ambiguous: true } : outcome;
    }
  }

  /** A message in a forum is the first of its thread, and has the thread's id. */
  async function factsOf(place: Place, channel: string, signal: AbortSignal | undefined): Promise<ChannelFacts> {
    return place.kind === 'direct' ? DIRECT : channels.about(channel, signal);
  }

  async function channelOf(place: Place, signal: AbortSignal | undefined): Promise<string> {
    if (place.kind === 'channel') return place.channel;
    const open = direct.get(place.user);
    if (open !== undefined) return open;
    const body = { recipient_id: place.user };
    const { id } = (await rest.post(Routes.userChannels(), { body, ...during(signal) })) as { readonly id: string };
    if (direct.size >= DIRECT_CHANNELS_MAX) direct.clear();
    direct.set(place.user, id);
    return id;
  }

  async function send(
    channel: string,
    payload: DiscordPayload,
    nonce: string,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const body = { ...bodyOf(payload), nonce, enforce_nonce: true };
    const posted = await rest.post(Routes.channelMessages(channel), { body, ...during(signal) });
    return (posted as APIMessage).id;
  }

  async function openThread(
    forum: string,
    tag: string,
    payload: DiscordPayload,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const tagged = tag === '' ? {} : { applied_tags: [tag] };
    const body = { name: threadName(payload), message: bodyOf(payload), ...tagged };
    const thread = await rest.post(Routes.threads(forum), { body, ...during(signal) });
    return (thread as RESTPostAPIChannelThreadsResult).id;
  }

  /** The bot's own messages that stand there already; none where it may not read. */
  async function lookBack(
    place: Place,
    channel: string,
    facts: ChannelFacts,
    first: DiscordPayload | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Standing[]> {
    if (!facts.readable) return [];
    if (place.kind === 'channel' && facts.forum) return lookBackInForum(place.guild, channel, first, signal);
    const query = new URLSearchParams({ limit: String(READ_BACK) });
    const read = await rest.get(Routes.channelMessages(channel), { query, ...during(signal) });
    return standingMessages(read as readonly APIMessage[], me, clock.now());
  }

  /** Two stories may have one title: the first message of each thread of that name says which it is. */
  async function lookBackInForum(
    guild: string,
    forum: string,
    first: DiscordPayload | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Standing[]> {
    if (first === undefined) return [];
    const name = threadName(first);
    const read = await rest.get(Routes.guildActiveThreads(guild), during(signal));
    const { threads } = read as { readonly threads: readonly APIThreadChannel[] };
    const named = threads.filter((thread) => thread.parent_id === forum && thread.name === name).slice(0, SAME_NAMES);
    const messages = await Promise.all(
      named.map(async ({ id }) => rest.get(Routes.channelMessage(id, id), during(signal)) as Promise<APIMessage>),
    );
    return standingMessages(messages, me, clock.now());
  }

  return {
    post,

    async edit({ destination, message, remoteId }, signal) {
      const place = placeAt(destination);
      const [payload] = renderMessage(message);
      if (place === null || payload === undefined) return { kind: 'refused', reason: 'there is nothing to change' };
      try {
        const channel = await channelOf(place, signal);
        const { forum } = await factsOf(place, channel, signal);
        const where = forum ? remoteId : channel;
        await rest.patch(Routes.channelMessage(where, remoteId), { body: bodyOf(payload), ...during(signal) });
        return { kind: 'sent', remoteId };
      } catch (error) {
        return outcomeOf(error);
      }
    },

    async say(user, bodies, signal) {
      try {
        const channel = await channelOf({ kind: 'direct', user }, signal);
        const ids: string[] = [];
        for (const body of bodies) {
          const posted = await rest.post(Routes.channelMessages(channel), { body, ...during(signal) });
          ids.push((posted as APIMessage).id);
        }
        return { kind: 'sent', remoteId: ids[0] ?? '' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

/** The same delivery has the same nonce, each of its messages another one: within minutes Discord takes each only once. */
function nonceOf(key: string, part: number): string {
  return key.slice(0, NONCE_CHARS) + (part === 0 ? '' : part.toString(36));
}

function bodyOf({ content = '', embeds, components, allowedMentions }: DiscordPayload): MessageBody {
  return { content, embeds, components, allowed_mentions: allowedMentions };
}

/** What a forum lists: the story's title, or the first words of a message without stories. */
function threadName({ content = '', embeds }: DiscordPayload): string {
  const [first] = embeds;
  const name = oneLine((content === '' ? (first?.title ?? '') : content).replaceAll(/\\(.)/gu, '$1'));
  return truncateGraphemes(name, THREAD_NAME_MAX) || 'News';
}

function during(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
