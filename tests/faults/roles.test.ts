import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startProgram, type Running } from '../journeys/program.ts';
import { skipWithoutRedis, unlessMissing } from '../servers/redis.ts';
import { end, said } from './running.ts';
import { startTrial, type Trial } from './trial.ts';

const faultless = { lost: 0, duplicates: 0, stray: 0, outOfOrder: 0 };
const TOLD_MS = 60_000;
const TAKEN_OVER_MS = 15_000;
const PLACES = 3;

describe.skipIf(skipWithoutRedis)(`processes that share the roles${unlessMissing}`, { timeout: 240_000 }, () => {
  async function trial(chat: 'Discord' | 'Slack'): Promise<Trial> {
    const begun = await startTrial('Redis', 2, { chat, places: PLACES });
    onTestFinished(async () => begun.close());
    return begun;
  }

  async function startAs({ start, folder }: Trial, roles: string): Promise<Running> {
    const run = start({ NEWSHOUND_ROLES: roles }, { folder: await folder() });
    await said(run, '"msg":"started"');
    return run;
  }

  test.each(['Discord', 'Slack'] as const)('tell every story in %s, each process doing its own part', async (name) => {
    const begun = await trial(name);
    const { news, chat, allTold, judge } = begun;
    const before = chat.connections().made;
    const [poller, deliverer] = await Promise.all([startAs(begun, 'poll'), startAs(begun, 'deliver')]);
    expect(chat.connections()).toEqual({ open: 0, made: before });
    news.publish(3);
    await allTold(TOLD_MS);
    await end(deliverer);
    news.publish(2);
    await said(poller, 'started');
    const heir = await startAs(begun, 'deliver,chat');
    await allTold(TOLD_MS);
    await expect.poll(() => chat.connections().open, { timeout: TAKEN_OVER_MS }).toBe(1);
    expect(await end(heir)).toBe(0);
    expect(await end(poller)).toBe(0);
    expect(await judge()).toMatchObject({ alerts: 2 * 5 * PLACES, ...faultless });
  });

  test('leave what nobody does to whoever comes', async () => {
    const begun = await trial('Discord');
    const { news, chat, judge, allTold } = begun;
    const deliverer = await startAs(begun, 'deliver,chat');
    news.publish(2);
    await expect.poll(async () => (await judge()).lost).toBe(2 * 2 * PLACES);
    const dying = await startAs(begun, 'poll,chat');
    expect(chat.connections().open).toBe(1);
    dying.child.kill('SIGKILL');
    await startAs(begun, 'poll');
    await allTold(TOLD_MS);
    expect(await judge()).toMatchObject(faultless);
    await end(deliverer);
  });

  test('one at a time is at the gateway, and the next is there within fifteen seconds of its death', async () => {
    const begun = await trial('Discord');
    const { chat } = begun;
    const first = await startAs(begun, 'chat');
    expect(chat.connections().open).toBe(1);
    const next = await startAs(begun, 'chat');
    expect(chat.connections().open).toBe(1);
    first.child.kill('SIGKILL');
    await first.ended;
    const died = performance.now();
    await said(next, 'connected to Discord', TAKEN_OVER_MS);
    expect(performance.now() - died).toBeLessThan(TAKEN_OVER_MS);
    await expect.poll(() => chat.connections().open).toBe(1);
    expect(await end(next)).toBe(0);
  });
});

describe('roles that are given', () => {
  async function check(...given: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
    const data = await mkdtemp(join(tmpdir(), 'newshound-roles-'));
    onTestFinished(async () => rm(data, { recursive: true, force: true }));
    const opml = join(data, 'feeds.opml');
    await writeFile(opml, '<opml version="2.0"><body/></opml>');
    const run = startProgram(['check', ...given], { NEWSHOUND_DATA: data, NEWSHOUND_FEEDS_OPML: opml });
    const { code } = await run.ended;
    return { code, text: run.output() };
  }

  test('are said by check, with those that are left to others', async () => {
    const { text } = await check('--roles', 'poll,chat');
    expect(text).toContain('roles      poll, chat\n');
    expect(text).toContain('left to other processes: deliver');
    expect(text).toContain('without REDIS_URL');
  });

  test('have to be known', async () => {
    const { code, text } = await check('--roles', 'poll,post');
    expect(code).toBe(2);
    expect(text).toContain('"post"');
    expect(text).toContain('one of poll, deliver, chat');
  });
});
