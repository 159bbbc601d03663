/** How many requests a window of time. */
export interface Rate {
  readonly requests: number;
  readonly windowMs: number;
}

export interface RateAnswer {
  readonly allowed: boolean;
  /** Headers of every answer. https://discord.com/developers/docs/topics/rate-limits#header-format */
  readonly headers: Readonly<Record<string, string>>;
  /** Until the window ends (ms). */
  readonly resetMs: number;
}

/** Fixed windows that begin with their first request, as Discord's buckets do. */
export function createRateLimits(): (bucket: string, name: string, rate: Rate) => RateAnswer {
  const windows = new Map<string, { until: number; used: number }>();
  return (bucket, name, { requests, windowMs }) => {
    const now = Date.now();
    const known = windows.get(bucket);
    const window = known && known.until > now ? known : { until: now + windowMs, used: 0 };
    windows.set(bucket, window);
    const allowed = window.used < requests;
    if (allowed) window.used++;
    const resetMs = window.until - now;
    return {
      allowed,
      resetMs,
      headers: {
        'x-ratelimit-limit': String(requests),
        'x-ratelimit-remaining': String(requests - window.used),
        'x-ratelimit-reset': (window.until / 1000).toFixed(3),
        'x-ratelimit-reset-after': (resetMs / 1000).toFixed(3),
        'x-ratelimit-bucket': name,
      },
    };
  };
}

/** What a 429 says besides the headers of its bucket. */
export function tooMany(
  waitMs: number,
  scope: 'user' | 'global',
): { readonly headers: Readonly<Record<string, string>>; readonly body: unknown } {
  const global = scope === 'global';
  return {
    headers: {
      // Whole seconds in the header, the exact time in the body, as Discord has it.
      'retry-after': String(Math.ceil(waitMs / 1000)),
      'x-ratelimit-scope': scope,
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
    body: { message: 'You are being rate limited.', retry_after: waitMs / 1000, global },
  };
}
