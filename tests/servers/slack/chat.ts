import { channelNamed, flag, need, Refusal, text, type Ask, type Methods } from './ask.ts';
import { contentOf, type Content } from './content.ts';
import type { Message } from './door.ts';
import type { Json } from './json.ts';
import { returned, sight, snapshotMessage } from './looks.ts';
import type { Rates } from './rates.ts';
import { directWith, identity, type Channel, type StoredMessage, type World } from './world.ts';

/** `chat.*`: what the app says. */
export function chatMethods(rates: Rates): Methods {
  return {
    'chat.postMessage': (ask) => {
      need(ask, 'chat:write');
      const { world, args, method } = ask;
      const channel = writable(ask);
      rates.post(channel.id, ask.team.id);
      const threadTs = threadOf(channel, text(args, 'thread_ts'));
      const content = contentOf(world, { method, channel: channel.id, unfurls: true }, args);
      const message = store(ask, channel, content, { threadTs, to: '' });
      if (channel.kind === 'im') showMessage(world, channel.with, 'message', message);
      return { channel: channel.id, ts: message.ts, message: wireMessage(ask, message, true) };
    },

    'chat.postEphemeral': (ask) => {
      need(ask, 'chat:write');
      const { world, args, method } = ask;
      const channel = writable(ask);
      const to = text(args, 'user');
      if (!channel.members.has(to)) throw new Refusal('user_not_in_channel');
      const content = contentOf(world, { method, channel: channel.id, unfurls: false }, args);
      const message = store(ask, channel, content, { threadTs: text(args, 'thread_ts'), to });
      showMessage(world, to, 'ephemeral', message);
      return { message_ts: message.ts };
    },

    'chat.update': (ask) => {
      need(ask, 'chat:write');
      const { world, args, method } = ask;
      const channel = writable(ask);
      const message = ownMessage(ask, channel, 'cant_update_message');
      const content = contentOf(world, { method, channel: channel.id, unfurls: false }, args);
      change(world, message, { ...content, metadata: 'metadata' in args ? content.metadata : message.metadata });
      return { channel: channel.id, ts: message.ts, text: message.text, message: wireMessage(ask, message, true) };
    },

    'chat.delete': (ask) => {
      need(ask, 'chat:write');
      const channel = writable(ask);
      const message = ownMessage(ask, channel, 'cant_delete_message');
      takeAway(ask.world, message);
      return { channel: channel.id, ts: message.ts };
    },

    'chat.getPermalink': (ask) => {
      const channel = channelNamed(ask, text(ask.args, 'channel'));
      const ts = text(ask.args, 'message_ts');
      if (!channel.messages.some((message) => message.ts === ts)) throw new Refusal('message_not_found');
      return { channel: channel.id, permalink: permalink(ask.world, channel.id, ts) };
    },
  };
}

/** Where a message can be looked at in a browser. */
export function permalink(world: World, channel: string, ts: string): string {
  return `${world.url}/archives/${channel}/p${ts.replace('.', '')}`;
}

/** A message as the API gives it. */
export function wireMessage(
  { team, world }: Pick<Ask, 'team' | 'world'>,
  message: StoredMessage,
  withMetadata: boolean,
): Json {
  const replies = world.channels.get(message.channel)?.messages.filter(({ threadTs }) => threadTs === message.ts) ?? [];
  return {
    type: 'message',
    ts: message.ts,
    user: message.user,
    ...(message.user === team.botUserId ? { bot_id: team.botId, app_id: identity.id } : {}),
    team: team.id,
    text: message.text,
    blocks: returned(message.blocks),
    ...(message.threadTs === '' ? {} : { thread_ts: message.threadTs }),
    ...(replies.length === 0 ? {} : { thread_ts: message.ts, reply_count: replies.length }),
    ...(message.edits === 0 ? {} : { edited: { user: message.user, ts: message.ts } }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  };
}

/** Puts a message into a channel; of the bot, unless another author is named. */
export function store(
  { world, team }: Pick<Ask, 'team' | 'world'>,
  channel: Channel,
  content: Content,
  { threadTs, to }: { readonly threadTs: string; readonly to: string },
  author = team.botUserId,
): StoredMessage {
  const message: StoredMessage = {
    ...content,
    channel: channel.id,
    ts: world.ts(),
    threadTs,
    ephemeral: to !== '',
    to,
    user: author,
    edits: 0,
    at: world.now(),
    pressedBy: new Set(),
  };
  channel.messages.push(message);
  return message;
}

/** Gives a message new content; those who see it see it change. */
export function change(world: World, message: StoredMessage, content: Content): void {
  Object.assign(message, content, { edits: message.edits + 1 });
  for (const member of lookersOn(world, message)) showMessage(world, member, 'changed', message);
}

export function takeAway(world: World, message: StoredMessage): void {
  const messages = world.channels.get(message.channel)?.messages;
  messages?.splice(messages.indexOf(message), 1);
  for (const member of lookersOn(world, message)) showMessage(world, member, 'deleted', message);
}

export function showMessage(
  world: World,
  member: string,
  kind: 'ephemeral' | 'message' | 'changed' | 'deleted',
  message: Message,
): void {
  world.show(member, sight({ kind, message: snapshotMessage(message), at: world.now() }));
}

function lookersOn(world: World, { to, channel, pressedBy }: StoredMessage): Set<string> {
  const alone = world.channels.get(channel)?.with ?? '';
  return new Set([to, alone, ...pressedBy].filter((member) => member !== ''));
}

/** The channel (or the member's direct message, or a channel by name) that the app wants to write in. */
function writable(ask: Ask): Channel {
  const { world, args, team, token } = ask;
  const named = text(args, 'channel');
  const member = world.members.get(named);
  if (member && member.team === team) return directWith(world, member);
  const channel = channelNamed(ask, world.channels.has(named) ? named : idOf(ask, named.replace('#', '')));
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.joined && !token.scopes.has('chat:write.public')) throw new Refusal('not_in_channel');
  return channel;
}

function idOf({ world, team }: Ask, name: string): string {
  return [...world.channels.values()].find((one) => one.team === team && one.name === name)?.id ?? '';
}

function threadOf(channel: Channel, ts: string): string {
  if (ts !== '' && !channel.messages.some((message) => message.ts === ts && !message.ephemeral))
    throw new Refusal('thread_not_found');
  return ts;
}

function ownMessage({ args, team }: Ask, channel: Channel, word: string): StoredMessage {
  const message = channel.messages.find(({ ts, ephemeral }) => ts === text(args, 'ts') && !ephemeral);
  if (!message) throw new Refusal('message_not_found');
  if (message.user !== team.botUserId || flag(args, 'as_user')) throw new Refusal(word);
  return message;
}
