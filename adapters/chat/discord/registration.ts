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
import { summaryOf, wordsFor, type Words } from '../../../src/commands/words/words.ts';
import type { Language } from '../../../src/languages.ts';
import { slashName } from './slash.ts';

const TEXT_MAX = 100;
export const whyMenuName = en.whyMenu;

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

/** What Discord calls a language of ours: https://discord.com/developers/docs/reference#locales */
const locales: Readonly<Record<Exclude<Language, 'en'>, readonly string[]>> = {
  ja: ['ja'],
  ko: ['ko'],
  es: ['es-ES', 'es-419'],
  de: ['de'],
  fr: ['fr'],
};

/** A text in all languages but English, by Discord's names for them. */
function localised(text: (words: Words) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(locales).flatMap(([language, names]) =>
      names.map((name) => [name, cut(text(wordsFor([language])))] as const),
    ),
  );
}

/** A description in English and in the other languages. */
function described(text: (words: Words) => string): {
  readonly description: string;
  readonly description_localizations: Record<string, string>;
} {
  return { description: cut(text(en)), description_localizations: localised(text) };
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
      ...described((words) => words.rootSummary),
      options: rootOptions(),
      ...everywhere,
    },
    {
      type: ApplicationCommandType.Message,
      name: whyMenuName,
      name_localizations: localised((words) => words.whyMenu),
      ...everywhere,
    },
  ];
}

/** `feeds`, `feeds add`, … become a group, in which the first is `feeds list`. */
function rootOptions(): APIApplicationCommandOption[] {
  const shown = commandTable.filter(({ hidden }) => !hidden);
  const groups = new Set(shown.flatMap(({ name }) => (name.includes(' ') ? [name.split(' ', 1)[0]] : [])));
  const single = shown
    .filter(({ name }) => !groups.has(name.split(' ', 1)[0]))
    .map((spec) => subcommand(spec, spec.name));
  const grouped = [...groups].map((name = '') =>
    group(
      name,
      shown.filter((spec) => spec.name.split(' ', 1)[0] === name),
    ),
  );
  return [...single, ...grouped];
}

function group(name: string, members: readonly CommandSpec[]): APIApplicationCommandOption {
  const [first] = members;
  return {
    type: ApplicationCommandOptionType.SubcommandGroup,
    name,
    ...described((words) => (first ? summaryOf(words, first.name) : '')),
    options: members.map((spec) => subcommand(spec, slashName(spec.name).split(' ')[1] ?? spec.name)),
  };
}

function subcommand(spec: CommandSpec, name: string): APIApplicationCommandSubcommandOption {
  const options = spec.options.toSorted((a, b) => Number(b.required) - Number(a.required));
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    ...described((words) => summaryOf(words, spec.name)),
    options: options.map(optionFrom),
  };
}

function optionFrom({ name, kind, required, choices }: OptionSpec): APIApplicationCommandBasicOption {
  // A file is asked for where a command takes one: without it there is nothing to do.
  const common = { name, ...described((words) => words.optionHints[kind]), required: required || kind === 'file' };
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
