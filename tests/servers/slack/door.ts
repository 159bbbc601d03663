/**
 * A local Slack: Web API, Socket Mode, signed HTTP requests and OAuth v2, well enough that the unmodified @slack/bolt
 * runs against it (`clientOptions.slackApiUrl = server.apiUrl`). It lives on the loopback and ends by itself.
 */

import type { Message, SlackUser, UploadedFile, View } from './sights.ts';

export type * from './sights.ts';

/** Ids are Slack's: `T…` a workspace, `C…` a channel, `D…` a direct message, `U…` a member, `B…` a bot. */
export interface SlackServerOptions {
  /** The app's manifest (YAML): scopes, events, commands, shortcuts. One that Slack would not take makes the start reject. */
  readonly manifest?: string;
  /** Bot scopes of an installation made by `workspace` (OAuth grants what was asked for). Default: as the manifest says, else all. */
  readonly scopes?: readonly string[];
  /** Event types the app has subscribed to; others are not sent. Default: as the manifest says, else all. */
  readonly events?: readonly string[];
  /** Slash commands the app has registered; a member can say no others. Default: as the manifest says, else `/news`. */
  readonly commands?: readonly string[];
  /** Where the app takes HTTP requests (`http://127.0.0.1:port/slack/events`); absent: Socket Mode. */
  readonly requestUrl?: string;
  /**
   * Redirect addresses the app has registered; a redirect elsewhere is refused. Default: any on the loopback, and
   * `/slack/oauth_redirect` beside the install address for a request that names none.
   */
  readonly redirectUrls?: readonly string[];
  /** Tokens expire after so many seconds and come with a refresh token that works once. Default: no rotation. */
  readonly rotation?: { readonly expiresInS: number };
  /**
   * `chat.postMessage` per channel (default: 1 a second, 3 at once) and per workspace (default: no limit; Slack has one and
   * does not say which). Other methods have the limits of their tiers, unless `tiers` is false.
   */
  readonly rate?: {
    readonly perSecond?: number;
    readonly burst?: number;
    readonly workspacePerMinute?: number;
    readonly tiers?: boolean;
  };
  /** How long the app has to acknowledge (ms). Default: 3,000. */
  readonly ackMs?: number;
  /** When an event that was not acknowledged is sent again (ms after the failure); each once. Default: 50, 500, 2,000. */
  readonly redeliverMs?: readonly number[];
  /** How long a member's action waits for something to be seen before it rejects (ms). Default: 10,000. */
  readonly patienceMs?: number;
  /** The server ends by itself after this long (ms). Default: 120,000. */
  readonly limitMs?: number;
}

export interface SlackServer {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** For `clientOptions.slackApiUrl`: `url` and `/api/`. */
  readonly apiUrl: string;
  /** For `authorizationUrl`: `url` and `/oauth/v2/authorize`. */
  readonly authorizeUrl: string;
  /** The app's own secrets. */
  readonly appId: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;

  // ------------------------------------------------------------------------------------------------ the world
  /** A workspace; the app is installed there unless `installed` is false. The same id twice is the same workspace. */
  workspace(parts?: { readonly id?: string; readonly name?: string; readonly installed?: boolean }): Workspace;
  /** A channel, by default a public one of the first workspace that the bot has joined. The same id twice changes it. */
  channel(id: string, parts?: ChannelParts): string;
  /** A member, in the first workspace unless told, whose commands are said in `channel`. The same id twice is the same member. */
  user(id: string, parts?: UserParts): SlackUser;
  /** Top-level messages of a channel, oldest first, as they are now. Not ephemeral ones. */
  messages(channel: string): readonly Message[];
  /** What stands in the thread under a message, oldest first. */
  replies(channel: string, ts: string): readonly Message[];
  /** A member's direct message channel with the app, opened if need be. */
  dm(user: string): string;
  /** The app's home tab as published for a member, or null. */
  home(user: string): View | null;
  /** Files that were completely uploaded. */
  readonly files: readonly UploadedFile[];

  // ------------------------------------------------------------------------------------------------ what happens
  /** A member writes something in a channel. */
  say(channel: string, user: string, text: string): Message;
  archive(channel: string): void;
  /** Deletes a channel. */
  remove(channel: string): void;
  /** The bot is put out of a channel, or asked into it. */
  kick(channel: string): void;
  invite(channel: string): void;
  /** Tokens become void; `app_uninstalled` and `tokens_revoked` are sent. */
  uninstall(workspace: string): void;
  /** Takes this scope from a workspace's token. */
  revokeScope(workspace: string, scope: string): void;
  /** Sends an event of the Events API. Resolves when the app has acknowledged it or the last redelivery has failed. */
  event(workspace: string, event: Readonly<Record<string, unknown>>, manner?: Manner): Promise<Receipt>;
  /**
   * Plays a browser: opens the app's install address, follows to the authorize page, agrees for `workspace` (or not),
   * and follows back with the cookies it was given. Resolves with the app's last page.
   */
  install(
    installUrl: string,
    choice: { readonly workspace: string; readonly user?: string; readonly deny?: boolean; readonly cookies?: boolean },
  ): Promise<{ readonly status: number; readonly body: string }>;
  /** Moves the app to another transport or address; null for Socket Mode. */
  requestUrl(url: string | null): void;
  /** The check Slack makes when an address is entered; true when the challenge came back. */
  verifyUrl(): Promise<boolean>;
  /** Posts a raw HTTP request to the app as Slack would, signed as told. */
  post(body: string, contentType: string, manner?: Manner): Promise<{ readonly status: number; readonly body: string }>;
  /** Moves the server's clock forward: tokens, triggers and response addresses grow old. */
  advance(ms: number): void;

  // ------------------------------------------------------------------------------------------------ faults
  /** What the next matching calls meet; faults are met in the order in which they were told. */
  fail(fault: Fault): void;
  clearFaults(): void;
  /** Cuts all sockets without a word; or says `disconnect` first, as Slack does when it refreshes a connection. */
  dropSockets(manner?: 'cut' | 'refresh'): void;

  // ------------------------------------------------------------------------------------------------ what was seen
  /** Web API calls, uploads and answers to a response address (`response_url`), oldest first; of one method, or all. */
  calls(method?: string): readonly Call[];
  /** Everything sent that breaks a documented limit or one of our own stricter rules. */
  readonly violations: readonly Violation[];
  /** Mentions that are live in what was posted: somebody would have been called. */
  readonly pings: readonly Ping[];
  /** Calls answered with 429; `channel` is '' for what is not a post. */
  readonly rateLimited: readonly { readonly method: string; readonly channel: string; readonly at: number }[];
  /** What was acknowledged too late or never. `afterMs` is null for never. */
  readonly lateAnswers: readonly { readonly what: string; readonly afterMs: number | null }[];
  /** What the app was sent over either transport, with its acknowledgement. */
  readonly deliveries: readonly AppDelivery[];
  /** Socket Mode connections open now. */
  readonly sockets: number;
  /** Resolves when so many Socket Mode connections are open (default 1), rejects after `withinMs` (default 10,000). */
  connected(sockets?: number, withinMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** The bot token of an installation made by `workspace`, or the newest one given by OAuth; '' when not installed. */
  readonly botToken: string;
  readonly botUserId: string;
  readonly botId: string;
}

export interface ChannelParts {
  readonly workspace?: string;
  readonly name?: string;
  readonly private?: boolean;
  /** Whether the bot is in it. Default: true. */
  readonly member?: boolean;
  readonly archived?: boolean;
}

export interface UserParts {
  readonly workspace?: string;
  /** Where commands are said. Default: the first channel of the workspace; `dm` for the direct message with the app. */
  readonly channel?: string;
  readonly name?: string;
  /** As Slack says it: `en-US`. */
  readonly locale?: string;
  /** IANA name. */
  readonly tz?: string;
  readonly admin?: boolean;
}

/** How a request is sent to the app: genuine, once, now - unless told otherwise. HTTP only, but for `eventId`. */
export interface Manner {
  readonly signature?: 'good' | 'wrong' | 'missing';
  /** How old the timestamp is (seconds). */
  readonly ageS?: number;
  /** The same id again is a replay. */
  readonly eventId?: string;
}

export interface Receipt {
  readonly eventId: string;
  readonly acknowledged: boolean;
  /** HTTP status of the last try; 200 for an acknowledgement over a socket, 0 for none. */
  readonly status: number;
  readonly tries: number;
}

export interface AppDelivery {
  readonly kind: 'events_api' | 'slash_commands' | 'interactive';
  /** `app_home_opened`, `/news`, `block_actions`, … */
  readonly what: string;
  readonly transport: 'socket' | 'http';
  readonly payload: Readonly<Record<string, unknown>>;
  readonly retry: number;
  readonly at: number;
  /** Null while, or when, there was none. */
  readonly ackMs: number | null;
}

export interface Fault {
  /** `chat.postMessage`, `apps.connections.open`, …, `response_url`, or `*` for all. */
  readonly method: string;
  readonly channel?: string;
  readonly workspace?: string;
  /** Default: 1. */
  readonly times?: number;
  readonly how:
    /** Instead of the work; a 429 carries `Retry-After`. */
    | { readonly status: number; readonly retryAfterS?: number }
    /** `{ok: false, error}` instead of the work. */
    | { readonly error: string }
    /** The connection is reset before the work, or after it. */
    | 'resetBefore'
    | 'resetAfter'
    /** The work is done at once, its answer comes late. */
    | { readonly delayMs: number };
}

export interface Call {
  readonly method: string;
  readonly workspace: string;
  readonly channel: string;
  /** Arguments, decoded; without tokens and secrets. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** `ok`, Slack's error word, an HTTP status as text, or the name of the fault that was met. */
  readonly answer: string;
}

export interface Violation {
  readonly method: string;
  /** `limit`: Slack documents it and the call was refused; `rule`: our own, recorded only. */
  readonly kind: 'limit' | 'rule';
  /** With a JSON pointer to the place. */
  readonly message: string;
}

export interface Ping {
  readonly method: string;
  readonly channel: string;
  /** The mention as it stood in the text. */
  readonly mention: string;
}
