import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { HubCallback, HubPlace } from '../../src/ports.ts';

/** Bodies taken at once; more are told to come again. */
const MOST_AT_ONCE = 8;
const RETRY_AFTER_SECONDS = '60';
const PLACE = /^\/websub\/([\da-f]{1,64})\/([\w-]{16,128})$/u;

/**
 * The address that hubs call (WebSub sections 5.3 and 7): a verification is answered, a delivery is acknowledged and then
 * taken in. Places that nobody was told of are 404, and nothing of what is sent there is read.
 * @param callback null while the program is not ready
 */
export function hubRoute(options: {
  readonly callback: () => HubCallback | null;
  readonly maxBodyBytes: number;
  readonly onError: (error: unknown) => void;
}): RequestListener {
  const { maxBodyBytes, onError } = options;
  let taking = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, feedId, token] = PLACE.exec(url.pathname) ?? [];
    if (feedId === undefined || token === undefined) return end(response, 404);
    const callback = options.callback();
    if (callback === null) return end(response, 503);
    if (request.method === 'GET') return verify(callback, { feedId, token }, url.searchParams, response);
    if (request.method === 'POST') return deliver(callback, { feedId, token }, request, response);
    return end(response, 405);
  }

  async function verify(
    callback: HubCallback,
    place: HubPlace,
    query: URLSearchParams,
    response: ServerResponse,
  ): Promise<void> {
    const challenge = await callback.verify(place, query);
    if (challenge === null) end(response, 404);
    else end(response, 200, challenge);
  }

  async function deliver(
    callback: HubCallback,
    place: HubPlace,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (!(await callback.awaits(place))) return end(response, 404);
    if (taking >= MOST_AT_ONCE) return end(response, 503);
    taking++;
    try {
      const body = await bodyOf(request, maxBodyBytes);
      if (body === null) return end(response, 413);
      // Acknowledged whatever the signature says: a hub learns nothing from a wrong one.
      end(response, 202);
      const contentType = request.headers['content-type'] ?? '';
      const signature = request.headers['x-hub-signature'];
      await callback.receive(place, { body, contentType, signature: typeof signature === 'string' ? signature : '' });
    } finally {
      taking--;
    }
  }

  return (request, response) => {
    handle(request, response).catch((error: unknown) => {
      onError(error);
      if (!response.headersSent) end(response, 500);
    });
  };
}

/** The whole body, or null when it is longer than `most` bytes or breaks off. */
async function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > most) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}

function end(response: ServerResponse, status: number, text = ''): void {
  // What a body that nobody reads still sends is not waited for.
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    ...(status >= 400 ? { connection: 'close' } : {}),
    ...(status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {}),
  };
  response.writeHead(status, headers).end(text);
}
