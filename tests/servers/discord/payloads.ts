import type { Body } from './body.ts';
import { timeOf } from './snowflake.ts';
import type { Message } from './message.ts';
import type { Channel, Guild, Permission, User, World } from './world.ts';

/** Permission bits. https://discord.com/developers/docs/topics/permissions */
const bits: Readonly<Record<Permission, bigint>> = {
  view: 1n << 10n,
  send: 1n << 11n,
  embed: 1n << 14n,
  attach: 1n << 15n,
  history: 1n << 16n,
  createThreads: 1n << 35n,
  sendInThreads: 1n << 38n,
};
const MANAGE_GUILD = 1n << 5n;
const USE_COMMANDS = 1n << 31n;
const everything = Object.values(bits).reduce((sum, bit) => sum | bit, USE_COMMANDS);
const JOINED = '2026-01-01T00:00:00.000000+00:00';

/** What somebody may do in a channel, as a decimal string. */
export function permissionsIn(world: World, channel: Channel, userId: string, manageGuild = false): string {
  const granted = (Object.keys(bits) as Permission[]).filter((permission) => world.may(channel, permission, userId));
  const usual = manageGuild ? USE_COMMANDS | MANAGE_GUILD : USE_COMMANDS;
  return String(granted.reduce((sum, permission) => sum | bits[permission], usual));
}

export function userPayload({ id, name, bot }: User): Body {
  return { id, username: name, discriminator: '0', global_name: name, avatar: null, bot, public_flags: 0 };
}

export function memberPayload(user: User): Body {
  return {
    user: userPayload(user),
    nick: null,
    avatar: null,
    roles: [],
    joined_at: JOINED,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function applicationPayload(world: World): Body {
  const { bot } = world;
  return {
    id: bot.id,
    name: bot.name,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    team: null,
    bot: userPayload(bot),
    owner: userPayload({ id: '110000000000000001', name: 'owner', bot: false, closedToMessages: false }),
    integration_types_config: { 0: {}, 1: {} },
    approximate_guild_count: [...world.guilds.values()].filter(({ botIn }) => botIn).length,
  };
}

const channelTypes = { text: 0, dm: 1, announcement: 5, thread: 11, forum: 15 } as const;
const ANNOUNCEMENT_THREAD = 10;
const REQUIRE_TAG = 1 << 4;

export function channelPayload(world: World, channel: Channel): Body {
  const { id, kind, name, guildId, parentId, recipientId } = channel;
  const last = world.messagesIn(id).at(-1)?.id ?? null;
  if (kind === 'dm') {
    return { id, type: 1, last_message_id: last, flags: 0, recipients: [userPayload(world.user(recipientId ?? ''))] };
  }
  const common = {
    id,
    name,
    guild_id: guildId,
    parent_id: parentId,
    last_message_id: last,
    flags: 0,
    rate_limit_per_user: 0,
  };
  if (kind === 'thread') return { ...common, ...threadPart(world, channel) };
  return {
    ...common,
    type: channelTypes[kind],
    position: 0,
    topic: null,
    nsfw: false,
    permission_overwrites: [...channel.denied].map(([id, permissions]) => {
      const deny = [...permissions].reduce((sum, permission) => sum | bits[permission], 0n);
      return { id, type: 1, allow: '0', deny: String(deny) };
    }),
    ...(kind === 'forum'
      ? {
          flags: channel.requireTag ? REQUIRE_TAG : 0,
          available_tags: channel.tags.map((tag) => ({ ...tag, moderated: false, emoji_id: null, emoji_name: null })),
        }
      : {}),
  };
}

function threadPart(world: World, channel: Channel): Body {
  const parent = world.channels.get(channel.parentId ?? '');
  const started = new Date(timeOf(channel.id)).toISOString();
  const count = world.messagesIn(channel.id).length;
  return {
    type: parent?.kind === 'announcement' ? ANNOUNCEMENT_THREAD : channelTypes.thread,
    owner_id: world.bot.id,
    message_count: count,
    member_count: 1,
    total_message_sent: count,
    applied_tags: channel.appliedTags,
    thread_metadata: {
      archived: channel.archived,
      locked: channel.locked,
      auto_archive_duration: channel.autoArchiveMinutes,
      archive_timestamp: started,
      create_timestamp: started,
    },
  };
}

/** A role for everyone, who may do what the bot needs: a channel takes it away by its overwrites. */
export function rolePayloads(guild: Guild): readonly Body[] {
  return [
    {
      id: guild.id,
      name: '@everyone',
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      icon: null,
      unicode_emoji: null,
      position: 0,
      permissions: String(everything),
      managed: false,
      mentionable: false,
      flags: 0,
    },
  ];
}

/** What `GET /guilds/…` answers. */
export function guildPayload(guild: Guild): Body {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: '110000000000000001',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    roles: rolePayloads(guild),
    emojis: [],
    stickers: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
  };
}

/** What GUILD_CREATE tells. */
export function guildCreatePayload(world: World, guild: Guild): Body {
  const visible = (channel: Channel): boolean => channel.kind !== 'thread' || world.may(channel, 'view');
  return {
    ...guildPayload(guild),
    joined_at: JOINED,
    large: false,
    unavailable: false,
    member_count: 2,
    members: [memberPayload(world.bot)],
    channels: world.channelsOf(guild.id).map((channel) => channelPayload(world, channel)),
    threads: world
      .threadsOf(guild.id)
      .filter((thread) => visible(thread) && !thread.archived)
      .map((thread) => channelPayload(world, thread)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A message as the API shows it; `origin` is where its attachments are fetched from. */
export function messagePayload(world: World, message: Message, origin: string): Body {
  const { id, channelId, author, content, components, flags, nonce, reference, interaction } = message;
  const thread = world.channels.get(id);
  return {
    id,
    channel_id: channelId,
    type: message.type,
    author: userPayload(author),
    content,
    timestamp: new Date(message.at).toISOString(),
    edited_timestamp: message.editedAt === null ? null : new Date(message.editedAt).toISOString(),
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: message.attachments.map((file) => attachmentPayload(file, channelId, origin)),
    embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components,
    pinned: false,
    flags,
    ...(nonce === null ? {} : { nonce }),
    ...(reference === null ? {} : { message_reference: reference }),
    ...(thread ? { thread: channelPayload(world, thread) } : {}),
    ...(author === world.bot ? { application_id: world.bot.id } : {}),
    ...(interaction === null
      ? {}
      : {
          webhook_id: world.bot.id,
          interaction_metadata: {
            id: interaction.id,
            type: interaction.type,
            user: userPayload(interaction.user),
            authorizing_integration_owners: {},
            name: interaction.name,
          },
        }),
  };
}

export function attachmentPayload(
  file: { readonly id: string; readonly name: string; readonly contentType: string; readonly bytes: Uint8Array },
  channelId: string,
  origin: string,
): Body {
  const url = `${origin}/attachments/${channelId}/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    filename: file.name,
    size: file.bytes.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
  };
}
