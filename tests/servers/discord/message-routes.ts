import { listIn, objectIn, textIn, type Body } from './body.ts';
import { inChannel } from './channel-access.ts';
import type { Ask, Core, Route } from './core.ts';
import { messagePayload } from './payloads.ts';
import { deleteMessage, edited, editMessage, nonceIn, refusalOf, writeMessage } from './posting.ts';
import { noContent, ok, refused, type Reply } from './reply.ts';
import type { Message } from './message.ts';
import type { Channel } from './world.ts';

const PAGE = 50;
const PAGE_MAX = 100;
const REPLY = 19;

/** https://discord.com/developers/docs/resources/message */
export function messageRoutes(core: Core): readonly Route[] {
  const path = '/channels/:channel/messages';
  const one = `${path}/:message`;
  const firstByNonce = new Map<string, { readonly message: Message; readonly at: number }>();
  return [
    {
      method: 'POST',
      path,
      handle: (ask) => inChannel(core, ask, (channel) => post(core, channel, ask, firstByNonce)),
    },
    {
      method: 'GET',
      path,
      handle: (ask) => inChannel(core, ask, (channel) => ok(page(core, channel, ask.query))),
    },
    { method: 'GET', path: one, handle: (ask) => withMessage(core, ask, (message) => ok(shown(core, message))) },
    { method: 'PATCH', path: one, handle: (ask) => withMessage(core, ask, (message) => edit(core, message, ask)) },
    {
      method: 'DELETE',
      path: one,
      handle: (ask) =>
        withMessage(core, ask, (message) => {
          if (message.author !== core.world.bot) return refused(50_013);
          deleteMessage(core, message);
          return noContent;
        }),
    },
    {
      method: 'POST',
      path: `${one}/crosspost`,
      handle: (ask) =>
        withMessage(core, ask, (message, channel) =>
          channel.kind === 'announcement' ? ok(shown(core, message)) : refused(50_024),
        ),
    },
  ];
}

/**
 * The same nonce gives the first message again while its window lasts, if the sender asks for it; one that was deleted is
 * not made anew. https://github.com/discord/discord-api-docs/pull/6647
 */
function post(
  core: Core,
  channel: Channel,
  { body, files }: Ask,
  firstByNonce: Map<string, { readonly message: Message; readonly at: number }>,
): Reply {
  const reference = objectIn(body['message_reference']);
  const refusal =
    notAllowed(core, channel, body, files.length) ?? wrongReference(core, channel, reference) ?? refusalOf(body, files);
  if (refusal) return refusal;
  const nonce = body['enforce_nonce'] === true ? String(nonceIn(body) ?? '') : '';
  const first = firstByNonce.get(nonce);
  if (nonce !== '' && first && Date.now() - first.at < core.nonceWindowMs) {
    return first.message.deleted ? refused(10_008) : ok(shown(core, first.message));
  }
  channel.archived = false;
  const isReply = textIn(reference['message_id']) !== '';
  const message = writeMessage(core, body, files, { channelId: channel.id, ...(isReply ? { type: REPLY } : {}) });
  if (nonce !== '') firstByNonce.set(nonce, { message, at: message.at });
  return ok(shown(core, message));
}

/** What stands in the way of a post besides what is in it. */
function notAllowed({ world }: Core, channel: Channel, body: Body, files: number): Reply | null {
  if (channel.kind === 'forum') return refused(50_008);
  if (channel.recipientId !== null && world.user(channel.recipientId).closedToMessages) return refused(50_007);
  if (channel.locked) return refused(50_083);
  if (!world.may(channel, channel.kind === 'thread' ? 'sendInThreads' : 'send')) return refused(50_013);
  if (listIn(body['embeds']).length > 0 && !world.may(channel, 'embed')) return refused(50_013);
  if (files > 0 && !world.may(channel, 'attach')) return refused(50_013);
  return null;
}

function wrongReference({ world }: Core, channel: Channel, reference: Body): Reply | null {
  const id = textIn(reference['message_id']);
  if (id === '') return null;
  if (!world.may(channel, 'history')) return refused(160_002);
  const message = world.messages.get(id);
  if (message && !message.deleted && message.channelId === channel.id) return null;
  return reference['fail_if_not_exists'] === false ? null : refused(10_008);
}

/** Newest first, as Discord gives them; nothing without the permission to read the history. */
function page(core: Core, channel: Channel, query: URLSearchParams): readonly Body[] {
  if (!core.world.may(channel, 'history')) return [];
  const limit = Math.min(Math.max(1, Number(query.get('limit') ?? PAGE) || PAGE), PAGE_MAX);
  const all = core.world.messagesIn(channel.id);
  const [before, after, around] = ['before', 'after', 'around'].map((name) => query.get(name));
  const is = ({ id }: Message): bigint => BigInt(id);
  const half = Math.floor(limit / 2);
  let found = all.slice(-limit);
  if (around) {
    const older = all.filter((message) => is(message) < BigInt(around)).slice(-half);
    found = [...older, ...all.filter((message) => is(message) >= BigInt(around)).slice(0, limit - older.length)];
  } else if (before) found = all.filter((message) => is(message) < BigInt(before)).slice(-limit);
  else if (after) found = all.filter((message) => is(message) > BigInt(after)).slice(0, limit);
  return found.toReversed().map((message) => shown(core, message));
}

function edit(core: Core, message: Message, { body, files }: Ask): Reply {
  if (message.author !== core.world.bot) return refused(50_005);
  const wrong = refusalOf(edited(message, body), files);
  if (wrong) return wrong;
  editMessage(core, message, body, files);
  return ok(shown(core, message));
}

function withMessage(core: Core, ask: Ask, then: (message: Message, channel: Channel) => Reply): Reply {
  return inChannel(core, ask, (channel) => {
    if (!core.world.may(channel, 'history')) return refused(50_013);
    const message = core.world.messages.get(ask.params['message'] ?? '');
    const there = message && !message.deleted && message.channelId === channel.id;
    return there ? then(message, channel) : refused(10_008);
  });
}

/** The text of others stays hidden from a bot without the message content intent, but in direct messages. */
function shown(core: Core, message: Message): Body {
  const payload = messagePayload(core.world, message, core.origin());
  const own = message.author === core.world.bot || core.world.channels.get(message.channelId)?.kind === 'dm';
  return own ? payload : { ...payload, content: '', embeds: [], components: [], attachments: [] };
}
