import { answerTo, firstAnswer, type Answer } from './answer.ts';
import { begin, type Context } from './begin.ts';
import type { Body } from './body.ts';
import { commandData, completionData, isOffered, type OptionValues } from './command-data.ts';
import type { Core } from './core.ts';
import { kind } from './interactions.ts';
import { modalData } from './modal-data.ts';
import { messagePayload } from './payloads.ts';
import { tell } from './posting.ts';
import { seen, type Message, type SeenComponent, type SeenMessage } from './message.ts';

/** Where and as whom somebody uses the bot. */
export interface MemberContext {
  /** Id of the guild; null for the direct messages with the bot. The first guild when not said. */
  readonly guild?: string | null;
  /** Id of the channel; the first text channel of the guild when not said, the DM channel outside guilds. */
  readonly channel?: string;
  /** `en-US` when not said. */
  readonly locale?: string;
  /** Holds Manage Server. */
  readonly manageGuild?: boolean;
  /** Uses the bot as an app of their own, not as one of the guild. */
  readonly userInstalled?: boolean;
  readonly name?: string;
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/**
 * Somebody at their Discord client. Everything rejects when Discord's client would not let them do it (no such command,
 * option, button or field; a value over its limits) and when no answer came: `The application did not respond`.
 */
export interface Member {
  readonly id: string;
  /** `run('add', {query: '…'})`, `run('feeds add', {…})`: the subcommands of `/news`; `run('/other', …)` for another root. */
  run(command: string, options?: OptionValues): Promise<Answer>;
  /** The choices shown while `focused` is typed, the other options filled in as given. */
  complete(command: string, focused: string, typed: string, options?: OptionValues): Promise<readonly Choice[]>;
  /** Presses the button with this label or custom_id. */
  click(on: Answer | SeenMessage, button: string): Promise<Answer>;
  /** Chooses values in the only select of a message, or in the one named by its custom_id. */
  select(on: Answer | SeenMessage, values: readonly string[], customId?: string): Promise<Answer>;
  /** Sends a modal, its fields named by label or custom_id; those not given keep what stood in them. */
  submit(modal: Answer, fields: Readonly<Record<string, string>>): Promise<Answer>;
  /** An entry of a message's menu. */
  contextMenu(name: string, on: SeenMessage): Promise<Answer>;
  /** Writes a message of their own. */
  say(content: string): Promise<SeenMessage>;
}

const BUTTON = 2;
const STRING_SELECT = 3;
const LINK = 5;
const MENU = 3;

/** Somebody at their client, in one place. */
export function createMember(core: Core, context: Context): Member {
  const { world } = core;
  const { user, channelId } = context;

  async function act(
    what: typeof kind.command | typeof kind.component | typeof kind.modal,
    data: Body,
    source: Message | null = null,
  ): Promise<Answer> {
    return answerTo(core, begin(core, context, { kind: what, data, source }));
  }

  function messageOf(on: Answer | SeenMessage): Message {
    const id = 'channelId' in on ? on.id : on.message?.id;
    const message = world.messages.get(id ?? '');
    if (!message || message.deleted) throw new Error('There is no message to act on');
    return message;
  }

  function component(message: Message, fits: (part: SeenComponent) => boolean, name: string): SeenComponent {
    const all = message.components.flatMap(({ components = [] }) => components);
    const found = all.find(fits);
    if (found && found.disabled !== true) return found;
    const there = all.map(({ label, custom_id }) => label ?? custom_id ?? '').join(', ');
    throw new Error(`No ${name} can be used here; there is: ${there}`);
  }

  return {
    id: user.id,
    async run(command, options = {}) {
      return act(kind.command, commandData(core, context, command, options));
    },
    async complete(command, focused, typed, options = {}) {
      const { data, focusedType } = completionData(core, context, command, { focused, typed, options });
      const interaction = begin(core, context, { kind: kind.complete, data, focusedType });
      await firstAnswer(core, interaction);
      return interaction.choices as readonly Choice[];
    },
    async click(on, button) {
      const message = messageOf(on);
      const found = component(
        message,
        ({ type, style, label, custom_id }) =>
          type === BUTTON && style !== LINK && (label === button || custom_id === button),
        `button ${button}`,
      );
      return act(kind.component, { component_type: BUTTON, custom_id: found.custom_id }, message);
    },
    async select(on, values, customId) {
      const message = messageOf(on);
      const found = component(
        message,
        ({ type, custom_id }) => type === STRING_SELECT && (customId === undefined || custom_id === customId),
        'select',
      );
      const { options = [], min_values = 1, max_values = 1 } = found;
      const known = values.every((value) => options.some((option) => option.value === value));
      if (!known || values.length < min_values || values.length > max_values) {
        throw new Error(`These cannot be chosen: ${values.join(', ')}`);
      }
      return act(kind.component, { component_type: STRING_SELECT, custom_id: found.custom_id, values }, message);
    },
    async submit(modal, fields) {
      const from = core.interactions.get(modal.interactionId);
      if (modal.kind !== 'modal' || !from?.modal) throw new Error('There is no modal to send');
      return act(kind.modal, modalData(modal, fields), from.source);
    },
    async contextMenu(name, on) {
      const message = messageOf(on);
      const command = core.commands.find(context.guildId, MENU, name);
      if (!command || !isOffered(core, command, context)) throw new Error(`No entry ${name} in the menu`);
      const shown = messagePayload(world, message, core.origin());
      return act(kind.command, {
        id: command.id,
        name,
        type: MENU,
        target_id: message.id,
        resolved: { messages: { [message.id]: shown } },
      });
    },
    async say(content) {
      const message = world.addMessage({
        id: world.newId(),
        channelId,
        author: user,
        type: 0,
        content,
        embeds: [],
        components: [],
        attachments: [],
        flags: 0,
        nonce: null,
        edits: 0,
        editedAt: null,
        deleted: false,
        at: Date.now(),
        reference: null,
        interaction: null,
      });
      tell(core, 'MESSAGE_CREATE', message);
      return seen(message);
    },
  };
}
