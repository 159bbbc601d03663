import {
  Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Options,
  REST,
  Routes,
  type APIUser,
} from 'discord.js';
import type { Logger } from '../../../src/log.ts';
import { ChatRefused, type Clock } from '../../../src/ports.ts';
import { NO_TOKEN_WAIT_MS } from './outcome.ts';
import type { Requests } from './requests.ts';

export interface ConnectionOptions {
  readonly token: string;
  readonly requests: Requests;
  readonly clock: Clock;
  readonly log: Logger;
}

const RETRY_BASE_MS = 1_000;
const RETRY_MAX_MS = 60_000;
const MEMBERS_KEPT = 200;
const USERS_KEPT = 1_000;

/** A client for requests alone, and the bot it speaks as. */
export interface Line {
  readonly rest: REST;
  /** The bot's own user id. */
  readonly me: string;
}

/**
 * Finds out as whom the token speaks, again and again while Discord cannot be reached; null when `signal` aborts. Rejects with
 * `ChatRefused` when Discord does not take the token.
 */
export async function openLine(options: ConnectionOptions, signal: AbortSignal): Promise<Line | null> {
  let me = '';
  const rest: REST = new REST(
    // Before anything was said a token that is not taken is refused in words.
    options.requests.options(() => void (me !== '' && renewToken(rest, options, signal))),
  );
  rest.on('invalidRequestWarning', (data) => options.log.warn(data, 'many requests to Discord were invalid'));
  const found = await untilReached(options, signal, async () => {
    rest.setToken(options.token);
    return (await rest.get(Routes.user(), { signal })) as APIUser;
  });
  if (found === null) return null;
  me = found.id;
  return { rest, me };
}

/**
 * Connects to the gateway, again and again while it cannot be reached; resolves with a client that has heard of its servers,
 * with null when `signal` aborts. Rejects with `ChatRefused` when Discord does not take the token or the intents.
 */
export async function connect(options: ConnectionOptions, signal: AbortSignal): Promise<Client<true> | null> {
  return untilReached(options, signal, async () => {
    const client = createClient(options, signal);
    try {
      return await signIn(client, options.token, signal);
    } catch (error) {
      await client.destroy();
      throw error;
    }
  });
}

/** Tries until it succeeds; null when `signal` aborts. Rejects with `ChatRefused` for what will not pass by itself. */
async function untilReached<T>(
  { clock, log }: ConnectionOptions,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T | null> {
  for (let tries = 0; !signal.aborted; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) return null;
      const refusal = refusalIn(error);
      if (refusal !== '') throw new ChatRefused(refusal, { cause: error });
      const waitMs = Math.min(RETRY_BASE_MS * 2 ** tries, RETRY_MAX_MS);
      log.warn({ reason: messageOf(error), waitMs }, 'Discord cannot be reached, it will be tried again');
      await clock.sleep(waitMs, signal);
    }
  }
  return null;
}

async function signIn(client: Client, token: string, signal: AbortSignal): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
  });
  const [connected] = await Promise.all([ready, client.login(token)]);
  return connected;
}

/** Only servers and channels are heard of: no message and no member is. Nothing is retried, nobody is ever mentioned. */
function createClient(options: ConnectionOptions, signal: AbortSignal): Client {
  const { log, requests } = options;
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    shards: 'auto',
    // Before it is ready a token that is not taken is refused in words.
    rest: requests.options(() => void (client.isReady() && renewToken(client.rest, options, signal))),
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ReactionManager: 0,
      PresenceManager: 0,
      UserManager: { maxSize: USERS_KEPT, keepOverLimit: ({ id, client: { user } }) => id === user.id },
      GuildMemberManager: { maxSize: MEMBERS_KEPT, keepOverLimit: ({ id, client: { user } }) => id === user.id },
    }),
  });
  client.on(Events.Error, (error) => log.error({ err: error }, 'the Discord client failed'));
  client.on(Events.Warn, (message) => log.warn({ message }, 'Discord'));
  client.on(Events.ShardError, (error, shard) => log.warn({ shard, reason: error.message }, 'the gateway failed'));
  client.on(Events.ShardReconnecting, (shard) => log.debug({ shard }, 'reconnecting to the gateway'));
  client.on(Events.ShardResume, (shard, replayed) => log.info({ shard, replayed }, 'the gateway is resumed'));
  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.error({ shard, code }, 'Discord has ended the connection for good; check the token and start again'),
  );
  client.rest.on('invalidRequestWarning', (data) => log.warn(data, 'many requests to Discord were invalid'));
  return client;
}

/** The client forgets a token that was not taken, which spares Discord invalid requests; after a while it is tried again. */
async function renewToken(rest: REST, { token, clock, log }: ConnectionOptions, signal: AbortSignal): Promise<void> {
  log.error('Discord no longer accepts the token; nothing can be posted');
  await clock.sleep(NO_TOKEN_WAIT_MS, signal);
  if (!signal.aborted) rest.setToken(token);
}

/** What is wrong with the token or the application, in words for the host; '' for what may pass. */
export function refusalIn(error: unknown): string {
  const badToken =
    'Discord does not accept DISCORD_TOKEN. Copy the token anew: discord.com/developers, your application, Bot.';
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) return badToken;
  if (error instanceof DiscordAPIError && error.status === 401) return badToken;
  const message = messageOf(error);
  if (message === 'Authentication failed') return badToken;
  if (/(?:disallowed|invalid) intents/iu.test(message)) return `Discord refuses the connection: ${message}.`;
  return '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
