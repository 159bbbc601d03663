import {
  ChannelType,
  PermissionFlagsBits,
  type Client,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
} from 'discord.js';
import type { Words } from '../../../src/commands/words/words.ts';
import { placeAt, userOf } from './addresses.ts';

type Refusals = Words['refusals'];
/** How a lack is said. */
type Said = (refusals: Refusals) => string;

/** What a member needs to have alerts sent to a channel, and what the bot needs to send them. */
const MEMBER_NEEDS = [
  [PermissionFlagsBits.ViewChannel, ({ unseen }: Refusals) => unseen],
  [PermissionFlagsBits.SendMessages, ({ unwritable }: Refusals) => unwritable],
] as const;
const BOT_NEEDS = [
  [PermissionFlagsBits.ViewChannel, ({ permission }: Refusals) => permission('View Channel')],
  [PermissionFlagsBits.SendMessages, ({ permission }: Refusals) => permission('Send Messages')],
  [PermissionFlagsBits.EmbedLinks, ({ permission }: Refusals) => permission('Embed Links')],
] as const;

/** Why alerts may not be sent there at this member's wish, in words for them; '' when they may. */
export async function refusalOf(
  client: Client<true>,
  member: string,
  destination: string,
  refusals: Refusals,
): Promise<string> {
  const user = userOf(member);
  const place = placeAt(destination);
  if (user === null || place === null) return refusals.noPlace;
  if (place.kind === 'direct') {
    return place.user === user ? '' : refusals.ownOnly;
  }
  const guild = client.guilds.cache.get(place.guild);
  if (!guild) return refusals.notMember;
  try {
    const channel = await guild.channels.fetch(place.channel);
    if (!channel) return refusals.noPlace;
    if (!takesMessages(channel)) return refusals.noMessages;
    const asking = await guild.members.fetch(user);
    // Seen by those alone who are in it, whatever they may do in the channel above it; fetching anybody else fails.
    if (channel.type === ChannelType.PrivateThread) await channel.members.fetch(user);
    const me = guild.members.me ?? (await guild.members.fetchMe());
    const lack = lacking(channel, asking, MEMBER_NEEDS) ?? lacking(channel, me, BOT_NEEDS);
    return lack === null ? '' : lack(refusals);
  } catch {
    return refusals.botUnseen;
  }
}

/** The channel that a member names: `#general`, `general`; null when there is none that they may write in. */
export function channelNamed(guild: Guild, member: GuildMember, typed: string): string | null {
  const name = typed.trim().replace(/^#/u, '').toLowerCase();
  return channelsFor(guild, member).find((channel) => channel.name.toLowerCase() === name)?.id ?? null;
}

/** The channels of a server in which both the member and the bot may write, in the order Discord shows them. */
export function channelsFor(guild: Guild, member: GuildMember): GuildBasedChannel[] {
  const { me } = guild.members;
  return [...guild.channels.cache.values()]
    .filter((channel) => takesMessages(channel) && !channel.isThread())
    .filter((channel) => lacking(channel, member, MEMBER_NEEDS) === null)
    .filter((channel) => me === null || lacking(channel, me, BOT_NEEDS) === null)
    .toSorted((a, b) => positionOf(a) - positionOf(b));
}

function takesMessages(channel: GuildBasedChannel): boolean {
  return channel.isTextBased() || channel.isThreadOnly();
}

function lacking(
  channel: GuildBasedChannel,
  member: GuildMember,
  needs: readonly (readonly [permission: bigint, said: Said])[],
): Said | null {
  const held = channel.permissionsFor(member);
  const inThread = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : null;
  for (const [permission, said] of needs) {
    const needed = permission === PermissionFlagsBits.SendMessages && inThread !== null ? inThread : permission;
    if (!held.has(needed)) return said;
  }
  return null;
}

function positionOf(channel: GuildBasedChannel): number {
  return 'rawPosition' in channel ? channel.rawPosition : 0;
}
