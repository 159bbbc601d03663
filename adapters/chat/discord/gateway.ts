import { Events, type Client } from 'discord.js';
import type { Logger } from '../../../src/log.ts';
import { ChatRefused, type Clock, type Counter, type Store } from '../../../src/ports.ts';
import { connect, type ConnectionOptions } from './connection.ts';
import { createReception } from './interactions.ts';
import type { Keeper } from './keeper.ts';
import { watchGuilds } from './presence.ts';
import { registerCommands } from './register.ts';

export interface GatewayOptions extends ConnectionOptions {
  readonly applicationId: string;
  readonly guildId: string;
  readonly apiUrl: string;
  readonly graceMs?: number;
  readonly counter: Counter;
  readonly keeper: Keeper;
  readonly store: Pick<Store, 'getDocument' | 'putDocument'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The connection over which members are heard. */
export interface Gateway {
  readonly client: Client<true>;
  /** Gives answers under way a moment to end, and disconnects. */
  close(): Promise<void>;
}

/** Answers under way may end before the connection is closed. */
const LAST_ANSWERS_MS = 2_000;

/** Connects and listens; null when `signal` aborts before. Rejects with `ChatRefused` where the token does not do. */
export async function openGateway(options: GatewayOptions, signal: AbortSignal): Promise<Gateway | null> {
  const client = await connect(options, signal);
  if (client === null) return null;
  try {
    return await listen(options, client, signal);
  } catch (error) {
    await client.destroy();
    throw error;
  }
}

async function listen(options: GatewayOptions, client: Client<true>, signal: AbortSignal): Promise<Gateway> {
  const { counter, keeper, clock, log, apiUrl } = options;
  const application = client.application.id;
  if (options.applicationId !== '' && options.applicationId !== application) {
    throw new ChatRefused(
      `DISCORD_APPLICATION_ID is ${options.applicationId}, but the token is that of ${application}.`,
    );
  }
  const answering = new Set<Promise<void>>();
  const reception = createReception({ counter, keeper, apiUrl, clock, log });
  client.on(Events.InteractionCreate, (interaction) => {
    const work: Promise<void> = reception.receive(interaction).finally(() => answering.delete(work));
    answering.add(work);
  });
  watchGuilds(client, { counter, clock, log, signal }, options.graceMs);
  await register(options, client, application);
  log.info({ as: client.user.tag, servers: client.guilds.cache.size }, 'connected to Discord');
  return {
    client,
    async close() {
      const ended = new AbortController();
      await Promise.race([Promise.all(answering), clock.sleep(LAST_ANSWERS_MS, ended.signal)]);
      ended.abort();
      await client.destroy();
    },
  };
}

/** Commands that were written before go on working when they cannot be written now. */
async function register(
  { store, guildId, log }: GatewayOptions,
  { rest }: Client<true>,
  application: string,
): Promise<void> {
  try {
    const written = await registerCommands(rest, store, { application, guild: guildId });
    if (written) log.info({ guild: guildId }, 'the commands are registered with Discord');
  } catch (error) {
    log.error({ err: error }, 'the commands could not be registered with Discord');
  }
}
