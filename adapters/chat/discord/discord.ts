import type { Client, REST } from 'discord.js';
import { wordsFor } from '../../../src/commands/words/words.ts';
import type { Logger } from '../../../src/log.ts';
import type { Chat, ChatLimits, Clock, Counter, PostAnswer, Store } from '../../../src/ports.ts';
import { createLeader, type Leader } from './leader.ts';
import { userOf } from './addresses.ts';
import { renderAnswer } from './answer.ts';
import { createChannels } from './channels.ts';
import { openLine } from './connection.ts';
import { openGateway } from './gateway.ts';
import { createKeeper } from './keeper.ts';
import { refusalOf } from './places.ts';
import { createPoster, type Poster } from './posting.ts';
import { createRequests } from './requests.ts';
import { reasons } from '../../../src/delivery/reasons.ts';

export interface DiscordOptions {
  readonly token: string;
  /** '' takes the one the token belongs to. */
  readonly applicationId: string;
  /** The one server in which the commands are registered; '' registers them everywhere. */
  readonly guildId: string;
  readonly apiUrl: string;
  /** Of this process; Discord allows a bot 50. */
  readonly requestsPerSecond: number;
  readonly store: Pick<Store, 'getDocument' | 'putDocument' | 'takeLease' | 'dropLease'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** How long after the bot was put out of a server its alerts are given up (ms). */
  readonly graceMs?: number;
  /** A process that listens and dies is followed by another after this (ms); 12,000 unless given. */
  readonly leaseMs?: number;
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

const LEASE_MS = 12_000;

/**
 * Discord as a chat: alerts in channels, forums, threads and direct messages; `/news` everywhere. Any process posts; of all
 * that share a Store and a bot one at a time is at the gateway: what members do is told to every connection there.
 */
export function openDiscordChat(options: DiscordOptions): Chat {
  const { clock, log, store } = options;
  const keeper = createKeeper(store, clock);
  const requests = createRequests(options);
  const stopping = new AbortController();
  let poster: Poster | null = null;
  let rest: REST | null = null;
  let leader: Leader | null = null;
  let client: Client<true> | null = null;

  async function start(counter: Counter | null): Promise<void> {
    const line = await openLine({ ...options, requests }, stopping.signal);
    if (line === null) return;
    ({ rest } = line);
    const channels = createChannels(rest, () => client, clock);
    poster = createPoster({ ...line, channels, clock });
    if (counter === null) return;
    leader = createLeader({
      store,
      clock,
      log,
      name: `discord ${line.me}`,
      leaseMs: options.leaseMs ?? LEASE_MS,
      open: async (ending) => listenAs(counter, AbortSignal.any([ending, stopping.signal])),
    });
    await leader.begin();
  }

  async function listenAs(counter: Counter, signal: AbortSignal): Promise<() => Promise<void>> {
    const gateway = await openGateway({ ...options, requests, counter, keeper }, signal);
    if (gateway === null) return async () => undefined;
    ({ client } = gateway);
    return async () => {
      client = null;
      await gateway.close();
    };
  }

  return {
    platform: 'discord',
    limits,
    start,

    async post(posting, signal) {
      return poster === null ? notConnected() : poster.post(posting, signal);
    },

    async edit(posting, signal) {
      return poster === null ? notConnected() : poster.edit(posting, signal);
    },

    async follow() {
      return { kind: 'refused', reason: 'later coverage is told in the first message' };
    },

    async refusal(member, destination, language) {
      const { refusals } = wordsFor([language]);
      return client === null ? refusals.unsure : refusalOf(client, member, destination, refusals);
    },

    async tell(member, card, signal) {
      const user = userOf(member);
      if (poster === null) return notConnected();
      if (user === null) return { kind: 'gone', reason: `${member} is no member of Discord` };
      const { messages, kept } = renderAnswer(card);
      await keeper.keep(kept);
      const bodies = messages.map(({ embeds, components }) => ({
        embeds,
        components,
        allowed_mentions: { parse: [] },
      }));
      return poster.say(user, bodies, signal);
    },

    async stop() {
      stopping.abort();
      await leader?.stop();
      poster = null;
      rest?.clearHashSweeper();
      rest?.clearHandlerSweeper();
    },
  };
}

function notConnected(): PostAnswer {
  return { kind: 'retry', retryAfterMs: null, reason: reasons.unreachable, ambiguous: false };
}
