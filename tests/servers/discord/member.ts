import type { SeenComponent, SeenEmbed, SeenFile, SeenMessage } from './world.ts';

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

/** What somebody finally sees after they did something: deferrals are waited out. */
export interface Answer {
  /** A new message, a change of the message clicked on, a modal, or nothing to see (a deferred update never followed up). */
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
  /** Names the interaction: `server.followUps(id)` gives the messages sent after the answer. */
  readonly interactionId: string;
}

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** Values of a slash command's options: a channel by its id, an attachment as a file, else as typed. */
export type OptionValues = Readonly<Record<string, string | number | boolean | AttachedFile>>;

export interface AttachedFile {
  readonly name: string;
  readonly contentType: string;
  readonly text: string;
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
