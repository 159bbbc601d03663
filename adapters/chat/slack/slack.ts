import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, SocketModeReceiver, webApi, type Receiver } from '@slack/bolt';
import type { Logger } from '../../../src/log.ts';
import { ChatRefused, type Chat, type ChatLimits, type Clock, type Counter, type Store } from '../../../src/ports.ts';
import { scopeAddress } from './address.ts';
import { createApi } from './api.ts';
import type { SlackCredentials } from './credentials.ts';
import { createFront, type Front } from './front.ts';
import { listen } from './listeners.ts';
import { reasonOf, slackLogger } from './log.ts';
import { createMembers } from './members.ts';
import { isRevoked } from './outcome.ts';
import { createPoster } from './post.ts';
import { createSeal } from './seal.ts';
import { keepSocket, type SocketKeeper } from './socket.ts';
import { installedWorkspaces, singleWorkspace, type Workspaces } from './workspaces.ts';
import { reasons } from '../../../src/delivery/reasons.ts';

export interface SlackOptions {
  readonly credentials: SlackCredentials;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly apiUrl: string;
  readonly authorizeUrl: string;
  /** At an installation the right to read channels is asked for. */
  readonly readBack: boolean;
  /** At least this long between two posts to one channel. Default: Slack's second and a little. */
  readonly paceMs?: number;
}

export interface SlackChat extends Chat {
  /** What is to be served by path: requests from Slack, and the pages of installation. Empty for Socket Mode with one token. */
  readonly routes: ReadonlyMap<string, RequestListener>;
}

/** The least that all commands and alerts need (docs.slack.dev/reference/scopes). */
const botScopes = [
  'chat:write',
  'commands',
  'channels:read',
  'channels:join',
  'groups:read',
  'im:write',
  'users:read',
] as const;

/** With these a message whose posting was interrupted is looked for before it is posted again. */
const historyScopes = ['channels:history', 'groups:history', 'im:history'] as const;

const PACE_MS = 1_050;
const CALL_MS = 10_000;
/** A start does not wait longer for a Slack that is away; it is connected to as soon as it is back. */
const START_MS = 10_000;
const RETRY_MS = 5_000;
const BODY_MAX = 1_000_000;

/** Slack, in one workspace by its token or in many by OAuth, over Socket Mode or signed HTTP requests. */
export function openSlackChat(options: SlackOptions): SlackChat {
  const { credentials, store, clock, log } = options;
  const logger = slackLogger(log);
  // Nothing is tried twice in here: the outbox does that, on the Store's clock.
  const client: webApi.WebClientOptions = {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_MS,
    logger,
    slackApiUrl: options.apiUrl,
  };
  const stopping = new AbortController();
  let counter: Counter | null = null;
  let front: Front | null = null;
  let socket: SocketKeeper | null = null;

  const single = credentials.install.kind === 'token' ? singleWorkspace(credentials.install.botToken) : null;
  const installed =
    credentials.install.kind === 'oauth'
      ? installedWorkspaces({
          ...credentials.install,
          seal: createSeal(credentials.install.encryptionKey),
          store,
          clock,
          log,
          client,
        })
      : null;
  const workspaces = (single ?? installed) as Workspaces;
  const api = createApi(workspaces, client);
  const members = createMembers(api, clock);
  const paceMs = options.paceMs ?? PACE_MS;
  const poster = createPoster({
    api,
    store,
    clock,
    paceMs,
    onRevoked: async (team) => lose(team, reasons.tokenRevoked),
  });

  /** A workspace has put the app out: nothing is asked of it any more. */
  async function lose(team: string, reason: string): Promise<void> {
    log.warn({ team, reason }, 'a workspace of Slack is gone');
    await workspaces.forget(team);
    await counter?.reach({ prefix: scopeAddress(team), reachable: false, reason });
  }

  const received = (): { receivedAt: number } => ({ receivedAt: clock.now() });
  const { transport } = credentials;
  const socketReceiver =
    transport.kind === 'socket'
      ? new SocketModeReceiver({
          appToken: transport.appToken,
          logger,
          autoReconnectEnabled: false,
          // A copy: the vendor's client writes its own retry policy into the options it is given.
          installerOptions: { clientOptions: { ...client } },
          customPropertiesExtractor: received,
        })
      : null;
  const httpReceiver =
    transport.kind === 'http'
      ? new HTTPReceiver({
          signingSecret: transport.signingSecret,
          endpoints: ['/slack/events'],
          bodyLimit: BODY_MAX,
          logger,
          customPropertiesExtractor: received,
        })
      : null;

  const app = new App({
    receiver: (socketReceiver ?? httpReceiver) as Receiver,
    logger,
    clientOptions: { ...client },
    convoStore: false,
    attachFunctionToken: false,
    authorize: async ({ teamId = '' }) => {
      const access = await workspaces.access(teamId);
      if (access === null) throw new Error(`the app is not installed in the workspace ${teamId}`);
      return { teamId, botToken: access.token, botId: access.botId, botUserId: access.botUserId };
    },
  });
  app.error(async (error) => log.warn({ reason: reasonOf(error) }, 'a request from Slack could not be handled'));
  listen(app, { front: () => front, counter: () => counter, store, clock, log, onUninstalled: lose });

  /** Asks Slack whose the token is. Rejects when it is refused; tries again in the background when Slack is away. */
  async function identify(token: string): Promise<void> {
    try {
      const answer = await new webApi.WebClient(token, { ...client }).auth.test();
      const team = answer.team_id ?? '';
      single?.begin(team, { botId: answer.bot_id ?? '', botUserId: answer.user_id ?? '' });
      log.info({ team, name: answer.team, as: answer.user }, 'Slack knows the token');
      await counter?.reach({ prefix: scopeAddress(team), reachable: true, reason: '' });
    } catch (error) {
      if (isRevoked(error)) throw new ChatRefused(`Slack does not accept SLACK_BOT_TOKEN: ${reasonOf(error)}`);
      log.warn({ reason: reasonOf(error) }, 'Slack cannot be reached, it is tried again');
      void retryIdentify(token);
    }
  }

  async function retryIdentify(token: string): Promise<void> {
    await clock.sleep(RETRY_MS, stopping.signal);
    if (stopping.signal.aborted) return;
    await identify(token).catch((error: unknown) => log.error({ reason: reasonOf(error) }, 'Slack refuses the token'));
  }

  const limits: ChatLimits = {
    edits: true,
    threads: true,
    buttons: true,
    forms: true,
    idempotencyMs: 0,
    readBack: true,
    paceMs,
    cardsPerMessage: 10,
  };

  return {
    platform: 'slack',
    limits,
    ...poster,
    routes: routesFor(),

    async start(given) {
      counter = given;
      if (given !== null) front = createFront({ counter: given, api, members, clock, tell: poster.tell });
      await installed?.verify();
      if (credentials.install.kind === 'token') await identify(credentials.install.botToken);
      // Any number of processes may hold a socket: Slack sends each request over one of them.
      if (socketReceiver && given !== null) {
        socket = keepSocket(socketReceiver.client, { clock, log, firstMs: START_MS });
        await socket.begin();
      }
    },

    async stop() {
      stopping.abort();
      front = null;
      await socket?.stop();
    },
  };

  function routesFor(): ReadonlyMap<string, RequestListener> {
    const events = httpReceiver === null ? [] : [['/slack/events', whenStarted(httpReceiver)] as const];
    const installer = installReceiver();
    const pages =
      installer === null
        ? []
        : [['/slack/install', served(installer)] as const, ['/slack/oauth_redirect', served(installer)] as const];
    return new Map<string, RequestListener>([...events, ...pages]);
  }

  /** Slack sends again what is not taken; before the start there is nobody to take it. */
  function whenStarted(receiver: HTTPReceiver): RequestListener {
    const listener = served(receiver);
    return (request, response) => {
      if (front !== null) listener(request, response);
      else response.writeHead(503, { 'retry-after': '1' }).end();
    };
  }

  /** The pages of installation. A receiver of its own: one that installs would also want to authorize. */
  function installReceiver(): HTTPReceiver | null {
    const { install } = credentials;
    if (install.kind !== 'oauth' || installed === null) return null;
    return new HTTPReceiver({
      signingSecret: '',
      signatureVerification: false,
      endpoints: [],
      logger,
      clientId: install.clientId,
      clientSecret: install.clientSecret,
      stateSecret: install.stateSecret,
      scopes: [...botScopes, ...(options.readBack ? historyScopes : [])],
      installationStore: {
        async storeInstallation(installation) {
          const team = await installed.keep(installation);
          log.info({ team }, 'installed in a workspace of Slack');
          await counter?.reach({ prefix: scopeAddress(team), reachable: true, reason: '' });
        },
        async fetchInstallation() {
          throw new Error('installations are read elsewhere');
        },
      },
      installerOptions: {
        clientOptions: { ...client },
        authorizationUrl: options.authorizeUrl,
      },
    });
  }
}

/** A receiver as a request listener: what it does not serve is not found. */
function served(receiver: HTTPReceiver): RequestListener {
  return (request, response) => {
    try {
      receiver.requestListener(request, response);
    } catch {
      response.writeHead(404).end();
    }
  };
}
