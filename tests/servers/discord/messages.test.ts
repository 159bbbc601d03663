import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { READER, start, connect, general, generalId, raw, codeOf } from './connect.ts';

describe('messages', () => {
  test('a post is read back, and an edit is counted', async () => {
    const server = await start();
    const channel = await general(await connect(server), server);
    const sent = await channel.send({ content: 'hello', embeds: [{ title: 'one' }] });
    await sent.edit({ content: 'hello again' });
    expect(server.messages(channel.id)).toMatchObject([
      { id: sent.id, content: 'hello again', embeds: [{ title: 'one' }], edits: 1, nonce: null },
    ]);
    const fetched = await channel.messages.fetch({ limit: 10 });
    expect(fetched.map(({ content }) => content)).toEqual(['hello again']);
  });

  test('a channel is read page by page, newest first', async () => {
    const server = await start({ rateLimit: { requests: 50, windowMs: 1000 } });
    const channel = await general(await connect(server), server);
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push((await channel.send(`${i}`)).id);
    const page = async (options: object): Promise<string> =>
      (await channel.messages.fetch({ limit: 2, ...options })).map(({ content }) => content).join('');
    await expect(page({})).resolves.toBe('54');
    await expect(page({ before: ids[2] })).resolves.toBe('10');
    await expect(page({ after: ids[2] })).resolves.toBe('43');
    await expect(page({ around: ids[2], limit: 3 })).resolves.toBe('321');
    server.setPermissions(channel.id, { history: false });
    await expect(page({})).resolves.toBe('');
  });

  test('the text of others is not read, but in direct messages', async () => {
    const server = await start();
    const client = await connect(server);
    const channel = await general(client, server);
    await server.user(READER).say('in the channel');
    await server.user(READER, { guild: null }).say('in private');
    expect((await channel.messages.fetch()).map(({ content }) => content)).toEqual(['']);
    const direct = await client.users.createDM(READER);
    expect((await direct.messages.fetch()).map(({ content }) => content)).toEqual(['in private']);
  });

  test('the same nonce gives the first message, until its window is over', async () => {
    const server = await start({ nonceWindowMs: 300 });
    const channel = await general(await connect(server), server);
    const post = async (): Promise<string> =>
      (await channel.send({ content: 'once', nonce: 'abc', enforceNonce: true })).id;
    const first = await post();
    await expect(post()).resolves.toBe(first);
    await new Promise((resolve) => {
      setTimeout(resolve, 350);
    });
    await expect(post()).resolves.not.toBe(first);
    expect(server.messages(channel.id)).toHaveLength(2);
  });

  test('a message that was deleted is not made anew by its nonce', async () => {
    const server = await start();
    const channel = await general(await connect(server), server);
    const once = { content: 'once', nonce: 'abc', enforceNonce: true };
    await (await channel.send(once)).delete();
    await expect(channel.send(once)).rejects.toMatchObject({ code: 10_008 });
    expect(server.messages(channel.id)).toEqual([]);
  });

  test('a nonce that is not enforced makes no difference', async () => {
    const server = await start();
    const channel = await general(await connect(server), server);
    await channel.send({ content: 'twice', nonce: 'abc' });
    await channel.send({ content: 'twice', nonce: 'abc' });
    expect(server.messages(channel.id)).toHaveLength(2);
  });

  const row = (...components: readonly object[]): object => ({ type: 1, components });
  const plain = (custom_id: string): object => ({ type: 2, style: 2, label: 'x', custom_id });
  const link = (url: string): object => ({ type: 2, style: 5, label: 'x', url });
  const select = (options: readonly object[]): object => ({ type: 3, custom_id: 'pick', options });

  test.each<[string, object, string]>([
    ['content over 2,000', { content: 'x'.repeat(2001) }, 'content'],
    ['half a surrogate pair', { content: '\uD83D' }, 'content'],
    ['a nonce over 25', { content: 'x', nonce: 'x'.repeat(26) }, 'nonce'],
    ['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'embeds'],
    ['an embed without anything', { embeds: [{}] }, 'embeds[0].description'],
    ['a title over 256', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds[0].title'],
    ['a description over 4,096', { embeds: [{ description: 'x'.repeat(4097) }] }, 'embeds[0].description'],
    [
      '6,001 characters in all embeds',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
      'embeds',
    ],
    ['a footer over 2,048', { embeds: [{ footer: { text: 'x'.repeat(2049) } }] }, 'embeds[0].footer.text'],
    ['an author over 256', { embeds: [{ author: { name: 'x'.repeat(257) } }] }, 'embeds[0].author.name'],
    [
      '26 fields',
      { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'x', value: 'y' })) }] },
      'embeds[0].fields',
    ],
    ['a field without a value', { embeds: [{ fields: [{ name: 'x', value: ' ' }] }] }, 'embeds[0].fields[0].value'],
    ['an address of another scheme', { embeds: [{ title: 'x', url: 'javascript:alert(1)' }] }, 'embeds[0].url'],
    ['no time at all', { embeds: [{ title: 'x', timestamp: 'yesterday' }] }, 'embeds[0].timestamp'],
    ['six rows', { components: Array.from({ length: 6 }, (_, i) => row(plain(`${i}`))) }, 'components'],
    [
      'six buttons',
      { components: [row(...Array.from({ length: 6 }, (_, i) => plain(`${i}`)))] },
      'components[0].components',
    ],
    ['one custom_id twice', { components: [row(plain('a'), plain('a'))] }, 'components[0].components[1].custom_id'],
    ['a custom_id over 100', { components: [row(plain('a'.repeat(101)))] }, 'components[0].components[0].custom_id'],
    [
      'a button address over 512',
      { components: [row(link(`https://x.example/${'a'.repeat(512)}`))] },
      'components[0].components[0].url',
    ],
    [
      'a button address of another scheme',
      { components: [row(link('ftp://x.example/'))] },
      'components[0].components[0].url',
    ],
    ['no options', { components: [row(select([]))] }, 'components[0].components[0].options'],
    [
      'a value twice',
      {
        components: [
          row(
            select([
              { label: 'a', value: 'v' },
              { label: 'b', value: 'v' },
            ]),
          ),
        ],
      },
      'components[0].components[0].options[1].value',
    ],
    ['nothing', { content: ' \n ' }, ''],
  ])('%s is refused and kept as a violation', async (_, body, path) => {
    const server = await start();
    const answered = await raw(server, 'POST', `/channels/${generalId(server)}/messages`, body);
    expect(answered.status).toBe(400);
    expect(server.violations.map((violation) => violation.path)).toContain(path);
    expect(server.messages(generalId(server))).toEqual([]);
  });

  test('a message at every limit is taken', async () => {
    const server = await start();
    const channel = await general(await connect(server), server);
    await channel.send({
      content: 'x'.repeat(2000),
      embeds: [{ title: 't'.repeat(256), description: 'd'.repeat(4096), footer: { text: 'f'.repeat(1648) } }],
    });
    expect(server.violations).toEqual([]);
    expect(server.messages(channel.id)).toHaveLength(1);
  });

  test('mentions that would call somebody are counted', async () => {
    const server = await start();
    const path = `/channels/${generalId(server)}/messages`;
    const content = `@everyone <@${READER}> <@&${server.home.id}> @here`;
    await raw(server, 'POST', path, { content, allowed_mentions: { parse: [] } });
    expect(server.pings).toEqual([]);
    await raw(server, 'POST', path, { content, allowed_mentions: { parse: ['users'] } });
    expect(server.pings.map(({ mention }) => mention)).toEqual([`<@${READER}>`]);
    await raw(server, 'POST', path, { content });
    expect(server.pings).toHaveLength(5);
  });

  test('what may not be done is answered as Discord does, and counted', async () => {
    const server = await start();
    const client = await connect(server);
    const channel = await general(client, server);
    const other = server.addChannel(server.home.id, 'other');
    const refusals: number[] = [];
    const post = async (channelId: string, body: object = { content: 'x' }): Promise<void> => {
      await client.rest
        .post(`/channels/${channelId}/messages`, { body })
        .catch((error: unknown) => refusals.push(codeOf(error)));
    };
    server.setPermissions(channel.id, { embed: false });
    await post(channel.id, { embeds: [{ title: 'x' }] });
    server.setPermissions(channel.id, { send: false });
    await post(channel.id);
    server.setPermissions(channel.id, { view: false });
    await post(channel.id);
    server.deleteChannel(other);
    await post(other);
    await post(server.home.channels['board'] ?? '');
    server.closeDirectMessages(READER);
    await post(server.directChannel(READER));
    server.removeBot(server.home.id);
    await post(server.home.channels['news'] ?? '');
    expect(refusals).toEqual([50_013, 50_013, 50_001, 10_003, 50_008, 50_007, 50_001]);
    expect(server.invalidRequests).toHaveLength(6);
  });

  test('direct messages, threads and forum posts work', async () => {
    const server = await start();
    const client = await connect(server);
    const user = await client.users.fetch(READER);
    const direct = await user.send('hello');
    expect(server.messages(server.directChannel(READER)).map(({ id }) => id)).toEqual([direct.id]);

    const channel = await general(client, server);
    const first = await channel.send('story');
    const thread = await first.startThread({ name: 'later coverage' });
    await thread.send('more');
    expect(server.threads(channel.id)).toEqual([thread.id]);
    expect(server.messages(thread.id).map(({ content }) => content)).toEqual(['more']);
    await expect(first.startThread({ name: 'again' })).rejects.toMatchObject({ code: 160_004 });

    const board = await client.channels.fetch(server.home.channels['board'] ?? '');
    if (!board?.isThreadOnly()) throw new Error('not a forum');
    const post = await board.threads.create({ name: 'story', message: { content: 'text', embeds: [{ title: 't' }] } });
    expect(server.messages(post.id)).toMatchObject([{ id: post.id, content: 'text' }]);
  });

  test('a forum that asks for a tag takes no post without one', async () => {
    const channels = [{ name: 'general' }, { name: 'board', kind: 'forum', tags: ['news'], requireTag: true }] as const;
    const server = await start({ guilds: [{ channels }] });
    const client = await connect(server);
    const board = await client.channels.fetch(server.home.channels['board'] ?? '');
    if (!board?.isThreadOnly()) throw new Error('not a forum');
    const post = { name: 'story', message: { content: 'text' } };
    await expect(board.threads.create(post)).rejects.toMatchObject({ code: 40_067 });
    const tags = board.availableTags.map(({ id }) => id);
    const thread = await board.threads.create({ ...post, appliedTags: tags });
    expect(thread.appliedTags).toEqual(tags);
  });

  test('what a member may not do in a channel, the client knows', async () => {
    const server = await start();
    const channel = await general(await connect(server), server);
    server.setPermissions(channel.id, { send: false }, READER);
    const member = await channel.guild.members.fetch(READER);
    await expect.poll(() => channel.permissionsFor(member).has(PermissionFlagsBits.SendMessages)).toBe(false);
    await expect(channel.send('the bot may')).resolves.toMatchObject({ content: 'the bot may' });
  });
});
