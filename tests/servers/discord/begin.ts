import { randomBytes } from 'node:crypto';
import { objectIn, textIn, type Body } from './body.ts';
import type { Core } from './core.ts';
import { intent } from './gateway.ts';
import { kind as kinds, type Interaction, type InteractionKind } from './interactions.ts';
import { permissionsIn, channelPayload, memberPayload, messagePayload, userPayload } from './payloads.ts';
import type { Message } from './message.ts';
import type { User } from './world.ts';

/** Somebody, and where they are. */
export interface Context {
  readonly user: User;
  /** Null in the direct messages with the bot. */
  readonly guildId: string | null;
  readonly channelId: string;
  readonly locale: string;
  readonly manageGuild: boolean;
  readonly userInstalled: boolean;
}

/** Where commands are used. https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-context-types */
export const place = { guild: 0, botDm: 1 } as const;
const ATTACHMENT_MAX = 10 * 1024 * 1024;

/** Something is done: the bot is told, and its answer can come. */
export function begin(
  core: Core,
  context: Context,
  what: {
    readonly kind: InteractionKind;
    readonly data: Body;
    readonly source?: Message | null;
    readonly focusedType?: number;
  },
): Interaction {
  const { world, gateway } = core;
  const { kind, data, source = null, focusedType = 0 } = what;
  const interaction: Interaction = {
    id: world.newId(),
    token: randomBytes(48).toString('base64url'),
    kind,
    name: kind === kinds.command ? textIn(data['name']) : '',
    user: context.user,
    channelId: context.channelId,
    userInstalled: context.userInstalled,
    source,
    focusedType,
    at: Date.now(),
    first: null,
    original: null,
    settled: false,
    choices: [],
    modal: null,
    followUps: [],
    changed: () => undefined,
  };
  core.interactions.add(interaction);
  const guildId = world.guilds.get(context.guildId ?? '')?.botIn === true ? context.guildId : null;
  gateway.dispatch('INTERACTION_CREATE', payload(core, context, interaction, data), { guildId, intent: intent.none });
  return interaction;
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object */
function payload(core: Core, context: Context, interaction: Interaction, data: Body): Body {
  const { world } = core;
  const { id, token, kind, source } = interaction;
  const { user, guildId, channelId, locale, manageGuild, userInstalled } = context;
  const channel = world.channels.get(channelId);
  const mine = channel ? permissionsIn(world, channel, world.bot.id) : '0';
  const theirs = channel ? permissionsIn(world, channel, user.id, manageGuild) : '0';
  const guild = world.guilds.get(guildId ?? '');
  const owners = userInstalled ? { 1: user.id } : { 0: guildId ?? '0' };
  return {
    id,
    application_id: world.bot.id,
    type: kind,
    token,
    version: 1,
    data,
    channel_id: channelId,
    channel: channel
      ? { ...objectIn(channelPayload(world, channel)), permissions: theirs }
      : { id: channelId, type: 0, guild_id: guildId, permissions: theirs },
    ...(guildId === null
      ? { user: userPayload(user) }
      : {
          guild_id: guildId,
          guild: { id: guildId, locale: guild?.locale ?? 'en-US', features: [] },
          guild_locale: guild?.locale ?? 'en-US',
          member: { ...objectIn(memberPayload(user)), permissions: theirs },
        }),
    locale,
    app_permissions: mine,
    entitlements: [],
    authorizing_integration_owners: owners,
    context: guildId === null ? place.botDm : place.guild,
    attachment_size_limit: ATTACHMENT_MAX,
    ...(source ? { message: messagePayload(world, source, core.origin()) } : {}),
  };
}
