import type { Dispatcher } from 'undici';
import { type Coding, type InflateEnd, type Inflater, inflateAtOnce, openInflater, readCoding } from './inflate.ts';

/** Header names in lower case; the values of one that came several times are joined by commas. Latin-1, byte for byte. */
export type HttpHeaders = Readonly<Record<string, string>>;

export interface Wire {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body?: string;
  /** For the answer in all, from now (ms). */
  readonly timeoutMs: number;
  /** Of the body, after inflating. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

export type WireAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: HttpHeaders; readonly body: Uint8Array }
  | {
      readonly kind: 'broken';
      readonly reason: 'timeout' | 'aborted' | 'too_large' | 'damaged' | 'unknown_coding' | 'error';
      /** What undici or the system said; null unless the reason is `error`. */
      readonly error: Error | null;
      /** An answer had begun: asking again at once would be a second request. */
      readonly begun: boolean;
    };

/** Coded bytes gathered before the inflater is started: most feeds are smaller and are inflated in one go. */
const GATHER_BYTES = 65_536;
/** Of an answer whose body nobody wants this much is read, so that the connection can be used again. */
const DRAIN_BYTES = 65_536;
const EMPTY = new Uint8Array(0);
const ENDED = new Error('the exchange has ended');

/**
 * One request and its answer, no redirects followed. The body is read for 2xx only. Never rejects: whatever the
 * other side does is part of the answer.
 */
export function exchange(dispatcher: Dispatcher, wire: Wire): Promise<WireAnswer> {
  return new Promise((resolve) => {
    const { url, maxBytes, signal } = wire;
    let controller: Dispatcher.DispatchController | null = null;
    let status = 0;
    let headers: HttpHeaders = {};
    let coding: Coding = 'identity';
    let chunks: Uint8Array[] = [];
    let size = 0;
    let inflater: Inflater | null = null;
    let ended = false;

    function settle(answer: WireAnswer): void {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      inflater?.abort();
      resolve(answer);
    }
    function finish(body: Uint8Array): void {
      settle({ kind: 'answer', status, headers, body });
    }
    function fail(reason: Exclude<Extract<WireAnswer, { kind: 'broken' }>['reason'], 'error'>): void {
      // An answer without a body is complete with its headers: how the rest of it ends makes no difference.
      if (status !== 0 && !isWanted(status) && reason !== 'aborted') finish(EMPTY);
      else settle({ kind: 'broken', reason, error: null, begun: status !== 0 });
      controller?.abort(ENDED);
    }
    function giveUp(): void {
      fail('aborted');
    }
    function onInflated(end: InflateEnd, body: Uint8Array): void {
      if (end === 'whole') finish(body);
      else fail(end);
    }
    function startInflater(): Inflater {
      const gathered = Buffer.concat(chunks, size);
      chunks = [];
      const opened = openInflater(gathered, coding, maxBytes, {
        onDrain: () => controller?.resume(),
        onEnd: onInflated,
      });
      inflater = opened;
      if (!opened.write(gathered)) controller?.pause();
      return opened;
    }

    const timer = setTimeout(() => fail('timeout'), wire.timeoutMs);
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted === true) {
      giveUp();
      return;
    }

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        if (ended) started.abort(ENDED);
      },
      onResponseStart(_, statusCode, received) {
        // 1xx are only announcements.
        if (statusCode < 200) return;
        status = statusCode;
        headers = joinRepeated(received);
        if (!isWanted(status)) return;
        const named = readCoding(headers['content-encoding'] ?? '');
        if (named === null) fail('unknown_coding');
        else coding = named;
      },
      onResponseData(_, chunk) {
        if (ended) return;
        if (inflater !== null) {
          if (!inflater.write(chunk)) controller?.pause();
          return;
        }
        size += chunk.length;
        if (!isWanted(status)) {
          if (size > DRAIN_BYTES) fail('too_large');
          return;
        }
        chunks.push(chunk);
        if (coding === 'identity') {
          if (size > maxBytes) fail('too_large');
        } else if (size > GATHER_BYTES) startInflater();
      },
      onResponseEnd() {
        if (ended) return;
        if (inflater !== null) {
          inflater.end();
          return;
        }
        if (!isWanted(status) || size === 0) {
          finish(EMPTY);
          return;
        }
        const [only = EMPTY] = chunks;
        const bytes = chunks.length === 1 ? only : Buffer.concat(chunks, size);
        const inflated = inflateAtOnce(bytes, coding, maxBytes);
        if (inflated === null) startInflater().end();
        else onInflated(inflated.end, inflated.body);
      },
      onResponseError(_, error) {
        if (status !== 0 && !isWanted(status)) finish(EMPTY);
        else settle({ kind: 'broken', reason: 'error', error, begun: status !== 0 });
      },
    };
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: wire.method,
        headers: wire.headers as string[],
        body: wire.body ?? null,
      },
      handler,
    );
  });
}

function isWanted(status: number): boolean {
  return status >= 200 && status < 300;
}

function joinRepeated(received: Readonly<Record<string, string | readonly string[] | undefined>>): HttpHeaders {
  for (const name in received) {
    if (typeof received[name] === 'object') return joinedCopy(received);
  }
  return received as HttpHeaders;
}

function joinedCopy(received: Readonly<Record<string, string | readonly string[] | undefined>>): HttpHeaders {
  const headers = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(received)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}
