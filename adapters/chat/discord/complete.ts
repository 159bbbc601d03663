import { GuildMember, type AutocompleteInteraction } from 'discord.js';
import { commandNamed, type CommandSpec } from '../../../src/commands/table.ts';
import { oneLine, truncateGraphemes } from '../../../src/delivery/sanitize.ts';
import type { Counter } from '../../../src/ports.ts';
import { channelsFor } from './places.ts';
import { speakerOf } from './speaker.ts';

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure */
const CHOICES_MAX = 25;
const CHOICE_MAX = 100;
/** Asked of the counter, before all that was typed is looked for among them. */
const CANDIDATES = 1000;

export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** What an option that is being typed may become, best first, within Discord's limits. */
export async function choicesFor(counter: Counter, interaction: AutocompleteInteraction): Promise<Choice[]> {
  const group = interaction.options.getSubcommandGroup(false);
  const spec = commandNamed([group, interaction.options.getSubcommand()].filter((word) => word !== null).join(' '));
  const focused = interaction.options.getFocused(true);
  if (spec === null) return [];
  const typed = focused.value.trim().toLowerCase().split(/\s+/u);
  const said = textFor(spec, focused.name, typed[0] ?? '');
  const completions = await counter.complete({ speaker: speakerOf(interaction), said }, CANDIDATES);
  const named = completions.map(({ value, label }) => ({ name: label, value }));
  const all = optionKind(spec, focused.name) === 'place' ? [...named, ...channelChoices(interaction, typed)] : named;
  return all
    .filter((choice) => typed.every((word) => holds(choice, word)) && choice.value.length <= CHOICE_MAX)
    .slice(0, CHOICES_MAX)
    .map(({ name, value }) => ({ name: truncateGraphemes(oneLine(name), CHOICE_MAX) || value, value }));
}

/** The command as it would be typed up to the word that is asked for: completion knows typed text only. */
function textFor({ name, options }: CommandSpec, focused: string, word: string): string {
  const option = options.find((one) => one.name === focused);
  if (option?.positional !== true) return `${name} --${focused} ${word}`;
  const before = options.filter(({ positional }) => positional).indexOf(option);
  return [name, ...Array.from({ length: before }, () => '0'), word].join(' ');
}

function optionKind(spec: CommandSpec, name: string): string {
  return spec.options.find((one) => one.name === name)?.kind ?? '';
}

function channelChoices({ guild, member }: AutocompleteInteraction, typed: readonly string[]): Choice[] {
  if (!guild || !(member instanceof GuildMember)) return [];
  return channelsFor(guild, member)
    .map(({ id, name }) => ({ name: `#${name}`, value: `<#${id}>` }))
    .filter((choice) => typed.every((word) => holds(choice, word)));
}

/** Time zones are written with `_` where people write a space. */
function holds({ name, value }: Choice, word: string): boolean {
  const text = `${name} ${value}`.toLowerCase();
  return text.includes(word) || text.replaceAll('_', ' ').includes(word);
}
