import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { commandTable, type CommandSpec, type OptionKind, type OptionSpec } from '../../../src/commands/table.ts';
import { en } from '../../../src/commands/words/en.ts';
import { summaryLanguages, summaryOf } from '../../../src/commands/words/summaries.ts';
import { slashName } from './slash.ts';

const TEXT_MAX = 100;
export const whyMenuName = 'Why this alert?';

const whyMenuNames: Readonly<Record<string, string>> = {
  ja: 'この通知の理由',
  ko: '이 알림이 온 이유',
  'es-ES': '¿Por qué este aviso?',
  de: 'Warum diese Meldung?',
  fr: 'Pourquoi cette alerte ?',
};

/** Kinds of options that Discord completes while they are typed. */
const completed: ReadonlySet<OptionKind> = new Set([
  'subscription',
  'feed',
  'when',
  'duration',
  'quiet',
  'timeZone',
  'place',
]);

/** What Discord calls a language of ours. */
function discordLocale(language: string): string {
  return language === 'es' ? 'es-ES' : language;
}

/**
 * All commands as Discord registers them: one root with subcommands, and the menu of a message. Where they can be used is
 * said of those for everywhere only: a server's own commands are that server's.
 */
export function commandDefinitions(
  reach: 'everywhere' | 'guild' = 'everywhere',
): RESTPutAPIApplicationCommandsJSONBody {
  const { Guild, BotDM, PrivateChannel } = InteractionContextType;
  const { GuildInstall, UserInstall } = ApplicationIntegrationType;
  const everywhere =
    reach === 'guild'
      ? {}
      : { contexts: [Guild, BotDM, PrivateChannel], integration_types: [GuildInstall, UserInstall] };
  return [
    {
      type: ApplicationCommandType.ChatInput,
      name: 'news',
      description: 'News alerts: one clean message for each story that matches',
      options: rootOptions(),
      ...everywhere,
    },
    { type: ApplicationCommandType.Message, name: whyMenuName, name_localizations: whyMenuNames, ...everywhere },
  ];
}

/** `feeds`, `feeds add`, … become a group, in which the first is `feeds list`. */
function rootOptions(): APIApplicationCommandOption[] {
  const shown = commandTable.filter(({ hidden }) => !hidden);
  const groups = new Set(shown.flatMap(({ name }) => (name.includes(' ') ? [name.split(' ', 1)[0]] : [])));
  const single = shown
    .filter(({ name }) => !groups.has(name.split(' ', 1)[0]))
    .map((spec) => subcommand(spec, spec.name));
  const grouped = [...groups].map((group): APIApplicationCommandOption => {
    const members = shown.filter(({ name }) => name.split(' ', 1)[0] === group);
    return {
      type: ApplicationCommandOptionType.SubcommandGroup,
      name: group ?? '',
      description: cut(members[0] ? summaryOf(members[0].name) : ''),
      options: members.map((spec) => subcommand(spec, slashName(spec.name).split(' ')[1] ?? spec.name)),
    };
  });
  return [...single, ...grouped];
}

function subcommand(spec: CommandSpec, name: string): APIApplicationCommandSubcommandOption {
  const options = spec.options.toSorted((a, b) => Number(b.required) - Number(a.required));
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description: cut(summaryOf(spec.name)),
    description_localizations: Object.fromEntries(
      summaryLanguages.map((language) => [discordLocale(language), cut(summaryOf(spec.name, language))]),
    ),
    options: options.map(optionFrom),
  };
}

function optionFrom({ name, kind, required, choices }: OptionSpec): APIApplicationCommandBasicOption {
  // A file is asked for where a command takes one: without it there is nothing to do.
  const common = { name, description: cut(en.optionHints[kind]), required: required || kind === 'file' };
  switch (kind) {
    case 'file':
      return { ...common, type: ApplicationCommandOptionType.Attachment };
    case 'page':
      return { ...common, type: ApplicationCommandOptionType.Integer, min_value: 1, max_value: 10_000 };
    case 'choice':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        choices: (choices ?? []).map((value) => ({ name: value, value })),
      };
    case 'command':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        choices: commandTable
          .filter(({ hidden }) => !hidden)
          .slice(0, 25)
          .map(({ name: value }) => ({ name: value, value })),
      };
    default:
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        ...(completed.has(kind) ? { autocomplete: true } : {}),
      };
  }
}

function cut(text: string): string {
  return Array.from(text).slice(0, TEXT_MAX).join('');
}
