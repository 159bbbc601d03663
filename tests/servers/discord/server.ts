import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Answer } from './answer.ts';
import { createCommandBook } from './command-book.ts';
import type { Core } from './core.ts';
import { createFaults, type FaultPlan } from './faults.ts';
import { createGateway, type GatewayCounts, type GatewayDrop } from './gateway.ts';
import { createHappenings } from './happenings.ts';
import { createInteractions } from './interactions.ts';
import { createMember, type Member, type MemberContext } from './member.ts';
import { applicationPayload, guildCreatePayload, userPayload } from './payloads.ts';
import {
  createRecorder,
  type Ping,
  type RefusedRequest,
  type Registration,
  type SeenRequest,
  type Violation,
} from './record.ts';
import { createRest } from './rest.ts';
import { seen, type SeenMessage } from './message.ts';
import { createWorld, type ChannelKind, type GuildIds, type GuildSpec, type Permission } from './world.ts';

export type { Answer } from './answer.ts';
export type { Choice, Member, MemberContext } from './member.ts';
export type { SeenComponent, SeenEmbed, SeenMessage } from './message.ts';
export type { GuildIds } from './world.ts';

export interface DiscordOptions {
  /** The server stops by itself after this time, 120,000 ms when not said. */
  readonly lifeMs?: number;
  /** 0 for any free port. */
  readonly port?: number;
  /** The bot's token. */
  readonly token?: string;
  /** Guilds the bot is in from the start; one with its usual channels when not said. */
  readonly guilds?: readonly GuildSpec[];
  /** How long the same nonce gives the first message again; 300,000 ms. */
  readonly nonceWindowMs?: number;
  /** The first answer to an interaction must come within; 3,000 ms. */
  readonly answerWithinMs?: number;
  /** How long an interaction's token is good; 900,000 ms. */
  readonly tokenLifeMs?: number;
  /** Requests a window on a channel's messages; 5 in 5,000 ms. Every other route has ten times that. */
  readonly rateLimit?: { readonly requests: number; readonly windowMs: number };
  /** Requests a second over all routes but interactions; 50. */
  readonly globalPerSecond?: number;
  readonly heartbeatMs?: number;
  /** Shards that `GET /gateway/bot` recommends; 1. */
  readonly shards?: number;
}

/**
 * A local Discord: REST v10 and the gateway, for the unmodified discord.js with `rest.api = server.url + '/api'`.
 * What it takes is held to Discord's documented limits.
 */
export interface DiscordServer {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly token: string;
  readonly applicationId: string;
  /** The bot's own user id. */
  readonly botId: string;
  /** The first guild. */
  readonly home: GuildIds;

  // what was seen
  readonly requests: readonly SeenRequest[];
  readonly violations: readonly Violation[];
  /** 401, 403, 404, 405: ten thousand in ten minutes are a ban. */
  readonly invalidRequests: readonly RefusedRequest[];
  /** Answers to interactions that are over, unknown or answered already (10062, 10015, 40060, 50027). */
  readonly lateAnswers: readonly RefusedRequest[];
  readonly rateLimited: readonly RefusedRequest[];
  readonly pings: readonly Ping[];
  readonly registrations: readonly Registration[];
  gateway(): GatewayCounts;
  /** All messages that stand in a channel, oldest first; those only one member sees are not among them. */
  messages(channelId: string): readonly SeenMessage[];
  /** A message by its id, ephemeral ones as well; throws when there never was one. */
  message(id: string): SeenMessage;
  /** The messages sent after the answer of an interaction, oldest first. */
  followUps(answer: Answer): readonly SeenMessage[];
  /** Ids of the threads under a channel, oldest first. */
  threads(channelId: string): readonly string[];
  /** The DM channel with a user, made when there is none. */
  directChannel(userId: string): string;

  // somebody at their client
  user(id: string, context?: MemberContext): Member;

  // what happens to the bot
  /** The bot is let into a guild; one it was in before is as it was left. */
  addGuild(guild?: GuildSpec): GuildIds;
  /** The bot is put out of a guild. */
  removeBot(guildId: string): void;
  /** The guild has an outage: away for the bot, not left. Back with `available`. */
  outage(guildId: string, available?: boolean): void;
  addChannel(guildId: string, name: string, kind?: Exclude<ChannelKind, 'dm' | 'thread'>): string;
  /** Threads under it go with it. */
  deleteChannel(channelId: string): void;
  /** Takes permissions of the bot, or of a user, away or gives them back; those not named stay. */
  setPermissions(channelId: string, permissions: Partial<Readonly<Record<Permission, boolean>>>, userId?: string): void;
  /** A thread is archived; a locked one takes no messages. */
  archiveThread(channelId: string, locked?: boolean): void;
  /** No direct message reaches this user any more (50007). */
  closeDirectMessages(userId: string): void;
  /** Strikes the next matching requests; plans are tried in the order they were made. */
  fail(plan: FaultPlan): void;
  /** Forgets all plans. */
  heal(): void;
  dropGateway(drop: GatewayDrop): void;
  /** False: nobody listens at the address any more; true: somebody does again. Everything is kept. */
  online(is: boolean): Promise<void>;
  close(): Promise<void>;
}

const LIFE_MS = 120_000;

/** Starts a Discord on the loopback. */
export async function startDiscordServer(options: DiscordOptions = {}): Promise<DiscordServer> {
  const token = options.token ?? `test.${randomBytes(24).toString('base64url')}`;
  const world = createWorld('newshound');
  const recorder = createRecorder();
  const faults = createFaults();
  const guilds = (options.guilds ?? [{}]).map((guild) => world.addGuild(guild));
  let address: AddressInfo | null = null;
  const origin = (): string => `http://127.0.0.1:${address?.port ?? 0}`;
  const gateway = createGateway({
    token,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    url: () => `${origin().replace('http', 'ws')}/gateway`,
    greet(onShard) {
      const here = [...world.guilds.values()].filter(({ id, botIn }) => botIn && onShard(id));
      return {
        ready: {
          v: 10,
          user: userPayload(world.bot),
          guilds: here.map(({ id }) => ({ id, unavailable: true })),
          private_channels: [],
          application: { id: world.bot.id, flags: applicationPayload(world)['flags'] },
        },
        events: here
          .filter(({ available }) => available)
          .map((guild) => ['GUILD_CREATE', guildCreatePayload(world, guild)] as const),
      };
    },
  });
  const core: Core = {
    world,
    gateway,
    recorder,
    commands: createCommandBook(world.bot.id, world.newId),
    interactions: createInteractions({
      answerWithinMs: options.answerWithinMs ?? 3000,
      tokenLifeMs: options.tokenLifeMs ?? 900_000,
    }),
    nonceWindowMs: options.nonceWindowMs ?? 300_000,
    shards: options.shards ?? 1,
    origin,
  };
  const rest = createRest(core, faults, {
    token,
    rateLimit: options.rateLimit ?? { requests: 5, windowMs: 5000 },
    globalPerSecond: options.globalPerSecond ?? 50,
  });

  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    rest(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));

  async function listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    address = server.address() as AddressInfo;
  }

  async function unlisten(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }

  async function close(): Promise<void> {
    clearTimeout(life);
    gateway.stop();
    await unlisten();
  }

  await listen(options.port ?? 0);
  const life = setTimeout(() => void close(), options.lifeMs ?? LIFE_MS);
  life.unref();

  return {
    url: origin(),
    token,
    applicationId: world.bot.id,
    botId: world.bot.id,
    home: guilds[0] ?? { id: '', channels: {} },
    requests: recorder.requests,
    violations: recorder.violations,
    invalidRequests: recorder.invalidRequests,
    lateAnswers: recorder.lateAnswers,
    rateLimited: recorder.rateLimited,
    pings: recorder.pings,
    registrations: recorder.registrations,
    gateway: gateway.counts,
    messages: (channelId) => world.messagesIn(channelId).map(seen),
    message(id) {
      const message = world.messages.get(id);
      if (!message) throw new Error(`There never was a message ${id}`);
      return seen(message);
    },
    followUps: ({ interactionId }) => (core.interactions.get(interactionId)?.followUps ?? []).map(seen),
    threads: (channelId) =>
      [...world.channels.values()].filter(({ parentId }) => parentId === channelId).map(({ id }) => id),
    directChannel: (userId) => world.directChannel(userId).id,
    user(id, context = {}) {
      const guildId = context.guild === undefined ? (guilds[0]?.id ?? null) : context.guild;
      const usual = guildId === null ? world.directChannel(id) : world.channelsOf(guildId).find(isText);
      return createMember(core, {
        user: world.user(id, context.name),
        guildId,
        channelId: context.channel ?? usual?.id ?? world.newId(),
        locale: context.locale ?? 'en-US',
        manageGuild: context.manageGuild ?? false,
        userInstalled: context.userInstalled ?? false,
      });
    },
    ...createHappenings(core),
    fail: (plan) => faults.add(plan),
    heal: () => faults.clear(),
    dropGateway: (drop) => gateway.drop(drop),
    online: (is) => (is ? listen(address?.port ?? 0) : unlisten()),
    close,
  };
}

function isText({ kind }: { readonly kind: ChannelKind }): boolean {
  return kind === 'text';
}
