import { createHash } from 'node:crypto';
import type { Validators } from '../../src/feeds/feed.ts';
import type { FeedSource, FetchAnswer, FetchHints } from '../../src/ports.ts';
import type { FeedDocument, SourceMarks } from '../../src/story/item.ts';

import { hubLinks, maxAgeMs } from './answer-hints.ts';
import { createDiscovery, FEED_ACCEPT, type ParseFeed } from './discover.ts';
import type { Http, HttpFailed, HttpOk } from './http.ts';

export interface FeedSourceOptions {
  readonly http: Http;
  readonly parse: ParseFeed;
  /** A body read by another version is read again. */
  readonly parserVersion: number;
  /** Epoch ms; default the machine's clock. */
  readonly now?: () => number;
  /** Closes what stands behind `parse`. */
  readonly close?: () => Promise<void>;
}

/** 96 bits: enough that no two bodies of a feed are ever taken for one. */
const HASH_DIGITS = 24;
/** Asks for marks only. */
const NOTHING: SourceMarks = { frame: -1, items: [] };

/** Feeds over HTTP: conditional requests, and bodies that are parsed only when they differ from the last one. */
export function createFeedSource(options: FeedSourceOptions): FeedSource {
  const { http, parse, parserVersion, now = Date.now } = options;
  const discover = createDiscovery(http, parse);
  return {
    parserVersion,

    async fetch({ url, validators, bodyHash, known }, signal) {
      const answer = await http.get(url, {
        accept: FEED_ACCEPT,
        headers: conditions(validators),
        ...(signal ? { signal } : {}),
      });
      if (answer.kind === 'failed') return requestFailed(answer, url);
      const hints = { maxAgeMs: maxAgeMs(answer.headers, now()) };
      const { movedTo } = answer;
      if (answer.status === 304) {
        return { kind: 'unchanged', validators: renewed(validators, answer), hints, movedTo };
      }
      if (answer.status < 200 || answer.status > 299) return statusFailed(answer, url);
      const fresh = givenValidators(answer);
      const digest = createHash('sha256').update(answer.body).digest('hex').slice(0, HASH_DIGITS);
      if (digest === bodyHash) return { kind: 'unchanged', validators: fresh, hints, movedTo };
      return readDocument(parse, answer, known, { validators: fresh, bodyHash: digest, hints, movedTo });
    },

    discover,

    async close() {
      await http.close();
      await options.close?.();
    },
  };
}

function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === '' ? {} : { 'if-none-match': etag }),
    ...(lastModified === '' ? {} : { 'if-modified-since': lastModified }),
  };
}

function givenValidators({ headers }: HttpOk): Validators {
  return { etag: headers['etag'] ?? '', lastModified: headers['last-modified'] ?? '' };
}

/** A 304 may name a new validator (RFC 9110 15.4.5); those it does not name stay. */
function renewed(validators: Validators, answer: HttpOk): Validators {
  const { etag, lastModified } = givenValidators(answer);
  if (etag === '' && lastModified === '') return validators;
  return { etag: etag || validators.etag, lastModified: lastModified || validators.lastModified };
}

async function readDocument(
  parse: ParseFeed,
  { body, headers, finalUrl }: HttpOk,
  known: SourceMarks | undefined,
  kept: { validators: Validators; bodyHash: string; hints: FetchHints; movedTo: string },
): Promise<FetchAnswer> {
  const about = { url: finalUrl, contentType: headers['content-type'] ?? '' };
  async function read(marks: { readonly known?: SourceMarks }): Promise<FeedDocument> {
    return { ...withoutMute(await parse(body, { ...about, ...marks })), ...hubLinks(headers, finalUrl) };
  }
  try {
    const document = await read(known === undefined ? {} : { known });
    const whole = document.unchanged === undefined ? {} : { whole: async () => read({ known: NOTHING }) };
    return { kind: 'document', document, ...whole, ...kept, finalUrl };
  } catch (error) {
    const failure = asFeedError(error);
    if (failure === null) throw error;
    return { ...failed(failure.code, failure.message), discovered: failure.discovered };
  }
}

/** An item with neither words nor an address of its own is nobody's news, whoever wrote it. */
function withoutMute(document: FeedDocument): FeedDocument {
  const says = document.items.map((item) =>
    [item.title, item.link, item.id, item.summary, item.content].some((text) => text !== ''),
  );
  if (!says.includes(false)) return document;
  const { marks } = document;
  return {
    ...document,
    items: document.items.filter((_, i) => says[i]),
    ...(marks === undefined ? {} : { marks: { ...marks, items: Array.from(marks.items).filter((_, i) => says[i]) } }),
  };
}

function requestFailed({ code, message, retryAfterMs, finalUrl }: HttpFailed, url: string): FetchAnswer {
  return { ...failed(code, message), retryAfterMs, wholeHost: code === 'host_held' && sameHost(finalUrl, url) };
}

function statusFailed({ status, retryAfterMs, finalUrl }: HttpOk, url: string): FetchAnswer {
  const overrun = status === 429 || status === 503;
  return {
    ...failed(`http_${status}`, `${hostOf(finalUrl)} ${statusWords(status)}`),
    retryAfterMs: overrun ? retryAfterMs : null,
    wholeHost: overrun && sameHost(finalUrl, url),
    gone: status === 410,
  };
}

function failed(code: string, message: string): Extract<FetchAnswer, { kind: 'failed' }> {
  return { kind: 'failed', code, message, retryAfterMs: null, wholeHost: false, gone: false, discovered: [] };
}

function statusWords(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `does not let us read this feed (${status})`;
    case 404:
      return 'has no such feed (404)';
    case 410:
      return 'has ended this feed for good (410)';
    case 429:
      return 'asks us to come less often (429)';
    default:
      return status >= 500 ? `has a problem of its own (${status})` : `answered with status ${status}`;
  }
}

/** What a parser says of a body that is no feed; null for an error of another kind, which is ours. */
function asFeedError(error: unknown): { code: string; message: string; discovered: readonly string[] } | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const discovered: unknown = 'discovered' in error ? error.discovered : [];
  const urls = Array.isArray(discovered) ? discovered.filter((url): url is string => typeof url === 'string') : [];
  return { code: error.code, message: error.message, discovered: urls };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}

function sameHost(a: string, b: string): boolean {
  return hostOf(a) === hostOf(b);
}
