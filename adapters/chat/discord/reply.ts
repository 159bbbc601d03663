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
import { wordsFor } from '../../../src/commands/words/words.ts';
import type { Logger } from '../../../src/log.ts';
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
  readonly log: Logger;
  /** The answer may be a form. */
  readonly mayOpen: boolean;
}

/**
 * Answers within Discord's three seconds whatever the work takes: says at once that an answer will come, unless it may be
 * a form. The answer is seen by its member only; what was pressed in such a private answer changes that answer.
 *
 * Every process with this token hears of an interaction, but Discord takes one first answer only: whoever gives it does
 * the work. What may be a form only reads, so that doing it in vain does no harm.
 */
export async function replyTo(interaction: Answerable, means: Means, work: () => Promise<Reply>): Promise<void> {
  const early = means.mayOpen ? done(interaction, means, work) : null;
  const form = early === null ? undefined : formToOpen(await within(means.clock, OPEN_WITHIN_MS, early));
  if (form !== undefined) return openForm(interaction, means, form);
  const inPlace = isPrivate(interaction);
  const type = inPlace
    ? InteractionResponseType.DeferredMessageUpdate
    : InteractionResponseType.DeferredChannelMessageWithSource;
  const own = await answerFirst(interaction, means.clock, { type, data: { flags: MessageFlags.Ephemeral } });
  if (!own) return;
  const reply = await (early ?? done(interaction, means, work));
  try {
    await show(interaction, means, reply, inPlace);
  } catch (error) {
    means.log.error({ err: error }, 'an answer could not be shown');
    await show(interaction, means, regret(interaction), inPlace);
  }
}

/** What comes of the work; words of regret when it fails. */
async function done(interaction: Answerable, { log }: Means, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    log.error({ err: error }, 'the work for an answer failed');
    return regret(interaction);
  }
}

function regret({ locale }: Answerable): Reply {
  const { somethingBroke, language } = wordsFor([locale]);
  return { card: cardOf({ tone: 'error', lines: [[somethingBroke]], language }) };
}

function formToOpen(reply: Reply | null): Form | undefined {
  if (reply === null) return undefined;
  const { card, open } = reply;
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
  { keeper, clock, log }: Means,
  { card, open, again }: Reply,
  inPlace: boolean,
): Promise<void> {
  // A form that came too late to be opened at once is offered by itself.
  const shown =
    open === true && card.form !== undefined ? cardOf({ form: card.form, language: card.language ?? '' }) : card;
  const { messages, kept } = renderAnswer(shown, again);
  // An answer without a button that works is better than none.
  await keeper.keep(kept).catch((error: unknown) => log.error({ err: error }, 'what a button says could not be kept'));
  // What went wrong stands under what was pressed, so that it can be pressed again.
  const beside = inPlace && card.tone === 'error' && again === undefined;
  for (const [i, message] of messages.entries()) {
    if (i === 0 && !beside) await persist(clock, async () => changeAnswer(interaction, message));
    else await followUp(interaction, message);
  }
}

/** The first answer to an interaction, by its own token alone; false when another process was first. */
async function answerFirst({ client, id, token }: Answerable, clock: Clock, body: object): Promise<boolean> {
  let tries = 0;
  try {
    await persist(clock, async () => {
      tries++;
      await client.rest.post(Routes.interactionCallback(id, token), { body, auth: false });
    });
    return true;
  } catch (error) {
    const answered =
      error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
    if (!answered) throw error;
    // After a broken connection it was most likely this one that had come through.
    return tries > 1;
  }
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

/** Tries again where the connection or Discord itself failed; what Discord refuses is not asked again. */
async function persist(clock: Clock, ask: () => Promise<unknown>): Promise<void> {
  for (let left = TRIES; ; left--) {
    try {
      await ask();
      return;
    } catch (error) {
      if (error instanceof DiscordAPIError || left <= 1) throw error;
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
