import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemoFeeds, type DemoFeeds } from '../../adapters/demo/server.ts';
import { startDiscordServer, type Answer, type DiscordServer, type SeenMessage } from '../servers/discord/server.ts';
import { startProgram, type Running } from './program.ts';

const anna = '700000000000000001';
const ben = '700000000000000002';
const ottawa = 'Ottawa opens committee hearings on asset seizure bill';

let discord: DiscordServer;
let feeds: DemoFeeds;
let data: string;
let env: Record<string, string>;
let program: Running | null = null;

beforeAll(async () => {
  discord = await startDiscordServer({ lifeMs: 300_000 });
  feeds = await startDemoFeeds({ now: Date.now() });
  data = await mkdtemp(join(tmpdir(), 'newshound-discord-'));
  const opml = join(data, 'feeds.opml');
  await writeFile(opml, feeds.opml);
  env = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: `${discord.url}/api`,
    NEWSHOUND_DATA: data,
    NEWSHOUND_FEEDS_OPML: opml,
    NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: feeds.hosts.join(','),
    NEWSHOUND_FEEDS_INTERVAL_SECONDS: '2',
    NEWSHOUND_FEEDS_MIN_INTERVAL_SECONDS: '1',
    NEWSHOUND_FEEDS_MAX_INTERVAL_SECONDS: '2',
    NEWSHOUND_FEEDS_HOST_SPACING_MS: '0',
    NEWSHOUND_STORE_LEASE_SECONDS: '2',
    NEWSHOUND_DELIVERY_RETRY_BASE_SECONDS: '0.2',
    PORT: '0',
  };
});

afterAll(async () => {
  program?.child.kill('SIGKILL');
  await feeds.close();
  await discord.close();
  await rm(data, { recursive: true, force: true });
});

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (holds()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`${what} did not come to be:\n${program?.output() ?? ''}`);
}

async function start(): Promise<void> {
  program = startProgram(['start'], env);
  await until('the start', () => said('"msg":"started"'));
}

async function stop(): Promise<void> {
  program?.child.kill('SIGTERM');
  expect(await program?.ended).toEqual({ code: 0, signal: null });
  program = null;
}

function said(text: string): boolean {
  return program?.output().includes(text) ?? false;
}

function textOf({ embeds }: Answer): string {
  return embeds.map(({ title = '', description = '' }) => `${title}\n${description}`).join('\n');
}

function general(): readonly SeenMessage[] {
  return discord.messages(discord.home.channels['general'] ?? '');
}

describe('from nothing to a first alert in Discord', { timeout: 60_000 }, () => {
  test('check says whether the token works, and as whom', async () => {
    const good = startProgram(['check'], env);
    expect((await good.ended).code).toBe(0);
    expect(good.output()).toContain('chat       right: Discord, as newshound, servers 1');
    const invite = /https:\/\/discord\.com\/oauth2\/authorize\?\S+/u.exec(good.output())?.[0] ?? '';
    expect(Object.fromEntries(new URL(invite).searchParams)).toEqual({
      client_id: discord.applicationId,
      scope: 'bot applications.commands',
      permissions: '274877991936',
    });
  });

  test('a token that Discord does not take is refused at the start', async () => {
    const bad = startProgram(['start'], { ...env, DISCORD_TOKEN: 'not.the.token' });
    expect((await bad.ended).code).toBe(2);
    expect(bad.output()).toContain('Discord does not accept DISCORD_TOKEN');
    expect(bad.output()).not.toContain('not.the.token');
  });

  test('a dry run neither listens nor registers anything', async () => {
    const dry = startProgram(['start', '--once', '--dry-run'], env);
    expect((await dry.ended).code).toBe(0);
    expect(discord.gateway().connections).toBe(0);
    expect(discord.registrations).toEqual([]);
  });

  test('the bot comes up, a member adds an alert, and the next story is posted once', async () => {
    await start();
    await until('the first round', () => said('all feeds have been looked at') && said('"started"'));
    const preview = await discord.user(anna).run('add', { query: '"asset seizure"' });
    expect(preview.ephemeral).toBe(true);
    expect(textOf(preview)).toMatch(/It would have found \d+ stories/u);
    expect(textOf(await discord.user(anna).click(preview, 'Save'))).toContain('is saved');
    expect(general()).toEqual([]);

    feeds.advance();
    feeds.advance();
    await until('the alert', () => general().length > 0);
    const [alert] = general();
    expect(alert).toMatchObject({ content: '', ephemeral: false });
    expect(alert?.embeds).toHaveLength(1);
    expect(alert?.embeds[0]).toMatchObject({
      title: ottawa,
      url: expect.stringMatching(/^https:\/\/harbourtimes\.example\//u) as string,
      description: expect.stringContaining('**asset seizure**') as string,
      footer: { text: expect.stringContaining('The Harbour Times') as string },
    });
    expect(alert?.embeds[0]?.description).not.toMatch(/appeared first|<[a-z]/u);
  });

  test('Why? is answered in private', async () => {
    const [alert] = general();
    if (!alert) throw new Error('no alert');
    const why = await discord.user(ben).click(alert, 'Why?');
    expect(why.ephemeral).toBe(true);
    expect(textOf(why)).toContain('matched “asset seizure”');
    expect(textOf(await discord.user(ben).contextMenu('Why this alert?', alert))).toContain('matched “asset seizure”');
  });

  test('killed and started again it posts nothing twice, and its buttons still work', async () => {
    program?.child.kill('SIGKILL');
    await program?.ended;
    await start();
    await until('another round', () => said('all feeds have been looked at') && said('"started"'));
    expect(general()).toHaveLength(1);
    const [alert] = general();
    if (!alert) throw new Error('no alert');
    const refused = await discord.user(ben).click(alert, 'Pause');
    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused)).toContain('belongs to another member');
    const form = await discord.user(anna).click(alert, 'Edit');
    expect(form).toMatchObject({ kind: 'modal', title: 'Alert #1' });
    expect(textOf(await discord.user(anna).click(alert, 'Pause'))).toContain('is paused');
    expect(textOf(await discord.user(anna).run('list'))).toContain('paused');
    const choices = await discord.user(anna).complete('resume', 'id', '');
    expect(choices).toEqual([{ name: expect.stringContaining('asset seizure') as string, value: '1' }]);
  });

  test('it stops when it is told to, and has broken no rule of Discord', async () => {
    await stop();
    expect(discord.registrations).toHaveLength(1);
    expect(discord.violations).toEqual([]);
    expect(discord.pings).toEqual([]);
    expect(discord.rateLimited).toEqual([]);
    expect(discord.lateAnswers).toEqual([]);
    // The wrong token was tried once.
    expect(discord.invalidRequests.map(({ status }) => status)).toEqual([401]);
    expect(general()).toHaveLength(1);
  });
});
