import { createHmac } from 'node:crypto';
import { request as requestOver, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Fault, Manner } from './door.ts';
import { isObject, parsed, type Json } from './json.ts';

const BODY_MAX = 5_000_000;

/** What goes back over HTTP; `reset` breaks the connection off instead. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly delayMs?: number;
  readonly reset?: boolean;
}

export function jsonReply(value: Json, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export const resetReply: Reply = { status: 0, headers: {}, body: '', reset: true };

/** Does the work, or what a fault makes of it. */
export function meet(how: Fault['how'] | null, work: () => Reply): Reply {
  if (how === null) return work();
  if (how === 'resetBefore') return resetReply;
  if (how === 'resetAfter') return { ...work(), reset: true };
  if ('delayMs' in how) return { ...work(), delayMs: how.delayMs };
  if ('error' in how) return jsonReply({ ok: false, error: how.error });
  const wait = how.retryAfterS === undefined ? {} : { 'retry-after': String(how.retryAfterS) };
  return jsonReply({ ok: false, error: how.status === 429 ? 'ratelimited' : 'fatal_error' }, how.status, wait);
}

export function answer(response: ServerResponse, { status, headers, body, delayMs = 0, reset = false }: Reply): void {
  setTimeout(() => {
    if (reset) response.socket?.resetAndDestroy();
    else response.writeHead(status, headers).end(body);
  }, delayMs);
}

/** The whole body; rejects beyond five megabytes. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_MAX) throw new Error('Body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Arguments that are JSON within a form. */
const nested = new Set(['blocks', 'view', 'metadata', 'files', 'attachments']);

/** The arguments of a call, from a form, JSON or a multipart body. What should be JSON and is not stays a string. */
export async function argumentsOf(body: Buffer, contentType: string): Promise<Json> {
  if (contentType.startsWith('application/json')) {
    const value = parsed(body.toString());
    return isObject(value) ? value : {};
  }
  const form = contentType.startsWith('multipart/form-data')
    ? await multipart(body, contentType)
    : [...new URLSearchParams(body.toString())];
  return Object.fromEntries(form.map(([name, value]) => [name, nested.has(name) ? (parsed(value) ?? value) : value]));
}

/** The fields of a multipart body, files as text. */
export async function multipart(body: Buffer, contentType: string): Promise<(readonly [string, string])[]> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  return Promise.all(
    Array.from(form, async ([name, value]) => [name, typeof value === 'string' ? value : await value.text()] as const),
  );
}

/** The headers by which the app knows Slack (docs.slack.dev/authentication/verifying-requests-from-slack). */
export function signatureOf(
  secret: string,
  body: string,
  { signature = 'good', ageS = 0 }: Manner,
): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageS);
  const key = signature === 'good' ? secret : `${secret}?`;
  const digest = createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'x-slack-request-timestamp': timestamp,
    ...(signature === 'missing' ? {} : { 'x-slack-signature': `v0=${digest}` }),
  };
}

/** Asks over a connection of its own. Rejects when none comes about, it breaks, or `withinMs` are over. */
export function exchange(
  url: string,
  manner: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly withinMs: number;
  },
): Promise<{ readonly status: number; readonly body: string; readonly headers: IncomingMessage['headers'] }> {
  return new Promise((resolve, reject) => {
    const asking = requestOver(url, {
      method: manner.method,
      headers: manner.headers,
      agent: false,
      signal: AbortSignal.timeout(manner.withinMs),
    });
    asking.once('error', reject);
    asking.once('response', (response) => {
      bodyOf(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, body: body.toString(), headers: response.headers }),
        reject,
      );
    });
    asking.end(manner.body);
  });
}
