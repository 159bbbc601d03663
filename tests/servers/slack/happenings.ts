import { browse } from './browser.ts';
import { store } from './chat.ts';
import type { SlackServer } from './door.ts';
import { isObject, parsed } from './json.ts';
import { snapshotMessage } from './looks.ts';
import { uninstall } from './oauth.ts';
import type { ToApp } from './to-app.ts';
import { channelOf, memberOf, teamOf, type Channel, type World } from './world.ts';

/** What Slack or its people do, and how the app hears of it. */
export function happenings(
  world: World,
  toApp: ToApp,
): Pick<
  SlackServer,
  | 'say'
  | 'archive'
  | 'remove'
  | 'kick'
  | 'invite'
  | 'uninstall'
  | 'revokeScope'
  | 'event'
  | 'install'
  | 'requestUrl'
  | 'verifyUrl'
  | 'post'
  | 'advance'
> {
  const tell = (channel: Channel, what: string, more: object = {}): void =>
    world.happened(channel.team, {
      type: `${channel.kind === 'private' ? 'group' : 'channel'}_${what}`,
      channel: channel.id,
      ...more,
    });

  return {
    say(id, user, text) {
      const channel = channelOf(world, id);
      const { id: author } = memberOf(world, user);
      const content = { text, blocks: [], metadata: null };
      const message = store({ world, team: channel.team }, channel, content, { threadTs: '', to: '' }, author);
      return snapshotMessage(message);
    },
    archive(id) {
      const channel = channelOf(world, id);
      channel.archived = true;
      if (channel.joined) tell(channel, 'archive', { user: 'U0' });
    },
    remove(id) {
      const channel = channelOf(world, id);
      world.channels.delete(id);
      tell(channel, 'deleted');
    },
    kick(id) {
      const channel = channelOf(world, id);
      channel.joined = false;
      channel.members.delete(channel.team.botUserId);
      tell(channel, 'left', { actor_id: 'U0' });
    },
    invite(id) {
      const channel = channelOf(world, id);
      channel.joined = true;
      channel.members.add(channel.team.botUserId);
      world.happened(channel.team, {
        type: 'member_joined_channel',
        user: channel.team.botUserId,
        channel: id,
        channel_type: channel.kind === 'private' ? 'G' : 'C',
        team: channel.team.id,
        inviter: 'U0',
      });
    },
    uninstall: (id) => uninstall(world, teamOf(world, id)),
    revokeScope(id, scope) {
      for (const token of world.tokens.values()) if (token.team.id === id) token.scopes.delete(scope);
    },
    event: (id, event, manner) => toApp.event(teamOf(world, id), event, manner),
    install: (installUrl, choice) => browse(world, installUrl, choice),
    requestUrl(address) {
      toApp.address = address;
    },
    async verifyUrl() {
      const challenge = world.id('challenge-');
      const body = JSON.stringify({ token: 'local verification token', challenge, type: 'url_verification' });
      const answered = await toApp.post(body, 'application/json');
      const value = parsed(answered.body);
      return (
        answered.status === 200 && (isObject(value) ? value['challenge'] === challenge : answered.body === challenge)
      );
    },
    post: (body, contentType, manner) => toApp.post(body, contentType, manner),
    advance: (ms) => world.advance(ms),
  };
}
