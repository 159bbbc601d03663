import type { Body } from './body.ts';
import type { User } from './world.ts';

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

export interface Attachment extends SeenFile {
  readonly id: string;
}

/** A message as the server keeps it; edits are written into it. */
export interface Message {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  /** 0 default, 19 reply, 20 slash command, 23 menu command. */
  readonly type: number;
  content: string;
  embeds: readonly SeenEmbed[];
  components: readonly SeenComponent[];
  attachments: readonly Attachment[];
  flags: number;
  readonly nonce: string | number | null;
  edits: number;
  editedAt: number | null;
  deleted: boolean;
  readonly at: number;
  readonly reference: Body | null;
  /** The interaction that it answers. */
  readonly interaction: {
    readonly id: string;
    readonly type: number;
    readonly user: User;
    readonly name: string;
  } | null;
}

/** Flag bits of a message. https://discord.com/developers/docs/resources/message#message-object-message-flags */
export const EPHEMERAL = 1 << 6;
export const LOADING = 1 << 7;

/** A message as tests read it. */
export function seen(message: Message): SeenMessage {
  const { id, channelId, content, embeds, components, edits, deleted, at } = message;
  return {
    id,
    channelId,
    authorId: message.author.id,
    content,
    embeds,
    components,
    files: message.attachments,
    ephemeral: (message.flags & EPHEMERAL) !== 0,
    nonce: message.nonce === null ? null : String(message.nonce),
    edits,
    deleted,
    at,
  };
}
