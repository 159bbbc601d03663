import {
  ChannelFlags,
  ChannelType,
  PermissionFlagsBits,
  Routes,
  type APIChannel,
  type Client,
  type REST,
} from 'discord.js';
import type { Clock } from '../../../src/ports.ts';

/** What posting needs to know of a channel. */
export interface ChannelFacts {
  /** Every message there opens a thread. */
  readonly forum: boolean;
  /** The tag that a thread there has to have; '' for none. */
  readonly tag: string;
  /** Whether its messages may be read; true where that is not known: of what may not be read Discord shows nothing. */
  readonly readable: boolean;
}

export interface Channels {
  /** Rejects with what Discord says of a channel that cannot be looked up. */
  about(channel: string, signal?: AbortSignal): Promise<ChannelFacts>;
}

const KEPT_MS = 600_000;
const CHANNELS_MAX = 10_000;
const UNKNOWN: ChannelFacts = { forum: false, tag: '', readable: false };

/**
 * The facts of channels: from what the gateway keeps where this process holds it, else asked for and known for ten minutes.
 * @param gateway the client at the gateway, or null
 */
export function createChannels(rest: REST, gateway: () => Client<true> | null, clock: Pick<Clock, 'now'>): Channels {
  const known = new Map<string, { readonly facts: ChannelFacts; readonly until: number }>();

  return {
    async about(channel, signal) {
      const client = gateway();
      if (client !== null) return factsAtGateway(client, channel);
      const kept = known.get(channel);
      if (kept !== undefined && clock.now() < kept.until) return kept.facts;
      const found = await rest.get(Routes.channel(channel), signal === undefined ? {} : { signal });
      const facts = factsOf(found as APIChannel);
      if (known.size >= CHANNELS_MAX) known.clear();
      known.set(channel, { facts, until: clock.now() + KEPT_MS });
      return facts;
    },
  };
}

function factsOf(channel: APIChannel): ChannelFacts {
  if (channel.type !== ChannelType.GuildForum && channel.type !== ChannelType.GuildMedia) {
    return { forum: false, tag: '', readable: true };
  }
  const needsTag = ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0;
  return { forum: true, tag: needsTag ? (channel.available_tags[0]?.id ?? '') : '', readable: true };
}

function factsAtGateway(client: Client<true>, id: string): ChannelFacts {
  const channel = client.channels.cache.get(id);
  if (!channel || channel.isDMBased()) return UNKNOWN;
  const { me } = channel.guild.members;
  const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
  const readable = me !== null && (channel.permissionsFor(me)?.has(needed) ?? false);
  // Some forums take no thread without a tag.
  const forum = channel.isThreadOnly();
  const tag = forum && channel.flags.has('RequireTag') ? (channel.availableTags[0]?.id ?? '') : '';
  return { forum, tag, readable };
}
