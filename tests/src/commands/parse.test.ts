import { describe, expect, test } from 'vitest';
import { checkCommand, nearest, parseCommand } from '../../../src/commands/parse.ts';

function read(text: string): unknown {
  const parsed = parseCommand(text);
  return parsed.ok ? [parsed.spec.name, parsed.options] : parsed.failure.kind;
}

describe('parseCommand', () => {
  test.each([
    ['add Japan South Korea', 'add', { query: 'Japan South Korea' }],
    ['/news add "asset seizure"', 'add', { query: '"asset seizure"' }],
    ['NEWS Add =US', 'add', { query: '=US' }],
    ['add a b --when daily 08:00 --name My alert', 'add', { query: 'a b', when: 'daily 08:00', name: 'My alert' }],
    ['add a —when hourly', 'add', { query: 'a', when: 'hourly' }],
    ['add nuclear -weapon', 'add', { query: 'nuclear -weapon' }],
    ['edit 3 --query=oil price', 'edit', { id: '3', query: 'oil price' }],
    ['edit 3 --name', 'edit', { id: '3', name: '' }],
    ['pause 12 for 3d', 'pause', { id: '12', for: '3d' }],
    ['pause 12 3d', 'pause', { id: '12', for: '3d' }],
    ['pause #12', 'pause', { id: '#12' }],
    ['list', 'list', {}],
    ['list 2', 'list', { page: '2' }],
    ['feeds', 'feeds', {}],
    ['feeds 2', 'feeds', { page: '2' }],
    ['feeds add https://a.example/?q=1 asia', 'feeds add', { address: 'https://a.example/?q=1', tag: 'asia' }],
    ['feeds remove My Feed', 'feeds remove', { feed: 'My Feed' }],
    ['why https://a.example/b c', 'why', { story: 'https://a.example/b c' }],
    [
      'settings --timezone Asia/Tokyo --quiet 22:00-07:00',
      'settings',
      { timezone: 'Asia/Tokyo', quiet: '22:00-07:00' },
    ],
    ['help feeds add', 'help', { command: 'feeds add' }],
  ])('reads %s', (text, name, options) => {
    expect(read(text)).toEqual([name, options]);
  });

  test.each([
    ['', 'empty'],
    ['/news', 'empty'],
    ['lst', 'unknown command'],
    ['add x --wen hourly', 'unknown option'],
    ['settings --alerts nobody', 'wrong choice'],
  ])('answers %j with what is wrong: %s', (text, kind) => {
    expect(read(text)).toBe(kind);
  });

  test('offers the nearest command', () => {
    const parsed = parseCommand('lst');
    expect(!parsed.ok && parsed.failure).toMatchObject({ typed: 'lst', nearest: 'list' });
  });
});

describe('checkCommand', () => {
  test('takes what a platform has taken apart already', () => {
    expect(checkCommand({ name: 'pause', options: { id: '3' } }).ok).toBe(true);
    expect(checkCommand({ name: 'dance', options: {} }).ok).toBe(false);
  });
});

describe('nearest', () => {
  test.each([
    ['sub', ['add', 'list'], ''],
    ['remov', ['remove', 'resume'], 'remove'],
    ['hlep', ['help', 'list'], 'help'],
  ])('%s is nearest to %j: %s', (typed, known, expected) => {
    expect(nearest(typed, known)).toBe(expected);
  });
});
