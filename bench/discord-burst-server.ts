import { parentPort, workerData } from 'node:worker_threads';
import { startDiscordServer, type DiscordServer } from '../tests/servers/discord/server.ts';
import type { BurstFigures, ServerReady, ServerSetup } from './discord-burst.ts';

/** The local Discord of the burst, in a thread of its own: what holds up the program must not hold up its counterpart. */
const { channels, stories, windowMs, lifeMs } = workerData as ServerSetup;
const names = Array.from({ length: channels }, (_, i) => `channel-${i}`);
const server = await startDiscordServer({
  lifeMs,
  guilds: [{ channels: names.map((name) => ({ name })) }],
  rateLimit: { requests: 5, windowMs },
});
const ids = names.map((name) => server.home.channels[name] ?? '');

parentPort?.on('message', (ask: 'left' | 'figures') => {
  if (ask === 'left') {
    parentPort?.postMessage(ids.filter((id) => server.messages(id).length < stories).length);
    return;
  }
  parentPort?.postMessage(figuresOf(server));
  void server.close().then(() => parentPort?.close());
});
parentPort?.postMessage({
  url: server.url,
  token: server.token,
  guild: server.home.id,
  channels: ids,
} satisfies ServerReady);

function figuresOf(discord: DiscordServer): BurstFigures {
  const { requests, rateLimited, invalidRequests, violations } = discord;
  let [delivered, twice] = [0, 0];
  for (const id of ids) {
    const titles = discord.messages(id).map(({ embeds }) => embeds[0]?.title);
    const distinct = new Set(titles).size;
    delivered += distinct;
    twice += titles.length - distinct;
  }
  const counted = requests.filter(({ path }) => !/^\/(?:interactions|webhooks)\//u.test(path)).map(({ at }) => at);
  let mostASecond = 0;
  for (let first = 0, last = 0; last < counted.length; last++) {
    while ((counted[last] ?? 0) - (counted[first] ?? 0) >= 1000) first++;
    mostASecond = Math.max(mostASecond, last - first + 1);
  }
  return {
    delivered,
    twice,
    rateLimited: rateLimited.length,
    invalid: invalidRequests.length,
    violations: violations.length,
    requests: requests.length,
    mostASecond,
  };
}
