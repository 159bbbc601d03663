import type { Core } from './core.ts';
import { intent } from './gateway.ts';
import { channelPayload, guildCreatePayload } from './payloads.ts';
import type { Channel, ChannelKind, GuildIds, GuildSpec, Permission } from './world.ts';

/** What happens to the bot: each is written into the world and told by the gateway. */
export function createHappenings({ world, gateway }: Core) {
  function ofGuild(name: string, guildId: string, data: Readonly<Record<string, unknown>>): void {
    gateway.dispatch(name, data, { guildId, intent: intent.guilds });
  }

  function find(channelId: string): Channel & { readonly guildId: string } {
    const channel = world.channels.get(channelId);
    if (!channel || channel.guildId === null) throw new Error(`There is no channel ${channelId} in a guild`);
    return channel as Channel & { readonly guildId: string };
  }

  function guild(id: string) {
    const found = world.guilds.get(id);
    if (!found) throw new Error(`There is no guild ${id}`);
    return found;
  }

  return {
    addGuild(spec: GuildSpec = {}): GuildIds {
      const ids = world.addGuild(spec);
      ofGuild('GUILD_CREATE', ids.id, guildCreatePayload(world, guild(ids.id)));
      return ids;
    },
    removeBot(guildId: string): void {
      guild(guildId).botIn = false;
      ofGuild('GUILD_DELETE', guildId, { id: guildId });
    },
    outage(guildId: string, available = false): void {
      const found = guild(guildId);
      found.available = available;
      if (available) ofGuild('GUILD_CREATE', guildId, guildCreatePayload(world, found));
      else ofGuild('GUILD_DELETE', guildId, { id: guildId, unavailable: true });
    },
    addChannel(guildId: string, name: string, kind: Exclude<ChannelKind, 'dm' | 'thread'> = 'text'): string {
      const channel = world.addChannel({ name, kind }, guild(guildId).id);
      ofGuild('CHANNEL_CREATE', guildId, channelPayload(world, channel));
      return channel.id;
    },
    deleteChannel(channelId: string): void {
      const channel = find(channelId);
      for (const thread of world.threadsOf(channel.guildId)) {
        if (thread.parentId === channelId) world.channels.delete(thread.id);
      }
      world.channels.delete(channelId);
      const event = channel.kind === 'thread' ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
      ofGuild(event, channel.guildId, channelPayload(world, channel));
    },
    setPermissions(
      channelId: string,
      permissions: Partial<Readonly<Record<Permission, boolean>>>,
      userId = world.bot.id,
    ): void {
      const channel = find(channelId);
      const denied = channel.denied.get(userId) ?? new Set();
      channel.denied.set(userId, denied);
      for (const [permission, granted] of Object.entries(permissions)) {
        if (granted) denied.delete(permission as Permission);
        else denied.add(permission as Permission);
      }
      ofGuild('CHANNEL_UPDATE', channel.guildId, channelPayload(world, channel));
    },
    archiveThread(channelId: string, locked = false): void {
      const thread = find(channelId);
      thread.archived = true;
      thread.locked = locked;
      ofGuild('THREAD_UPDATE', thread.guildId, channelPayload(world, thread));
    },
    closeDirectMessages(userId: string): void {
      world.user(userId).closedToMessages = true;
    },
  };
}
