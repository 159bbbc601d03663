import {
  ApplicationCommandOptionType as Type,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Command } from '../../../src/commands/request.ts';

/** A slash command as the table of commands knows it, with the file that came with it. */
export interface SlashCommand {
  readonly command: Command;
  readonly file: { readonly url: string; readonly size: number } | null;
}

/** `/news feeds list` is `feeds`, `/news feeds add` is `feeds add`. */
export function slashCommand({ options, channelId }: ChatInputCommandInteraction): SlashCommand {
  const [first] = options.data;
  const given: Record<string, string> = {};
  const { name, values } = leafOf(first);
  let file: SlashCommand['file'] = null;
  for (const option of values) {
    if (option.attachment) file = { url: option.attachment.url, size: option.attachment.size };
    else if (option.value !== undefined) given[option.name] = String(option.value);
  }
  const { story } = given;
  if (story !== undefined) given['story'] = linkedMessage(story, channelId) ?? story;
  return { command: { name, options: given }, file };
}

function leafOf(option: CommandInteractionOption | undefined): {
  readonly name: string;
  readonly values: readonly CommandInteractionOption[];
} {
  if (option === undefined) return { name: 'help', values: [] };
  if (option.type !== Type.SubcommandGroup) return { name: option.name, values: option.options ?? [] };
  const [sub] = option.options ?? [];
  return {
    name: sub === undefined || sub.name === 'list' ? option.name : `${option.name} ${sub.name}`,
    values: sub?.options ?? [],
  };
}

/** The message that a link copied from Discord points to, if it stands in this channel; null for any other text. */
function linkedMessage(text: string, channel: string): string | null {
  const found = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/[^/]+\/(\d+)\/(\d+)$/u.exec(text.trim());
  return found?.[1] === channel ? (found[2] ?? null) : null;
}

/** The fields of a submitted form by name. */
export function fieldsOf({ fields }: ModalSubmitInteraction): Record<string, string> {
  return Object.fromEntries([...fields.fields.keys()].map((name) => [name, fields.getTextInputValue(name)]));
}

/**
 * The channel in which something about a message is said. The first message of a forum's thread was sent to the forum.
 */
export function channelOf(
  interaction: MessageComponentInteraction | MessageContextMenuCommandInteraction,
): string | null {
  const { channel, channelId } = interaction;
  const message = interaction.isMessageContextMenuCommand() ? interaction.targetId : interaction.message.id;
  if (!channel?.isThread() || channel.id !== message) return channelId;
  return channel.parent?.isThreadOnly() === true ? channel.parentId : channelId;
}
