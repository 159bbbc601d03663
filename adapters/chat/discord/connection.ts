import {
  Client,
  DefaultRestOptions,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Options,
  type RateLimitData,
  type RESTOptions,
} from 'discord.js';
import type { Logger } from '../../../src/log.ts';
import { ChatRefused, type Clock } from '../../../src/ports.ts';
import { NO_TOKEN_WAIT_MS } from './outcome.ts';
import { createPace } from './pace.ts';

export interface ConnectionOptions {
  readonly token: string;
  /** `https://discord.com/api`; the gateway's address comes from there. */
  readonly apiUrl: string;
  /** Well under the fifty that Discord allows a bot: on their way requests catch up with one another. */
  readonly requestsPerSecond: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Under three quarters of a lane's lease, so that the outbox hears of it before it gives a post up. */
const REST_TIMEOUT_MS = 8_000;
/** A shorter wait for a rate limit is waited out; a longer one is the outbox's to keep. */
const SHORT_WAIT_MS = 1_000;
const RETRY_BASE_MS = 1_000;
const RETRY_MAX_MS = 60_000;
const MEMBERS_KEPT = 200;
const USERS_KEPT = 1_000;

/** Requests that may go out closer than evenly, where a timer was late. */
const AHEAD = 2;
/** Answers to interactions do not count towards a bot's limit. */
const UNCOUNTED = /\/(?:interactions|webhooks)\//u;

/** Where messages are posted and changed, and direct messages are opened. */
const POSTING = /^\/(?:channels\/:id\/(?:messages|threads)|users\/@me\/channels)/u;

/**
 * Connects to Discord, again and again while it cannot be reached; resolves with a client that has heard of its servers,
 * with null when `signal` aborts. Rejects with `ChatRefused` when Discord does not take the token or the intents.
 */
export async function connect(options: ConnectionOptions, signal: AbortSignal): Promise<Client<true> | null> {
  const { clock, log } = options;
  for (let tries = 0; !signal.aborted; tries++) {
    const client = createClient(options, signal);
    try {
      return await signIn(client, options.token, signal);
    } catch (error) {
      await client.destroy();
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
  const { apiUrl, log } = options;
  const client: Client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    shards: 'auto',
    rest: {
      api: apiUrl,
      retries: 0,
      timeout: REST_TIMEOUT_MS,
      rejectOnRateLimit: isForOutbox,
      // Before it is ready a token that is not taken is refused in words.
      makeRequest: requesting(options, () => void (client.isReady() && renewToken(client, options, signal))),
    },
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

/** Requests evenly apart; `onUnauthorized` hears of those that were turned away for their token. */
function requesting(
  { clock, requestsPerSecond }: ConnectionOptions,
  onUnauthorized: () => void,
): RESTOptions['makeRequest'] {
  const pace = createPace(clock, { perSecond: requestsPerSecond, ahead: AHEAD });
  return async (url, init) => {
    const counted = !UNCOUNTED.test(url);
    if (counted) await pace();
    const response = await DefaultRestOptions.makeRequest(
      url,
      init.body instanceof FormData ? await written(init) : init,
    );
    if (counted && response.status === 401) onUnauthorized();
    return response;
  };
}

/** The client forgets a token that was not taken, which spares Discord invalid requests; after a while it is tried again. */
async function renewToken(
  client: Client,
  { token, clock, log }: ConnectionOptions,
  signal: AbortSignal,
): Promise<void> {
  log.error('Discord no longer accepts the token; nothing can be posted');
  await clock.sleep(NO_TOKEN_WAIT_MS, signal);
  if (!signal.aborted) client.rest.setToken(token);
}

type RequestInit = Parameters<RESTOptions['makeRequest']>[1];

/**
 * A form as bytes. The client's own HTTP library hands a form to the dispatcher of the process, which may be that of
 * another version of the library, and then takes no form but its own.
 */
async function written(init: RequestInit): Promise<RequestInit> {
  const form = new Response(init.body as FormData);
  const headers = {
    ...(init.headers as Record<string, string>),
    'content-type': form.headers.get('content-type') ?? '',
  };
  return { ...init, headers, body: await form.bytes() };
}

function isForOutbox({ route, retryAfter, timeToReset }: RateLimitData): boolean {
  return POSTING.test(route) && Math.max(retryAfter, timeToReset) > SHORT_WAIT_MS;
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
