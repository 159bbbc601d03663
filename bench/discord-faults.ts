import type { Fault } from '../tests/servers/discord/faults.ts';
import type { DiscordServer } from '../tests/servers/discord/server.ts';
import { burst } from './discord-burst.ts';

/** Of a hundred posts so many meet this. */
const plagues: readonly (readonly [share: number, how: Fault])[] = [
  [2, { status: 429, retryAfterMs: 500 }],
  [2, { status: 500 }],
  [1, { status: 503 }],
  [2, 'resetBefore'],
  [2, 'resetAfter'],
  [0.2, { delayMs: 10_000 }],
];
const DROP_EVERY_MS = 20_000;

/** Ten thousand alerts while posts fail in every way and the gateway is lost again and again: lost and doubled are to be none. */
export async function benchDiscordFaults(): Promise<void> {
  let [struck, toldToWait] = [0, 0];
  const trouble = (server: DiscordServer): (() => void) => {
    for (const [share, how] of plagues) {
      const route = (method: string, path: string): boolean => {
        const strikes = method === 'POST' && path.endsWith('/messages') && Math.random() * 100 < share;
        if (strikes) struck++;
        if (strikes && typeof how === 'object' && 'status' in how && how.status === 429) toldToWait++;
        return strikes;
      };
      server.fail({ route, how, times: Number.POSITIVE_INFINITY });
    }
    const drops = setInterval(() => server.dropGateway({ resumable: Math.random() < 0.7 }), DROP_EVERY_MS);
    return () => clearInterval(drops);
  };
  const size = { channels: 200, subscriptions: 25, stories: 50, windowMs: 5_000 };
  const alerts = size.channels * size.stories;
  const figures = await burst({ ...size, trouble });
  console.table({
    ...figures,
    rateLimited: figures.rateLimited - toldToWait,
    seconds: Math.round(figures.seconds),
    alerts,
    lost: alerts - figures.delivered,
    faults: struck,
  });
}
