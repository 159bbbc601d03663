import { flag, need, Refusal, text, type Methods } from './ask.ts';
import type { Json } from './json.ts';
import { identity, type Member } from './world.ts';

/** Who is who: `auth.test`, `users.info`, `bots.info`, `team.info`. */
export function peopleMethods(): Methods {
  return {
    'auth.test': ({ world, team }) => ({
      url: `${world.url}/`,
      team: team.name,
      user: 'newshound',
      team_id: team.id,
      user_id: team.botUserId,
      bot_id: team.botId,
      is_enterprise_install: false,
    }),

    'users.info': (ask) => {
      need(ask, 'users:read');
      const { world, args, team } = ask;
      const named = text(args, 'user');
      if (named === team.botUserId) return { user: { id: named, team_id: team.id, name: 'newshound', is_bot: true } };
      const member = world.members.get(named);
      if (!member || member.team !== team) throw new Refusal('user_not_found');
      return { user: wireUser(member, flag(args, 'include_locale'), world.now()) };
    },

    'bots.info': (ask) => {
      need(ask, 'users:read');
      const { args, team } = ask;
      if (text(args, 'bot') !== team.botId) throw new Refusal('bot_not_found');
      return {
        bot: { id: team.botId, name: 'newshound', app_id: identity.id, user_id: team.botUserId, deleted: false },
      };
    },

    'team.info': (ask) => {
      need(ask, 'team:read');
      return { team: { id: ask.team.id, name: ask.team.name, domain: domainOf(ask.team.name) } };
    },
  };
}

/** What stands before `.slack.com`. */
export function domainOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]+/gu, '-');
}

function wireUser({ id, team, name, locale, tz, admin }: Member, withLocale: boolean, now: number): Json {
  return {
    id,
    team_id: team.id,
    name,
    real_name: name,
    deleted: false,
    tz,
    tz_label: tz,
    tz_offset: offsetOf(tz, now),
    profile: { real_name: name, display_name: name },
    is_admin: admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    ...(withLocale ? { locale } : {}),
  };
}

/** Seconds east of Greenwich. */
function offsetOf(tz: string, now: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(now);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/u.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
