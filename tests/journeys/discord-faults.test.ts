import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDiscordServer, type DiscordServer } from '../servers/discord/server.ts';
import { openLighthouse, type Lighthouse } from './lighthouse.ts';
import { startProgram, type Running } from './program.ts';

const anna = '700000000000000001';
const FIRST_WAVE = 8;
const SECOND_WAVE = 4;

let discord: DiscordServer;
let site: Lighthouse;
let program: Running;

beforeAll(async () => {
  discord = await startDiscordServer({ lifeMs: 300_000, rateLimit: { requests: 5, windowMs: 2_000 } });
  site = await openLighthouse();
  await start();
});

afterAll(async () => {
  program.child.kill('SIGKILL');
  await site.close();
  await discord.close();
});

async function start(more: Readonly<Record<string, string>> = {}): Promise<void> {
  program = startProgram(['start'], {
    ...site.env,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: `${discord.url}/api`,
    NEWSHOUND_DELIVERY_RETRY_BASE_SECONDS: '0.1',
    NEWSHOUND_STORE_LEASE_SECONDS: '2',
    ...more,
  });
  const said = ['connected to Discord', 'all feeds have been looked at'];
  await until('the first round', () => said.every((text) => program.output().includes(text)));
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
    site.publish(FIRST_WAVE);
    await until('a first alert', () => titles('news').length > 0);
    discord.dropGateway({ resumable: true });
    await until('the alerts', () => titles('news').length >= FIRST_WAVE && titles('general').length >= FIRST_WAVE);
    expect(titles('news').toSorted()).toEqual(site.published.toSorted());
    expect(titles('general')).toEqual(titles('news'));
    await until('the gateway', () => discord.gateway().open === 1);
    expect(discord.gateway().resumes).toBe(1);
    expect(discord.invalidRequests).toEqual([]);
  });

  test('where a channel is gone nothing more is asked, and its owner is told once', async () => {
    discord.deleteChannel(channel('news'));
    site.publish(SECOND_WAVE);
    await until('the alerts', () => titles('general').length === FIRST_WAVE + SECOND_WAVE);
    const direct = discord.directChannel(anna);
    await until('word to the owner', () => discord.messages(direct).length > 0);
    site.publish(1);
    await until('one more alert', () => titles('general').length === FIRST_WAVE + SECOND_WAVE + 1);
    expect(new Set(titles('general')).size).toBe(site.published.length);
    expect(discord.messages(direct).map(({ embeds }) => embeds[0]?.title)).toEqual(['Alerts stopped']);
    expect(discord.invalidRequests.map(({ code }) => code)).toEqual([10_003]);
  });

  test('killed between a post and its record it finds the post again', async () => {
    program.child.kill('SIGTERM');
    await program.ended;
    await start({ NEWSHOUND_KILL_AT: 'posted:2' });
    site.publish(SECOND_WAVE);
    expect((await program.ended).signal).toBe('SIGKILL');
    await start();
    await until('the rest', () => new Set(titles('general')).size === site.published.length);
    expect(titles('general')).toHaveLength(site.published.length);
    expect(discord.requests.filter(({ path }) => path.includes('?limit='))).not.toEqual([]);
  });

  test('the program ends well and no limit was broken', async () => {
    program.child.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(discord.violations).toEqual([]);
    expect(discord.pings).toEqual([]);
    expect(discord.lateAnswers).toEqual([]);
  });
});
