import { StoreError } from '../../../src/ports.ts';

interface Failure {
  readonly pattern: RegExp;
  readonly code: string;
  readonly message: string;
}

/** What Redis (its error codes) and ioredis (its messages) say about the world rather than about our scripts. */
const failures: readonly Failure[] = [
  { pattern: /^(?:WRONGPASS|NOAUTH|NOPERM|ERR AUTH)/u, code: 'refused', message: 'Redis refuses user and password' },
  { pattern: /READONLY/u, code: 'read_only', message: 'this Redis is a replica and cannot be written' },
  { pattern: /OOM command not allowed/u, code: 'no_memory', message: 'Redis has no memory left' },
  { pattern: /MISCONF/u, code: 'disk_full', message: 'Redis cannot write to its disk' },
  { pattern: /NOREPLICAS/u, code: 'unreachable', message: 'too few replicas of Redis can be reached' },
  {
    pattern: /^(?:LOADING|BUSY|CLUSTERDOWN|TRYAGAIN|MASTERDOWN|UNBLOCKED)/u,
    code: 'unreachable',
    message: 'Redis is busy',
  },
  { pattern: /Command timed out/u, code: 'unreachable', message: 'Redis does not answer' },
  {
    pattern:
      /Connection is closed|Stream isn't writeable|max retries per request|Socket closed|Socket timeout|connect ETIMEDOUT|slots cache|None of startup nodes|Cluster isn't ready|Too many Cluster redirections|All sentinels are unreachable|ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOENT|EACCES|certificate|SSL|TLS/u,
    code: 'unreachable',
    message: 'Redis cannot be reached',
  },
];

/**
 * The world's failures as a `StoreError`; everything else as it is. What a failed command carried (texts, a password) is
 * left behind: only the words of the answer go with it.
 */
export function storeErrorOf(error: unknown): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const text = `${error.message} ${'code' in error ? String(error.code) : ''}`.trim();
  const failure = failures.find(({ pattern }) => pattern.test(text));
  if (!failure) return new Error(`Redis refused a command: ${error.message}`);
  return new StoreError(failure.code, `The Store failed: ${failure.message} (${error.message})`);
}

/** The same may be tried again later. */
export function isPassing(error: unknown): boolean {
  return error instanceof StoreError && error.code !== 'closed' && error.code !== 'refused';
}
