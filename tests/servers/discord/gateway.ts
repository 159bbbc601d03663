import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { isObject, listIn, objectIn, textIn, type Body } from './body.ts';

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway */
const op = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  voice: 4,
  resume: 6,
  reconnect: 7,
  members: 8,
} as const;
const answerOp = { invalidSession: 9, hello: 10, heartbeatAck: 11 } as const;
const close = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSeq: 4007,
  rateLimited: 4008,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  invalidVersion: 4012,
  disallowedIntents: 4014,
} as const;
const PAYLOAD_MAX = 4096;
const PAYLOADS_A_MINUTE = 120;
const KEPT_EVENTS = 1000;
/** Guild members, presences, message content: never granted to a bot that did not ask for them in the portal. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

/** Intent bits of the events that are sent. */
export const intent = { none: 0, guilds: 1 << 0, guildMessages: 1 << 9, directMessages: 1 << 12 } as const;

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

export interface GatewayOptions {
  readonly token: string;
  readonly heartbeatMs: number;
  /** Where a session is resumed. */
  readonly url: () => string;
  /** READY without the session's part, and the events that follow it, for the guilds of one shard. */
  readonly greet: (onShard: (guildId: string) => boolean) => {
    readonly ready: Body;
    readonly events: readonly (readonly [name: string, data: Body])[];
  };
}

interface Session {
  readonly id: string;
  readonly shard: number;
  readonly shards: number;
  readonly intents: number;
  seq: number;
  readonly events: { readonly seq: number; readonly text: string }[];
  socket: WebSocket | null;
}

export type Gateway = ReturnType<typeof createGateway>;

/** https://discord.com/developers/docs/topics/gateway, JSON without compression. */
export function createGateway({ token, heartbeatMs, url, greet }: GatewayOptions) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536 });
  const sessions = new Map<string, Session>();
  const counts = { connections: 0, identifies: 0, resumes: 0, heartbeats: 0 };
  let downUntil = 0;

  function connected(socket: WebSocket, version: string | null): void {
    counts.connections++;
    let session: Session | null = null;
    let received = 0;
    let lastBeat = Date.now();
    const minute = setInterval(() => (received = 0), 60_000);
    const watch = setInterval(() => {
      if (Date.now() - lastBeat > 2 * heartbeatMs) socket.close(close.sessionTimedOut);
    }, heartbeatMs);
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      clearInterval(minute);
      clearInterval(watch);
      if (session?.socket === socket) session.socket = null;
      // A client that closes with 1000 or 1001 ends its session; any other code leaves it to be resumed.
      if (session && (code === 1000 || code === 1001)) sessions.delete(session.id);
    });
    socket.on('message', (data: Buffer, isBinary) => {
      const payload = isBinary || data.length > PAYLOAD_MAX ? null : parsed(data.toString());
      if (++received > PAYLOADS_A_MINUTE) socket.close(close.rateLimited);
      else if (!payload) socket.close(close.decodeError);
      else if (payload['op'] === op.heartbeat) {
        counts.heartbeats++;
        lastBeat = Date.now();
        send(socket, { op: answerOp.heartbeatAck });
      } else if (payload['op'] === op.identify || payload['op'] === op.resume) {
        if (session) socket.close(close.alreadyAuthenticated);
        else session = begin(socket, payload['op'], objectIn(payload['d']));
      } else if (!session) socket.close(close.notAuthenticated);
      else if (payload['op'] !== op.presence && payload['op'] !== op.voice && payload['op'] !== op.members) {
        socket.close(close.unknownOpcode);
      }
    });
    if (version === '10') send(socket, { op: answerOp.hello, d: { heartbeat_interval: heartbeatMs } });
    else socket.close(close.invalidVersion);
  }

  function begin(socket: WebSocket, how: number, data: Body): Session | null {
    if (textIn(data['token']).replace(/^Bot /u, '') !== token) {
      socket.close(close.authenticationFailed);
      return null;
    }
    return how === op.identify ? identify(socket, data) : resume(socket, data);
  }

  function identify(socket: WebSocket, data: Body): Session | null {
    counts.identifies++;
    const [shard = 0, shards = 1] = listIn(data['shard']).map(Number);
    const intents = Number(data['intents']);
    if (!(shard >= 0 && shard < shards)) socket.close(close.invalidShard);
    else if ((intents & PRIVILEGED) !== 0) socket.close(close.disallowedIntents);
    else {
      const id = crypto.randomUUID().replaceAll('-', '');
      const session: Session = { id, shard, shards, intents, seq: 0, events: [], socket };
      sessions.set(id, session);
      const { ready, events } = greet((guildId) => shardOf(guildId, shards) === shard);
      const own = { session_id: id, resume_gateway_url: url(), shard: [shard, shards] };
      emit(session, 'READY', { ...ready, ...own });
      for (const [name, body] of events) emit(session, name, body);
      return session;
    }
    return null;
  }

  function resume(socket: WebSocket, data: Body): Session | null {
    counts.resumes++;
    const session = sessions.get(textIn(data['session_id']));
    const seq = Number(data['seq']);
    if (!session || session.seq - seq > KEPT_EVENTS) {
      send(socket, { op: answerOp.invalidSession, d: false });
      return null;
    }
    if (seq > session.seq) {
      sessions.delete(session.id);
      socket.close(close.invalidSeq);
      return null;
    }
    session.socket?.terminate();
    session.socket = socket;
    for (const event of session.events) if (event.seq > seq) socket.send(event.text);
    emit(session, 'RESUMED', {});
    return session;
  }

  /** Events of a session without a connection are kept for when it is resumed. */
  function emit(session: Session, name: string, data: Body): void {
    const seq = ++session.seq;
    const text = JSON.stringify({ op: op.dispatch, t: name, s: seq, d: data });
    session.events.push({ seq, text });
    if (session.events.length > KEPT_EVENTS) session.events.shift();
    if (session.socket?.readyState === session.socket?.OPEN) session.socket?.send(text);
  }

  return {
    /** Takes over an HTTP upgrade, or refuses it while the gateway is down. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on('error', () => undefined);
      if (Date.now() < downUntil) {
        socket.destroy();
        return;
      }
      sockets.handleUpgrade(request, socket, head, (connection) => {
        connected(connection, new URL(request.url ?? '/', url()).searchParams.get('v'));
      });
    },
    /** Sends an event to the sessions that are to know of it; DMs (null) go to shard 0. True when one is connected. */
    dispatch(name: string, data: Body, about: { readonly guildId: string | null; readonly intent: number }): boolean {
      let heard = false;
      for (const session of sessions.values()) {
        const shard = about.guildId === null ? 0 : shardOf(about.guildId, session.shards);
        if (shard !== session.shard || (session.intents & about.intent) !== about.intent) continue;
        emit(session, name, data);
        heard ||= session.socket !== null;
      }
      return heard;
    },
    drop({ resumable, how = 'reset', downMs = 0 }: GatewayDrop): void {
      downUntil = Date.now() + downMs;
      if (!resumable) for (const session of sessions.values()) sessions.delete(session.id);
      for (const socket of sockets.clients) {
        if (how === 'reset') socket.terminate();
        else if (how === 'reconnect') send(socket, { op: op.reconnect, d: null });
        else socket.close(how);
      }
    },
    counts: (): GatewayCounts => ({
      ...counts,
      open: [...sessions.values()].filter(({ socket }) => socket?.readyState === socket?.OPEN && socket).length,
    }),
    stop(): void {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** https://discord.com/developers/docs/topics/gateway#sharding */
function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards));
}

function send(socket: WebSocket, payload: Body): void {
  socket.send(JSON.stringify({ t: null, s: null, ...payload }));
}

function parsed(text: string): Body | null {
  try {
    const payload: unknown = JSON.parse(text);
    return isObject(payload) ? payload : null;
  } catch {
    return null;
  }
}
