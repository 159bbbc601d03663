import { describe, expect, test } from 'vitest';
import { start, connect, general, generalId, raw } from './connect.ts';

describe('faults', () => {
  test('the client honours its rate limits and loses nothing', { timeout: 15_000 }, async () => {
    const server = await start({ rateLimit: { requests: 2, windowMs: 300 } });
    const channel = await general(await connect(server), server);
    await Promise.all(Array.from({ length: 6 }, (_, i) => channel.send(`${i}`)));
    expect(server.messages(channel.id).map(({ content }) => content)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(server.rateLimited).toEqual([]);
  });

  test('who does not honour them gets 429 and when to come back', async () => {
    const server = await start({ rateLimit: { requests: 1, windowMs: 5000 } });
    const path = `/channels/${generalId(server)}/messages`;
    await raw(server, 'POST', path, { content: 'x' });
    const answered = await raw(server, 'POST', path, { content: 'y' });
    expect(answered.status).toBe(429);
    expect(answered.headers.get('retry-after')).toBe('5');
    expect(answered.headers.get('x-ratelimit-scope')).toBe('user');
    await expect(answered.json()).resolves.toMatchObject({ global: false });
    expect(server.rateLimited).toHaveLength(1);
    const all = await Promise.all(Array.from({ length: 60 }, () => raw(server, 'GET', '/users/@me')));
    const global = all.filter(({ headers }) => headers.get('x-ratelimit-global') === 'true');
    expect(global.length).toBeGreaterThanOrEqual(8);
  });

  test('a 429 on demand is waited out by the client', async () => {
    const server = await start();
    const channel = await general(await connect(server), server);
    server.fail({ route: /^POST .*messages$/u, how: { status: 429, retryAfterMs: 200 } });
    await channel.send('x');
    expect(server.messages(channel.id)).toHaveLength(1);
    expect(server.rateLimited).toHaveLength(1);
  });

  test('a connection reset before the work leaves nothing, one reset after it leaves a message', async () => {
    const server = await start();
    const channel = await general(await connect(server, { retries: 0 }), server);
    server.fail({ route: /^POST .*messages$/u, how: 'resetBefore' });
    await expect(channel.send('x')).rejects.toBeInstanceOf(Error);
    expect(server.messages(channel.id)).toHaveLength(0);
    server.fail({ route: /^POST .*messages$/u, how: 'resetAfter' });
    await expect(channel.send('x')).rejects.toBeInstanceOf(Error);
    expect(server.messages(channel.id)).toHaveLength(1);
  });

  test('a 500 on demand and a late answer', async () => {
    const server = await start();
    const channel = await general(await connect(server, { retries: 0, timeout: 200 }), server);
    server.fail({ route: (method, path) => method === 'POST' && path.endsWith('/messages'), how: { status: 503 } });
    await expect(channel.send('x')).rejects.toMatchObject({ status: 503 });
    server.fail({ route: /messages$/u, how: { delayMs: 400 } });
    await expect(channel.send('x')).rejects.toThrow(/abort/iu);
    expect(server.messages(channel.id)).toHaveLength(1);
  });

  test('away and back at the same address, with everything kept', { timeout: 15_000 }, async () => {
    const server = await start();
    const channel = await general(await connect(server, { retries: 0 }), server);
    await channel.send('before');
    await server.online(false);
    await expect(channel.send('during')).rejects.toBeInstanceOf(Error);
    await server.online(true);
    await channel.send('after');
    expect(server.messages(channel.id).map(({ content }) => content)).toEqual(['before', 'after']);
    await expect.poll(() => server.gateway(), { timeout: 10_000 }).toMatchObject({ open: 1 });
  });

  test('an unknown path is 404, an unknown method 405, a strange token 401', async () => {
    const server = await start();
    await raw(server, 'GET', '/nowhere');
    await raw(server, 'DELETE', '/users/@me');
    await fetch(`${server.url}/api/v10/users/@me`, { headers: { authorization: 'Bot other' } });
    expect(server.invalidRequests.map(({ status }) => status)).toEqual([404, 405, 401]);
  });

  test('the server stops by itself', async () => {
    const server = await start({ lifeMs: 50 });
    await expect
      .poll(async () => {
        return fetch(`${server.url}/api/v10/gateway`).then(
          () => 'open',
          () => 'closed',
        );
      })
      .toBe('closed');
  });
});
