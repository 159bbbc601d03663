import { PermissionFlagsBits, type BaseInteraction } from 'discord.js';
import type { Speaker } from '../../../src/commands/request.ts';
import { channelAddress, directAddress, guildAddress, memberAddress } from './addresses.ts';

/**
 * Who acts, and where their alerts would go. In a server that has the bot that is the channel; in direct messages, and in
 * places that the bot is not a member of (it came along with the user who installed it), the member's own direct messages.
 */
export function speakerOf(interaction: BaseInteraction, channel = interaction.channelId): Speaker {
  const { user, guildId, memberPermissions } = interaction;
  const home = directAddress(user.id);
  const guild = guildId !== null && interaction.client.guilds.cache.has(guildId) ? guildId : null;
  const direct = guild === null || channel === null;
  return {
    member: memberAddress(user.id),
    name: user.displayName,
    destination: direct ? home : channelAddress(guild, channel),
    scope: direct ? home : guildAddress(guild),
    home,
    direct,
    manager: direct || (memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false),
    locale: interaction.locale,
    timeZone: '',
  };
}
