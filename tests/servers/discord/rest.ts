import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { applicationRoutes } from './application-routes.ts';
import { objectIn, readBody } from './body.ts';
import { channelRoutes } from './channel-routes.ts';
import type { Core, Route } from './core.ts';
import type { Fault, Faults } from './faults.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { createRateLimits, tooMany, type Rate } from './rate-limits.ts';
import { failed, refused, type Reply } from './reply.ts';

const BASE = '/api/v10';
const BODY_MAX = 32 * 1024 * 1024;
/** Every route but the messages of a channel allows so many times as much. */
const OTHER_ROUTES = 10;

export interface RestLimits {
  readonly token: string;
  readonly rateLimit: Rate;
  readonly globalPerSecond: number;
}

interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Answers HTTP: faults on demand, the token, rate limits, then the route. */
export function createRest(
  core: Core,
  faults: Faults,
  limits: RestLimits,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const routes = [...applicationRoutes(core), ...channelRoutes(core), ...interactionRoutes(core)].map((route) => ({
    route,
    pattern: patternOf(route.path),
  }));
  const count = createRateLimits();

  return async (request, response) => {
    const url = new URL(request.url ?? '/', core.origin());
    const method = request.method ?? 'GET';
    if (url.pathname.startsWith('/attachments/')) {
      send(response, attachment(core, url.pathname));
      return;
    }
    const path = url.pathname.startsWith(`${BASE}/`) ? url.pathname.slice(BASE.length) : null;
    const bytes = await readAll(request);
    const fault = path === null ? null : faults.strike(method, path);
    if (fault === 'resetBefore') {
      response.socket?.resetAndDestroy();
      return;
    }
    const body = bytes ? await readBody(bytes, request.headers['content-type'] ?? '') : null;
    const reply = faultReply(fault) ?? answer(method, path, request.headers.authorization ?? '', url, bytes, body);
    const code = Number(objectIn(reply.body)['code'] ?? 0);
    core.recorder.request(
      { method, path: `${path ?? url.pathname}${url.search}`, status: reply.status, body: body?.json, at: Date.now() },
      code,
      reply.findings ?? [],
    );
    if (fault === 'resetAfter') response.socket?.resetAndDestroy();
    else if (fault && 'delayMs' in fault) setTimeout(() => send(response, reply), fault.delayMs).unref();
    else send(response, reply);
  };

  function answer(
    method: string,
    path: string | null,
    authorization: string,
    { searchParams }: URL,
    bytes: Uint8Array | null,
    body: Awaited<ReturnType<typeof readBody>>,
  ): Reply {
    const there = path === null ? [] : routes.filter(({ pattern }) => pattern.test(path));
    if (path === null || there.length === 0) return failed(404, 'Not Found');
    const found = there.find(({ route }) => route.method === method);
    if (!found) return failed(405, 'Method Not Allowed');
    const { route, pattern } = found;
    if (route.open !== true && authorization !== `Bot ${limits.token}`) return failed(401, 'Unauthorized');
    const params = decoded(pattern.exec(path)?.groups ?? {});
    if (!params) return failed(404, 'Not Found');
    const { headers, over } = rated({ route, params });
    if (over) return over;
    if (!bytes) return refused(40_005);
    if (!body) return refused(50_109);
    const reply = route.handle({
      params,
      query: searchParams,
      body: objectIn(body.json),
      json: body.json,
      files: body.files,
    });
    return { ...reply, headers: { ...headers, ...reply.headers } };
  }

  /** The headers of the bucket, and the 429 when it, or the one over all routes, is used up. */
  function rated({ route, params }: Found): {
    readonly headers: Readonly<Record<string, string>>;
    readonly over: Reply | null;
  } {
    if (!route.path.startsWith('/interactions') && !route.path.startsWith('/webhooks')) {
      const all = count('', 'global', { requests: limits.globalPerSecond, windowMs: 1000 });
      if (!all.allowed) return { headers: {}, over: { status: 429, ...tooMany(all.resetMs, 'global') } };
    }
    const name = createHash('sha256').update(`${route.method} ${route.path}`).digest('hex').slice(0, 32);
    const major = params['channel'] ?? params['guild'] ?? params['token'] ?? '';
    const { requests, windowMs } = limits.rateLimit;
    const writes = route.path.includes('/messages') && params['channel'] !== undefined && route.method !== 'GET';
    const rate = { requests: writes ? requests : requests * OTHER_ROUTES, windowMs };
    const { allowed, headers, resetMs } = count(`${name} ${major}`, name, rate);
    if (allowed) return { headers, over: null };
    const refusal = tooMany(resetMs, 'user');
    return { headers, over: { status: 429, body: refusal.body, headers: { ...headers, ...refusal.headers } } };
  }
}

function patternOf(path: string): RegExp {
  const named = path.replaceAll(/:([a-z]+)/gu, '(?<$1>[^/]+)');
  return new RegExp(`^${named}$`, 'u');
}

/** The parts of a path, or null when one is no text. */
function decoded(groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> | null {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, decodeURIComponent(part)]));
  } catch {
    return null;
  }
}

function faultReply(fault: Fault | null): Reply | null {
  if (fault === null || typeof fault === 'string' || !('status' in fault)) return null;
  const { status, code = 0, retryAfterMs = 1000 } = fault;
  if (status === 429) return { status, ...tooMany(retryAfterMs, 'user') };
  const { body } = failed(status, 'refused on demand');
  return { status, body: { ...objectIn(body), code } };
}

function attachment({ world }: Core, path: string): Reply {
  const [, , channelId, id] = path.split('/');
  const stands = [...world.messages.values()]
    .filter((message) => message.channelId === channelId)
    .flatMap(({ attachments }) => attachments);
  const file = stands.find((one) => one.id === id) ?? world.uploads.get(id ?? '');
  return file
    ? { status: 200, body: file.bytes, headers: { 'content-type': file.contentType } }
    : failed(404, 'Not Found');
}

/** The whole body, or null when it is over the limit. */
async function readAll(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_MAX) chunks.push(chunk);
  }
  return size <= BODY_MAX ? new Uint8Array(Buffer.concat(chunks)) : null;
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  if (response.destroyed) return;
  if (body === undefined) response.writeHead(status, headers).end();
  else if (body instanceof Uint8Array) response.writeHead(status, headers).end(body);
  else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
