import { describe, expect, test } from 'vitest';
import { bareHost, registrableDomain, sameSite } from '../../../src/story/site.ts';

describe('the owner of a host', () => {
  test.each([
    ['harbour.example', 'harbour.example'],
    ['news.harbour.example', 'harbour.example'],
    ['NEWS.Harbour.Example.', 'harbour.example'],
    ['www.harbour.co.uk', 'harbour.co.uk'],
    ['news.harbour.com.au', 'harbour.com.au'],
    ['anna.github.io', 'anna.github.io'],
    ['x.anna.blogspot.com', 'anna.blogspot.com'],
    ['co.uk', ''],
    ['localhost', ''],
    ['127.0.0.1', ''],
    ['[::1]', ''],
  ])('of %s is %j', (host, owner) => {
    expect(registrableDomain(host)).toBe(owner);
  });
});

describe('two addresses are of one site', () => {
  test.each([
    ['https://harbour.example/a', 'http://www.harbour.example/b', true],
    ['https://news.harbour.co.uk/a', 'https://harbour.co.uk/b', true],
    ['https://127.0.0.1:8080/a', 'https://127.0.0.1:9090/b', true],
    ['https://anna.github.io/a', 'https://bert.github.io/a', false],
    ['https://harbour.co.uk/a', 'https://tide.co.uk/a', false],
    ['https://harbour.example/a', 'https://harbour.example.evil.test/a', false],
    ['https://10.0.0.1/a', 'https://10.0.0.2/a', false],
    ['no address', 'https://harbour.example/a', false],
  ])('%s and %s: %j', (a, b, same) => {
    expect(sameSite(a, b)).toBe(same);
    expect(sameSite(b, a)).toBe(same);
  });
});

test.each([
  ['www.m.harbour.example', 'harbour.example'],
  ['m.co.uk', 'm.co.uk'],
  ['www.com', 'www.com'],
  ['amp.news.harbour.example', 'news.harbour.example'],
  ['en.m.wikipedia.org', 'en.wikipedia.org'],
  ['mmm.harbour.example', 'mmm.harbour.example'],
])('the host %s without its forms is %s', (host, bare) => {
  expect(bareHost(host)).toBe(bare);
});
