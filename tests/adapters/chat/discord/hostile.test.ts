import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDiscordServer, type Answer, type DiscordServer, type Member } from '../../../servers/discord/server.ts';
import { startBot, type Bot } from './bot.ts';
import { hostileTexts } from './hostile.ts';
import { readMarkup } from './markup.ts';

/** What an answer may make of a text: the program's own bold words, code spans and times. */
const own = new Set(['bold', 'code']);

let server: DiscordServer;
let bot: Bot;
let member: Member;

beforeAll(async () => {
  server = await startDiscordServer({ globalPerSecond: 10_000 });
  bot = await startBot(server);
  member = server.user('210000000000000001', { manageGuild: true });
});

afterAll(async () => {
  await bot.stop();
  await server.close();
});

function strangeIn({ content, embeds }: Answer): readonly string[] {
  return [content, ...embeds.flatMap(({ title = '', description = '' }) => [title, description])]
    .flatMap((text) => readMarkup(text).live)
    .filter(({ kind, text }) => !own.has(kind) && !(kind === 'time' && !wasTyped(text)))
    .map(({ kind, text }) => `${kind}: ${text}`);
}

function wasTyped(part: string): boolean {
  return hostileTexts.some(([, text]) => text.includes(part));
}

/** Nothing but white space cannot be typed. */
const typed = hostileTexts.filter(([, text]) => text.trim() !== '');

describe('what a member types is shown as it stands', () => {
  test.each(typed)('in every answer: %s', async (_, text) => {
    const answers = [await member.run('add', { query: text }), await member.run('why', { story: text })];
    expect(answers.flatMap(strangeIn)).toEqual([]);
    expect(answers.map(({ ephemeral }) => ephemeral)).toEqual(answers.map(() => true));
    expect(server.violations).toEqual([]);
    expect(server.pings).toEqual([]);
    expect(server.lateAnswers).toEqual([]);
  });

  test('in the list, the details and the completions of alerts that are saved', async () => {
    for (const [i, [, text]] of typed.slice(0, 40).entries()) {
      const preview = await member.run('add', { query: `harbour${i}`, name: text });
      await member.click(preview, 'Save');
    }
    const answers = [await member.run('list'), await member.run('show', { id: '1' }), await member.run('export')];
    expect(answers.flatMap(strangeIn)).toEqual([]);
    const choices = await member.complete('show', 'id', '');
    expect(choices.length).toBeGreaterThan(10);
    expect(server.violations).toEqual([]);
    expect(server.pings).toEqual([]);
  });
});
