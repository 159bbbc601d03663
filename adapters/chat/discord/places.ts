import {
  ChannelType,
  PermissionFlagsBits,
  type Client,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
} from 'discord.js';
import { placeAt, userOf } from './addresses.ts';

/** What a member needs to have alerts sent to a channel, and what the bot needs to send them. */
const MEMBER_NEEDS = [
  [PermissionFlagsBits.ViewChannel, 'You cannot see that channel.'],
  [PermissionFlagsBits.SendMessages, 'You may not write in that channel, so you cannot have alerts sent there.'],
] as const;
const BOT_NEEDS = [
  [PermissionFlagsBits.ViewChannel, 'I cannot see that channel. Give me “View Channel” there.'],
  [PermissionFlagsBits.SendMessages, 'I may not write in that channel. Give me “Send Messages” there.'],
  [PermissionFlagsBits.EmbedLinks, 'I may not show stories in that channel. Give me “Embed Links” there.'],
] as const;

/** Why alerts may not be sent there at this member's wish, in words for them; '' when they may. */
export async function refusalOf(client: Client<true>, member: string, destination: string): Promise<string> {
  const user = userOf(member);
  const place = placeAt(destination);
  if (user === null || place === null) return 'That is no place in Discord.';
  if (place.kind === 'direct') {
    return place.user === user ? '' : 'Alerts can be sent to your own direct messages only.';
  }
  const guild = client.guilds.cache.get(place.guild);
  if (!guild) return 'I am not a member of that server.';
  try {
    const channel = await guild.channels.fetch(place.channel);
    if (!channel) return 'There is no such channel in this server.';
    if (!takesMessages(channel)) return 'That is no channel that messages can be written in.';
    const asking = await guild.members.fetch(user);
    // Seen by those alone who are in it, whatever they may do in the channel above it; fetching anybody else fails.
    if (channel.type === ChannelType.PrivateThread) await channel.members.fetch(user);
    const me = guild.members.me ?? (await guild.members.fetchMe());
    return lacking(channel, asking, MEMBER_NEEDS) || lacking(channel, me, BOT_NEEDS);
  } catch {
    return 'I cannot see that channel.';
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
    .filter((channel) => lacking(channel, member, MEMBER_NEEDS) === '')
    .filter((channel) => me === null || lacking(channel, me, BOT_NEEDS) === '')
    .toSorted((a, b) => positionOf(a) - positionOf(b));
}

function takesMessages(channel: GuildBasedChannel): boolean {
  return channel.isTextBased() || channel.isThreadOnly();
}

function lacking(
  channel: GuildBasedChannel,
  member: GuildMember,
  needs: readonly (readonly [permission: bigint, words: string])[],
): string {
  const held = channel.permissionsFor(member);
  const inThread = channel.isThread() ? PermissionFlagsBits.SendMessagesInThreads : null;
  for (const [permission, words] of needs) {
    const needed = permission === PermissionFlagsBits.SendMessages && inThread !== null ? inThread : permission;
    if (!held.has(needed)) return words;
  }
  return '';
}

function positionOf(channel: GuildBasedChannel): number {
  return 'rawPosition' in channel ? channel.rawPosition : 0;
}
