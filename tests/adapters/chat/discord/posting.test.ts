import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placeAt } from '../../../../adapters/chat/discord/addresses.ts';
import type { Message, StoryCard } from '../../../../src/delivery/card.ts';
import { deliveryKey } from '../../../../src/delivery/delivery.ts';
import type { PostAnswer, Posting } from '../../../../src/ports.ts';
import { card } from '../../../../src/commands/card.ts';
import { startDiscordServer, type DiscordOptions, type DiscordServer } from '../../../servers/discord/server.ts';
import { startBot, type Bot } from './bot.ts';

const anna = '700000000000000001';

let server: DiscordServer;
let bot: Bot;

async function begin(options: DiscordOptions = {}): Promise<void> {
  server = await startDiscordServer({ lifeMs: 60_000, ...options });
  bot = await startBot(server);
}

async function restart(): Promise<void> {
  await bot.stop();
  bot = await startBot(server);
}

afterEach(async () => {
  await bot.stop();
  expect(server.violations).toEqual([]);
  await server.close();
});

function channel(name: string): string {
  return server.home.channels[name] ?? '';
}

function story(number: number): StoryCard {
  return {
    title: `Court orders asset seizure ${number}`,
    summary: 'The court has ordered it.',
    url: `https://harbour.example/${number}`,
    source: 'The Harbour Times',
    published: '2026-11-25T09:00:00Z',
    storyId: String(number).padStart(16, '0'),
    groupId: `g${number}`,
    matched: [{ id: 1, name: 'Seizures' }],
  };
}

function alert(number = 1, where = channel('general'), parts: Partial<Posting> = {}): Posting {
  const destination = where.startsWith('@') ? `discord:${where}` : `discord:${server.home.id}:${where}`;
  return {
    destination,
    message: { kind: 'alert', heading: '', cards: [story(number)] },
    key: deliveryKey(destination, String(number)),
    ambiguous: false,
    ...parts,
  };
}

/** Posts until it is settled, as the outbox does, at once. */
async function settle(posting: Posting): Promise<PostAnswer> {
  let answer = await bot.chat.post(posting);
  for (let tries = 0; answer.kind === 'retry' && tries < 5; tries++) {
    await new Promise((resolve) => {
      setTimeout(resolve, answer.kind === 'retry' ? (answer.retryAfterMs ?? 0) : 0);
    });
    answer = await bot.chat.post({ ...posting, ambiguous: answer.ambiguous });
  }
  return answer;
}

function titles(where: string): string[] {
  return server.messages(where).flatMap(({ embeds }) => embeds.map(({ title = '' }) => title));
}

describe('an alert', () => {
  beforeEach(async () => begin());

  test.each(['general', 'news'])('stands in the channel %s with its buttons', async (name) => {
    const sent = await bot.chat.post(alert(1, channel(name)));
    const [message] = server.messages(channel(name));
    expect(sent).toEqual({ kind: 'sent', remoteId: message?.id });
    expect(message?.embeds).toMatchObject([
      { title: 'Court orders asset seizure 1', url: 'https://harbour.example/1' },
    ]);
    expect(message?.components[0]?.components?.map(({ label }) => label)).toEqual([
      'Read',
      'Why?',
      'Mute story',
      'Pause',
      'Edit',
    ]);
  });

  test('opens a thread in a forum, in which it can be changed', async () => {
    const board = channel('board');
    const sent = await bot.chat.post(alert(1, board));
    const [thread = ''] = server.threads(board);
    expect(sent).toEqual({ kind: 'sent', remoteId: thread });
    expect(titles(thread)).toEqual(['Court orders asset seizure 1']);
    const message: Message = { kind: 'alert', heading: '', cards: [{ ...story(1), title: 'Corrected' }] };
    expect(await bot.chat.edit({ ...alert(1, board), message, remoteId: thread })).toMatchObject({ kind: 'sent' });
    expect(titles(thread)).toEqual(['Corrected']);
  });

  test('of another story with the same title opens a thread of its own, also after a restart', async () => {
    const board = channel('board');
    const named = (number: number): Posting => {
      const cards = [{ ...story(number), title: 'The morning in brief' }];
      return alert(number, board, { message: { kind: 'alert', heading: '', cards } });
    };
    await bot.chat.post(named(1));
    await restart();
    const [first] = server.threads(board);
    expect(await bot.chat.post(named(1))).toEqual({ kind: 'sent', remoteId: first });
    await restart();
    await bot.chat.post(named(2));
    expect(server.threads(board)).toHaveLength(2);
  });

  test('reaches a member in direct messages, and can be changed there after a restart', async () => {
    const sent = await bot.chat.post(alert(1, `@${anna}`));
    const remoteId = sent.kind === 'sent' ? sent.remoteId : '';
    expect(titles(server.directChannel(anna))).toEqual(['Court orders asset seizure 1']);
    await restart();
    const also = [{ source: 'Meridian Wire', url: 'https://meridian.example/9' }];
    const message: Message = { kind: 'alert', heading: '', cards: [{ ...story(1), also }] };
    await bot.chat.edit({ ...alert(1, `@${anna}`), message, remoteId });
    const [changed] = server.messages(server.directChannel(anna));
    expect(changed?.embeds[0]?.description).toContain('also: [Meridian Wire](https://meridian.example/9)');
    expect(changed?.edits).toBe(1);
  });

  test('reaches a thread', async () => {
    await bot.chat.post(alert(1, channel('board')));
    const [thread = ''] = server.threads(channel('board'));
    expect(await bot.chat.post(alert(2, thread))).toMatchObject({ kind: 'sent' });
    expect(titles(thread)).toHaveLength(2);
  });

  test('a digest of more than fits is several messages, each of which stands once', async () => {
    const cards = Array.from({ length: 10 }, (_, i) => ({ ...story(i), summary: 'long '.repeat(300) }));
    const digest = alert(1, channel('general'), { message: { kind: 'digest', heading: 'Your daily digest', cards } });
    await bot.chat.post(digest);
    const before = server.messages(channel('general')).length;
    expect(before).toBeGreaterThan(1);
    expect(await bot.chat.post({ ...digest, ambiguous: true })).toMatchObject({ kind: 'sent' });
    expect(server.messages(channel('general'))).toHaveLength(before);
    expect(titles(channel('general'))).toHaveLength(10);
  });

  test('a digest of more messages than Discord takes at once gets through', async () => {
    const cards = Array.from({ length: 10 }, (_, i) => ({ ...story(i), summary: 'long '.repeat(590) }));
    const digest = alert(1, channel('general'), { message: { kind: 'digest', heading: 'Your daily digest', cards } });
    await bot.chat.post(alert(99));
    await bot.chat.post(alert(98));
    expect(await settle(digest)).toMatchObject({ kind: 'sent' });
    expect(titles(channel('general'))).toHaveLength(12);
    expect(server.rateLimited).toEqual([]);
  });

  test('a member is told something in private', async () => {
    const told = card({ tone: 'warning', title: 'Alerts stopped', lines: [['The channel is gone.']] });
    expect(await bot.chat.tell(`discord:${anna}`, told)).toMatchObject({ kind: 'sent' });
    expect(server.messages(server.directChannel(anna))[0]?.embeds[0]?.title).toBe('Alerts stopped');
  });
});

describe('when Discord fails', () => {
  beforeEach(async () => begin());

  test.each([
    ['the connection is reset before the post', 'resetBefore', true],
    ['the connection is reset after the post', 'resetAfter', true],
    ['Discord answers 500', { status: 500 }, true],
    ['Discord answers 503', { status: 503 }, true],
    ['Discord answers 429', { status: 429, retryAfterMs: 1200 }, false],
  ] as const)('%s: the alert stands once', async (_, how, ambiguous) => {
    await bot.chat.post(alert(0));
    server.fail({ route: /^POST .*\/messages$/u, how });
    const first = await bot.chat.post(alert(1));
    expect(first).toMatchObject({ kind: 'retry', ambiguous });
    expect(await settle({ ...alert(1), ambiguous })).toMatchObject({ kind: 'sent' });
    expect(titles(channel('general'))).toEqual(['Court orders asset seizure 0', 'Court orders asset seizure 1']);
  });

  test('429 is waited for as long as Discord says', async () => {
    server.fail({ route: /^POST .*\/messages$/u, how: { status: 429, retryAfterMs: 7000 } });
    const answer = await bot.chat.post(alert(1));
    expect(answer.kind === 'retry' && answer.retryAfterMs).toBeGreaterThanOrEqual(7000);
    expect(answer.kind === 'retry' && answer.retryAfterMs).toBeLessThan(7200);
  });

  test('a full bucket is known without asking Discord', async () => {
    for (let i = 0; i < 5; i++) await bot.chat.post(alert(i));
    const answer = await bot.chat.post(alert(9));
    expect(answer).toMatchObject({ kind: 'retry', reason: 'it was asked to wait', ambiguous: false });
    expect(server.rateLimited).toEqual([]);
    // Another channel has a bucket of its own.
    expect(await bot.chat.post(alert(9, channel('news')))).toMatchObject({ kind: 'sent' });
  });

  test('an answer that takes too long is given up, and the alert stands once', async () => {
    await bot.chat.post(alert(0));
    server.fail({ route: /^POST .*\/messages$/u, how: { delayMs: 2000 } });
    const answer = await bot.chat.post(alert(1), AbortSignal.timeout(300));
    expect(answer).toMatchObject({ kind: 'retry', ambiguous: true });
    expect(await settle({ ...alert(1), ambiguous: true })).toMatchObject({ kind: 'sent' });
    expect(titles(channel('general'))).toHaveLength(2);
  });

  test('a place that is gone is known as such', async () => {
    server.setPermissions(channel('general'), { send: false });
    expect(await bot.chat.post(alert(1))).toMatchObject({ kind: 'gone' });
    server.setPermissions(channel('news'), { view: false });
    expect(await bot.chat.post(alert(1, channel('news')))).toMatchObject({ kind: 'gone' });
    server.deleteChannel(channel('board'));
    expect(await bot.chat.post(alert(1, channel('board')))).toMatchObject({ kind: 'gone' });
    server.closeDirectMessages(anna);
    expect(await bot.chat.post(alert(1, `@${anna}`))).toMatchObject({ kind: 'gone' });
    expect(server.invalidRequests).toHaveLength(4);
  });

  test('a message that was deleted is no reason to give its channel up', async () => {
    const sent = await bot.chat.post(alert(1));
    const remoteId = sent.kind === 'sent' ? `${BigInt(sent.remoteId) - 1n}` : '';
    expect(await bot.chat.edit({ ...alert(1), remoteId })).toMatchObject({ kind: 'refused' });
    expect(await bot.chat.post(alert(2))).toMatchObject({ kind: 'sent' });
  });

  test('what Discord refuses is not tried again', async () => {
    server.fail({ route: /^POST .*\/messages$/u, how: { status: 400, code: 50_035 } });
    expect(await bot.chat.post(alert(1))).toMatchObject({ kind: 'refused' });
  });

  test('a token that is no longer taken is not offered again and again', async () => {
    server.fail({ route: /^POST .*\/messages$/u, how: { status: 401 } });
    const before = server.requests.length;
    for (let i = 0; i < 3; i++) {
      const answer = await bot.chat.post(alert(i, channel('general'), { ambiguous: false }));
      expect(answer).toMatchObject({ kind: 'retry', ambiguous: false });
      expect(answer.kind === 'retry' && answer.retryAfterMs).toBeGreaterThanOrEqual(60_000);
    }
    expect(server.requests.slice(before).filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('while Discord cannot be reached nothing is lost', async () => {
    await server.online(false);
    expect(await bot.chat.post(alert(1))).toMatchObject({ kind: 'retry', ambiguous: false });
    await server.online(true);
    expect(await bot.chat.post(alert(1))).toMatchObject({ kind: 'sent' });
    expect(titles(channel('general'))).toHaveLength(1);
  });
});

describe('a process that died after a post, before it could say so', () => {
  beforeEach(async () => begin({ nonceWindowMs: 1 }));

  test.each(['general', 'news', 'board'])(
    'finds the alert in %s again, long after the nonce is forgotten',
    async (name) => {
      await bot.chat.post(alert(1, channel(name)));
      await restart();
      const found = await bot.chat.post(alert(1, channel(name)));
      expect(found).toMatchObject({ kind: 'sent' });
      const standing =
        name === 'board' ? server.threads(channel(name)) : server.messages(channel(name)).map(({ id }) => id);
      expect(standing).toEqual([found.kind === 'sent' ? found.remoteId : '']);
    },
  );

  test('finds it in direct messages', async () => {
    await bot.chat.post(alert(1, `@${anna}`));
    await restart();
    await bot.chat.post(alert(1, `@${anna}`));
    expect(server.messages(server.directChannel(anna))).toHaveLength(1);
  });

  test('still looks for it after it could not look', async () => {
    await bot.chat.post(alert(0));
    server.fail({ route: /^POST .*\/messages$/u, how: 'resetAfter' });
    expect(await bot.chat.post(alert(1))).toMatchObject({ kind: 'retry', ambiguous: true });
    await server.online(false);
    expect(await bot.chat.post({ ...alert(1), ambiguous: true })).toMatchObject({ kind: 'retry', ambiguous: true });
    await server.online(true);
    expect(await settle({ ...alert(1), ambiguous: true })).toMatchObject({ kind: 'sent' });
    expect(titles(channel('general'))).toHaveLength(2);
  });

  test('sends it where it may not read', async () => {
    server.setPermissions(channel('general'), { history: false });
    expect(await bot.chat.post(alert(1))).toMatchObject({ kind: 'sent' });
    expect(server.invalidRequests).toEqual([]);
  });

  test('looks only once in a channel', async () => {
    for (let i = 0; i < 3; i++) await bot.chat.post(alert(i));
    expect(server.requests.filter(({ method, path }) => method === 'GET' && path.includes('/messages'))).toHaveLength(
      1,
    );
  });
});

test.each(['discord:1:2', 'slack:T1:C2', 'discord:@anna'])('%s cannot be posted to', async (destination) => {
  await begin();
  expect(placeAt(destination)).toBeNull();
  expect(await bot.chat.post({ ...alert(1), destination })).toMatchObject({ kind: 'gone' });
  expect(await bot.chat.refusal(`discord:${anna}`, destination, 'en')).not.toBe('');
});
