import {
  GuildMember,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { card as cardOf, type Card, type Form } from '../../../src/commands/card.ts';
import { parseCommand } from '../../../src/commands/parse.ts';
import type { Command, Request } from '../../../src/commands/request.ts';
import { wordsFor } from '../../../src/commands/words/words.ts';
import type { Logger } from '../../../src/log.ts';
import type { Clock, Counter } from '../../../src/ports.ts';
import { readAttachment } from './attachment.ts';
import { choicesFor, type Choice } from './complete.ts';
import type { Keeper } from './keeper.ts';
import { channelNamed } from './places.ts';
import { replyTo, type Reply } from './reply.ts';
import { channelOf, fieldsOf, slashCommand } from './said.ts';
import { speakerOf } from './speaker.ts';
import { readSpoken } from './spoken.ts';

/** Discord takes completions for three seconds; nothing is better than nothing in time. */
const COMPLETE_WITHIN_MS = 2_200;

export interface Reception {
  /** Answers whatever a member did; never rejects. */
  receive(interaction: Interaction): Promise<void>;
}

/** Takes what members do in Discord to the counter and gives them its cards. */
export function createReception(deps: {
  readonly counter: Counter;
  readonly keeper: Keeper;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Logger;
}): Reception {
  const { counter, keeper, clock, log } = deps;

  async function receive(interaction: Interaction): Promise<void> {
    try {
      if (interaction.isAutocomplete()) await complete(interaction);
      else if (interaction.isChatInputCommand()) await slash(interaction);
      else if (interaction.isMessageContextMenuCommand()) await menu(interaction);
      else if (interaction.isButton() || interaction.isStringSelectMenu()) await press(interaction);
      else if (interaction.isModalSubmit()) await submit(interaction);
    } catch (error) {
      log.error({ err: error }, 'an interaction could not be answered');
    }
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    const late = new AbortController();
    const none = clock.sleep(COMPLETE_WITHIN_MS, late.signal).then((): Choice[] => []);
    try {
      await interaction.respond(await Promise.race([choicesFor(counter, interaction).catch(noChoices), none]));
    } finally {
      late.abort();
    }
  }

  function noChoices(error: unknown): Choice[] {
    log.warn({ err: error }, 'a completion failed');
    return [];
  }

  async function slash(interaction: ChatInputCommandInteraction): Promise<void> {
    const { command, file } = slashCommand(interaction);
    const said = withChannel(interaction, command);
    const speaker = speakerOf(interaction);
    await replyTo(interaction, { keeper, clock, log, mayOpen: opensForm(said) }, async () => {
      if (file === null) return { card: await counter.answer({ speaker, said }) };
      const read = await readAttachment(file, deps.apiUrl);
      if (!read.ok) return { card: cardOf({ tone: 'error', lines: [[read.message]] }) };
      return { card: await counter.answer({ speaker, said, file: read.text }) };
    });
  }

  async function menu(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const speaker = speakerOf(interaction, channelOf(interaction));
    const said = { name: 'why', options: { story: interaction.targetId } };
    await replyTo(interaction, { keeper, clock, log, mayOpen: false }, async () => ({
      card: await counter.answer({ speaker, said }),
    }));
  }

  async function press(interaction: MessageComponentInteraction): Promise<void> {
    const spoken = readSpoken(interaction.isStringSelectMenu() ? (interaction.values[0] ?? '') : interaction.customId);
    if (spoken === null) throw new Error(`No component of ours: ${interaction.customId}`);
    const { verb, text, kept } = spoken;
    const speaker = speakerOf(interaction, channelOf(interaction));
    const mayOpen = verb !== 'say' || (!kept && opensForm(commandIn(text)));
    await replyTo(interaction, { keeper, clock, log, mayOpen }, async () => {
      const told = kept ? await keeper.find(text) : text;
      if (told === null) return { card: cardOf({ tone: 'error', lines: [[wordsFor([speaker.locale]).tooOld]] }) };
      if (verb === 'form') return { card: cardOf({ form: JSON.parse(told) as Form }), open: true };
      const card = await counter.answer({ speaker, said: told });
      return { card, open: verb === 'open' };
    });
  }

  async function submit(interaction: ModalSubmitInteraction): Promise<void> {
    const spoken = readSpoken(interaction.customId);
    if (spoken === null) throw new Error(`No form of ours: ${interaction.customId}`);
    const speaker = speakerOf(interaction);
    const fields = fieldsOf(interaction);
    await replyTo(interaction, { keeper, clock, log, mayOpen: false }, async () => {
      const told = spoken.kept ? await keeper.find(spoken.text) : spoken.text;
      const base = commandIn(told ?? '');
      const card = await counter.answer({
        speaker,
        said: { name: base.name, options: { ...base.options, ...fields } },
      });
      return card.fieldErrors === undefined ? { card } : corrected(card, { speaker, said: base }, fields);
    });
  }

  /** A wrong field: the form is offered once more with all that was typed. Discord cannot show one in answer to another. */
  async function corrected(card: Card, blank: Request, fields: Readonly<Record<string, string>>): Promise<Reply> {
    const { form } = await counter.answer(blank);
    if (form === undefined) return { card };
    const filled = form.fields.map((field) => Object.assign({}, field, { value: fields[field.name] ?? field.value }));
    return { card, again: { ...form, fields: filled } };
  }

  return { receive };
}

/** A command as it stands in a component; `help` for one that is no longer known. */
function commandIn(text: string): Command {
  const parsed = parseCommand(text);
  return parsed.ok ? { name: parsed.spec.name, options: parsed.options } : { name: 'help', options: {} };
}

/** Whether the answer may be a form: Discord takes one as the very first answer only. */
function opensForm({ name, options }: Command): boolean {
  if (name === 'draft') return true;
  return name === 'edit' && Object.keys(options).every((option) => option === 'id');
}

/** `#general` as the counter knows channels; whatever else is said of a place stays. */
function withChannel({ guild, member }: ChatInputCommandInteraction, command: Command): Command {
  const typed = command.options['to'];
  if (typed === undefined || /^(?:here|me|dm)$/iu.test(typed) || !guild || !(member instanceof GuildMember))
    return command;
  const id = channelNamed(guild, member, typed);
  return id === null ? command : { ...command, options: { ...command.options, to: `<#${id}>` } };
}
