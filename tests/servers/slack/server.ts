import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { authorizePage } from './browser.ts';
import type { SlackServer, SlackServerOptions } from './door.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFiles } from './files.ts';
import { answer, argumentsOf, bodyOf, jsonReply, multipart, type Reply } from './http.ts';
import { happenings } from './happenings.ts';
import { inhabitants } from './inhabitants.ts';
import { takeResponse } from './responses.ts';
import { createToApp, type ToApp } from './to-app.ts';
import { appOf } from './manifest.ts';
import { createWebApi } from './web-api.ts';
import { identity, createWorld, type World } from './world.ts';

export type * from './door.ts';

const LIMIT_MS = 120_000;
const CLOSING_MS = 200;

/** Starts a local Slack on a free port of the loopback. */
export async function startSlackServer(options: SlackServerOptions = {}): Promise<SlackServer> {
  const manifest = appOf(options);
  const connections = new Set<Socket>();
  let route: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  const http = createServer({ keepAliveTimeout: LIMIT_MS }, (request, response) => {
    route(request, response).catch((error: unknown) => {
      answer(response, jsonReply({ ok: false, error: 'internal_error', detail: String(error) }, 500));
    });
  });
  http.on('connection', (socket) => {
    connections.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => connections.delete(socket));
  });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  const world = createWorld(options, manifest, url);
  const faults = createFaults();
  const toApp = createToApp(world);
  route = routes(world, faults, toApp);
  http.on('upgrade', (request, socket, head) => toApp.sockets.upgrade(request, socket, head));

  async function close(): Promise<void> {
    clearTimeout(limit);
    await toApp.sockets.close();
    // Answers on their way still go out.
    const cut = setTimeout(() => connections.forEach((socket) => socket.destroy()), CLOSING_MS);
    await new Promise((resolve) => {
      http.close(resolve);
    });
    clearTimeout(cut);
  }
  const limit = setTimeout(() => void close(), options.limitMs ?? LIMIT_MS);
  limit.unref();

  return {
    url,
    apiUrl: `${url}/api/`,
    authorizeUrl: `${url}/oauth/v2/authorize`,
    appId: identity.id,
    appToken: identity.token,
    signingSecret: identity.signingSecret,
    clientId: identity.clientId,
    clientSecret: identity.clientSecret,
    ...inhabitants(world, toApp),
    ...happenings(world, toApp),
    fail: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    dropSockets: (manner = 'cut') => toApp.sockets.drop(manner),
    calls: (method) => world.calls.filter((call) => method === undefined || call.method === method),
    violations: world.violations,
    pings: world.pings,
    rateLimited: world.rateLimited,
    lateAnswers: world.lateAnswers,
    deliveries: world.deliveries,
    get sockets() {
      return toApp.sockets.count();
    },
    connected: (sockets = 1, withinMs = 10_000) => toApp.sockets.reached(sockets, withinMs),
    close,
  };
}

/** Which part answers which path. */
function routes(
  world: World,
  faults: Faults,
  toApp: ToApp,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const files = createFiles(world);
  const api = createWebApi(world, faults, () => toApp.sockets.open(), files.methods);

  async function replyTo(request: IncomingMessage): Promise<Reply> {
    const address = new URL(request.url ?? '/', world.url);
    const [, first = '', ...rest] = address.pathname.split('/');
    const contentType = request.headers['content-type'] ?? '';
    const body = await bodyOf(request);
    if (first === 'api') {
      const args = { ...Object.fromEntries(address.searchParams), ...(await argumentsOf(body, contentType)) };
      return api.call(rest.join('/'), (request.headers.authorization ?? '').replace(/^Bearer /u, ''), args);
    }
    if (first === 'response') {
      const [id = ''] = rest;
      const args = await argumentsOf(body, contentType);
      const { user = '', channel = '' } = world.responses.get(id) ?? {};
      const workspace = world.members.get(user)?.team.id ?? '';
      return api.noted('response_url', { workspace, channel }, args, () => takeResponse(world, id, args));
    }
    if (first === 'upload') {
      const parts = contentType.startsWith('multipart/') ? await multipart(body, contentType) : [['', body.toString()]];
      const taken = files.take(rest[0] ?? '', parts.map(([, value]) => value).join(''));
      return { status: taken ? 200 : 404, headers: {}, body: taken ? `OK - ${body.length}` : 'no such upload' };
    }
    if (address.pathname === '/oauth/v2/authorize') return authorizePage(world, address);
    return { status: 404, headers: {}, body: 'not here' };
  }

  return async (request, response) => answer(response, await replyTo(request));
}
