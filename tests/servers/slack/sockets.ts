import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { isObject, parsed, string, type Json } from './json.ts';
import { identity, type World } from './world.ts';

const PING_MS = 5000;
const CONNECTIONS_MAX = 10;
const CLOSING_MS = 200;

/** What became of an envelope. `body` is what came with the acknowledgement. */
export interface Ack {
  readonly acknowledged: boolean;
  readonly body: unknown;
  /** HTTP status; 200 for an acknowledgement over a socket, 0 for none. */
  readonly status: number;
  /** `timeout`, `connection_failed`, `http_error`, or ''. */
  readonly reason: string;
}

export interface Sockets {
  /** An address for one connection. */
  open(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  count(): number;
  /** Resolves when so many are open; rejects after `withinMs`. */
  reached(count: number, withinMs: number): Promise<void>;
  /** Sends an envelope over one of the connections, each in turn; `onAck` hears of one that comes after the time too. */
  send(envelope: Json & { readonly envelope_id: string }, withinMs: number, onAck: () => void): Promise<Ack>;
  drop(manner: 'cut' | 'refresh'): void;
  /** Says goodbye, and cuts what does not answer. */
  close(): Promise<void>;
}

/** Socket Mode: what Slack would send over HTTP comes as envelopes over a connection the app has opened. */
export function createSockets(world: World): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  /** All, and those that envelopes may take: a socket that was told to go gets no more. */
  const connected = new Set<WebSocket>();
  const open = new Set<WebSocket>();
  const pending = new Map<string, (ack: Ack) => void>();
  let arrivals: (() => void)[] = [];
  let turn = 0;

  function greet(socket: WebSocket): void {
    if (open.size >= CONNECTIONS_MAX) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }), () => socket.close());
      return;
    }
    connected.add(socket);
    open.add(socket);
    const pinging = setInterval(() => socket.ping(), PING_MS);
    socket.on('error', () => undefined);
    socket.on('message', (data, isBinary) => {
      if (!isBinary) heard(parsed((data as Buffer).toString()));
    });
    socket.once('close', () => {
      clearInterval(pinging);
      connected.delete(socket);
      open.delete(socket);
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.size,
        debug_info: { host: 'applink-local', approximate_connection_time: 18_060 },
        connection_info: { app_id: identity.id },
      }),
    );
    for (const arrive of arrivals) arrive();
  }

  function heard(message: unknown): void {
    if (!isObject(message)) return;
    pending.get(string(message['envelope_id']))?.({
      acknowledged: true,
      body: message['payload'],
      status: 200,
      reason: '',
    });
  }

  return {
    open() {
      const ticket = world.id('ticket-');
      tickets.add(ticket);
      return `${world.url.replace('http:', 'ws:')}/link/?ticket=${ticket}&app_id=${identity.id}`;
    },

    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '', world.url).searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, greet);
    },

    count: () => open.size,

    reached(count, withinMs) {
      if (open.size >= count) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const limit = setTimeout(() => {
          arrivals = arrivals.filter((one) => one !== arrive);
          reject(new Error(`${open.size} of ${count} connections after ${withinMs} ms`));
        }, withinMs);
        const arrive = (): void => {
          if (open.size < count) return;
          clearTimeout(limit);
          arrivals = arrivals.filter((one) => one !== arrive);
          resolve();
        };
        arrivals.push(arrive);
      });
    },

    send(envelope, withinMs, onAck) {
      const all = [...open];
      const socket = all[turn++ % Math.max(1, all.length)];
      if (!socket) return Promise.resolve(failed('connection_failed'));
      return new Promise((resolve) => {
        const end = (ack: Ack): void => {
          clearTimeout(limit);
          socket.off('close', lost);
          resolve(ack);
        };
        const lost = (): void => {
          pending.delete(envelope.envelope_id);
          end(failed('connection_failed'));
        };
        const limit = setTimeout(() => end(failed('timeout')), withinMs);
        socket.once('close', lost);
        pending.set(envelope.envelope_id, (ack) => {
          pending.delete(envelope.envelope_id);
          onAck();
          end(ack);
        });
        socket.send(JSON.stringify(envelope));
      });
    },

    drop(manner) {
      for (const socket of open) {
        open.delete(socket);
        if (manner === 'cut') socket.terminate();
        else
          socket.send(
            JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'applink-local' } }),
          );
      }
    },

    async close() {
      const gone = Array.from(connected, (socket) => once(socket, 'close'));
      for (const socket of connected) socket.close(1001);
      await Promise.race([Promise.all(gone), pause(CLOSING_MS, undefined, { ref: false })]);
      for (const socket of connected) socket.terminate();
      server.close();
    },
  };
}

function failed(reason: string): Ack {
  return { acknowledged: false, body: undefined, status: 0, reason };
}
