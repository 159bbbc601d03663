import { describe, expect, test } from 'vitest';
import { readAddress, showAddress } from '../../../adapters/store/redis/address.ts';

describe('the address of a Redis', () => {
  test('names a host, a port, a user, a password and a database', () => {
    expect(readAddress('redis://ada:p%40ss:word@cache.example:7000/3')).toEqual({
      kind: 'single',
      nodes: [{ host: 'cache.example', port: 7000 }],
      socket: '',
      tls: false,
      username: 'ada',
      password: 'p@ss:word',
      database: 3,
      group: '',
    });
    expect(readAddress('redis://:secret@cache.example')).toMatchObject({ username: '', password: 'secret' });
  });

  test('has the usual ports where it names none', () => {
    expect(readAddress('redis://localhost').nodes).toEqual([{ host: 'localhost', port: 6379 }]);
    expect(readAddress('redis+sentinel://localhost').nodes).toEqual([{ host: 'localhost', port: 26_379 }]);
  });

  test('asks for TLS by rediss', () => {
    expect(readAddress('rediss://cache.example')).toMatchObject({ kind: 'single', tls: true });
    expect(readAddress('rediss+cluster://cache.example')).toMatchObject({ kind: 'cluster', tls: true });
  });

  test('is a cluster where it says so or names several hosts', () => {
    expect(readAddress('redis+cluster://one.example')).toMatchObject({ kind: 'cluster' });
    expect(readAddress('redis://one.example:1,[2001:db8::1]:2')).toMatchObject({
      kind: 'cluster',
      nodes: [
        { host: 'one.example', port: 1 },
        { host: '2001:db8::1', port: 2 },
      ],
    });
  });

  test('names sentinels with the group they watch', () => {
    expect(readAddress('redis+sentinel://one.example,two.example:5/news/2')).toMatchObject({
      kind: 'sentinel',
      nodes: [
        { host: 'one.example', port: 26_379 },
        { host: 'two.example', port: 5 },
      ],
      group: 'news',
      database: 2,
    });
    expect(readAddress('redis+sentinel://one.example')).toMatchObject({ group: 'mymaster', database: 0 });
  });

  test('may be a socket', () => {
    expect(readAddress('redis+socket:///run/redis.sock?db=1')).toMatchObject({
      socket: '/run/redis.sock',
      database: 1,
    });
  });

  test.for([
    'cache.example',
    'http://cache.example',
    'redis://',
    'redis://:secret@',
    'redis://:secret@cache.example:99999',
    'redis://:secret@cache.example/x',
    'redis://:secret@cache.example/1/2',
    'redis://:secret@one.example,two.example/1',
    'redis://:secret%zz@one.example',
    'redis+socket://:secret@/',
  ])('%s is refused without its password', (url) => {
    expect(() => readAddress(url)).toThrow(expect.objectContaining({ name: 'StoreError', code: 'bad_address' }));
    expect(() => readAddress(url)).not.toThrow(/secret/u);
  });

  test('is shown without user and password', () => {
    const shown = [
      'redis://ada:secret@cache.example:7000/3',
      'redis://ada:secret@one.example,[2001:db8::1]:2',
      'redis+sentinel://ada:secret@one.example/news',
      'redis+socket://ada:secret@/run/redis.sock',
    ].map((url) => showAddress(readAddress(url)));
    expect(shown).toEqual([
      'cache.example:7000, database 3',
      'the cluster at one.example:6379, [2001:db8::1]:2',
      'news, by the sentinels at one.example:26379',
      '/run/redis.sock',
    ]);
  });
});
