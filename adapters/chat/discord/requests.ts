import { DefaultRestOptions, type RateLimitData, type RESTOptions } from 'discord.js';
import type { Clock } from '../../../src/ports.ts';
import { createPace } from './pace.ts';

/** Under three quarters of a lane's lease, so that the outbox hears of it before it gives a post up. */
const REST_TIMEOUT_MS = 8_000;
/** A shorter wait for a rate limit is waited out; a longer one is the outbox's to keep. */
const SHORT_WAIT_MS = 1_000;
/** Requests that may go out closer than evenly, where a timer was late. */
const AHEAD = 2;
/** Answers to interactions do not count towards a bot's limit. */
const UNCOUNTED = /\/(?:interactions|webhooks)\//u;
/** Where messages are posted and changed, and direct messages are opened. */
const POSTING = /^\/(?:channels\/:id\/(?:messages|threads)|users\/@me\/channels)/u;

type RequestInit = Parameters<RESTOptions['makeRequest']>[1];
type RequestOptions = Pick<RESTOptions, 'api' | 'retries' | 'timeout' | 'rejectOnRateLimit' | 'makeRequest'>;

/** How all requests of this process go out: together they keep one pace. */
export interface Requests {
  /** For one REST client; `onUnauthorized` hears of its requests that were turned away for their token. */
  options(onUnauthorized: () => void): RequestOptions;
}

/** @param requestsPerSecond well under the fifty that Discord allows a bot: on their way requests catch up with one another */
export function createRequests(options: {
  readonly apiUrl: string;
  readonly requestsPerSecond: number;
  readonly clock: Clock;
}): Requests {
  const { clock, requestsPerSecond } = options;
  const pace = createPace(clock, { perSecond: requestsPerSecond, ahead: AHEAD });
  return {
    options: (onUnauthorized) => ({
      api: options.apiUrl,
      retries: 0,
      timeout: REST_TIMEOUT_MS,
      rejectOnRateLimit: isForOutbox,
      async makeRequest(url, init) {
        const counted = !UNCOUNTED.test(url);
        if (counted) await pace();
        const response = await DefaultRestOptions.makeRequest(
          url,
          init.body instanceof FormData ? await written(init) : init,
        );
        if (counted && response.status === 401) onUnauthorized();
        return response;
      },
    }),
  };
}

/**
 * A form as bytes. The client's own HTTP library hands a form to the dispatcher of the process, which may be that of
 * another version of the library, and then takes no form but its own.
 */
async function written(init: RequestInit): Promise<RequestInit> {
  const form = new Response(init.body as FormData);
  const headers = {
    ...(init.headers as Record<string, string>),
    'content-type': form.headers.get('content-type') ?? '',
  };
  return { ...init, headers, body: await form.bytes() };
}

function isForOutbox({ route, retryAfter, timeToReset }: RateLimitData): boolean {
  return POSTING.test(route) && Math.max(retryAfter, timeToReset) > SHORT_WAIT_MS;
}
