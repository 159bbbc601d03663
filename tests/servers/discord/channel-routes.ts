import { isObject, listIn, objectIn, textIn, type Body } from './body.ts';
import { inChannel } from './channel-access.ts';
import { createCheck } from './check.ts';
import type { Ask, Core, Route } from './core.ts';
import { intent } from './gateway.ts';
import { messageRoutes } from './message-routes.ts';
import { channelPayload, guildPayload, memberPayload, messagePayload, rolePayloads } from './payloads.ts';
import { refusalOf, writeMessage } from './posting.ts';
import { invalidForm, noContent, ok, refused, type Reply } from './reply.ts';
import { isSnowflake } from './snowflake.ts';
import type { Channel, Guild } from './world.ts';

const ARCHIVE_MINUTES = [60, 1440, 4320, 10_080];

/** Guilds, channels, threads and the messages in them. */
export function channelRoutes(core: Core): readonly Route[] {
  const { world } = core;
  return [
    { method: 'GET', path: '/guilds/:guild', handle: (ask) => inGuild(core, ask, (guild) => ok(guildPayload(guild))) },
    {
      method: 'GET',
      path: '/guilds/:guild/channels',
      handle: (ask) =>
        inGuild(core, ask, ({ id }) => ok(world.channelsOf(id).map((channel) => channelPayload(world, channel)))),
    },
    {
      method: 'GET',
      path: '/guilds/:guild/roles',
      handle: (ask) => inGuild(core, ask, (guild) => ok(rolePayloads(guild))),
    },
    {
      method: 'GET',
      path: '/guilds/:guild/members/:user',
      handle: (ask) => inGuild(core, ask, () => member(core, ask.params['user'] ?? '')),
    },
    {
      method: 'GET',
      path: '/guilds/:guild/threads/active',
      handle: (ask) => inGuild(core, ask, ({ id }) => ok(activeThreads(core, id))),
    },
    { method: 'GET', path: '/channels/:channel', handle: (ask) => inChannel(core, ask, (found) => shown(core, found)) },
    {
      method: 'PATCH',
      path: '/channels/:channel',
      handle: (ask) => inChannel(core, ask, (channel) => change(core, channel, ask.body)),
    },
    {
      method: 'POST',
      path: '/channels/:channel/threads',
      handle: (ask) => inChannel(core, ask, (channel) => startInForum(core, channel, ask)),
    },
    {
      method: 'POST',
      path: '/channels/:channel/messages/:message/threads',
      handle: (ask) => inChannel(core, ask, (channel) => startFromMessage(core, channel, ask)),
    },
    {
      method: 'PUT',
      path: '/channels/:channel/thread-members/@me',
      handle: (ask) => inChannel(core, ask, () => noContent),
    },
    { method: 'POST', path: '/channels/:channel/typing', handle: (ask) => inChannel(core, ask, () => noContent) },
    ...messageRoutes(core),
  ];
}

function inGuild({ world }: Core, { params }: Ask, then: (guild: Guild) => Reply): Reply {
  const guild = world.guilds.get(params['guild'] ?? '');
  return guild?.botIn === true ? then(guild) : refused(10_004);
}

/** Everybody a test speaks of is a member of every guild. */
function member({ world }: Core, id: string): Reply {
  if (id === '@me') return ok(memberPayload(world.bot));
  return isSnowflake(id) ? ok(memberPayload(world.user(id))) : refused(10_007);
}

function activeThreads({ world }: Core, guildId: string): Body {
  const threads = world.threadsOf(guildId).filter((thread) => !thread.archived && world.may(thread, 'view'));
  return { threads: threads.map((thread) => channelPayload(world, thread)), members: [] };
}

function shown({ world }: Core, channel: Channel): Reply {
  return ok(channelPayload(world, channel));
}

/** The bot may archive, open and rename threads it made; no other channel. */
function change(core: Core, channel: Channel, body: Body): Reply {
  if (channel.kind !== 'thread') return refused(50_013);
  const check = createCheck();
  check.text(['name'], body['name'], { min: 1, max: 100 });
  if (check.findings.length > 0) return invalidForm(check.findings);
  if (typeof body['name'] === 'string') channel.name = body['name'];
  if (typeof body['archived'] === 'boolean') channel.archived = body['archived'];
  core.gateway.dispatch('THREAD_UPDATE', channelPayload(core.world, channel), {
    guildId: channel.guildId,
    intent: intent.guilds,
  });
  return shown(core, channel);
}

/** A post in a forum: a thread with its first message. https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel */
function startInForum(core: Core, forum: Channel, { body, files }: Ask): Reply {
  const { world } = core;
  if (forum.kind !== 'forum') return refused(50_024);
  if (!world.may(forum, 'send')) return refused(50_013);
  const wrong = wrongThread(forum, body);
  if (wrong) return wrong;
  if (forum.requireTag && listIn(body['applied_tags']).length === 0) return refused(40_067);
  if (!isObject(body['message'])) {
    return invalidForm([{ path: ['message'], code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }]);
  }
  const refusal = refusalOf(body['message'], files, ['message']);
  if (refusal) return refusal;
  if (listIn(body['message']['embeds']).length > 0 && !world.may(forum, 'embed')) return refused(50_013);
  const thread = startThread(core, forum, body, world.newId());
  // The first message of a post has the id of its thread.
  const message = writeMessage(core, body['message'], files, { id: thread.id, channelId: thread.id });
  return {
    status: 201,
    body: { ...channelPayload(world, thread), message: messagePayload(world, message, core.origin()) },
  };
}

/** A thread under a message, with the message's id. */
function startFromMessage(core: Core, channel: Channel, { params, body }: Ask): Reply {
  const { world } = core;
  const message = world.messages.get(params['message'] ?? '');
  if (channel.kind !== 'text' && channel.kind !== 'announcement') return refused(50_024);
  if (!message || message.deleted || message.channelId !== channel.id) return refused(10_008);
  if (!world.may(channel, 'createThreads')) return refused(50_013);
  if (world.channels.has(message.id)) return refused(160_004);
  const wrong = wrongThread(channel, body);
  if (wrong) return wrong;
  return { status: 201, body: channelPayload(world, startThread(core, channel, body, message.id)) };
}

function wrongThread(parent: Channel, body: Body): Reply | null {
  const check = createCheck();
  check.text(['name'], body['name'], { min: 1, max: 100, required: true });
  if ((body['auto_archive_duration'] ?? null) !== null) {
    check.oneOf(['auto_archive_duration'], body['auto_archive_duration'], ARCHIVE_MINUTES);
  }
  const tags = listIn(body['applied_tags']);
  if (tags.length > 5) check.wrong(['applied_tags'], 'BASE_TYPE_MAX_LENGTH', 'Must be 5 or fewer in length.');
  for (const [i, tag] of tags.entries())
    check.oneOf(
      ['applied_tags', i],
      tag,
      parent.tags.map(({ id }) => id),
    );
  return check.findings.length > 0 ? invalidForm(check.findings) : null;
}

function startThread({ world, gateway }: Core, parent: Channel, body: Body, id: string): Channel {
  const thread = world.addChannel({ name: textIn(body['name']), kind: 'thread', id }, parent.guildId, {
    parentId: parent.id,
    appliedTags: listIn(body['applied_tags']).map(textIn),
    autoArchiveMinutes: Number(objectIn(body)['auto_archive_duration'] ?? 1440),
  });
  gateway.dispatch(
    'THREAD_CREATE',
    { ...channelPayload(world, thread), newly_created: true },
    { guildId: parent.guildId, intent: intent.guilds },
  );
  return thread;
}
