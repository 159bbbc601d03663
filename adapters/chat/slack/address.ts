import type { Destination } from '../../../src/subscription/destination.ts';

/**
 * Addresses of Slack: `slack:T1` a workspace, `slack:T1:C2` a channel, `slack:T1:@U7` a member's direct messages with the
 * app, whatever channel they stand in, `slack:T1:U7` a member.
 */
const ADDRESS = /^slack:(?<team>[TE][A-Z0-9]{1,40})(?::(?<direct>@)?(?<id>[A-Z][A-Z0-9]{1,40}))?$/u;

export interface SlackAddress {
  readonly team: string;
  /** The channel, or '' for direct messages and whole workspaces. */
  readonly channel: string;
  /** The member, or ''. */
  readonly user: string;
}

/** The parts of an address, or null for one that is not Slack's. */
export function readAddress(address: string): SlackAddress | null {
  const { team, direct, id = '' } = ADDRESS.exec(address)?.groups ?? {};
  if (team === undefined) return null;
  const person = direct !== undefined || /^[UW]/u.test(id);
  return { team, channel: person ? '' : id, user: person ? id : '' };
}

export function scopeAddress(team: string): string {
  return `slack:${team}`;
}

export function memberAddress(team: string, user: string): string {
  return `slack:${team}:${user}`;
}

export function homeAddress(team: string, user: string): Destination {
  return `slack:${team}:@${user}`;
}

/** Where something was said. A direct message of any kind stands for the member's own with the app: it may post nowhere else. */
export function placeAddress(team: string, channel: string, user: string): Destination {
  return channel === '' || channel.startsWith('D') ? homeAddress(team, user) : `slack:${team}:${channel}`;
}
