import { expect, test } from 'vitest';
import {
  channelAddress,
  directAddress,
  guildAddress,
  memberAddress,
  placeAt,
  userOf,
} from '../../../../adapters/chat/discord/addresses.ts';
import { readSpoken, spoken } from '../../../../adapters/chat/discord/spoken.ts';
import { isDirect, scopeOf } from '../../../../src/subscription/destination.ts';

const [guild, channel, user] = ['100000000000000001', '200000000000000002', '300000000000000003'];

test('addresses are read as they were written', () => {
  expect(placeAt(channelAddress(guild, channel))).toEqual({ kind: 'channel', guild, channel });
  expect(placeAt(directAddress(user))).toEqual({ kind: 'direct', user });
  expect(userOf(memberAddress(user))).toBe(user);
  expect(scopeOf(channelAddress(guild, channel))).toBe(guildAddress(guild));
  expect(scopeOf(directAddress(user))).toBe(directAddress(user));
  expect(isDirect(directAddress(user))).toBe(true);
  expect(isDirect(channelAddress(guild, channel))).toBe(false);
});

test.each([
  'slack:T1:C2',
  'discord:',
  'discord:1:2',
  `discord:${guild}`,
  `discord:${guild}:${channel}:${user}`,
  `discord:@${user}:${channel}`,
  `discord:${guild}:../users`,
  'terminal:me',
])('%s is no place in Discord', (address) => {
  expect(placeAt(address)).toBeNull();
});

test.each(['pause 12', 'add "asset seizure" --when daily 08:00', 'line\nbreak', '~ and  spaces '])(
  'a component says %j',
  (text) => {
    const { customId, kept } = spoken('say', text);
    expect(kept).toBeNull();
    expect(readSpoken(customId)).toEqual({ verb: 'say', text, kept: false });
  },
);

test('a long text is kept under an id that is the same each time', () => {
  const first = spoken('fill', `add ${'x'.repeat(200)}`);
  expect(first).toEqual(spoken('fill', `add ${'x'.repeat(200)}`));
  expect(readSpoken(first.customId)).toEqual({ verb: 'fill', text: first.kept?.id, kept: true });
});

test.each(['', 'say', 'sing pause 12', 'pause 12', 'pick 0'])('%j is no component of ours', (customId) => {
  expect(readSpoken(customId)).toBeNull();
});
