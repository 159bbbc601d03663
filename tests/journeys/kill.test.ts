import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digest } from '../../src/story/identity.ts';
import { ledgerTitles, startProgram } from './program.ts';

const steps = ['leased', 'fetched', 'taken', 'offered', 'committed', 'claimed', 'posted', 'settled'] as const;
const ROUNDS = 4;
const RANDOM_KILLS = 20;

let server: Server;
let data: string;
let env: Record<string, string>;
const published: string[] = [];

beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    response.end(feedBody());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  data = await mkdtemp(join(tmpdir(), 'newshound-kill-'));
  const opml = join(data, 'feeds.opml');
  await writeFile(
    opml,
    `<opml version="2.0"><body><outline type="rss" text="Harbour" xmlUrl="http://${host}/feed.xml"/></body></opml>`,
  );
  env = {
    NEWSHOUND_DATA: data,
    NEWSHOUND_FEEDS_OPML: opml,
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: host,
    NEWSHOUND_DELIVERY_FLOOD_PER_HOUR: '10000',
    NEWSHOUND_STORE_LEASE_SECONDS: '1',
    PORT: '0',
  };
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(data, { recursive: true, force: true });
});

/** The feed with all items so far, newest first. */
function feedBody(): string {
  const items = published.map(
    (title, i) =>
      `<item><guid>${title}</guid><title>${title}</title><link>https://harbour.example/${i}</link>
       <description>${words(i + 1, 16)}.</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link>${items.toReversed().join('')}</channel></rss>`;
}

/** Words that no other story has, so that no two stories are taken for one event. */
function words(story: number, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    digest(String(story), String(i)).replaceAll(/\d/gu, (digit) => 'ghijklmnop'.charAt(Number(digit))),
  ).join(' ');
}

function publish(): void {
  const number = published.length + 1;
  published.push(`Lighthouse ${words(number, 4)}`);
}

/** The leases of a killed process run out before the next takes its work over. */
async function leasesEnd(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 1_050);
  });
}

async function once(
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; signal: string | null; output: string }> {
  const run = startProgram(['start', '--once'], { ...env, ...more });
  const { code, signal } = await run.ended;
  return { code, signal, output: run.output() };
}

test(
  'killed at every step and at random, the program posts each story once and in order',
  { timeout: 480_000 },
  async () => {
    const first = startProgram(['start'], env);
    first.child.stdin?.end('/news add lighthouse\n');
    await first.ended;
    expect(first.output()).toContain('#1');
    expect((await once()).code).toBe(0);

    let kills = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (const step of steps) {
        await leasesEnd();
        publish();
        const { signal, output } = await once({ NEWSHOUND_KILL_AT: `${step}:1` });
        expect(signal, `${step}: ${output}`).toBe('SIGKILL');
        kills++;
      }
    }
    for (let i = 0; i < RANDOM_KILLS; i++) {
      await leasesEnd();
      publish();
      const run = startProgram(['start', '--once'], env);
      const killing = setTimeout(() => run.child.kill('SIGKILL'), 150 + ((i * 97) % 700));
      const { signal } = await run.ended;
      clearTimeout(killing);
      if (signal === 'SIGKILL') kills++;
    }
    await leasesEnd();
    expect((await once()).code).toBe(0);
    const told = await ledgerTitles(data);
    expect(told.toSorted()).toEqual(published.toSorted());
    expect(kills).toBeGreaterThanOrEqual(50);
  },
);
