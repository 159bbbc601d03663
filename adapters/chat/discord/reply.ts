import {
  DiscordAPIError,
  InteractionResponseType,
  MessageFlags,
  RESTJSONErrorCodes,
  Routes,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type RawFile,
} from 'discord.js';
import { card as cardOf, type Card, type Form } from '../../../src/commands/card.ts';
import type { Clock } from '../../../src/ports.ts';
import { renderAnswer, type AnswerMessage } from './answer.ts';
import { renderForm } from './form.ts';
import type { Keeper } from './keeper.ts';

/** Discord waits three seconds for the first answer; a form that is not made by then is offered as a button. */
const OPEN_WITHIN_MS = 2_000;
const TRIES = 3;
const TRY_AGAIN_MS = 250;

/** What is to be shown: the card, or its form at once where `open` says so or the card is nothing else. */
export interface Reply {
  readonly card: Card;
  readonly open?: boolean;
  /** A form to be corrected. */
  readonly again?: Form;
}

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | MessageComponentInteraction
  | ModalSubmitInteraction;

interface Means {
  readonly keeper: Keeper;
  readonly clock: Clock;
  /** The answer may be a form. */
  readonly mayOpen: boolean;
}

/**
 * Answers within Discord's three seconds whatever the work takes: says at once that an answer will come, unless it may be
 * a form. The answer is seen by its member only; what was pressed in such a private answer changes that answer.
 */
export async function replyTo(interaction: Answerable, means: Means, work: () => Promise<Reply>): Promise<void> {
  const working = work();
  // Awaited below; should the first answer fail before that, a failure of the work has an owner all the same.
  working.catch(() => undefined);
  const early = means.mayOpen ? await within(means.clock, OPEN_WITHIN_MS, working) : null;
  const form = early === null ? undefined : formToOpen(early);
  if (form !== undefined) return openForm(interaction, means, form);
  const inPlace = isPrivate(interaction);
  const type = inPlace
    ? InteractionResponseType.DeferredMessageUpdate
    : InteractionResponseType.DeferredChannelMessageWithSource;
  await answerFirst(interaction, means.clock, { type, data: { flags: MessageFlags.Ephemeral } });
  await show(interaction, means, await working, inPlace);
}

function formToOpen({ card, open }: Reply): Form | undefined {
  return open === true || (card.title === '' && card.lines.length === 0) ? card.form : undefined;
}

async function openForm(interaction: Answerable, { keeper, clock }: Means, form: Form): Promise<void> {
  const { modal, kept } = renderForm(form);
  if (kept !== null) await keeper.keep([kept]);
  await answerFirst(interaction, clock, { type: InteractionResponseType.Modal, data: modal });
}

/** Whether something was pressed in a message that one member sees: an answer may then take its place. */
function isPrivate(interaction: Answerable): boolean {
  const message = 'message' in interaction ? interaction.message : null;
  return message?.flags.has(MessageFlags.Ephemeral) ?? false;
}

async function show(
  interaction: Answerable,
  { keeper, clock }: Means,
  { card, open, again }: Reply,
  inPlace: boolean,
): Promise<void> {
  // A form that came too late to be opened at once is offered by itself.
  const shown = open === true && card.form !== undefined ? cardOf({ form: card.form }) : card;
  const { messages, kept } = renderAnswer(shown, again);
  await keeper.keep(kept);
  // What went wrong stands under what was pressed, so that it can be pressed again.
  const beside = inPlace && card.tone === 'error' && again === undefined;
  for (const [i, message] of messages.entries()) {
    if (i === 0 && !beside) await persist(clock, async () => changeAnswer(interaction, message));
    else await followUp(interaction, message);
  }
}

/** The first answer to an interaction, in three seconds. It needs no token but the interaction's own. */
async function answerFirst({ client, id, token }: Answerable, clock: Clock, body: object): Promise<void> {
  await persist(clock, async () => client.rest.post(Routes.interactionCallback(id, token), { body, auth: false }));
}

async function changeAnswer({ client, applicationId, token }: Answerable, message: AnswerMessage): Promise<void> {
  await client.rest.patch(Routes.webhookMessage(applicationId, token), { ...sent(message), auth: false });
}

async function followUp({ client, applicationId, token }: Answerable, message: AnswerMessage): Promise<void> {
  const { body, files } = sent(message);
  const own = { ...body, flags: MessageFlags.Ephemeral };
  await client.rest.post(Routes.webhook(applicationId, token), { body: own, files, auth: false });
}

/** All of a message is said, also what is empty: a change takes the place of what stood there. */
function sent({ embeds, components, file }: AnswerMessage): { readonly body: object; readonly files: RawFile[] } {
  const body = { content: '', embeds, components, allowed_mentions: { parse: [] } };
  if (file === null) return { body: { ...body, attachments: [] }, files: [] };
  return {
    body: { ...body, attachments: [{ id: '0', filename: file.name }] },
    files: [{ name: file.name, data: Buffer.from(file.text), contentType: 'text/plain' }],
  };
}

/** Tries again where the connection failed. A first answer that came through all the same says so, and is no failure. */
async function persist(clock: Clock, ask: () => Promise<unknown>): Promise<void> {
  for (let left = TRIES; ; left--) {
    try {
      await ask();
      return;
    } catch (error) {
      if (error instanceof DiscordAPIError) {
        if (left < TRIES && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged) return;
        throw error;
      }
      if (left <= 1) throw error;
      await clock.sleep(TRY_AGAIN_MS);
    }
  }
}

/** What comes of the work in time, or null. */
async function within<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | null> {
  const ended = new AbortController();
  try {
    return await Promise.race([work, clock.sleep(ms, ended.signal).then(() => null)]);
  } finally {
    ended.abort();
  }
}
