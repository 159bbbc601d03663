import { webApi, type Installation } from '@slack/bolt';
import type { Logger } from '../../../src/log.ts';
import { ChatRefused, type Clock, type Store } from '../../../src/ports.ts';
import { reasonOf } from './log.ts';
import type { Seal } from './seal.ts';

/** The app is not, or no longer, installed in the workspace: no request was made. */
export class NotInstalled extends Error {
  constructor(team: string) {
    super(`The app is not installed in the workspace ${team}.`);
    this.name = 'NotInstalled';
  }
}

/** Slack has not said yet which workspace the token is for: no request was made. */
export class NotConnected extends Error {
  constructor() {
    super('Slack has not been reached yet');
    this.name = 'NotConnected';
  }
}

/** What is needed to speak in a workspace. */
export interface Access {
  readonly token: string;
  readonly botId: string;
  readonly botUserId: string;
}

/** The workspaces that the app is installed in. */
export interface Workspaces {
  /**
   * A token that is valid now, renewed when it is about to expire; null where the app is not installed. `spent` is a token
   * that Slack has called expired: it is renewed whatever the clock says. Rejects with `NotConnected`.
   */
  access(team: string, spent?: string): Promise<Access | null>;
  /** The app was put out of a workspace, or its token is void. */
  forget(team: string): Promise<void>;
}

/** One workspace by its token. `team` is '' until `begin` has asked Slack whose token it is. */
export function singleWorkspace(token: string): Workspaces & {
  begin(team: string, access: Omit<Access, 'token'>): void;
  readonly team: string;
} {
  let own = '';
  let access: Access | null = null;
  return {
    get team() {
      return own;
    },

    begin(team, bot) {
      own = team;
      access = { ...bot, token };
    },

    async access(team) {
      if (own === '') throw new NotConnected();
      return team === own ? access : null;
    },

    async forget(team) {
      if (team === own) access = null;
    },
  };
}

/** An installation as it is kept in the Store, encrypted: document of kind `slack-installation` under the workspace's id. */
interface Kept extends Access {
  readonly refreshToken: string;
  /** When the token expires and how long it was given for (epoch ms and ms); null when tokens are not rotated. */
  readonly expiresAt: number | null;
  readonly lifetimeMs: number;
}

const KIND = 'slack-installation';
/** A token known for this long is looked up again: another process may have renewed it or seen the app removed. */
const CACHE_MS = 60_000;
const REFRESH_ONCE_MS = 30_000;
const REFRESH_WAIT_MS = 500;
const REFRESH_WAITS = 6;

/** Many workspaces, installed by OAuth. Tokens lie in the Store under the seal. */
export function installedWorkspaces(deps: {
  readonly store: Store;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly log: Logger;
  readonly client: webApi.WebClientOptions;
  readonly clientId: string;
  readonly clientSecret: string;
}): Workspaces & {
  /** Writes an installation; returns its workspace. Rejects for one of a whole organisation. */
  keep(installation: Installation): Promise<string>;
  /** Rejects with `ChatRefused` when an installation in the Store was encrypted with another key. */
  verify(): Promise<void>;
} {
  const { store, seal, clock, log } = deps;
  const cache = new Map<string, { readonly kept: Kept; readonly at: number }>();
  const refreshing = new Map<string, Promise<Kept | null>>();

  async function read(team: string): Promise<Kept | null> {
    const document = await store.getDocument(KIND, team);
    const sealed = (document as { readonly sealed?: unknown } | null)?.sealed;
    if (typeof sealed !== 'string') return null;
    const kept = JSON.parse(seal.open(sealed, about(team))) as Kept;
    cache.set(team, { kept, at: clock.now() });
    return kept;
  }

  async function write(team: string, kept: Kept): Promise<void> {
    await store.putDocument(KIND, team, { sealed: seal.close(JSON.stringify(kept), about(team)) }, null);
    cache.set(team, { kept, at: clock.now() });
  }

  async function known(team: string): Promise<Kept | null> {
    const cached = cache.get(team);
    return cached !== undefined && clock.now() - cached.at < CACHE_MS ? cached.kept : read(team);
  }

  async function access(team: string, spent = ''): Promise<Access | null> {
    const kept = await known(team);
    if (kept === null || (kept.token !== spent && !isDue(kept))) return kept;
    const under = refreshing.get(team) ?? refresh(team, spent).finally(() => refreshing.delete(team));
    refreshing.set(team, under);
    return under;
  }

  function isDue({ expiresAt, lifetimeMs }: Kept): boolean {
    return expiresAt !== null && expiresAt - clock.now() < lifetimeMs / 4;
  }

  /** Renews the token: one process of all that share the Store, since a refresh token works once. The others read what it got. */
  async function refresh(team: string, spent: string): Promise<Kept | null> {
    for (let wait = 0; wait < REFRESH_WAITS; wait++) {
      const kept = await read(team);
      if (kept === null || (kept.token !== spent && !isDue(kept)) || kept.refreshToken === '') return kept;
      if (await store.runOnce(`slack refresh ${team} ${kept.expiresAt}`, clock.now(), REFRESH_ONCE_MS)) {
        return renew(team, kept);
      }
      if (kept.token !== spent && (kept.expiresAt ?? 0) > clock.now()) return kept;
      await clock.sleep(REFRESH_WAIT_MS);
    }
    return read(team);
  }

  async function renew(team: string, kept: Kept): Promise<Kept> {
    try {
      const answer = await new webApi.WebClient(undefined, { ...deps.client }).oauth.v2.access({
        client_id: deps.clientId,
        client_secret: deps.clientSecret,
        grant_type: 'refresh_token',
        refresh_token: kept.refreshToken,
      });
      const { access_token: token, refresh_token: refreshToken, expires_in: seconds = 0 } = answer;
      if (token === undefined || refreshToken === undefined) throw new Error('no token came back');
      const lifetimeMs = seconds * 1000;
      const renewed: Kept = { ...kept, token, refreshToken, lifetimeMs, expiresAt: clock.now() + lifetimeMs };
      await write(team, renewed);
      return renewed;
    } catch (error) {
      // The old token may be good for a while; if it is not, Slack will say so.
      log.warn({ team, reason: reasonOf(error) }, 'a token of Slack could not be renewed');
      return kept;
    }
  }

  return {
    access,

    async verify() {
      for (const { id } of await store.listDocuments(KIND)) {
        await read(id).catch((error: unknown) => {
          throw new ChatRefused(
            `NEWSHOUND_ENCRYPTION_KEY is not the key with which the installation in ${id} was encrypted.`,
            { cause: error },
          );
        });
      }
    },

    async forget(team) {
      cache.delete(team);
      await store.deleteDocument(KIND, team);
    },

    async keep(installation) {
      const { team, bot } = installation;
      if (installation.isEnterpriseInstall === true || team === undefined || bot === undefined) {
        throw new Error('Newshound is installed into one workspace at a time, not into a whole organisation.');
      }
      const expiresAt = bot.expiresAt === undefined ? null : bot.expiresAt * 1000;
      await write(team.id, {
        token: bot.token,
        botId: bot.id,
        botUserId: bot.userId,
        refreshToken: bot.refreshToken ?? '',
        expiresAt,
        lifetimeMs: expiresAt === null ? 0 : expiresAt - clock.now(),
      });
      return team.id;
    },
  };
}

function about(team: string): string {
  return `${KIND} ${team}`;
}
