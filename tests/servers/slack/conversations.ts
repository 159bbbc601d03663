import { channelNamed, flag, need, page, Refusal, text, type Ask, type Methods } from './ask.ts';
import { wireMessage } from './chat.ts';
import type { Json } from './json.ts';
import { directWith, type Channel } from './world.ts';

/** Which scope looks at, and which reads, a kind of channel. */
const scopes = {
  public: { look: 'channels:read', read: 'channels:history' },
  private: { look: 'groups:read', read: 'groups:history' },
  im: { look: 'im:read', read: 'im:history' },
} as const;
const kinds = { public_channel: 'public', private_channel: 'private', im: 'im' } as const;
const PAGE_MAX = 999;

/** `conversations.*`: channels and what stands in them. */
export function conversationMethods(): Methods {
  return {
    'conversations.open': (ask) => {
      need(ask, 'im:write');
      const member = ask.world.members.get(text(ask.args, 'users'));
      if (!member || member.team !== ask.team) throw new Refusal('user_not_found');
      return { channel: { id: directWith(ask.world, member).id } };
    },

    'conversations.info': (ask) => ({ channel: wireChannel(looked(ask), flag(ask.args, 'include_num_members')) }),

    'conversations.join': (ask) => {
      need(ask, 'channels:join');
      const channel = channelNamed(ask, text(ask.args, 'channel'));
      if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
      if (channel.archived) throw new Refusal('is_archived');
      const already = channel.joined;
      channel.joined = true;
      channel.members.add(ask.team.botUserId);
      if (!already)
        ask.world.happened(ask.team, {
          type: 'member_joined_channel',
          user: ask.team.botUserId,
          channel: channel.id,
          channel_type: 'C',
          team: ask.team.id,
        });
      return { channel: wireChannel(channel, false), ...(already ? { warning: 'already_in_channel' } : {}) };
    },

    'conversations.list': (ask) => {
      const { items, next } = listed(ask, () => true);
      return { channels: items, response_metadata: { next_cursor: next } };
    },

    'users.conversations': (ask) => {
      const { items, next } = listed(ask, ({ joined }) => joined);
      return { channels: items, response_metadata: { next_cursor: next } };
    },

    'conversations.members': (ask) => {
      const { items, next } = page(ask.args, [...looked(ask).members], PAGE_MAX);
      return { members: items, response_metadata: { next_cursor: next } };
    },

    'conversations.history': (ask) => {
      const channel = readable(ask);
      const all = channel.messages.filter((message) => message.threadTs === '' && !message.ephemeral);
      const { items, next } = page(ask.args, within(ask.args, all).reverse(), PAGE_MAX);
      const whole = flag(ask.args, 'include_all_metadata');
      return {
        messages: items.map((message) => wireMessage(ask, message, whole)),
        has_more: next !== '',
        response_metadata: { next_cursor: next },
      };
    },

    'conversations.replies': (ask) => {
      const channel = readable(ask);
      const root = text(ask.args, 'ts');
      const first = channel.messages.find(({ ts, ephemeral }) => ts === root && !ephemeral);
      if (!first) throw new Refusal('thread_not_found');
      const below = channel.messages.filter((message) => message.threadTs === root && !message.ephemeral);
      const { items, next } = page(ask.args, [first, ...within(ask.args, below)], PAGE_MAX);
      const whole = flag(ask.args, 'include_all_metadata');
      return {
        messages: items.map((message) => wireMessage(ask, message, whole)),
        has_more: next !== '',
        response_metadata: { next_cursor: next },
      };
    },
  };
}

function looked(ask: Ask): Channel {
  const channel = channelNamed(ask, text(ask.args, 'channel'));
  need(ask, scopes[channel.kind].look);
  return channel;
}

function readable(ask: Ask): Channel {
  const channel = channelNamed(ask, text(ask.args, 'channel'));
  need(ask, scopes[channel.kind].read);
  if (!channel.joined) throw new Refusal('not_in_channel');
  return channel;
}

function listed(
  ask: Ask,
  wanted: (channel: Channel) => boolean,
): { readonly items: readonly Json[]; readonly next: string } {
  const { args, world, team } = ask;
  const types = (text(args, 'types') || 'public_channel').split(',').map((type) => type.trim());
  const asked = types.map((type) => {
    if (!(type in kinds)) throw new Refusal('invalid_types');
    return kinds[type as keyof typeof kinds];
  });
  for (const kind of asked) need(ask, scopes[kind].look);
  const all = [...world.channels.values()].filter(
    (channel) =>
      channel.team === team &&
      asked.includes(channel.kind) &&
      (channel.kind !== 'private' || channel.joined) &&
      !(channel.archived && flag(args, 'exclude_archived')) &&
      wanted(channel),
  );
  const { items, next } = page(args, all, PAGE_MAX);
  return { items: items.map((channel) => wireChannel(channel, false)), next };
}

/** Messages between `oldest` and `latest`; the ends belong to it only when `inclusive` is set. */
function within<T extends { readonly ts: string }>(args: Json, messages: readonly T[]): T[] {
  const oldest = Number(text(args, 'oldest') || '0');
  const latest = Number(text(args, 'latest') || 'Infinity');
  if (Number.isNaN(oldest)) throw new Refusal('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new Refusal('invalid_ts_latest');
  const inclusive = flag(args, 'inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function wireChannel(channel: Channel, counted: boolean): Json {
  const { id, name, kind, archived, joined, members, team } = channel;
  if (kind === 'im') return { id, is_im: true, is_archived: archived, user: channel.with, context_team_id: team.id };
  return {
    id,
    name,
    name_normalized: name,
    is_channel: kind === 'public',
    is_group: kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: kind === 'private',
    is_archived: archived,
    is_member: joined,
    is_general: false,
    is_shared: false,
    context_team_id: team.id,
    ...(counted ? { num_members: members.size } : {}),
  };
}
