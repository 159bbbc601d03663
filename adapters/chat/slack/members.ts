import type { Clock } from '../../../src/ports.ts';
import type { SlackApi } from './api.ts';

/** What Slack knows of a member. */
export interface Profile {
  readonly name: string;
  /** BCP 47, '' when not known. */
  readonly locale: string;
  /** IANA name, '' when not known. */
  readonly timeZone: string;
  /** An owner or administrator of the workspace. */
  readonly admin: boolean;
}

export interface Members {
  /** The profile, or an unknown one when Slack does not give it within `withinMs`. Never rejects. */
  profile(team: string, user: string, withinMs: number): Promise<Profile>;
}

const KNOWN_MS = 15 * 60_000;
const UNKNOWN_MS = 30_000;
const MOST_KEPT = 20_000;

const unknown: Profile = { name: '', locale: '', timeZone: '', admin: false };

/** Members as users.info tells of them, kept for a quarter of an hour. */
export function createMembers(api: SlackApi, clock: Clock): Members {
  const kept = new Map<string, { readonly profile: Promise<Profile>; until: number }>();

  function ask(team: string, user: string): Promise<Profile> {
    const id = `${team} ${user}`;
    const held = kept.get(id);
    if (held !== undefined && held.until > clock.now()) return held.profile;
    const entry = { profile: fetchProfile(), until: clock.now() + KNOWN_MS };
    async function fetchProfile(): Promise<Profile> {
      try {
        return profileFrom(team, await api.call(team, 'users.info', { user, include_locale: true }));
      } catch {
        entry.until = clock.now() + UNKNOWN_MS;
        return unknown;
      }
    }
    kept.delete(id);
    kept.set(id, entry);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return entry.profile;
  }

  return {
    async profile(team, user, withinMs) {
      const ended = new AbortController();
      const late = clock.sleep(Math.max(0, withinMs), ended.signal).then(() => unknown);
      const profile = await Promise.race([ask(team, user), late]);
      ended.abort();
      return profile;
    },
  };
}

function profileFrom(team: string, { user }: { readonly user?: unknown }): Profile {
  const { real_name, name, locale, tz, is_admin, is_owner, team_id } = (user ?? {}) as Readonly<
    Record<string, unknown>
  >;
  return {
    name: textOf(real_name) || textOf(name),
    locale: textOf(locale),
    timeZone: isTimeZone(textOf(tz)) ? textOf(tz) : '',
    // A guest from another workspace (Slack Connect) may run that one, not this.
    admin: team_id === team && (is_admin === true || is_owner === true),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
