import { Events, type Client } from 'discord.js';
import type { Logger } from '../../../src/log.ts';
import type { Chat, ChatLimits, Clock, Counter, PostAnswer, Store } from '../../../src/ports.ts';
import { ChatRefused } from '../../../src/ports.ts';
import { userOf } from './addresses.ts';
import { renderAnswer } from './answer.ts';
import { connect } from './connection.ts';
import { createReception } from './interactions.ts';
import { createKeeper } from './keeper.ts';
import { refusalOf } from './places.ts';
import { createPoster, type Poster } from './posting.ts';
import { watchGuilds } from './presence.ts';
import { registerCommands } from './register.ts';

export interface DiscordOptions {
  readonly token: string;
  /** '' takes the one the token belongs to. */
  readonly applicationId: string;
  /** The one server in which the commands are registered; '' registers them everywhere. */
  readonly guildId: string;
  readonly apiUrl: string;
  /** Of this process; Discord allows a bot 50. */
  readonly requestsPerSecond: number;
  readonly store: Pick<Store, 'getDocument' | 'putDocument'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long after the bot was put out of a server its alerts are given up (ms). */
  readonly graceMs?: number;
}

const limits: ChatLimits = {
  edits: true,
  threads: false,
  buttons: true,
  forms: true,
  // Discord speaks of a few minutes only. https://discord.com/developers/docs/resources/message#create-message
  idempotencyMs: 180_000,
  readBack: true,
  paceMs: 0,
  cardsPerMessage: 10,
};

/** Answers under way may end before the connection is closed. */
const LAST_ANSWERS_MS = 2_000;

interface Session {
  readonly client: Client<true>;
  readonly poster: Poster;
}

/** Discord as a chat: alerts in channels, forums, threads and direct messages; `/news` everywhere. */
export function openDiscordChat(options: DiscordOptions): Chat {
  const { clock, log, store } = options;
  const keeper = createKeeper(store, clock);
  const stopping = new AbortController();
  const answering = new Set<Promise<void>>();
  let session: Session | null = null;

  async function start(counter: Counter): Promise<void> {
    const client = await connect(options, stopping.signal);
    if (client === null) return;
    try {
      await begin(client, counter);
    } catch (error) {
      await client.destroy();
      throw error;
    }
  }

  async function begin(client: Client<true>, counter: Counter): Promise<void> {
    const application = client.application.id;
    if (options.applicationId !== '' && options.applicationId !== application) {
      throw new ChatRefused(
        `DISCORD_APPLICATION_ID is ${options.applicationId}, but the token is that of ${application}.`,
      );
    }
    const reception = createReception({ counter, keeper, apiUrl: options.apiUrl, clock, log });
    client.on(Events.InteractionCreate, (interaction) => {
      const work: Promise<void> = reception.receive(interaction).finally(() => answering.delete(work));
      answering.add(work);
    });
    watchGuilds(client, { counter, clock, log, signal: stopping.signal }, options.graceMs);
    session = { client, poster: createPoster(client, clock) };
    await register(client, application);
    log.info({ as: client.user.tag, servers: client.guilds.cache.size }, 'connected to Discord');
  }

  /** Commands that were written before go on working when they cannot be written now. */
  async function register({ rest }: Client<true>, application: string): Promise<void> {
    try {
      const written = await registerCommands(rest, store, { application, guild: options.guildId });
      if (written) log.info({ guild: options.guildId }, 'the commands are registered with Discord');
    } catch (error) {
      log.error({ err: error }, 'the commands could not be registered with Discord');
    }
  }

  return {
    platform: 'discord',
    limits,
    start,

    async post(posting, signal) {
      return session === null ? notConnected() : session.poster.post(posting, signal);
    },

    async edit(posting, signal) {
      return session === null ? notConnected() : session.poster.edit(posting, signal);
    },

    async follow() {
      return { kind: 'refused', reason: 'later coverage is told in the first message' };
    },

    async refusal(member, destination) {
      return session === null ? 'I am not connected to Discord.' : refusalOf(session.client, member, destination);
    },

    async tell(member, card, signal) {
      const user = userOf(member);
      if (session === null) return notConnected();
      if (user === null) return { kind: 'gone', reason: `${member} is no member of Discord` };
      const { messages, kept } = renderAnswer(card);
      await keeper.keep(kept);
      const bodies = messages.map(({ embeds, components }) => ({
        embeds,
        components,
        allowed_mentions: { parse: [] },
      }));
      return session.poster.say(user, bodies, signal);
    },

    async stop() {
      stopping.abort();
      const ended = new AbortController();
      await Promise.race([Promise.all(answering), clock.sleep(LAST_ANSWERS_MS, ended.signal)]);
      ended.abort();
      const open = session;
      session = null;
      await open?.client.destroy();
    },
  };
}

function notConnected(): PostAnswer {
  return { kind: 'retry', retryAfterMs: null, reason: 'not connected to Discord', ambiguous: false };
}
