import { Agent } from 'undici';
import { basicAuthorization, keepsEncryption, readUrl, redirectTarget, withoutPassword } from './address.ts';
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
  /** Whether redirects are followed; default true. If not, one comes back as it is, with its `location`. */
  readonly follows?: boolean;
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
  /**
   * Sends a form; sent again where a redirect keeps the method (307, 308), but never from https to http: what it holds may be
   * a secret. Other redirects come back as they are. Otherwise as `get`.
   */
  postForm(url: string, form: URLSearchParams, signal?: AbortSignal): Promise<HttpAnswer>;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PERMANENT = new Set([301, 308]);
/** The method and the body stay the same (RFC 9110 sections 15.4.8 and 15.4.9). */
const KEEPING = new Set([307, 308]);
const NONE: ReadonlySet<number> = new Set();
const MAX_HEADER_BYTES = 65_536;
const KEEP_ALIVE_MS = 4000;
const KEEP_ALIVE_MAX_MS = 15_000;
const LONGEST_CONNECT_MS = 10_000;
/** A host that asks for more rest than this gets this much, then one request. */
const LONGEST_HOLD_MS = 86_400_000;
const GIVEN_UP: Failure = { code: 'aborted', message: 'the request was given up' };

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  readonly headers: readonly string[];
  readonly maxBytes: number;
  /** Status codes of the redirects that are followed. */
  readonly follows: ReadonlySet<number>;
  readonly signal?: AbortSignal;
}

/** How far a request has come. */
interface Trail {
  url: URL;
  /** The host at which it has a place; '' for none. */
  place: string;
  movedTo: string;
  /** All redirects so far were permanent. */
  permanent: boolean;
  leftMs: number;
  readonly visited: Set<string>;
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
    const trail: Trail = { url: first, place: '', movedTo: '', permanent: true, leftMs: timeoutMs, visited: new Set() };
    try {
      for (;;) {
        const kept = await arrive(trail, asked.signal);
        if (kept !== null) return kept;
        const { url } = trail;
        const begun = performance.now();
        const answer = await ask(url, asked, trail.leftMs);
        trail.leftMs = Math.max(1, trail.leftMs - (performance.now() - begun));
        if (answer.kind === 'broken') {
          return failed(explainBroken(answer, url.host, timeoutMs, asked.maxBytes), url);
        }
        const location = asked.follows.has(answer.status) ? answer.headers['location'] : undefined;
        if (location === undefined) return finish(answer, trail);
        const lost = goOn(trail, location, answer.status, asked.method);
        if (lost !== null) return lost;
      }
    } finally {
      if (trail.place !== '') politeness.leave(trail.place);
    }
  }

  /** Gets a place at the host of the trail's address; what keeps the request from it, or null. */
  async function arrive(trail: Trail, signal?: AbortSignal): Promise<HttpFailed | null> {
    const { url } = trail;
    const { host } = url;
    const refusal = guard.refuse(url);
    if (refusal) return failed(refusal, url);
    if (host === trail.place) return null;
    if (trail.place !== '') politeness.leave(trail.place);
    trail.place = '';
    if (politeness.heldMs(host) > 0) return heldBack(url, politeness.heldMs(host));
    if (!politeness.tryEnter(host) && !(await politeness.enter(host, signal))) return failed(GIVEN_UP, url);
    trail.place = host;
    // Whoever was asked while this request waited may have asked for rest.
    const heldMs = politeness.heldMs(host);
    return heldMs > 0 ? heldBack(url, heldMs) : null;
  }

  /** Follows a redirect; what keeps from it, or null. */
  function goOn(trail: Trail, location: string, status: number, method: Asked['method']): HttpFailed | null {
    const { url, visited } = trail;
    const lost = (code: string, words: string): HttpFailed => failed({ code, message: `${url.host} ${words}` }, url);
    visited.add(url.href);
    const next = redirectTarget(location, url);
    if (next === null) return lost('bad_redirect', 'redirects to what is not an address');
    if (method === 'POST' && !keepsEncryption(url, next)) {
      return lost('bad_redirect', 'redirects a form to an address without encryption');
    }
    if (visited.has(next.href)) return lost('too_many_redirects', 'redirects in a circle');
    if (visited.size > options.maxRedirects) {
      return lost('too_many_redirects', `redirects too often (more than ${options.maxRedirects} times)`);
    }
    trail.permanent &&= PERMANENT.has(status);
    trail.movedTo = trail.permanent ? next.href : '';
    trail.url = next;
    return null;
  }

  function finish(answer: Extract<WireAnswer, { kind: 'answer' }>, { url, movedTo }: Trail): HttpOk {
    const { status, headers } = answer;
    const restMs = retryAfterMs(headers, now());
    if (restMs !== null && (status === 429 || status === 503)) {
      politeness.hold(url.host, now() + Math.min(restMs, LONGEST_HOLD_MS));
    }
    return { ...answer, kind: 'ok', finalUrl: withoutPassword(url), movedTo, retryAfterMs: restMs };
  }

  /** One exchange; a second one where a kept connection turned out to be closed. */
  async function ask(url: URL, asked: Asked, leftMs: number): Promise<WireAnswer> {
    const { method, body, maxBytes, signal } = asked;
    const begun = performance.now();
    const authorization = basicAuthorization(url);
    const wire = {
      method,
      url,
      headers: authorization === '' ? asked.headers : [...asked.headers, 'authorization', authorization],
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
    const url = readUrl(address);
    if (url === null) {
      const message = 'this is not an address';
      return Promise.resolve({ kind: 'failed', code: 'bad_url', message, finalUrl: '', retryAfterMs: null });
    }
    return follow(url, asked);
  }

  return {
    get(url, { headers, accept = '*/*', maxBytes = options.maxBodyBytes, follows = true, signal } = {}) {
      const list = [...ownHeaders, 'accept', accept];
      for (const name in headers) list.push(name, headers[name] ?? '');
      return start(url, {
        method: 'GET',
        headers: list,
        maxBytes: Math.min(maxBytes, options.maxBodyBytes),
        follows: follows ? REDIRECTS : NONE,
        ...(signal ? { signal } : {}),
      });
    },

    postForm(url, form, signal) {
      return start(url, {
        method: 'POST',
        body: form.toString(),
        headers: [...ownHeaders, 'content-type', 'application/x-www-form-urlencoded'],
        maxBytes: options.maxBodyBytes,
        follows: KEEPING,
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
  return { kind: 'failed', code, message, finalUrl: withoutPassword(url), retryAfterMs: null };
}

function heldBack(url: URL, ms: number): HttpFailed {
  const message = `${url.host} asked to be left alone for ${Math.ceil(ms / 60_000)} more min`;
  return { kind: 'failed', code: 'host_held', message, finalUrl: withoutPassword(url), retryAfterMs: ms };
}
