import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whyMenuName } from '../../../../adapters/chat/discord/registration.ts';
import { ChatRefused } from '../../../../src/ports.ts';
import { startDiscordServer, type Answer, type DiscordServer, type Member } from '../../../servers/discord/server.ts';
import { muteId } from '../../../../src/delivery/delivery.ts';
import { id, story } from '../../../contracts/store/samples.ts';
import { startBot, type Bot, type BotOptions } from './bot.ts';

const anna = '700000000000000001';
const ben = '700000000000000002';

let server: DiscordServer;
let bots: Bot[];

beforeEach(async () => {
  server = await startDiscordServer({ lifeMs: 60_000, shards: 2 });
  bots = [];
});

afterEach(async () => {
  for (const bot of bots) await bot.stop();
  expect(server.violations).toEqual([]);
  expect(server.pings).toEqual([]);
  expect(server.lateAnswers).toEqual([]);
  await server.close();
});

async function start(options: BotOptions = {}): Promise<Bot> {
  const bot = await startBot(server, options);
  bots.push(bot);
  return bot;
}

/** What an answer says, all of it. */
function textOf({ embeds, content }: Answer): string {
  return [content, ...embeds.flatMap(({ title = '', description = '' }) => [title, description])]
    .filter((text) => text !== '')
    .join('\n');
}

async function saved(member: Member, query: string, options: Record<string, string> = {}): Promise<Answer> {
  return member.click(await member.run('add', { query, ...options }), 'Save');
}

describe('the start', () => {
  test('registers the commands once, however often it is started', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newshound-registration-'));
    for (let i = 0; i < 2; i++) await (await startBot(server, { folder })).stop();
    await rm(folder, { recursive: true, force: true });
    expect(server.registrations.map(({ names }) => names)).toEqual([['news', whyMenuName]]);
  });

  test('registers them in one server when it is named, and takes them back when it no longer is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'newshound-registration-'));
    const guildId = server.home.id;
    await (await startBot(server, { folder, guildId })).stop();
    await (await startBot(server, { folder })).stop();
    await rm(folder, { recursive: true, force: true });
    expect(server.registrations).toMatchObject([
      { guildId, names: ['news', whyMenuName] },
      { guildId, names: [] },
      { guildId: null, names: ['news', whyMenuName] },
    ]);
  });

  test('is refused with a token that Discord does not take', async () => {
    await expect(start({ token: 'wrong.token.here' })).rejects.toThrow(ChatRefused);
    await expect(start({ token: 'wrong.token.here' })).rejects.toThrow(/DISCORD_TOKEN/u);
  });

  test('is refused when the token is that of another application', async () => {
    await expect(start({ applicationId: '900000000000000009' })).rejects.toThrow(/DISCORD_APPLICATION_ID/u);
  });
});

describe('a member', () => {
  test('adds an alert through the preview, finds it in the list and pauses it there', async () => {
    await start();
    const member = server.user(anna);
    const preview = await member.run('add', { query: '"asset seizure"' });
    expect(preview).toMatchObject({ kind: 'message', ephemeral: true });
    expect(textOf(preview)).toContain('A new alert');
    const done = await member.click(preview, 'Save');
    expect(done.kind).toBe('update');
    expect(textOf(done)).toContain('Alert \\#1 is saved');
    expect(textOf(await member.run('list'))).toContain('`"asset seizure"`');
    expect(textOf(await member.click(await member.run('show', { id: '1' }), 'Pause'))).toContain('is paused');
    expect(server.messages(server.home.channels['general'] ?? '')).toEqual([]);
  });

  test('corrects a wrong query in the form', async () => {
    await start();
    const member = server.user(anna);
    const form = await member.click(await member.run('add', { query: 'Japan' }), 'Edit');
    expect(form).toMatchObject({ kind: 'modal', title: 'New alert' });
    const wrong = await member.submit(form, { Query: '"Japan' });
    const again = await member.click(wrong, 'Correct it');
    expect(again.kind).toBe('modal');
    expect(JSON.stringify(again.components)).toContain('\\"Japan');
    const preview = await member.submit(again, { Query: '"Japan Korea"' });
    expect(textOf(preview)).toContain('A new alert');
    await member.click(preview, 'Save');
    expect(textOf(await member.run('list'))).toContain('`"Japan Korea"`');
  });

  test('edits in a form that opens at once', async () => {
    await start();
    const member = server.user(anna);
    await saved(member, 'Japan');
    const form = await member.run('edit', { id: '1' });
    expect(form).toMatchObject({ kind: 'modal', title: 'Alert #1', deferred: false });
    const done = await member.submit(form, { Name: 'Far East', When: 'daily 08:00' });
    expect(done.ephemeral).toBe(true);
    expect(textOf(await member.run('list'))).toContain('Far East');
  });

  test('chooses among many alerts from menus', async () => {
    const bot = await start();
    const member = server.user(anna);
    for (const query of ['Japan', 'Korea', 'Peru']) await saved(member, query);
    const list = await member.run('list');
    const menus = list.components.flatMap(({ components = [] }) => components);
    expect(menus.map(({ placeholder }) => placeholder)).toEqual(['Pause', 'Edit', 'Remove']);
    await member.select(list, ['say remove 2'], menus[2]?.custom_id);
    const left = await bot.store.subscriptionsOf(`discord:${anna}`);
    expect(left.map(({ query }) => query)).toEqual(['Japan', 'Peru']);
  });

  test('is refused another’s alert politely, unless they run the place', async () => {
    await start();
    await saved(server.user(anna), 'Japan');
    const other = await server.user(ben).run('pause', { id: '1' });
    expect(other.ephemeral).toBe(true);
    expect(textOf(other)).toContain('belongs to another member');
    expect(textOf(await server.user(ben, { manageGuild: true }).run('pause', { id: '1' }))).toContain('is paused');
  });

  test('is helped while typing', async () => {
    await start();
    const member = server.user(anna);
    await saved(member, 'Japan Korea');
    await saved(member, 'Peru', { name: 'Andes' });
    expect(await member.complete('pause', 'id', '')).toEqual([
      { name: expect.stringContaining('#1') as string, value: '1' },
      { name: '#2 Andes', value: '2' },
    ]);
    expect(await member.complete('show', 'id', 'and')).toEqual([{ name: '#2 Andes', value: '2' }]);
    expect(await member.complete('pause', 'for', '3', { id: '1' })).toEqual([{ name: '3d', value: '3d' }]);
    expect(await member.complete('settings', 'timezone', 'new york')).toEqual([
      { name: 'America/New_York', value: 'America/New_York' },
    ]);
    const places = await member.complete('add', 'to', '', { query: 'x' });
    expect(places.map(({ name }) => name)).toEqual(['here', 'me', '#general', '#news', '#board']);
  });

  test('has alerts sent elsewhere, where they and the bot may write', async () => {
    const bot = await start();
    const { news = '', board = '' } = server.home.channels;
    const member = server.user(anna);
    await saved(member, 'Japan', { to: '#news' });
    await saved(member, 'Korea', { to: 'me' });
    server.setPermissions(board, { send: false });
    expect(textOf(await member.run('add', { query: 'Peru', to: `<#${board}>` }))).toContain('“Send Messages”');
    expect(textOf(await member.run('add', { query: 'Peru', to: `<#${ben}>` }))).toContain('cannot see that channel');
    const all = await bot.store.subscriptionsOf(`discord:${anna}`);
    expect(all.map(({ destination }) => destination)).toEqual([
      `discord:${server.home.id}:${news}`,
      `discord:@${anna}`,
    ]);
  });

  test('uses the bot in direct messages and, installed for themselves, anywhere', async () => {
    const bot = await start();
    await saved(server.user(anna, { guild: null }), 'Japan');
    const stranger = server.addGuild();
    server.removeBot(stranger.id);
    await saved(server.user(anna, { guild: stranger.id, userInstalled: true }), 'Korea');
    const all = await bot.store.subscriptionsOf(`discord:${anna}`);
    expect(all.map(({ destination, scope }) => [destination, scope])).toEqual([
      [`discord:@${anna}`, `discord:@${anna}`],
      [`discord:@${anna}`, `discord:@${anna}`],
    ]);
  });

  test('has alerts sent to the thread they are in', async () => {
    const bot = await start();
    const board = server.home.channels['board'] ?? '';
    const destination = `discord:${server.home.id}:${board}`;
    const message = { kind: 'notice', heading: 'Hello', cards: [] } as const;
    await bot.chat.post({ destination, message, key: 'a'.repeat(32), ambiguous: false });
    const [thread = ''] = server.threads(board);
    await saved(server.user(anna, { channel: thread }), 'Japan');
    const [only] = await bot.store.subscriptionsOf(`discord:${anna}`);
    expect(only?.destination).toBe(`discord:${server.home.id}:${thread}`);
  });

  test('mutes a story of a forum in its thread for the whole forum', async () => {
    const bot = await start();
    const board = server.home.channels['board'] ?? '';
    const destination = `discord:${server.home.id}:${board}`;
    const [told, groupId] = [story(1), id(9)];
    await bot.store.appendStories(0, [{ story: told, groupId, tier: 'first', like: '' }]);
    const card = { ...told, storyId: told.id, groupId, published: '' };
    const message = { kind: 'alert', heading: '', cards: [card] } as const;
    await bot.chat.post({ destination, message, key: 'a'.repeat(32), ambiguous: false });
    const [thread = ''] = server.threads(board);
    const [post] = server.messages(thread);
    if (!post) throw new Error('no post');
    const answer = await server.user(anna, { channel: thread, manageGuild: true }).click(post, 'Mute story');
    expect(answer.ephemeral).toBe(true);
    expect(await bot.store.getDocument('mute', muteId(destination, groupId))).not.toBeNull();
  });

  test('takes their alerts along as a file', async () => {
    await start();
    const member = server.user(anna);
    await saved(member, '"asset seizure"');
    const file = (await member.run('export')).files[0];
    const text = new TextDecoder().decode(file?.bytes);
    expect(text).toContain('asset seizure');
    const attached = { name: 'mine.json', contentType: 'application/json', text };
    const done = await server.user(anna, { guild: null }).run('import', { file: attached });
    expect(textOf(done)).toContain('1 alert was added');
  });

  test('changes the settings of the place in a form', async () => {
    await start();
    const runner = server.user(anna, { manageGuild: true });
    const shown = await runner.run('settings');
    const form = await runner.click(shown, 'Open the form');
    expect(form.kind).toBe('modal');
    expect(textOf(await runner.submit(form, { timezone: 'Asia/Tokyo' }))).toContain('Settings saved');
    expect(textOf(await runner.run('settings'))).toContain('Asia/Tokyo');
  });

  test('is helped with everything that can be said', async () => {
    await start();
    const help = textOf(await server.user(anna).run('help'));
    for (const name of ['add <query> [name: …]', 'list', 'why <story>', 'feeds export']) expect(help).toContain(name);
    const about = textOf(await server.user(anna).run('help', { command: 'add' }));
    expect(about).toContain('/news add query: "asset seizure" when: daily 08:00');
    expect(help + about).not.toContain('--');
  });

  test('hears that something broke, and that nothing waits for ever', async () => {
    let broken = false;
    await start({
      through: (store) => ({
        ...store,
        getDocument: async (kind, id) => {
          if (broken) throw new Error('the disk is gone');
          return store.getDocument(kind, id);
        },
      }),
    });
    const member = server.user(anna);
    const preview = await member.run('preview', { query: `"${'asset seizure '.repeat(10).trim()}"` });
    broken = true;
    expect(textOf(await member.run('list'))).toContain('Something went wrong on my side');
    // The command of this button is too long to stand in it.
    const answer = await member.click(preview, 'Add as an alert');
    expect([answer, ...server.followUps(answer)].length).toBeGreaterThan(0);
    expect(server.followUps(answer).map(({ embeds }) => embeds[0]?.description)).toEqual([
      expect.stringContaining('Something went wrong on my side'),
    ]);
  });
});
