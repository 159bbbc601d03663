import { wireMessage } from './chat.ts';
import type { Block } from './door.ts';
import { heldBy, inputsOf, placeOf } from './inputs.ts';
import { string, type Json } from './json.ts';
import { returned } from './looks.ts';
import { encoded } from './mrkdwn.ts';
import { domainOf } from './people.ts';
import { responseAddress } from './responses.ts';
import { wireView } from './views.ts';
import { identity, type Channel, type Member, type StoredMessage, type StoredView, type World } from './world.ts';

const TRIGGER_MS = 3000;
const TOKEN = 'local verification token';

/** A trigger: what lets the app open a modal for this member, for three seconds. */
export function triggerFor(world: World, user: string, view = ''): string {
  const id = world.id('trigger.');
  world.triggers.set(id, { user, view, expiresAt: world.now() + TRIGGER_MS, used: false });
  return id;
}

/** What a slash command sends (docs.slack.dev/interactivity/implementing-slash-commands). */
export function commandPayload(world: World, member: Member, channel: Channel, command: string, text: string): Json {
  const { id, name, team } = member;
  return {
    token: TOKEN,
    team_id: team.id,
    team_domain: domainOf(team.name),
    channel_id: channel.id,
    channel_name: channel.kind === 'private' ? 'privategroup' : channel.name,
    user_id: id,
    user_name: name,
    command,
    text,
    api_app_id: identity.id,
    is_enterprise_install: 'false',
    response_url: responseAddress(world, id, channel.id, null),
    trigger_id: triggerFor(world, id),
  };
}

/** A command's text where the app asked for it: links, members and channels as `<…>`, the three characters as entities. */
export function escapedCommand(world: World, { team }: Member, text: string): string {
  const member = (name: string): string =>
    [...world.members.values()].find((one) => one.team === team && one.name === name)?.id ?? '';
  const channel = (name: string): string =>
    [...world.channels.values()].find((one) => one.team === team && one.name === name)?.id ?? '';
  return encoded(text)
    .replace(/https?:\/\/[^\s<>"]+/gu, '<$&>')
    .replace(/(?<!\S)@([\w.-]+)/gu, (said, name: string) => (member(name) ? `<@${member(name)}|${name}>` : said))
    .replace(/(?<!\S)#([\p{L}\p{N}_-]+)/gu, (said, name: string) =>
      channel(name) ? `<#${channel(name)}|${name}>` : said,
    );
}

/** Who did it: what every interaction begins with. */
function by(member: Member): Json {
  const { id, name, team } = member;
  return {
    user: { id, username: name, name, team_id: team.id },
    team: { id: team.id, domain: domainOf(team.name) },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: identity.id,
    token: TOKEN,
  };
}

/** An element was used (docs.slack.dev/reference/interaction-payloads/block_actions-payload). */
export function actionPayload(
  world: World,
  member: Member,
  where: { readonly message: StoredMessage } | { readonly view: StoredView },
  used: { readonly block: Block; readonly element: Json; readonly value: unknown },
): Json {
  return {
    type: 'block_actions',
    ...by(member),
    ...('view' in where ? placeInView(world, where.view) : placeInMessage(world, member, where.message)),
    actions: [actionOf(world, used)],
  };
}

function actionOf(
  world: World,
  { block, element, value }: { readonly block: Block; readonly element: Json; readonly value: unknown },
): Json {
  const { type } = element;
  return {
    type,
    action_id: string(element['action_id']),
    block_id: block.block_id,
    action_ts: world.ts(),
    ...(type === 'button'
      ? { text: returned(element['text']), ...('value' in element ? { value: element['value'] } : {}) }
      : { [placeOf(element)]: returned(value) }),
  };
}

function placeInView(world: World, view: StoredView): Json {
  return {
    container: { type: 'view', view_id: view.id },
    trigger_id: triggerFor(world, view.owner, view.id),
    view: wireView(view),
  };
}

function placeInMessage(world: World, member: Member, message: StoredMessage): Json {
  const channel = world.channels.get(message.channel);
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: message.ephemeral,
      ...(message.threadTs === '' ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: triggerFor(world, member.id),
    channel: { id: message.channel, name: channel?.kind === 'private' ? 'privategroup' : (channel?.name ?? '') },
    ...(message.ephemeral ? {} : { message: wireMessage({ world, team: member.team }, message, true) }),
    state: { values: inputsOf({ blocks: message.blocks, filled: new Map() }) },
    response_url: responseAddress(world, member.id, message.channel, message),
  };
}

/** A form was sent (docs.slack.dev/reference/interaction-payloads/view-interactions-payload). */
export function submissionPayload(world: World, member: Member, view: StoredView): Json {
  return {
    type: 'view_submission',
    ...by(member),
    trigger_id: triggerFor(world, member.id, view.id),
    view: wireView(view),
    response_urls: view.blocks.flatMap((block) => responseUrlOf(world, member, view, block)),
  };
}

export function closedPayload(member: Member, view: StoredView): Json {
  return { type: 'view_closed', ...by(member), view: wireView(view), is_cleared: false };
}

/** A shortcut, global or of a message (docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload). */
export function shortcutPayload(world: World, member: Member, callbackId: string, message: StoredMessage | null): Json {
  const common = {
    ...by(member),
    callback_id: callbackId,
    trigger_id: triggerFor(world, member.id),
    action_ts: world.ts(),
  };
  if (!message) return { type: 'shortcut', ...common };
  return {
    type: 'message_action',
    ...common,
    channel: { id: message.channel, name: world.channels.get(message.channel)?.name ?? '' },
    message_ts: message.ts,
    message: wireMessage({ world, team: member.team }, message, true),
    response_url: responseAddress(world, member.id, message.channel, message),
  };
}

/** An external select asks what it may offer (docs.slack.dev/reference/interaction-payloads/block_suggestion-payload). */
export function suggestionPayload(
  member: Member,
  where: { readonly message: StoredMessage } | { readonly view: StoredView },
  { block, element }: { readonly block: Block; readonly element: Json },
  typed: string,
): Json {
  return {
    type: 'block_suggestion',
    ...by(member),
    action_id: string(element['action_id']),
    block_id: block.block_id,
    value: typed,
    ...('view' in where
      ? { container: { type: 'view', view_id: where.view.id }, view: wireView(where.view) }
      : {
          container: { type: 'message', message_ts: where.message.ts, channel_id: where.message.channel },
          channel: { id: where.message.channel },
        }),
  };
}

/** A conversation chosen in a form gives an address to answer to, where the form asks for one. */
function responseUrlOf(world: World, member: Member, view: StoredView, block: Block): Json[] {
  const element = (block['element'] ?? {}) as Json;
  if (element['response_url_enabled'] !== true) return [];
  const channel = heldBy(view, block, element);
  if (typeof channel !== 'string') return [];
  const url = responseAddress(world, member.id, channel, null);
  return [{ block_id: block.block_id, action_id: element['action_id'], channel_id: channel, response_url: url }];
}
