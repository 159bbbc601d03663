import { Agent } from 'undici';
import { retryAfterMs } from './answer-hints.ts';
import { exchange, type HttpHeaders, type WireAnswer } from './exchange.ts';
import { explainBroken, isStale, type Failure } from './failure.ts';
import { createGuard, type LookUp } from './guard.ts';
import { ACCEPTED_CODINGS } from './inflate.ts';
import { createPoliteness } from './politeness.ts';

export interface HttpOptions {
  /** For one `get` in all, redirects included; waiting for a host's turn is not counted. */
  readonly timeoutMs: number;
  /** After inflating. */
  readonly maxBodyBytes: number;
  readonly maxRedirects: number;
  /** `host:port` of single private hosts that may be asked. */
  readonly allowPrivateHosts: readonly string[];
  readonly allowPorts: readonly number[];
  readonly userAgent: string;
  readonly perHostConcurrency: number;
  readonly hostSpacingMs: number;
  readonly concurrency: number;
  /** Default: the name servers of this machine. */
  readonly lookup?: LookUp;
  /** Epoch ms, for what servers say of time; default the machine's clock. */
  readonly now?: () => number;
}

export interface GetOptions {
  /** Names and values of further headers; the values are sent as Latin-1, byte for byte. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The Accept header; everything by default. */
  readonly accept?: string;
  /** A smaller cap than `maxBodyBytes`. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

export interface HttpOk {
  readonly kind: 'ok';
  /** Any but a followed redirect. */
  readonly status: number;
  readonly headers: HttpHeaders;
  /** Inflated; empty for every status but 2xx. */
  readonly body: Uint8Array;
  /** The address that answered, without a password. */
  readonly finalUrl: string;
  /** Where a chain of permanent redirects only (301, 308) ended; '' when there was none. */
  readonly movedTo: string;
  readonly retryAfterMs: number | null;
}

export interface HttpFailed extends Failure {
  readonly kind: 'failed';
  /** The address that failed, without a password; '' where the one asked for is none. */
  readonly finalUrl: string;
  /** The server asked to be left alone this long; null when it did not. */
  readonly retryAfterMs: number | null;
}

export type HttpAnswer = HttpOk | HttpFailed;

export interface Http {
  /**
   * Asks for an address: http(s) on the public Internet, politely, redirects followed, no cookies and no Referer.
   * Never rejects for what the world does; rejects only when closed.
   */
  get(url: string, options?: GetOptions): Promise<HttpAnswer>;
  /** Sends a form; redirects are not followed. Otherwise as `get`. */
  postForm(url: string, form: URLSearchParams, signal?: AbortSignal): Promise<HttpAnswer>;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PERMANENT = new Set([301, 308]);
const MAX_HEADER_BYTES = 65_536;
const KEEP_ALIVE_MS = 4000;
const KEEP_ALIVE_MAX_MS = 15_000;
const LONGEST_CONNECT_MS = 10_000;
/** A host that asks for more rest than this gets this much, then one request. */
const LONGEST_HOLD_MS = 86_400_000;
const MAX_URL_LENGTH = 8192;

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  readonly headers: readonly string[];
  readonly maxBytes: number;
  readonly maxRedirects: number;
  readonly signal?: AbortSignal;
}

/** HTTP for strangers' servers. Answers as they come from the wire, made harmless: bounded, inflated, guarded. */
export function createHttp(options: HttpOptions): Http {
  const { timeoutMs } = options;
  const now = options.now ?? Date.now;
  const guard = createGuard({
    allowPrivateHosts: options.allowPrivateHosts,
    allowPorts: options.allowPorts,
    connectTimeoutMs: Math.min(timeoutMs, LONGEST_CONNECT_MS),
    ...(options.lookup ? { lookUp: options.lookup } : {}),
  });
  const politeness = createPoliteness({ ...options, now });
  // The time of an exchange is bounded as a whole: undici's timers for its parts are off.
  const agent = new Agent({
    connect: guard.connect,
    connections: options.perHostConcurrency,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MAX_MS,
  });
  const ownHeaders = ['user-agent', options.userAgent, 'accept-encoding', ACCEPTED_CODINGS];
  let closed = false;

  /** The requests of one `get`, from hop to hop. */
  async function follow(first: URL, asked: Asked): Promise<HttpAnswer> {
    const visited = new Set<string>();
    let url = first;
    let movedTo = '';
    let permanent = true;
    let leftMs = timeoutMs;
    let place = '';
    try {
      for (;;) {
        const refusal = guard.refuse(url);
        if (refusal) return failed(refusal, url);
        if (url.host !== place) {
          if (place !== '') politeness.leave(place);
          place = '';
          const held = politeness.heldMs(url.host);
          if (held > 0) return heldBack(url, held);
          if (!politeness.tryEnter(url.host) && !(await politeness.enter(url.host, asked.signal))) {
            return failed({ code: 'aborted', message: 'the request was given up' }, url);
          }
          place = url.host;
          // Whoever was asked while this request waited may have asked for rest.
          const heldNow = politeness.heldMs(url.host);
          if (heldNow > 0) return heldBack(url, heldNow);
        }

        const begun = performance.now();
        const answer = await ask(url, asked, leftMs);
        leftMs = Math.max(1, leftMs - (performance.now() - begun));
        if (answer.kind === 'broken') {
          return failed(explainBroken(answer, url.host, timeoutMs, asked.maxBytes), url);
        }

        const { status, headers } = answer;
        const location = headers['location'];
        if (asked.maxRedirects < 0 || !REDIRECTS.has(status) || location === undefined) {
          const rest = retryAfterMs(headers, now());
          if (rest !== null && (status === 429 || status === 503)) {
            politeness.hold(url.host, now() + Math.min(rest, LONGEST_HOLD_MS));
          }
          return { ...answer, kind: 'ok', finalUrl: shownUrl(url), movedTo, retryAfterMs: rest };
        }
        visited.add(url.href);
        const next = redirectTarget(location, url);
        if (next === null) {
          return failed({ code: 'bad_redirect', message: `${url.host} redirects to what is not an address` }, url);
        }
        if (visited.has(next.href)) {
          return failed({ code: 'too_many_redirects', message: `${url.host} redirects in a circle` }, url);
        }
        if (visited.size > asked.maxRedirects) {
          const times = `${asked.maxRedirects} times`;
          return failed({ code: 'too_many_redirects', message: `${first.host} redirects more than ${times}` }, url);
        }
        permanent &&= PERMANENT.has(status);
        movedTo = permanent ? next.href : '';
        url = next;
      }
    } finally {
      if (place !== '') politeness.leave(place);
    }
  }

  /** One exchange; a second one where a kept connection turned out to be closed. */
  async function ask(url: URL, asked: Asked, leftMs: number): Promise<WireAnswer> {
    const { method, body, maxBytes, signal } = asked;
    const begun = performance.now();
    const wire = {
      method,
      url,
      headers: withAuthorization(asked.headers, url),
      maxBytes,
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
    };
    const answer = await exchange(agent, { ...wire, timeoutMs: leftMs });
    if (answer.kind === 'answer' || method !== 'GET' || !isStale(answer)) return answer;
    return exchange(agent, { ...wire, timeoutMs: Math.max(1, leftMs - (performance.now() - begun)) });
  }

  function start(address: string, asked: Asked): Promise<HttpAnswer> {
    if (closed) return Promise.reject(Object.assign(new Error('the HTTP client is closed'), { code: 'closed' }));
    const url = address.length > MAX_URL_LENGTH ? null : URL.parse(address);
    if (url === null) {
      const message = 'this is not an address';
      return Promise.resolve({ kind: 'failed', code: 'bad_url', message, finalUrl: '', retryAfterMs: null });
    }
    return follow(url, asked);
  }

  return {
    get(url, { headers, accept = '*/*', maxBytes = options.maxBodyBytes, signal } = {}) {
      const list = [...ownHeaders, 'accept', accept];
      for (const name in headers) list.push(name, headers[name] ?? '');
      return start(url, {
        method: 'GET',
        headers: list,
        maxBytes: Math.min(maxBytes, options.maxBodyBytes),
        maxRedirects: options.maxRedirects,
        ...(signal ? { signal } : {}),
      });
    },

    postForm(url, form, signal) {
      return start(url, {
        method: 'POST',
        body: form.toString(),
        headers: [...ownHeaders, 'content-type', 'application/x-www-form-urlencoded'],
        maxBytes: options.maxBodyBytes,
        maxRedirects: -1,
        ...(signal ? { signal } : {}),
      });
    },

    async close() {
      closed = true;
      politeness.close();
      await agent.destroy();
    },
  };
}

function failed({ code, message }: Failure, url: URL): HttpFailed {
  return { kind: 'failed', code, message, finalUrl: shownUrl(url), retryAfterMs: null };
}

function heldBack(url: URL, ms: number): HttpFailed {
  const message = `${url.host} asked to be left alone for ${Math.ceil(ms / 60_000)} more min`;
  return { kind: 'failed', code: 'host_held', message, finalUrl: shownUrl(url), retryAfterMs: ms };
}

/** A Location header as an address; null for what is none. A password stays with its own origin only. */
function redirectTarget(location: string, from: URL): URL | null {
  if (location.length > MAX_URL_LENGTH) return null;
  const target = URL.parse(asWritten(location), from.href);
  if (target === null) return null;
  if (target.origin === from.origin && target.username === '' && target.password === '') {
    target.username = from.username;
    target.password = from.password;
  }
  target.hash = '';
  return target;
}

/** Headers are read as Latin-1; addresses in them are often UTF-8 all the same. */
function asWritten(value: string): string {
  if (!/[\u0080-\u00ff]/u.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

function withAuthorization(headers: readonly string[], url: URL): readonly string[] {
  if (url.username === '' && url.password === '') return headers;
  const pair = `${decoded(url.username)}:${decoded(url.password)}`;
  return [...headers, 'authorization', `Basic ${Buffer.from(pair).toString('base64')}`];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shownUrl(url: URL): string {
  if (url.username === '' && url.password === '') return url.href;
  const shown = new URL(url.href);
  shown.username = '';
  shown.password = '';
  return shown.href;
}
