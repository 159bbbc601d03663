import type { Destination } from '../../../src/subscription/destination.ts';

/** Where a message goes: a channel or thread of a server, or one member's direct messages. Ids are snowflakes. */
export type Place =
  | { readonly kind: 'channel'; readonly guild: string; readonly channel: string }
  | { readonly kind: 'direct'; readonly user: string };

/** Discord's ids: 64 bits in decimal. https://discord.com/developers/docs/reference#snowflakes */
const SNOWFLAKE = /^\d{15,20}$/u;

/** The place of an address (`discord:G1:C2`, `discord:@U7`); null for what is no address of Discord's. */
export function placeAt(destination: Destination): Place | null {
  const [platform, first = '', second, ...rest] = destination.split(':');
  if (platform !== 'discord' || rest.length > 0) return null;
  if (second === undefined) {
    const user = first.slice(1);
    return first.startsWith('@') && SNOWFLAKE.test(user) ? { kind: 'direct', user } : null;
  }
  return SNOWFLAKE.test(first) && SNOWFLAKE.test(second) ? { kind: 'channel', guild: first, channel: second } : null;
}

/** A channel or thread of a server: `discord:G1:C2`. */
export function channelAddress(guild: string, channel: string): Destination {
  return `discord:${guild}:${channel}`;
}

/** A server, the scope of all its channels: `discord:G1`. */
export function guildAddress(guild: string): string {
  return `discord:${guild}`;
}

/** A member's direct messages, which are a scope of their own: `discord:@U7`. */
export function directAddress(user: string): Destination {
  return `discord:@${user}`;
}

/** A member: `discord:U7`. */
export function memberAddress(user: string): string {
  return `discord:${user}`;
}

/** The user of `discord:U7`; null for what is no member of Discord's. */
export function userOf(member: string): string | null {
  const [platform, user = '', ...rest] = member.split(':');
  return platform === 'discord' && rest.length === 0 && SNOWFLAKE.test(user) ? user : null;
}
