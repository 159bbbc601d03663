import type { ChannelParts, SlackServer, SlackUser, UserParts, Workspace } from './door.ts';
import { snapshotMessage, snapshotView } from './looks.ts';
import { createUser } from './member.ts';
import type { ToApp } from './to-app.ts';
import { channelOf, directWith, issueToken, memberOf, teamOf, type Channel, type Team, type World } from './world.ts';

/** Workspaces, channels and members: made when first named. */
export function inhabitants(
  world: World,
  toApp: ToApp,
): Pick<SlackServer, 'workspace' | 'channel' | 'user' | 'messages' | 'replies' | 'dm' | 'home' | 'files'> {
  const users = new Map<string, SlackUser>();

  function channel(id: string, parts: ChannelParts = {}): string {
    const team = world.channels.get(id)?.team ?? teamOf(world, parts.workspace);
    const known: Channel = world.channels.get(id) ?? {
      id,
      team,
      name: id.toLowerCase(),
      kind: 'public',
      with: '',
      joined: true,
      archived: false,
      members: new Set([...world.members.values()].filter((one) => one.team === team).map((one) => one.id)),
      messages: [],
    };
    known.name = parts.name ?? known.name;
    if (parts.private !== undefined) known.kind = parts.private ? 'private' : 'public';
    known.archived = parts.archived ?? known.archived;
    known.joined = parts.member ?? known.joined;
    if (known.joined) known.members.add(team.botUserId);
    else known.members.delete(team.botUserId);
    world.channels.set(id, known);
    return id;
  }

  function user(id: string, parts: UserParts = {}): SlackUser {
    const there = users.get(id);
    if (there) return there;
    const team = teamOf(world, parts.workspace);
    const { name = id.toLowerCase(), locale = 'en-US', tz = 'Etc/UTC', admin = false } = parts;
    const member = { id, team, name, locale, tz, admin, home: null, stack: [] };
    world.members.set(id, member);
    const own = [...world.channels.values()].filter((one) => one.team === team && one.kind !== 'im');
    for (const one of own) one.members.add(id);
    const made = createUser(world, toApp, member, () => {
      const usual = [...world.channels.values()].find((one) => one.team === team && one.kind !== 'im');
      return parts.channel ?? usual?.id ?? 'dm';
    });
    users.set(id, made);
    return made;
  }

  return {
    workspace({ id = 'T1', name = `Workspace ${id}`, installed = true } = {}) {
      const known = world.teams.get(id);
      const team: Team = known ?? { id, name, botUserId: `UBOT${id}`, botId: `B${id}`, token: null };
      world.teams.set(id, team);
      if (!known && installed) issueToken(world, team, world.app.scopes);
      return seenTeam(team);
    },
    channel,
    user,
    messages: (id) =>
      channelOf(world, id)
        .messages.filter(({ threadTs, ephemeral }) => threadTs === '' && !ephemeral)
        .map(snapshotMessage),
    replies: (id, ts) =>
      channelOf(world, id)
        .messages.filter(({ threadTs, ephemeral }) => threadTs === ts && !ephemeral)
        .map(snapshotMessage),
    dm: (id) => directWith(world, memberOf(world, id)).id,
    home(id) {
      const { home } = memberOf(world, id);
      return home && snapshotView(home);
    },
    files: world.files,
  };
}

function seenTeam(team: Team): Workspace {
  return {
    id: team.id,
    name: team.name,
    botUserId: team.botUserId,
    botId: team.botId,
    get botToken() {
      return team.token?.token ?? '';
    },
  };
}
