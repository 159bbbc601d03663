import type { FaultPlan } from './faults.ts';
import type { Answer, Member, MemberContext } from './member.ts';
import type { ChannelKind, GuildIds, GuildSpec, Permission, SeenMessage } from './world.ts';

/** A body that broke a documented limit: what was asked, where in the body, and how. */
export interface Violation {
  readonly route: string;
  /** As in Discord's own errors: `embeds[0].title`. */
  readonly path: string;
  readonly message: string;
}

/** A request that was refused; `code` is Discord's own, 0 for none. */
export interface RefusedRequest {
  readonly route: string;
  readonly status: number;
  readonly code: number;
  /** Epoch ms. */
  readonly at: number;
}

/** A mention in a message that would have called somebody: `@everyone`, `@here`, `<@1>`, `<@&1>`. */
export interface Ping {
  readonly channelId: string;
  readonly messageId: string;
  readonly mention: string;
}

/** One writing of the application's commands. */
export interface Registration {
  /** Null for the global ones. */
  readonly guildId: string | null;
  readonly names: readonly string[];
  readonly at: number;
}

export interface SeenRequest {
  readonly method: string;
  /** Without `/api/v10`, with its query. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  readonly at: number;
}

/** What the gateway has seen. */
export interface GatewayCounts {
  readonly connections: number;
  readonly identifies: number;
  readonly resumes: number;
  readonly heartbeats: number;
  /** Sessions that are connected now. */
  readonly open: number;
}

/** How the gateway lets go of all its connections. */
export interface GatewayDrop {
  /** Whether the sessions can be resumed; if not they end as invalid. */
  readonly resumable: boolean;
  /** The socket is cut (`reset`), the client asked to reconnect (opcode 7), or closed with a code. `reset` when not said. */
  readonly how?: 'reset' | 'reconnect' | number;
  /** No connection is taken for this long. */
  readonly downMs?: number;
}

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
  /** Answers to interactions that are over, unknown or answered already (10062, 10015, 40060). */
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
  addGuild(guild?: GuildSpec): GuildIds;
  /** The bot is put out of a guild. */
  removeBot(guildId: string): void;
  /** The guild has an outage: away for the bot, not left. Back with `available`. */
  outage(guildId: string, available?: boolean): void;
  addChannel(guildId: string, name: string, kind?: Exclude<ChannelKind, 'dm' | 'thread'>): string;
  deleteChannel(channelId: string): void;
  /** Takes permissions of the bot away or gives them back; those not named stay. */
  setPermissions(channelId: string, permissions: Partial<Readonly<Record<Permission, boolean>>>): void;
  /** No direct message reaches this user any more (50007). */
  closeDirectMessages(userId: string): void;
  /** Strikes the next matching requests; plans are tried in the order they were made. */
  fail(plan: FaultPlan): void;
  /** Forgets all plans. */
  heal(): void;
  dropGateway(drop: GatewayDrop): void;
  /** Nothing answers any more until `online(true)`: connections are refused as far as one listener can. */
  online(is: boolean): void;
  close(): Promise<void>;
}
