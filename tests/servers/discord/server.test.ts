import { Client, Events, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commandDefinitions } from '../../../adapters/chat/discord/registration.ts';
import { start, connect, general, codeOf, ping } from './connect.ts';

describe('the gateway', () => {
  test('discord.js connects and knows the guild, its channels and what it may do there', async () => {
    const server = await start();
    const client = await connect(server);
    expect(client.user.id).toBe(server.botId);
    expect([...client.guilds.cache.keys()]).toEqual([server.home.id]);
    const channel = await general(client, server);
    server.setPermissions(channel.id, { send: false });
    await expect.poll(() => channel.permissionsFor(client.user)?.has(PermissionFlagsBits.SendMessages)).toBe(false);
    expect(channel.permissionsFor(client.user)?.has(PermissionFlagsBits.EmbedLinks)).toBe(true);
    expect(server.gateway()).toMatchObject({ identifies: 1, open: 1 });
  });

  test('a wrong token is refused', async () => {
    const server = await start();
    const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: `${server.url}/api` } });
    onTestFinished(() => client.destroy());
    await expect(client.login('not.the.token')).rejects.toThrow(/token/iu);
    expect(server.invalidRequests).toMatchObject([{ route: 'GET /gateway/bot', status: 401 }]);
  });

  test('intents that were never granted are refused', async () => {
    const server = await start();
    const client = new Client({
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent],
      rest: { api: `${server.url}/api` },
    });
    onTestFinished(() => client.destroy());
    await expect(client.login(server.token)).rejects.toThrow(/disallowed intents/iu);
  });

  test('a lost connection is resumed, and what was missed is told', async () => {
    const server = await start();
    const client = await connect(server);
    const left = new Promise<string>((resolve) => {
      client.once(Events.GuildDelete, ({ id }) => resolve(id));
    });
    server.dropGateway({ resumable: true });
    server.removeBot(server.home.id);
    await expect(left).resolves.toBe(server.home.id);
    expect(server.gateway()).toMatchObject({ connections: 2, identifies: 1, resumes: 1, open: 1 });
  });

  test('asked to reconnect, the client resumes', async () => {
    const server = await start();
    await connect(server);
    server.dropGateway({ resumable: true, how: 'reconnect' });
    await expect.poll(() => server.gateway(), { timeout: 5000 }).toMatchObject({ resumes: 1, identifies: 1, open: 1 });
  });

  test('a session that ended is begun anew', { timeout: 15_000 }, async () => {
    const server = await start();
    await connect(server);
    server.dropGateway({ resumable: false });
    await expect
      .poll(() => server.gateway(), { timeout: 10_000 })
      .toMatchObject({ resumes: 1, identifies: 2, open: 1 });
  });

  test('some closings are for good, others are resumed', async () => {
    const server = await start();
    const client = await connect(server);
    server.dropGateway({ resumable: true, how: 4000 });
    await expect.poll(() => server.gateway(), { timeout: 5000 }).toMatchObject({ resumes: 1, open: 1 });
    const ended = new Promise<number>((resolve) => {
      client.once(Events.ShardDisconnect, ({ code }) => resolve(code));
    });
    client.once(Events.Error, () => undefined);
    client.once(Events.ShardError, () => undefined);
    server.dropGateway({ resumable: true, how: 4014 });
    await expect(ended).resolves.toBe(4014);
    expect(server.gateway().open).toBe(0);
  });

  test('heartbeats are acknowledged, and a client that sends none is let go', async () => {
    const server = await start({ heartbeatMs: 100 });
    const client = await connect(server);
    await expect.poll(() => server.gateway().heartbeats).toBeGreaterThan(1);
    await expect.poll(() => client.ws.ping).toBeGreaterThanOrEqual(0);
    expect(server.gateway().connections).toBe(1);
  });

  test('two shards share the guilds', { timeout: 20_000 }, async () => {
    const server = await start({ shards: 2 });
    const other = server.addGuild({ id: String(BigInt(server.home.id) + (1n << 22n)) });
    const client = new Client({
      intents: [GatewayIntentBits.Guilds],
      shards: 'auto',
      rest: { api: `${server.url}/api` },
    });
    onTestFinished(() => client.destroy());
    const ready = new Promise((resolve) => {
      client.once(Events.ClientReady, resolve);
    });
    await client.login(server.token);
    await ready;
    expect(client.guilds.cache.size).toBe(2);
    expect(client.guilds.cache.get(other.id)?.shardId).not.toBe(client.guilds.cache.get(server.home.id)?.shardId);
  });

  test('a guild that lets the bot in again is as it was left', async () => {
    const server = await start();
    const client = await connect(server);
    server.removeBot(server.home.id);
    await expect.poll(() => client.guilds.cache.size).toBe(0);
    expect(server.addGuild({ id: server.home.id })).toEqual(server.home);
    await expect.poll(() => client.guilds.cache.size).toBe(1);
    await expect(general(client, server)).resolves.toMatchObject({ name: 'general' });
  });

  test('an outage of a guild is no leaving', async () => {
    const server = await start();
    const client = await connect(server);
    server.outage(server.home.id);
    await expect.poll(() => client.guilds.cache.get(server.home.id)?.available).toBe(false);
    server.outage(server.home.id, true);
    await expect.poll(() => client.guilds.cache.get(server.home.id)?.available).toBe(true);
  });
});

describe('commands', () => {
  test('the commands of the product register without a fault', async () => {
    const server = await start();
    const client = await connect(server);
    const written = await client.application.commands.set(commandDefinitions());
    expect(written.size).toBe(2);
    expect(server.violations).toEqual([]);
    expect(server.registrations).toMatchObject([{ guildId: null, names: ['news', 'Why this alert?'] }]);
  });

  test('a command over its limits is refused, and what stood before stays', async () => {
    const server = await start();
    const client = await connect(server);
    await client.application.commands.set([ping]);
    const tooLong = { ...ping, name: 'Ping', description: 'x'.repeat(101) };
    const error: unknown = await client.rest
      .put(`/applications/${server.applicationId}/commands`, { body: [tooLong] })
      .catch((caught: unknown) => caught);
    expect(codeOf(error)).toBe(50_035);
    expect(server.violations.map(({ path }) => path)).toEqual(['[0].name', '[0].description']);
    const standing = await client.application.commands.fetch();
    expect(standing.map(({ name }) => name)).toEqual(['ping']);
  });

  test('a command of more than 8,000 characters is refused', async () => {
    const server = await start();
    const client = await connect(server);
    const choices = Array.from({ length: 25 }, (_, i) => ({
      name: `${i}`.padEnd(100, 'n'),
      value: `${i}`.padEnd(100, 'v'),
    }));
    const options = ['one', 'two'].map((name) => ({ type: 3, name, description: 'x', choices }));
    const error: unknown = await client.rest
      .put(`/applications/${server.applicationId}/commands`, { body: [{ name: 'big', description: 'x', options }] })
      .catch((caught: unknown) => caught);
    expect(codeOf(error)).toBe(50_035);
    expect(server.violations.at(0)?.message).toContain('8000');
  });
});
