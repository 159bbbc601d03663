import type { WireAnswer } from './exchange.ts';

/** A failure as a stable word and in words for people, who see the host's name and nothing else of the address. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

type Broken = Extract<WireAnswer, { kind: 'broken' }>;

const CODES: Readonly<Record<string, readonly [code: string, words: string]>> = {
  ENOTFOUND: ['dns', 'no address is known for HOST'],
  ENODATA: ['dns', 'no address is known for HOST'],
  EAI_NONAME: ['dns', 'no address is known for HOST'],
  EAI_AGAIN: ['dns', 'the name servers did not say where HOST is'],
  ESERVFAIL: ['dns', 'the name servers did not say where HOST is'],
  ETIMEOUT: ['dns', 'the name servers did not say where HOST is'],
  EREFUSED: ['dns', 'the name servers did not say where HOST is'],
  ECONNREFUSED: ['refused', 'HOST refused the connection'],
  ECONNRESET: ['reset', 'HOST broke the connection off'],
  EPIPE: ['reset', 'HOST broke the connection off'],
  UND_ERR_SOCKET: ['reset', 'HOST broke the connection off'],
  UND_ERR_CLOSED: ['aborted', 'the request was given up'],
  UND_ERR_DESTROYED: ['aborted', 'the request was given up'],
  EHOSTUNREACH: ['unreachable', 'HOST cannot be reached'],
  ENETUNREACH: ['unreachable', 'HOST cannot be reached'],
  EADDRNOTAVAIL: ['unreachable', 'HOST cannot be reached'],
  ETIMEDOUT: ['timeout', 'HOST did not answer in time'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'HOST did not answer in time'],
  UND_ERR_HEADERS_OVERFLOW: ['header_too_large', 'the headers of the answer of HOST are too long'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['cut_short', 'the answer of HOST is not as long as it says'],
  UND_ERR_INVALID_ARG: ['bad_request', 'the request to HOST cannot be written as HTTP'],
  private_address: ['private_address', 'HOST is not on the public Internet'],
  EPROTO: ['tls', 'no secure connection to HOST can be made'],
};
const TLS_CODE = /^(?:ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|CRL_)/u;

/** What became of an exchange that gave no answer. */
export function explainBroken(broken: Broken, host: string, timeoutMs: number, maxBytes: number): Failure {
  switch (broken.reason) {
    case 'timeout':
      return { code: 'timeout', message: `${host} did not answer within ${secondsOf(timeoutMs)}` };
    case 'aborted':
      return { code: 'aborted', message: 'the request was given up' };
    case 'too_large':
      return { code: 'too_large', message: `the answer of ${host} is larger than ${sizeOf(maxBytes)}` };
    case 'damaged':
      return { code: 'bad_encoding', message: `the compressed answer of ${host} is damaged` };
    case 'unknown_coding':
      return { code: 'bad_encoding', message: `the answer of ${host} is compressed in a way nobody asked for` };
    default:
      return explainError(broken.error, host);
  }
}

/** True when the connection broke before any of the answer came: one that was kept open may have been closed meanwhile. */
export function isStale(broken: Broken): boolean {
  return broken.reason === 'error' && !broken.begun && explainError(broken.error, '').code === 'reset';
}

function explainError(error: unknown, host: string): Failure {
  const code = codeOf(error);
  const known = Object.hasOwn(CODES, code) ? CODES[code] : undefined;
  if (known) return { code: known[0], message: known[1].replace('HOST', host) };
  if (TLS_CODE.test(code)) {
    return { code: 'tls', message: `no secure connection to ${host} can be made (${wordsOf(code)})` };
  }
  if (code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError')) {
    return { code: 'bad_answer', message: `the answer of ${host} is not HTTP` };
  }
  return { code: 'network', message: `asking ${host} failed${code === '' ? '' : ` (${wordsOf(code)})`}` };
}

/** The code of an error, of the first of several tried addresses, or of what caused it; '' for none. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const inner = 'errors' in error && Array.isArray(error.errors) ? codeOf(error.errors[0]) : '';
  if (inner !== '') return inner;
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function wordsOf(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}

function secondsOf(ms: number): string {
  const seconds = Math.round(ms / 100) / 10;
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

function sizeOf(bytes: number): string {
  if (bytes >= 1_048_576) return `${Math.round(bytes / 104_857.6) / 10} MiB`;
  return bytes >= 1024 ? `${Math.round(bytes / 102.4) / 10} KiB` : `${bytes} bytes`;
}
