import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';

/** A request as it came, with the time of its coming (ms, on the clock of `performance`). */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** What the server does for a path. */
export type Behaviour =
  | {
      readonly kind: 'answer';
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | Uint8Array;
      readonly coding?: 'gzip' | 'br' | 'deflate' | 'raw deflate';
      /** Before the headers are sent. */
      readonly delayMs?: number;
    }
  /** Sends bytes, one by one, with a pause between them, until the other side has enough. */
  | { readonly kind: 'slow'; readonly body: string; readonly pauseMs: number; readonly status?: number }
  /** Sends for ever, as fast as it can. */
  | { readonly kind: 'endless'; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  /** Takes the request and says nothing. */
  | { readonly kind: 'silent' }
  /** Breaks the connection off before any answer. */
  | { readonly kind: 'reset' }
  /** Breaks off within the body. */
  | { readonly kind: 'cut'; readonly body: string; readonly after: number; readonly chunked?: boolean }
  /** Writes these bytes to the socket in place of HTTP, and ends. */
  | { readonly kind: 'raw'; readonly bytes: string };

export type Script = Behaviour | ((request: SeenRequest, nth: number) => Behaviour);

export interface FeedServer {
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly port: number;
  /** Sets what a path (with its query) answers; without, it is 404. */
  on(path: string, script: Script): void;
  /** All requests so far, or those of one path. */
  seen(path?: string): readonly SeenRequest[];
  /** Connections taken so far, and the most requests that were open at once. */
  connections(): number;
  mostAtOnce(): number;
  stop(): Promise<void>;
}

/** Longer than any test: whatever hangs ends with it. */
const LONGEST_MS = 30_000;
const CHUNK = Buffer.alloc(65_536, 'x');

/** A web server on the loopback that behaves as it is told. */
export async function startFeedServer(): Promise<FeedServer> {
  const scripts = new Map<string, Script>();
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let open = 0;
  let most = 0;

  const server = createServer({ keepAliveTimeout: LONGEST_MS }, (request, response) => {
    const chunks: Buffer[] = [];
    most = Math.max(most, ++open);
    response.once('close', () => open--);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const seen: SeenRequest = {
        method: request.method ?? '',
        path,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        at: performance.now(),
      };
      const nth = requests.filter((earlier) => earlier.path === path).length;
      requests.push(seen);
      const script = scripts.get(path) ?? { kind: 'answer', status: 404, body: 'not here' };
      behave(typeof script === 'function' ? script(seen, nth) : script, response);
    });
  });
  server.on('connection', (socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const limit = setTimeout(() => server.close(), LONGEST_MS);
  limit.unref();
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    on: (path, script) => scripts.set(path, script),
    seen: (path) => (path === undefined ? requests : requests.filter((request) => request.path === path)),
    connections: () => connections,
    mostAtOnce: () => most,
    stop: () =>
      new Promise((resolve) => {
        clearTimeout(limit);
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function behave(behaviour: Behaviour, response: ServerResponse): void {
  switch (behaviour.kind) {
    case 'answer':
      setTimeout(() => answer(behaviour, response), behaviour.delayMs ?? 0);
      return;
    case 'slow':
      response.writeHead(behaviour.status ?? 200, { 'content-type': 'application/rss+xml' });
      drip(behaviour.body, behaviour.pauseMs, response);
      return;
    case 'endless':
      response.writeHead(behaviour.status ?? 200, behaviour.headers ?? {});
      pour(response);
      return;
    case 'silent':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'cut':
      response.writeHead(
        200,
        behaviour.chunked === true ? {} : { 'content-length': Buffer.byteLength(behaviour.body) },
      );
      response.write(behaviour.body.slice(0, behaviour.after), () => response.socket?.destroySoon());
      return;
    case 'raw':
      response.socket?.end(behaviour.bytes, 'latin1');
      return;
    default:
      behaviour satisfies never;
  }
}

function answer(behaviour: Extract<Behaviour, { kind: 'answer' }>, response: ServerResponse): void {
  const { status = 200, headers = {}, body = '', coding } = behaviour;
  const bytes = coding === undefined ? Buffer.from(body) : compressed(Buffer.from(body), coding);
  const named = coding === undefined ? {} : { 'content-encoding': coding === 'raw deflate' ? 'deflate' : coding };
  response.writeHead(status, { ...named, ...(headers as Record<string, string | string[]>) });
  response.end(status === 304 || status === 204 ? undefined : bytes);
}

function compressed(bytes: Uint8Array, coding: 'gzip' | 'br' | 'deflate' | 'raw deflate'): Uint8Array {
  const by = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, 'raw deflate': deflateRawSync };
  return by[coding](bytes);
}

function drip(body: string, pauseMs: number, response: ServerResponse): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < body.length) response.write(body.slice(at, ++at));
    else response.end();
  }, pauseMs);
  response.once('close', () => clearInterval(timer));
}

function pour(response: ServerResponse): void {
  while (!response.destroyed) {
    if (response.write(CHUNK)) continue;
    response.once('drain', () => pour(response));
    return;
  }
}

/** A port of the loopback where nobody listens: one that was free a moment ago. */
export async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
