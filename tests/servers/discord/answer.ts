import type { Core } from './core.ts';
import { callback, type Interaction } from './interactions.ts';
import {
  EPHEMERAL,
  seen,
  type Message,
  type SeenComponent,
  type SeenEmbed,
  type SeenFile,
  type SeenMessage,
} from './message.ts';

/** What somebody finally sees after they did something: deferrals are waited out. */
export interface Answer {
  /** A new message, a change of the message clicked on, a modal, or nothing to see (deleted, or an update that was never sent). */
  readonly kind: 'message' | 'update' | 'modal' | 'nothing';
  readonly ephemeral: boolean;
  readonly content: string;
  readonly embeds: readonly SeenEmbed[];
  /** Of the message, or of the modal. */
  readonly components: readonly SeenComponent[];
  readonly files: readonly SeenFile[];
  /** Of a modal, else ''. */
  readonly title: string;
  readonly customId: string;
  /** The message it stands in, to click on; null for a modal. */
  readonly message: SeenMessage | null;
  /** Whether it was deferred first, and how long the first answer took (ms). */
  readonly deferred: boolean;
  readonly firstAnswerMs: number;
  /** Names the interaction: `server.followUps(answer)` gives the messages sent after the answer. */
  readonly interactionId: string;
}

/** How long a deferred answer is waited for, and a deferred update that may stay without one. */
const DEFERRED_MS = 20_000;
const DEFERRED_UPDATE_MS = 5000;

/** Resolves with the first answer; rejects as Discord's client says it when none comes in time. */
export async function firstAnswer(core: Core, interaction: Interaction): Promise<{ type: number; afterMs: number }> {
  const within = core.interactions.answerWithinMs + 100;
  await until(interaction, () => interaction.first !== null, within);
  if (!interaction.first) throw new Error('The application did not respond');
  return interaction.first;
}

/** Resolves with what is finally seen. */
export async function answerTo(core: Core, interaction: Interaction): Promise<Answer> {
  const { type, afterMs } = await firstAnswer(core, interaction);
  const deferred = type === callback.deferMessage || type === callback.deferUpdate;
  const done = (): boolean => interaction.settled || interaction.followUps.length > 0;
  if (deferred) await until(interaction, done, type === callback.deferMessage ? DEFERRED_MS : DEFERRED_UPDATE_MS);
  if (type === callback.deferMessage && !done()) throw new Error('The application did not respond: still thinking');
  return {
    ...whatIsSeen(interaction, type),
    deferred,
    firstAnswerMs: afterMs,
    interactionId: interaction.id,
  };
}

type Seen = Omit<Answer, 'deferred' | 'firstAnswerMs' | 'interactionId'>;

function whatIsSeen({ modal, original, settled, followUps }: Interaction, type: number): Seen {
  const updates = type === callback.update || type === callback.deferUpdate;
  const [next] = followUps;
  if (modal)
    return { ...nothing, kind: 'modal', components: modal.components, title: modal.title, customId: modal.customId };
  if (original && settled && !original.deleted) return inMessage(original, updates ? 'update' : 'message');
  return next ? inMessage(next, 'message') : nothing;
}

const nothing: Seen = {
  kind: 'nothing',
  ephemeral: false,
  content: '',
  embeds: [],
  components: [],
  files: [],
  title: '',
  customId: '',
  message: null,
};

function inMessage(message: Message, kind: 'message' | 'update'): Seen {
  const { content, embeds, components, attachments, flags } = message;
  const ephemeral = (flags & EPHEMERAL) !== 0;
  return { ...nothing, kind, ephemeral, content, embeds, components, files: attachments, message: seen(message) };
}

/** Resolves when it holds, or when the time is over. */
async function until(interaction: Interaction, holds: () => boolean, ms: number): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    interaction.changed = () => {
      if (!holds()) return;
      clearTimeout(timer);
      resolve();
    };
  });
}
