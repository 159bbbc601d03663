import { EPHEMERAL, type Attachment, type Message } from './message.ts';
import { createSnowflakes } from './snowflake.ts';

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
  /** A forum that takes no post without a tag. */
  readonly requireTag?: boolean;
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

/** Guilds, channels and users as the server keeps them; what happens is written into them. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  /** The bot is a member. */
  botIn: boolean;
  available: boolean;
}

export interface Channel {
  readonly id: string;
  kind: ChannelKind;
  name: string;
  readonly guildId: string | null;
  readonly parentId: string | null;
  /** The user at the other end of a DM. */
  readonly recipientId: string | null;
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  readonly appliedTags: readonly string[];
  /** What is taken away here from a user, the bot among them, by their ids. */
  readonly denied: Map<string, Set<Permission>>;
  /** A forum that takes no post without a tag. */
  readonly requireTag: boolean;
  archived: boolean;
  locked: boolean;
  readonly autoArchiveMinutes: number;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  closedToMessages: boolean;
}

export type World = ReturnType<typeof createWorld>;

/** Everything there is: guilds, channels, users and messages, and nothing of the wire. */
export function createWorld(botName: string) {
  const newId = createSnowflakes();
  const bot: User = { id: newId(), name: botName, bot: true, closedToMessages: false };
  const guilds = new Map<string, Guild>();
  const channels = new Map<string, Channel>();
  const users = new Map<string, User>([[bot.id, bot]]);
  const messages = new Map<string, Message>();
  const byChannel = new Map<string, Message[]>();
  const uploads = new Map<string, Attachment>();

  function user(id: string, name?: string): User {
    const known = users.get(id) ?? { id, name: name ?? `user${id.slice(-4)}`, bot: false, closedToMessages: false };
    users.set(id, known);
    return known;
  }

  function addChannel(spec: ChannelSpec, guildId: string | null, more: Partial<Channel> = {}): Channel {
    const channel: Channel = {
      id: spec.id ?? newId(),
      kind: spec.kind ?? 'text',
      name: spec.name,
      guildId,
      parentId: null,
      recipientId: null,
      tags: (spec.tags ?? []).map((name) => ({ id: newId(), name })),
      appliedTags: [],
      denied: new Map(),
      requireTag: spec.requireTag ?? false,
      archived: false,
      locked: false,
      autoArchiveMinutes: 1440,
      ...more,
    };
    channels.set(channel.id, channel);
    return channel;
  }

  function channelsOf(guildId: string): readonly Channel[] {
    return [...channels.values()].filter((channel) => channel.guildId === guildId && channel.kind !== 'thread');
  }

  /** A guild that is known already is the same again, its channels as they were. */
  function addGuild(spec: GuildSpec): GuildIds {
    const id = spec.id ?? newId();
    const { name = 'Readers', locale = 'en-US' } = spec;
    const known = guilds.get(id);
    if (known && spec.channels === undefined) {
      known.botIn = true;
      return { id, channels: Object.fromEntries(channelsOf(id).map((channel) => [channel.name, channel.id])) };
    }
    guilds.set(id, { id, name, locale, botIn: true, available: true });
    const ids: Record<string, string> = {};
    for (const channel of spec.channels ?? usualChannels) {
      const parentId = channel.parent === undefined ? null : (ids[channel.parent] ?? null);
      ids[channel.name] = addChannel(channel, id, { parentId }).id;
    }
    return { id, channels: ids };
  }

  function directChannel(userId: string): Channel {
    const known = [...channels.values()].find(({ recipientId }) => recipientId === userId);
    if (known) return known;
    user(userId);
    return addChannel({ name: '' }, null, { kind: 'dm', recipientId: userId });
  }

  return {
    newId,
    bot,
    guilds,
    channels,
    messages,
    /** Files that members gave with a command, by id. */
    uploads,
    user,
    addGuild,
    addChannel,
    directChannel,
    addMessage(message: Message): Message {
      messages.set(message.id, message);
      const there = byChannel.get(message.channelId) ?? [];
      byChannel.set(message.channelId, there);
      there.push(message);
      return message;
    },
    /** Channels of a guild that are not threads, and its threads. */
    channelsOf,
    threadsOf: (guildId: string): readonly Channel[] =>
      [...channels.values()].filter((channel) => channel.guildId === guildId && channel.kind === 'thread'),
    /** What stands in a channel for all to see, oldest first. */
    messagesIn: (channelId: string): readonly Message[] =>
      (byChannel.get(channelId) ?? []).filter(({ deleted, flags }) => !deleted && (flags & EPHEMERAL) === 0),
    /** Whether somebody, the bot when not said, may do something in a channel; a thread follows the channel it stands under. */
    may(channel: Channel, permission: Permission, userId = bot.id): boolean {
      if (channel.guildId === null) return true;
      if (userId === bot.id && guilds.get(channel.guildId)?.botIn !== true) return false;
      const { denied } = channel.kind === 'thread' ? (channels.get(channel.parentId ?? '') ?? channel) : channel;
      const taken = denied.get(userId);
      return taken?.has('view') !== true && taken?.has(permission) !== true;
    },
  };
}

const usualChannels: readonly ChannelSpec[] = [
  { name: 'general' },
  { name: 'news', kind: 'announcement' },
  { name: 'board', kind: 'forum' },
];
