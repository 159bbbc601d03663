import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What the server tells of the program. */
export interface Told {
  /** The text for Prometheus and its content type. */
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly health: () => Promise<{ readonly ok: boolean; readonly problems: readonly string[] }>;
  readonly ready: () => boolean;
}

export interface HttpServer {
  /** The port it listens on: the one asked for, or the one the system chose for 0. */
  readonly port: number;
  close(): Promise<void>;
}

const LAG_LIMIT_MS = 1_000;

/**
 * Serves /metrics, /healthz and /readyz, and whatever else is given by path (Slack over HTTP); a path that ends in a slash
 * stands for all under it (WebSub). Other paths are 404.
 * Rejects when the address is taken or not allowed.
 */
export async function serve(options: {
  readonly host: string;
  readonly port: number;
  readonly told: Told;
  readonly routes?: ReadonlyMap<string, RequestListener>;
}): Promise<HttpServer> {
  const { told, routes } = options;
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();

  async function health(response: ServerResponse): Promise<void> {
    const { problems } = await told.health();
    const lagMs = Math.round(lag.percentile(99) / 1e6);
    lag.reset();
    const all = lagMs > LAG_LIMIT_MS ? [...problems, `the event loop lags by ${lagMs} ms`] : problems;
    answer(response, all.length === 0 ? 200 : 503, JSON.stringify({ ok: all.length === 0, lagMs, problems: all }));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const route = routes?.get(path) ?? routes?.get(`/${path.split('/', 2)[1] ?? ''}/`);
    if (route) {
      route(request, response);
      return undefined;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 405, '{"error":"method"}');
    if (path === '/healthz') return health(response);
    if (path === '/readyz') return answer(response, told.ready() ? 200 : 503, JSON.stringify({ ready: told.ready() }));
    if (path === '/metrics') {
      const { type, text } = await told.metrics();
      return answer(response, 200, text, type);
    }
    return answer(response, 404, '{"error":"not found"}');
  }

  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) => {
    handle(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else answer(response, 500, '{"error":"internal"}');
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,

    async close() {
      lag.disable();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Asks a running program how it does, as a container's health check. Its answer, or why there was none. */
export async function askHealth(host: string, port: number): Promise<{ readonly ok: boolean; readonly text: string }> {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${reachable}:${port}/healthz`, { signal: AbortSignal.timeout(5_000) });
    return { ok: response.ok, text: await response.text() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { ok: false, text: `no answer from ${reachable}:${port}: ${cause}` };
  }
}

function answer(response: ServerResponse, status: number, text: string, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(text);
}
