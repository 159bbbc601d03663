import { expect, test } from 'vitest';
import { burst } from '../../bench/discord-burst.ts';

test(
  'a burst reaches every channel, nothing twice, and no rate limit of Discord is passed',
  { timeout: 60_000 },
  async () => {
    const figures = await burst({ channels: 20, subscriptions: 5, stories: 10, windowMs: 1_500 });
    expect(figures).toMatchObject({ delivered: 200, twice: 0, rateLimited: 0, invalid: 0, violations: 0 });
  },
);
