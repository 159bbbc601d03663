import { distance } from 'fastest-levenshtein';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { languages } from './languages.ts';

const seconds = z.number().min(1).max(31_536_000);
const hostAndPort = z.string().regex(/^(\[[0-9a-fA-F:.]+\]|[^\s:/]+):\d{1,5}$/u, 'host:port');
const snowflake = z.string().regex(/^(?:\d{15,20})?$/u, 'an id of Discord, in quotes');
const publicUrl = z.union([z.literal(''), z.url({ protocol: /^https?$/u })]);
const timeZone = z.string().refine(isTimeZone, 'an IANA time zone such as Asia/Tokyo');

/** What a process may do: look at feeds and match, post what is due, hear and answer members. */
export const roles = ['poll', 'deliver', 'chat'] as const;
export type Role = (typeof roles)[number];

/** One schema for the file, the environment and the types. Defaults stand in config/newshound.yaml and are held equal by a test. */
const settingsSchema = z
  .strictObject({
    language: z.enum(languages).default('en'),
    timeZone: timeZone.default('UTC'),
    roles: z
      .array(z.enum(roles))
      .min(1)
      .default([...roles]),
    feeds: z
      .strictObject({
        opml: z.string().min(1).default('config/feeds.opml'),
        intervalSeconds: seconds.default(600),
        minIntervalSeconds: seconds.default(60),
        maxIntervalSeconds: seconds.default(18_000),
        quietMaxIntervalSeconds: seconds.default(86_400),
        jitter: z.number().min(0).max(0.5).default(0.1),
        backoffBaseSeconds: seconds.default(120),
        backoffMaxSeconds: seconds.default(21_600),
        timeoutSeconds: z.number().min(1).max(120).default(20),
        maxBodyBytes: z.int().min(1024).max(104_857_600).default(15_728_640),
        maxRedirects: z.int().min(0).max(20).default(5),
        concurrency: z.int().min(1).max(1024).default(16),
        perHostConcurrency: z.int().min(1).max(1024).default(1),
        hostSpacingMs: z.int().min(0).max(600_000).default(500),
        allowPrivateHosts: z.array(hostAndPort).default([]),
        allowPorts: z.array(z.int().min(1).max(65_535)).min(1).default([80, 443, 8080, 8443]),
        moveAfterDays: z.number().min(0).max(365).default(3),
        tellAfterHours: z.number().min(1).max(720).default(24),
        contactUrl: z.url().default('https://github.com/newshound/newshound'),
      })
      .prefault({}),
    stories: z
      .strictObject({
        maxAgeDays: z.number().min(0.01).max(365).default(7),
        announceFirstPollMinutes: z.number().min(0).max(10_080).default(0),
        memoryDays: z.number().min(1).max(365).default(45),
        archiveDays: z.number().min(1).max(365).default(14),
        groupWindowHours: z.number().min(1).max(336).default(72),
        editHours: z.number().min(0).max(336).default(24),
      })
      .prefault({}),
    articles: z.strictObject({ fetch: z.boolean().default(true) }).prefault({}),
    delivery: z
      .strictObject({
        giveUpAfterHours: z.number().min(0.01).max(168).default(24),
        lanes: z.int().min(1).max(512).default(16),
        retryBaseSeconds: z.number().min(0.01).max(600).default(5),
        retryMaxSeconds: z.number().min(1).max(86_400).default(600),
        catchUpOver: z.int().min(1).max(1000).default(5),
        catchUpAfterMinutes: z.number().min(1).max(1440).default(15),
        floodPerHour: z.int().min(1).max(10_000).default(20),
      })
      .prefault({}),
    commands: z
      .strictObject({
        subscriptionsPerMember: z.int().min(1).max(100_000).default(50),
        subscriptionsPerPlace: z.int().min(1).max(100_000).default(500),
        feedsPerScope: z.int().min(0).max(100_000).default(50),
        undoMinutes: z.number().min(0).max(1440).default(10),
      })
      .prefault({}),
    discord: z
      .strictObject({
        applicationId: snowflake.default(''),
        guildId: snowflake.default(''),
        apiUrl: z.url({ protocol: /^https?$/u }).default('https://discord.com/api'),
        requestsPerSecond: z.number().min(1).max(50).default(40),
      })
      .prefault({}),
    slack: z
      .strictObject({
        apiUrl: z.url({ protocol: /^https?$/u }).default('https://slack.com/api/'),
        authorizeUrl: z.url({ protocol: /^https?$/u }).default('https://slack.com/oauth/v2/authorize'),
        readBack: z.boolean().default(false),
      })
      .prefault({}),
    server: z
      .strictObject({
        host: z.string().min(1).default('127.0.0.1'),
        port: z.int().min(0).max(65_535).default(8787),
        publicUrl: publicUrl.default(''),
      })
      .prefault({}),
    store: z
      .strictObject({
        synchronous: z.enum(['NORMAL', 'FULL']).default('NORMAL'),
        leaseSeconds: z.number().min(1).max(120).default(12),
        redisPrefix: z
          .string()
          .regex(/^[\w.-]{1,64}$/u, 'letters, digits, _ . and -')
          .default('nh'),
        redisUnsafe: z.enum(['refuse', 'warn']).default('refuse'),
        redisTimeoutSeconds: z.number().min(0.1).max(60).default(5),
      })
      .prefault({}),
    log: z
      .strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info') })
      .prefault({}),
  })
  .superRefine((settings, context) => {
    const { feeds } = settings;
    if (feeds.minIntervalSeconds > feeds.maxIntervalSeconds) {
      context.addIssue({
        code: 'custom',
        path: ['feeds', 'minIntervalSeconds'],
        message: `at most feeds.maxIntervalSeconds (${feeds.maxIntervalSeconds})`,
      });
    }
  });

export type Settings = z.infer<typeof settingsSchema>;

/** What only the environment may hold. '' means not set. */
export interface Secrets {
  readonly redisUrl: string;
  readonly discordToken: string;
  readonly slackBotToken: string;
  readonly slackAppToken: string;
  readonly slackSigningSecret: string;
  readonly slackClientId: string;
  readonly slackClientSecret: string;
  readonly slackStateSecret: string;
  readonly encryptionKey: string;
}

const secretNames = {
  redisUrl: 'REDIS_URL',
  discordToken: 'DISCORD_TOKEN',
  slackBotToken: 'SLACK_BOT_TOKEN',
  slackAppToken: 'SLACK_APP_TOKEN',
  slackSigningSecret: 'SLACK_SIGNING_SECRET',
  slackClientId: 'SLACK_CLIENT_ID',
  slackClientSecret: 'SLACK_CLIENT_SECRET',
  slackStateSecret: 'SLACK_STATE_SECRET',
  encryptionKey: 'NEWSHOUND_ENCRYPTION_KEY',
} as const satisfies Record<keyof Secrets, string>;

/** Variables that stand for a setting under a name everybody knows, and those that are read elsewhere. */
const shortNames: Readonly<Record<string, string>> = {
  HOST: 'server.host',
  PORT: 'server.port',
  LOG_LEVEL: 'log.level',
  TZ: 'timeZone',
  DISCORD_APPLICATION_ID: 'discord.applicationId',
  DISCORD_GUILD_ID: 'discord.guildId',
  DISCORD_API_URL: 'discord.apiUrl',
  SLACK_API_URL: 'slack.apiUrl',
  SLACK_AUTHORIZE_URL: 'slack.authorizeUrl',
};
const otherNewshoundNames = new Set([
  'NEWSHOUND_CONFIG',
  'NEWSHOUND_DATA',
  'NEWSHOUND_ENCRYPTION_KEY',
  'NEWSHOUND_KILL_AT',
]);

/** A setting that cannot be used: where it stands, what was found and what is allowed. */
export interface SettingsProblem {
  readonly path: string;
  /** The file's name, or the environment variable. */
  readonly from: string;
  readonly found: string;
  readonly allowed: string;
}

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/**
 * Reads settings from the text of a YAML file ('' for none) and the environment, which wins.
 * Never throws: whatever is wrong comes back as problems, all of them at once.
 */
export function readSettings(
  text: string,
  fileName: string,
  env: Readonly<Record<string, string | undefined>>,
): SettingsResult {
  const file = parseDocument(text, { prettyErrors: true });
  const [broken] = file.errors;
  if (broken) {
    return { ok: false, problems: [{ path: '', from: fileName, found: broken.message, allowed: 'YAML' }] };
  }
  const raw: unknown = file.toJS({ maxAliasCount: 100 }) ?? {};
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    return { ok: false, problems: [{ path: '', from: fileName, found: shown(raw), allowed: 'settings by name' }] };
  }
  const values = raw as Record<string, unknown>;
  const origins = new Map<string, string>();
  const problems = [...applyEnvironment(values, env, origins)];

  const result = settingsSchema.safeParse(values);
  if (result.success && problems.length === 0) return { ok: true, settings: result.data };
  for (const issue of result.error?.issues ?? []) problems.push(...explain(issue, values, fileName, origins));
  return { ok: false, problems };
}

/** Reads the secrets; `readFile` gives the text of the file that a `…_FILE` variable names and may throw. */
export function readSecrets(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): { readonly secrets: Secrets; readonly problems: readonly SettingsProblem[] } {
  const problems: SettingsProblem[] = [];
  const entries = Object.entries(secretNames).map(([key, name]) => {
    const path = env[`${name}_FILE`];
    if (env[name] !== undefined || path === undefined || path === '') return [key, (env[name] ?? '').trim()];
    try {
      return [key, readFile(path).trim()];
    } catch {
      problems.push({ path: name, from: `${name}_FILE`, found: shown(path), allowed: 'a file that can be read' });
      return [key, ''];
    }
  });
  return { secrets: Object.fromEntries(entries) as Secrets, problems };
}

/** The settings and secrets as YAML-like lines with every secret hidden, for `print-config`. */
export function printSettings(settings: Settings, secrets: Secrets): string {
  const lines = [...flatten(settings)].map(([path, value]) => `${path}: ${shown(value)}`);
  for (const [key, name] of Object.entries(secretNames)) {
    lines.push(`${name}: ${secrets[key as keyof Secrets] === '' ? 'not set' : 'set (hidden)'}`);
  }
  return lines.join('\n');
}

/** Every setting's path, in the order of the schema. */
export function settingPaths(): readonly string[] {
  return [...flatten(settingsSchema.parse({}))].map(([path]) => path);
}

/** `feeds.minIntervalSeconds` -> `NEWSHOUND_FEEDS_MIN_INTERVAL_SECONDS`. */
export function environmentName(path: string): string {
  return `NEWSHOUND_${path.replaceAll('.', '_').replaceAll(/[A-Z]/gu, '_$&').toUpperCase()}`;
}

function* flatten(value: object, prefix = ''): Generator<[string, unknown]> {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) yield* flatten(inner, `${prefix}${key}.`);
    else yield [prefix + key, inner];
  }
}

function* applyEnvironment(
  values: Record<string, unknown>,
  env: Readonly<Record<string, string | undefined>>,
  origins: Map<string, string>,
): Generator<SettingsProblem> {
  const defaults = new Map(flatten(settingsSchema.parse({})));
  const paths = new Map([...defaults.keys()].map((path) => [environmentName(path), path]));
  for (const [name, path] of Object.entries(shortNames)) if (!env[environmentName(path)]) paths.set(name, path);

  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || text === '') continue;
    const path = paths.get(name);
    if (path === undefined) {
      if (name.startsWith('NEWSHOUND_') && !otherNewshoundNames.has(name) && !name.endsWith('_FILE')) {
        yield {
          path: '',
          from: name,
          found: shown(text),
          allowed: `no such setting; ${nearestHint(name, [...paths.keys()])}`,
        };
      }
      continue;
    }
    origins.set(path, name);
    put(values, path, fromText(text, defaults.get(path)));
  }
}

/** An environment variable's text as the type of the setting's default. What does not fit stays text, for the schema to refuse. */
function fromText(text: string, example: unknown): unknown {
  if (Array.isArray(example)) {
    const parts = text.split(',').map((part) => part.trim());
    return parts.filter((part) => part !== '').map((part) => (typeof example[0] === 'number' ? asNumber(part) : part));
  }
  if (typeof example === 'boolean') return asBoolean(text.trim().toLowerCase());
  return typeof example === 'number' ? asNumber(text) : text;
}

function asBoolean(text: string): unknown {
  return text === 'true' || (text === 'false' ? false : text);
}

function asNumber(text: string): unknown {
  return /^-?\d+(\.\d+)?$/u.test(text.trim()) ? Number(text) : text;
}

function put(values: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? path;
  let place = values;
  for (const key of keys) {
    const next = place[key];
    if (typeof next !== 'object' || next === null) place[key] = {};
    place = place[key] as Record<string, unknown>;
  }
  place[last] = value;
}

function* explain(
  issue: z.core.$ZodIssue,
  values: unknown,
  fileName: string,
  origins: ReadonlyMap<string, string>,
): Generator<SettingsProblem> {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const full = path === '' ? key : `${path}.${key}`;
      yield {
        path: full,
        from: fileName,
        found: shown(at(values, full)),
        allowed: `no such setting; ${nearestHint(full, settingPaths())}`,
      };
    }
    return;
  }
  const setting = [...origins.keys()].find((known) => path === known || path.startsWith(`${known}.`));
  const from = setting === undefined ? fileName : (origins.get(setting) ?? fileName);
  yield { path, from, found: shown(at(values, path)), allowed: allowedBy(issue) };
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      if (issue.expected === 'boolean') return 'true or false';
      return issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'a URL' : issue.message;
    default:
      return issue.message;
  }
}

function at(values: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], values);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function nearestHint(name: string, known: readonly string[]): string {
  const [best] = known
    .map((candidate) => ({ candidate, far: farFrom(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(3, name.length / 4)
    ? `did you mean ${best.candidate}?`
    : 'see config/newshound.yaml';
}

/** How many letters differ; none where only the end is missing. */
function farFrom(name: string, candidate: string): number {
  return candidate.startsWith(name) ? 0 : distance(name, candidate);
}
