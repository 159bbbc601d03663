/** What kind of place a channel is; a thread stands under its `parent`. */
export type ChannelKind = 'text' | 'announcement' | 'forum' | 'thread' | 'dm';

/** What the bot may do in a channel. Nothing is possible in a channel it may not `view`. */
export type Permission = 'view' | 'send' | 'embed' | 'attach' | 'history' | 'sendInThreads' | 'createThreads';

export interface ChannelSpec {
  readonly name: string;
  /** `text` when not said. */
  readonly kind?: Exclude<ChannelKind, 'dm'>;
  /** A snowflake; made up when not said. */
  readonly id?: string;
  /** Name of the channel that a thread stands under; it must come before the thread. */
  readonly parent?: string;
  /** Names of the tags of a forum. */
  readonly tags?: readonly string[];
}

export interface GuildSpec {
  /** A snowflake; made up when not said. */
  readonly id?: string;
  readonly name?: string;
  /** Preferred locale of the guild, `en-US` when not said. */
  readonly locale?: string;
  /** `general` (text), `news` (announcement) and `board` (forum) when not said. */
  readonly channels?: readonly ChannelSpec[];
}

/** A guild as tests speak of it: its id, and the ids of its channels by their names. */
export interface GuildIds {
  readonly id: string;
  readonly channels: Readonly<Record<string, string>>;
}

export interface SeenFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A component of a message or a modal as it was sent, so far as tests ask. */
export interface SeenComponent {
  readonly type: number;
  readonly style?: number;
  readonly label?: string;
  readonly custom_id?: string;
  readonly url?: string;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_values?: number;
  readonly max_values?: number;
  readonly options?: readonly { readonly label: string; readonly value: string; readonly default?: boolean }[];
  /** Of a row. */
  readonly components?: readonly SeenComponent[];
  /** Of a label in a modal. */
  readonly component?: SeenComponent;
}

export interface SeenEmbed {
  readonly title?: string;
  readonly description?: string;
  readonly url?: string;
  readonly timestamp?: string;
  readonly footer?: { readonly text: string };
  readonly author?: { readonly name: string; readonly url?: string };
  readonly fields?: readonly { readonly name: string; readonly value: string; readonly inline?: boolean }[];
}

/** A message as it stands now, edits applied. */
export interface SeenMessage {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly content: string;
  readonly embeds: readonly SeenEmbed[];
  readonly components: readonly SeenComponent[];
  readonly files: readonly SeenFile[];
  readonly ephemeral: boolean;
  /** As it was sent, null for none. */
  readonly nonce: string | null;
  /** How often it was edited. */
  readonly edits: number;
  readonly deleted: boolean;
  /** Epoch ms. */
  readonly at: number;
}
