import type { Dispatcher } from 'undici';
import { readBody } from './body.ts';
import { type BodyReader, readCoding } from './inflate.ts';

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

type BreakReason = Extract<WireAnswer, { kind: 'broken' }>['reason'];

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
    const { url, signal } = wire;
    let controller: Dispatcher.DispatchController | null = null;
    const answer = receive(wire.maxBytes, {
      onSettled: (settled) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        resolve(settled);
      },
      // A request that waits for its connection has no controller yet: it is ended as soon as it gets one.
      onBroken: () => controller?.abort(ENDED),
      onDrain: () => controller?.resume(),
    });
    const giveUp = (): void => answer.fail('aborted');
    const timer = setTimeout(() => answer.fail('timeout'), wire.timeoutMs);
    if (signal?.aborted === true) {
      giveUp();
      return;
    }
    signal?.addEventListener('abort', giveUp, { once: true });

    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: wire.method,
        headers: wire.headers as string[],
        body: wire.body ?? null,
      },
      {
        onRequestStart(started) {
          controller = started;
          if (answer.ended()) started.abort(ENDED);
        },
        onResponseStart: (_, status, headers) => answer.begin(status, headers),
        onResponseData(started, chunk) {
          if (!answer.write(chunk)) started.pause();
        },
        onResponseEnd: () => answer.end(),
        onResponseError: (_, error) => answer.fail('error', error),
      },
    );
  });
}

interface Receiver {
  begin(status: number, headers: Received): void;
  /** False: no more until `onDrain`. */
  write(chunk: Uint8Array): boolean;
  end(): void;
  fail(reason: BreakReason, error?: Error): void;
  ended(): boolean;
}

type Received = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Makes an answer of what comes over the wire. It is settled once; what comes later is ignored. */
function receive(
  maxBytes: number,
  events: {
    readonly onSettled: (answer: WireAnswer) => void;
    readonly onBroken: () => void;
    readonly onDrain: () => void;
  },
): Receiver {
  let status = 0;
  let headers: HttpHeaders = {};
  let reader: BodyReader | null = null;
  let unwanted = 0;
  let ended = false;

  function settle(answer: WireAnswer): void {
    if (ended) return;
    ended = true;
    reader?.abort();
    events.onSettled(answer);
  }
  function finish(body: Uint8Array): void {
    settle({ kind: 'answer', status, headers, body });
  }
  function fail(reason: BreakReason, error: Error | null = null): void {
    const begun = status !== 0;
    // An answer whose body nobody wants is complete with its headers: how the rest of it ends makes no difference.
    if (begun && !isWanted(status) && reason !== 'aborted') finish(EMPTY);
    else settle({ kind: 'broken', reason, error, begun });
    events.onBroken();
  }

  return {
    fail,
    ended: () => ended,
    begin(statusCode, received) {
      // 1xx are only announcements.
      if (ended || statusCode < 200) return;
      status = statusCode;
      headers = joinRepeated(received);
      if (!isWanted(status)) return;
      const coding = readCoding(headers['content-encoding'] ?? '');
      if (coding === null) {
        fail('unknown_coding');
        return;
      }
      reader = readBody(coding, maxBytes, {
        onDrain: events.onDrain,
        onEnd: (end, body) => (end === 'whole' ? finish(body) : fail(end)),
      });
    },
    write(chunk) {
      if (ended) return true;
      if (reader !== null) return reader.write(chunk);
      unwanted += chunk.length;
      if (unwanted > DRAIN_BYTES) fail('too_large');
      return true;
    },
    end() {
      if (ended) return;
      if (reader === null) finish(EMPTY);
      else reader.end();
    },
  };
}

function isWanted(status: number): boolean {
  return status >= 200 && status < 300;
}

function joinRepeated(received: Received): HttpHeaders {
  for (const name in received) {
    if (typeof received[name] === 'object') return joinedCopy(received);
  }
  return received as HttpHeaders;
}

function joinedCopy(received: Received): HttpHeaders {
  const headers = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(received)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}
