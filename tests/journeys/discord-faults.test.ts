import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digest } from '../../src/story/identity.ts';
import { startDiscordServer, type DiscordServer } from '../servers/discord/server.ts';
import { startProgram, type Running } from './program.ts';

const anna = '700000000000000001';
const FIRST_WAVE = 8;
const SECOND_WAVE = 4;

let discord: DiscordServer;
let site: Server;
let data: string;
let program: Running;
const published: string[] = [];

beforeAll(async () => {
  discord = await startDiscordServer({ lifeMs: 300_000, rateLimit: { requests: 5, windowMs: 2_000 } });
  site = createServer((_, response) => {
    response.setHeader('content-type', 'application/rss+xml');
    response.end(feedBody());
  });
  await new Promise<void>((resolve) => {
    site.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  data = await mkdtemp(join(tmpdir(), 'newshound-discord-faults-'));
  const opml = join(data, 'feeds.opml');
  await writeFile(
    opml,
    `<opml version="2.0"><body><outline type="rss" text="Harbour" xmlUrl="http://${host}/feed.xml"/></body></opml>`,
  );
  program = startProgram(['start'], {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: `${discord.url}/api`,
    NEWSHOUND_DATA: data,
    NEWSHOUND_FEEDS_OPML: opml,
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: host,
    NEWSHOUND_FEEDS_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MIN_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MAX_INTERVAL_SECONDS: '1',
    NEWSHOUND_DELIVERY_RETRY_BASE_SECONDS: '0.1',
    PORT: '0',
  });
  await until('the first round', () =>
    ['all feeds have been looked at', '"started"'].every((said) => program.output().includes(said)),
  );
});

afterAll(async () => {
  program.child.kill('SIGKILL');
  site.closeAllConnections();
  site.close();
  await discord.close();
  await rm(data, { recursive: true, force: true });
});

/** The feed with all items so far, newest first. */
function feedBody(): string {
  const items = published.map(
    (title, i) =>
      `<item><guid>${title}</guid><title>${title}</title><link>https://harbour.example/${i}</link>
       <description>${words(`text ${i}`, 16)}.</description></item>`,
  );
  return `<rss version="2.0"><channel><title>Harbour</title><link>https://harbour.example/</link>${items.toReversed().join('')}</channel></rss>`;
}

/** Words that no other story has, so that no two stories are taken for one event. */
function words(seed: string, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    digest(seed, String(i)).replaceAll(/\d/gu, (figure) => 'ghijklmnop'.charAt(Number(figure))),
  ).join(' ');
}

function publish(count: number): void {
  const from = published.length;
  published.push(...Array.from({ length: count }, (_, i) => `Lighthouse ${words(`title ${from + i}`, 4)}`));
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (holds()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`${what} did not come to be:\n${program.output()}`);
}

function channel(name: string): string {
  return discord.home.channels[name] ?? '';
}

function titles(name: string): string[] {
  return discord.messages(channel(name)).flatMap(({ embeds }) => embeds.map(({ title = '' }) => title));
}

describe('alerts through all that Discord may do', { timeout: 90_000 }, () => {
  test('each stands once, in the order of a channel where nothing went wrong', async () => {
    for (const name of ['general', 'news']) {
      const member = discord.user(anna, { channel: channel(name) });
      await member.click(await member.run('add', { query: 'Lighthouse' }), 'Save');
    }
    const route = new RegExp(`^POST /channels/${channel('general')}/messages$`, 'u');
    const plagues = [
      { status: 429, retryAfterMs: 1000 },
      { status: 500 },
      'resetAfter',
      'resetBefore',
      { status: 503 },
    ] as const;
    for (const how of plagues) discord.fail({ route, how });
    publish(FIRST_WAVE);
    await until('a first alert', () => titles('news').length > 0);
    discord.dropGateway({ resumable: true });
    await until('the alerts', () => titles('news').length >= FIRST_WAVE && titles('general').length >= FIRST_WAVE);
    expect(titles('news').toSorted()).toEqual(published.toSorted());
    expect(titles('general')).toEqual(titles('news'));
    await until('the gateway', () => discord.gateway().open === 1);
    expect(discord.gateway().resumes).toBe(1);
    expect(discord.invalidRequests).toEqual([]);
  });

  test('where a channel is gone nothing more is asked, and its owner is told once', async () => {
    discord.deleteChannel(channel('news'));
    publish(SECOND_WAVE);
    await until('the alerts', () => titles('general').length === FIRST_WAVE + SECOND_WAVE);
    const direct = discord.directChannel(anna);
    await until('word to the owner', () => discord.messages(direct).length > 0);
    publish(1);
    await until('one more alert', () => titles('general').length === FIRST_WAVE + SECOND_WAVE + 1);
    expect(new Set(titles('general')).size).toBe(published.length);
    expect(discord.messages(direct).map(({ embeds }) => embeds[0]?.title)).toEqual(['Alerts stopped']);
    expect(discord.invalidRequests.map(({ code }) => code)).toEqual([10_003]);
  });

  test('the program ends well and no limit was broken', async () => {
    program.child.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(discord.violations).toEqual([]);
    expect(discord.pings).toEqual([]);
    expect(discord.lateAnswers).toEqual([]);
  });
});
