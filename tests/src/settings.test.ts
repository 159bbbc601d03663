import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  environmentName,
  printSettings,
  readSecrets,
  readSettings,
  settingPaths,
  type Settings,
} from '../../src/settings.ts';

const reference = readFileSync(join(import.meta.dirname, '../../config/newshound.yaml'), 'utf8');

function settingsFrom(text: string, env: Record<string, string> = {}): Settings {
  const read = readSettings(text, 'test.yaml', env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}

function problemsOf(text: string, env: Record<string, string> = {}): readonly string[] {
  const read = readSettings(text, 'test.yaml', env);
  return read.ok
    ? []
    : read.problems.map(({ path, from, found, allowed }) => `${path} | ${from} | ${found} | ${allowed}`);
}

describe('config/newshound.yaml', () => {
  test('holds every setting with its default', () => {
    expect(parse(reference)).toEqual(settingsFrom(''));
  });

  test('every setting can be given in the environment', () => {
    for (const path of settingPaths()) {
      const read = readSettings('', 'test.yaml', { [environmentName(path)]: '\u0000no value' });
      // Free texts take anything; everything else is refused by its own path.
      expect(read.ok ? path : read.problems[0]?.path).toContain(path);
    }
  });
});

describe('readSettings', () => {
  test('environment wins over the file, by long and short names', () => {
    const settings = settingsFrom('feeds: { intervalSeconds: 300 }\nlog: { level: warn }', {
      NEWSHOUND_FEEDS_INTERVAL_SECONDS: '120',
      NEWSHOUND_FEEDS_ALLOW_PRIVATE_HOSTS: 'localhost:8080, [::1]:90',
      NEWSHOUND_FEEDS_ALLOW_PORTS: '80,443',
      NEWSHOUND_ARTICLES_FETCH: 'FALSE',
      LOG_LEVEL: 'debug',
      PORT: '9000',
      TZ: 'Asia/Tokyo',
    });
    expect(settings.feeds.intervalSeconds).toBe(120);
    expect(settings.feeds.allowPrivateHosts).toEqual(['localhost:8080', '[::1]:90']);
    expect(settings.feeds.allowPorts).toEqual([80, 443]);
    expect(settings.log.level).toBe('debug');
    expect(settings.server.port).toBe(9000);
    expect(settings.articles.fetch).toBe(false);
    expect(settings.timeZone).toBe('Asia/Tokyo');
  });

  test.each([
    ['feeds: { intervalSeconds: often }', {}, ['feeds.intervalSeconds | test.yaml | "often" | a number']],
    ['articles: { fetch: maybe }', {}, ['articles.fetch | test.yaml | "maybe" | true or false']],
    ['', { NEWSHOUND_ARTICLES_FETCH: 'no' }, ['articles.fetch | NEWSHOUND_ARTICLES_FETCH | "no" | true or false']],
    [
      'feeds: { intervalSecond: 5 }',
      {},
      ['feeds.intervalSecond | test.yaml | 5 | no such setting; did you mean feeds.intervalSeconds?'],
    ],
    [
      '',
      { NEWSHOUND_FEEDS_INTERVAL: '5' },
      [' | NEWSHOUND_FEEDS_INTERVAL | "5" | no such setting; did you mean NEWSHOUND_FEEDS_INTERVAL_SECONDS?'],
    ],
    ['', { LOG_LEVEL: 'loud' }, ['log.level | LOG_LEVEL | "loud" | one of trace, debug, info, warn, error, silent']],
    ['timeZone: Mars/Olympus', {}, ['timeZone | test.yaml | "Mars/Olympus" | an IANA time zone such as Asia/Tokyo']],
    ['feeds: { concurrency: 0 }', {}, ['feeds.concurrency | test.yaml | 0 | at least 1']],
    [
      'feeds: { minIntervalSeconds: 600, maxIntervalSeconds: 60 }',
      {},
      ['feeds.minIntervalSeconds | test.yaml | 600 | at most feeds.maxIntervalSeconds (60)'],
    ],
    ['- a list', {}, [' | test.yaml | ["a list"] | settings by name']],
  ])('refuses %j with path, what was found and what is allowed', (text, env, problems) => {
    expect(problemsOf(text, env)).toEqual(problems);
  });

  test('says all problems at once', () => {
    expect(problemsOf('feeds: { jitter: 9 }\nlanguage: xx\nstore: { synchronous: MAYBE }')).toHaveLength(3);
  });

  test('refuses a file that is no YAML', () => {
    expect(problemsOf('feeds: [1, 2')[0]).toContain('| YAML');
  });

  test('a hostile key changes no prototype', () => {
    expect(problemsOf('__proto__: { polluted: 1 }').length).toBeGreaterThanOrEqual(0);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('secrets', () => {
  test('come from a variable or from the file it names, and are never printed', () => {
    const { secrets, problems } = readSecrets(
      { DISCORD_TOKEN: ' abc ', SLACK_BOT_TOKEN_FILE: '/run/slack' },
      () => 'xoxb-1\n',
    );
    expect(problems).toEqual([]);
    expect(secrets.discordToken).toBe('abc');
    expect(secrets.slackBotToken).toBe('xoxb-1');
    const printed = printSettings(settingsFrom(''), secrets);
    expect(printed).toContain('DISCORD_TOKEN: set (hidden)');
    expect(printed).not.toContain('abc');
    expect(printed).not.toContain('xoxb');
  });

  test('a file that cannot be read is a problem with its variable', () => {
    const { problems } = readSecrets({ REDIS_URL_FILE: '/nowhere' }, () => {
      throw new Error('no such file');
    });
    expect(problems).toEqual([
      { path: 'REDIS_URL', from: 'REDIS_URL_FILE', found: '"/nowhere"', allowed: 'a file that can be read' },
    ]);
  });
});
