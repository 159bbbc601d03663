import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { SlackCredentials } from '../../adapters/chat/slack/credentials.ts';
import { parseOpml, type OpmlFeed } from '../feeds/opml.ts';
import { readSecrets, readSettings, type Secrets, type Settings, type SettingsProblem } from '../settings.ts';

export const version = '0.1.0';

export const defaultConfig = 'config/newshound.yaml';

/** The host's own list of feeds may be as long as this: some hundred thousand of them. */
const hostFileCharacters = 67_108_864;

/** What the command line and the environment come to. */
export interface Setup {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly slack: SlackCredentials | null;
  /** The folder of the embedded store. */
  readonly data: string;
  readonly feeds: readonly OpmlFeed[];
  readonly once: boolean;
  readonly dryRun: boolean;
}

/** What the command line gives to every command. */
export interface Options {
  readonly config?: string;
  readonly data?: string;
  readonly dryRun?: boolean;
  readonly once?: boolean;
  /** Of the setting `roles`, by commas. */
  readonly roles?: string;
}

/** The host's mistake: said in words, without a stack, and the program ends with 2. */
export class Refused extends Error {}

/** Settings, secrets and feeds, checked; rejects with `Refused` for whatever is wrong with them. */
export async function readSetup(options: Options, { withFeeds = true } = {}): Promise<Setup> {
  const env = options.roles === undefined ? process.env : { ...process.env, NEWSHOUND_ROLES: options.roles };
  const config = options.config ?? env['NEWSHOUND_CONFIG'] ?? defaultConfig;
  const read = readSettings(await textOf(config, 'the settings'), config, env);
  const { secrets, problems } = readSecrets(env, (path) => readFileSync(path, 'utf8'));
  if (!read.ok || problems.length > 0) {
    throw new Refused(explainProblems([...(read.ok ? [] : read.problems), ...problems]));
  }
  const { settings } = read;
  return {
    settings,
    secrets,
    slack: await readSlack(secrets, settings),
    data: options.data ?? env['NEWSHOUND_DATA'] ?? './data',
    feeds: withFeeds ? await readFeeds(settings.feeds.opml) : [],
    once: options.once ?? false,
    dryRun: options.dryRun ?? false,
  };
}

/** What Slack is reached with, or null when nothing of it is set; half of it is refused. */
async function readSlack(secrets: Secrets, { server, roles }: Settings): Promise<SlackCredentials | null> {
  const { readCredentials } = await import('../../adapters/chat/slack/credentials.ts');
  const read = readCredentials(secrets);
  const listens =
    read.ok && (read.credentials?.transport.kind === 'http' || read.credentials?.install.kind === 'oauth');
  const problems = read.ok ? [] : [...read.problems];
  if (listens && roles.includes('chat') && server.port === 0)
    problems.push('Slack calls over HTTP, so server.port (PORT) must not be 0.');
  if (problems.length > 0) throw new Refused(['Newshound cannot connect to Slack.', ...problems].join('\n  '));
  return read.ok ? read.credentials : null;
}

async function readFeeds(path: string): Promise<readonly OpmlFeed[]> {
  const read = parseOpml(await textOf(path, 'the feeds (feeds.opml)'), hostFileCharacters);
  if (!read.ok) throw new Refused(`${path} cannot be read as OPML.\n  line ${read.line}: ${read.message}`);
  return read.feeds;
}

async function textOf(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Refused(`The file of ${what}, ${path}, cannot be read: ${messageOf(error)}`);
  }
}

function explainProblems(problems: readonly SettingsProblem[]): string {
  const list = problems.map(
    ({ path, from, found, allowed }) =>
      `  ${path === '' ? from : `${path}  (${from})`}\n    found    ${found}\n    allowed  ${allowed}`,
  );
  return [
    `Newshound cannot start: ${problems.length === 1 ? 'a setting is' : `${problems.length} settings are`} wrong.`,
    ...list,
  ].join('\n');
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
