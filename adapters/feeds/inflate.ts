import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';

/** The content codings that are asked for (RFC 9110 8.4.1); `deflate` is read with and without its zlib wrapping. */
export type Coding = 'identity' | 'gzip' | 'deflate' | 'br';
export const ACCEPTED_CODINGS = 'gzip, deflate, br';

/** How a body ended: whole, over the limit, or not what its header says. */
export type InflateEnd = 'whole' | 'too_large' | 'damaged';

/** Takes a body in, inflates it, and bounds it. `onEnd` comes once, after `end` or before it; nothing follows it. */
export interface BodyReader {
  /** False: write no more until `onDrain`. */
  write(chunk: Uint8Array): boolean;
  end(): void;
  /** Ends without `onEnd`. */
  abort(): void;
}

/** `onEnd` comes once; after it nothing more happens, whatever is written. */
export interface BodyEvents {
  readonly onDrain: () => void;
  readonly onEnd: (end: InflateEnd, body: Uint8Array) => void;
}

/** What is inflated in one go: at most this many bytes come out, which takes a few milliseconds. */
const AT_ONCE_BYTES = 1_048_576;
const CHUNK_BYTES = 65_536;
const EMPTY = new Uint8Array(0);

const atOnce = { gzip: gunzipSync, zlib: inflateSync, raw: inflateRawSync, brotli: brotliDecompressSync };
const asStream = { gzip: createGunzip, zlib: createInflate, raw: createInflateRaw, brotli: createBrotliDecompress };

/** The coding a Content-Encoding header names; null for one that cannot be undone. */
export function readCoding(header: string): Coding | null {
  const names = header.toLowerCase().split(',');
  const [name = 'identity', more] = names.map((part) => part.trim()).filter((part) => !['', 'identity'].includes(part));
  if (more !== undefined) return null;
  if (name === 'gzip' || name === 'x-gzip') return 'gzip';
  return name === 'identity' || name === 'deflate' || name === 'br' ? name : null;
}

/**
 * Inflates a body that is all there, if no more than `maxBytes` come out of it. Null where it may grow over what can be
 * done in one go: then an inflater has to be opened for it.
 */
export function inflateAtOnce(
  bytes: Uint8Array,
  coding: Coding,
  maxBytes: number,
): { readonly end: InflateEnd; readonly body: Uint8Array } | null {
  const format = formatOf(bytes, coding);
  if (format === 'plain') {
    return bytes.length > maxBytes ? { end: 'too_large', body: EMPTY } : { end: 'whole', body: bytes };
  }
  const maxOutputLength = Math.min(maxBytes, AT_ONCE_BYTES);
  try {
    return { end: 'whole', body: atOnce[format](bytes, { maxOutputLength }) };
  } catch (error) {
    if (!isTooLarge(error)) return { end: 'damaged', body: EMPTY };
    return maxBytes <= AT_ONCE_BYTES ? { end: 'too_large', body: EMPTY } : null;
  }
}

/** Inflates while bytes come in, on the threads of zlib. `first` are the body's first bytes, already here but not written. */
export function openInflater(first: Uint8Array, coding: Coding, maxBytes: number, events: BodyEvents): BodyReader {
  const format = formatOf(first, coding);
  if (format === 'plain') return readPlain(maxBytes, events);
  const stream = asStream[format]({ chunkSize: CHUNK_BYTES });
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;

  function finish(end: InflateEnd): void {
    if (ended) return;
    ended = true;
    stream.destroy();
    events.onEnd(end, end === 'whole' ? Buffer.concat(chunks, size) : EMPTY);
  }
  stream.on('data', (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > maxBytes) finish('too_large');
    else if (!ended) chunks.push(chunk);
  });
  stream.on('end', () => finish('whole'));
  stream.on('error', () => finish('damaged'));
  stream.on('drain', () => {
    if (!ended) events.onDrain();
  });
  return {
    write: (chunk) => ended || stream.write(chunk),
    end: () => {
      if (!ended) stream.end();
    },
    abort: () => {
      ended = true;
      stream.destroy();
    },
  };
}

/** Takes a body in as it is. */
export function readPlain(maxBytes: number, { onEnd }: BodyEvents): BodyReader {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  function finish(end: InflateEnd): void {
    if (ended) return;
    ended = true;
    onEnd(end, end === 'whole' ? joined(chunks, size) : EMPTY);
  }
  return {
    write(chunk) {
      size += chunk.length;
      if (size > maxBytes) finish('too_large');
      else chunks.push(chunk);
      return true;
    },
    end: () => finish('whole'),
    abort: () => {
      ended = true;
    },
  };
}

export function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only = EMPTY] = chunks;
  return chunks.length < 2 ? only : Buffer.concat(chunks, size);
}

/** What the bytes really are: some servers only say that they compress, and `deflate` was misread by half the world. */
function formatOf(bytes: Uint8Array, coding: Coding): keyof typeof atOnce | 'plain' {
  if (coding === 'gzip') return isGzip(bytes) ? 'gzip' : 'plain';
  if (coding === 'deflate') return isZlib(bytes) ? 'zlib' : 'raw';
  return coding === 'br' ? 'brotli' : 'plain';
}

/** RFC 1952 2.3.1. */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** RFC 1950 2.2: method 8, and a check that makes the first two bytes a multiple of 31. */
function isZlib(bytes: Uint8Array): boolean {
  const [method = 0, flags = 0] = bytes;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
