import { expect, test } from 'vitest';
import { keepsEncryption } from '../../../adapters/feeds/address.ts';

test.each([
  ['https://hub.example/', 'https://other.example/', true],
  ['https://hub.example/', 'http://hub.example/', false],
  ['http://hub.example/', 'http://other.example/', true],
  ['http://hub.example/', 'https://hub.example/', true],
])('from %s to %s encryption is kept: %s', (from, to, kept) => {
  expect(keepsEncryption(new URL(from), new URL(to))).toBe(kept);
});
