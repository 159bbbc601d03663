import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openDiscordChat } from '../../../../adapters/chat/discord/discord.ts';
import { createClock } from '../../../../adapters/clock/node-cron.ts';
import { card } from '../../../../src/commands/card.ts';
import { createLogger } from '../../../../src/log.ts';
import type { Store } from '../../../../src/ports.ts';
import { startDiscordServer, type Answer, type DiscordServer } from '../../../servers/discord/server.ts';
import { startBot, type Bot, type BotOptions } from './bot.ts';

const anna = '700000000000000001';

let server: DiscordServer;
let bot: Bot | null;

beforeEach(async () => {
  server = await startDiscordServer({ lifeMs: 90_000 });
  bot = null;
});

afterEach(async () => {
  await bot?.stop();
  expect(server.violations).toEqual([]);
  await server.close();
});

async function start(options: BotOptions = {}): Promise<Bot> {
  bot = await startBot(server, options);
  return bot;
}

function textOf({ embeds }: Answer): string {
  return embeds.map(({ title = '', description = '' }) => `${title} ${description}`).join(' ');
}

async function pass(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await pass(50);
  }
  throw new Error('It did not come to be');
}

/** A store whose every call takes as long as `pace.ms` says at that moment. */
function slowed(store: Store, pace: { readonly ms: number }): Store {
  return new Proxy(store, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== 'function') return own;
      return async (...args: unknown[]): Promise<unknown> => {
        await pass(pace.ms);
        return Reflect.apply(own, target, args) as unknown;
      };
    },
  });
}

describe('with a slow store', () => {
  test('nothing is answered later than Discord waits', { timeout: 80_000 }, async () => {
    const pace = { ms: 0 };
    await start({ through: (own) => slowed(own, pace) });
    const member = server.user(anna);
    const preview = await member.run('add', { query: 'Korea' });
    await member.click(await member.run('add', { query: 'Japan' }), 'Save');
    pace.ms = 1000;
    const commands: readonly (readonly [string, Record<string, string>])[] = [
      ['list', {}],
      ['show', { id: '1' }],
      ['edit', { id: '1' }],
      ['pause', { id: '1' }],
      ['preview', { query: 'Korea' }],
      ['search', { query: 'Korea' }],
      ['why', { story: 'https://harbour.example/1' }],
      ['feeds list', {}],
      ['settings', {}],
      ['export', {}],
      ['help', {}],
    ];
    const file = { name: 'mine.json', contentType: 'application/json', text: '{"newshound":1,"subscriptions":[]}' };
    const answers = await Promise.all([
      ...commands.map(async ([name, options]) => member.run(name, options)),
      member.run('import', { file }),
      member.click(preview, 'Save'),
    ]);
    expect(answers.filter(({ firstAnswerMs }) => firstAnswerMs >= 3000)).toEqual([]);
    await Promise.all([
      member.complete('show', 'id', ''),
      member.complete('feeds remove', 'feed', ''),
      member.complete('add', 'to', '', { query: 'x' }),
    ]);
    expect(server.lateAnswers).toEqual([]);
    pace.ms = 0;
    await until(async () => textOf(await member.run('list')).includes('Korea'));
  });

  test('a form that comes too late is offered as a button, completions as none', { timeout: 40_000 }, async () => {
    const pace = { ms: 0 };
    await start({ through: (own) => slowed(own, pace) });
    const member = server.user(anna);
    await member.click(await member.run('add', { query: 'Japan' }), 'Save');
    pace.ms = 2500;
    const late = await member.run('edit', { id: '1' });
    expect(late).toMatchObject({ kind: 'message', ephemeral: true, deferred: true });
    expect(textOf(late)).toContain('Alert \\#1');
    expect(await member.complete('show', 'id', '')).toEqual([]);
    pace.ms = 0;
    const form = await member.click(late, 'Open the form');
    expect(form).toMatchObject({ kind: 'modal', title: 'Alert #1' });
    await member.submit(form, { Query: 'Korea' });
    expect(textOf(await member.run('list'))).toContain('Korea');
    expect(server.lateAnswers).toEqual([]);
  });
});

describe('a Discord that cannot be reached at the start', () => {
  test('is waited for', async () => {
    await server.online(false);
    const starting = start();
    await pass(500);
    await server.online(true);
    await starting;
    expect(textOf(await server.user(anna).run('list'))).toContain('no alerts here yet');
  });

  test('is waited for no longer than the program runs', async () => {
    await server.online(false);
    const { url, token } = server;
    const options = { token, applicationId: '', guildId: '', apiUrl: `${url}/api`, requestsPerSecond: 40 };
    const store = {
      getDocument: async () => null,
      putDocument: async () => undefined,
      takeLease: async (_: string, holder: string) => holder,
      dropLease: async () => undefined,
    };
    const log = createLogger('silent', { kind: 'json' });
    const chat = openDiscordChat({ ...options, store, clock: createClock(() => undefined), log });
    const counter = { answer: async () => card({}), complete: async () => [], reach: async () => undefined };
    const starting = chat.start(counter);
    await pass(100);
    await chat.stop();
    await starting;
    await server.online(true);
  });
});

describe('a gateway that lets go', () => {
  test.each([
    ['cut and resumed', { resumable: true, how: 'reset' }],
    ['asked to reconnect', { resumable: true, how: 'reconnect' }],
    ['closed with a code', { resumable: true, how: 4000 }],
    ['cut, its session lost', { resumable: false, how: 'reset' }],
  ] as const)('%s: what members say is heard again', async (_, drop) => {
    const { chat } = await start();
    const before = server.gateway();
    server.dropGateway(drop);
    // Posting needs no gateway.
    const destination = `discord:@${anna}`;
    const message = { kind: 'notice', heading: 'Hello', cards: [] } as const;
    expect(await chat.post({ destination, message, key: 'a'.repeat(32), ambiguous: false })).toMatchObject({
      kind: 'sent',
    });
    await until(() => server.gateway().open === 1 && server.gateway().connections > before.connections);
    await until(async () =>
      server
        .user(anna)
        .run('list')
        .then(
          () => true,
          () => false,
        ),
    );
    expect(server.gateway().identifies > before.identifies).toBe(!drop.resumable);
    expect(server.registrations).toHaveLength(1);
  });
});

describe('two processes with one token and one store', () => {
  async function startTwo(): Promise<[Bot, Bot]> {
    const folder = await mkdtemp(join(tmpdir(), 'newshound-two-'));
    const two: [Bot, Bot] = [await startBot(server, { folder }), await startBot(server, { folder })];
    onTestFinished(async () => {
      for (const one of two) await one.stop();
      await rm(folder, { recursive: true, force: true });
    });
    return two;
  }

  test('do what a member says once: one is at the gateway', async () => {
    const [first] = await startTwo();
    expect(server.gateway()).toMatchObject({ open: 1, connections: 1 });
    const subscriptions = [{ query: 'Japan' }, { query: 'Korea' }];
    const text = JSON.stringify({ newshound: 1, subscriptions });
    const file = { name: 'mine.json', contentType: 'application/json', text };
    expect(textOf(await server.user(anna).run('import', { file }))).toContain('2 alerts were added');
    await pass(300);
    expect(await first.store.subscriptionsOf(`discord:${anna}`)).toHaveLength(2);
    expect(server.invalidRequests).toEqual([]);
    expect(server.lateAnswers).toEqual([]);
  });

  test('both post; to a forum as well', async () => {
    const board = server.addChannel(server.home.id, 'board', 'forum');
    for (const [i, { chat }] of (await startTwo()).entries()) {
      for (const channel of [server.home.channels['general'] ?? '', board]) {
        const message = { kind: 'notice', heading: `Hello from ${i}`, cards: [] } as const;
        const destination = `discord:${server.home.id}:${channel}`;
        const key = `${i}${channel}`.padEnd(32, 'a').slice(0, 32);
        expect(await chat.post({ destination, message, key, ambiguous: false })).toMatchObject({ kind: 'sent' });
      }
    }
    expect(server.messages(server.home.channels['general'] ?? '')).toHaveLength(2);
    expect(server.threads(board)).toHaveLength(2);
    expect(server.violations).toEqual([]);
  });

  test('take over from one another', async () => {
    const [first] = await startTwo();
    await first.stop();
    await until(() => server.gateway().open === 1 && server.gateway().connections === 2);
    expect(textOf(await server.user(anna).run('list'))).toContain('no alerts here yet');
  });
});

describe('an answer', () => {
  test.each(['resetBefore', 'resetAfter'] as const)('comes though the connection fails with %s', async (how) => {
    await start();
    server.fail({ route: /\/callback$/u, how });
    server.fail({ route: /@original$/u, how });
    expect(textOf(await server.user(anna).run('list'))).toContain('no alerts here yet');
  });
});

describe('a server that the bot is put out of', () => {
  test('is given up after a time of grace, and taken up again when the bot is back', async () => {
    const { store } = await start({ graceMs: 200 });
    const { id } = server.addGuild();
    const marked = async (): Promise<boolean> => (await store.getDocument('unreachable', `discord:${id}`)) !== null;
    server.removeBot(id);
    expect(await marked()).toBe(false);
    await until(marked);
    server.addGuild({ id });
    await until(async () => !(await marked()));
  });

  test('is kept when the bot comes back in time, and during an outage', async () => {
    const { store } = await start({ graceMs: 300 });
    const { id } = server.addGuild();
    server.removeBot(id);
    server.addGuild({ id });
    server.outage(server.home.id);
    await pass(600);
    expect(await store.listDocuments('unreachable')).toEqual([]);
  });
});
