import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { card, type Line } from './commands/card.ts';
import { feedAt, newFeedState } from './feeds/feed.ts';
import { firstRound, type FirstRound } from './feeds/first-round.ts';
import { parseOpml, printOpml, type OpmlFeed } from './feeds/opml.ts';
import { syncFeeds } from './feeds/sync.ts';
import { createLogger, type Logger, type LogTarget } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createNewshound, type Newshound } from './newshound.ts';
import type { Chat, Clock, DumpRecord, FeedSource, Store } from './ports.ts';
import {
  printSettings,
  readSecrets,
  readSettings,
  type Secrets,
  type Settings,
  type SettingsProblem,
} from './settings.ts';
import { parseQuery, printQuery } from './subscription/query.ts';
import type { Subscription } from './subscription/subscription.ts';

enableCompileCache();

const version = '0.1.0';
const defaultConfig = 'config/newshound.yaml';
const home = 'terminal:me';

/** What the command line and the environment come to. */
interface Setup {
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** The folder of the embedded store. */
  readonly data: string;
  readonly feeds: readonly OpmlFeed[];
  readonly once: boolean;
  readonly dryRun: boolean;
}

interface Options {
  readonly config?: string;
  readonly data?: string;
  readonly dryRun?: boolean;
  readonly once?: boolean;
}

class Refused extends Error {}

// ------------------------------------------------------------------------------------------------- what is given

async function readSetup(options: Options, { withFeeds = true } = {}): Promise<Setup> {
  const { env } = process;
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
    data: options.data ?? env['NEWSHOUND_DATA'] ?? './data',
    feeds: withFeeds ? await readFeeds(settings.feeds.opml) : [],
    once: options.once ?? false,
    dryRun: options.dryRun ?? false,
  };
}

async function readFeeds(path: string): Promise<readonly OpmlFeed[]> {
  const read = parseOpml(await textOf(path, 'the feeds (feeds.opml)'));
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

// ------------------------------------------------------------------------------------------- adapters, by setting

async function openStore({ settings, data }: Setup): Promise<Store> {
  const { openSqliteStore } = await import('../adapters/store/sqlite/store.ts');
  return openSqliteStore({ path: join(data, 'newshound.db'), synchronous: settings.store.synchronous });
}

async function openClock(log: Logger): Promise<Clock> {
  const { createClock } = await import('../adapters/clock/node-cron.ts');
  return createClock((error) => log.error({ err: error }, 'a regular task failed'));
}

async function openSource({ settings }: Setup): Promise<FeedSource> {
  const { feeds } = settings;
  const [{ createHttp }, { createFeedSource }, { createFeedParser, parserVersion }] = await Promise.all([
    import('../adapters/feeds/http.ts'),
    import('../adapters/feeds/source.ts'),
    import('../adapters/feeds/parser.ts'),
  ]);
  const http = createHttp({
    timeoutMs: feeds.timeoutSeconds * 1000,
    maxBodyBytes: feeds.maxBodyBytes,
    maxRedirects: feeds.maxRedirects,
    allowPrivateHosts: feeds.allowPrivateHosts,
    allowPorts: feeds.allowPorts,
    userAgent: `Newshound/${version} (+${feeds.contactUrl})`,
    perHostConcurrency: feeds.perHostConcurrency,
    hostSpacingMs: feeds.hostSpacingMs,
    concurrency: feeds.concurrency,
  });
  const parser = createFeedParser({ workers: 1, deadlineMs: 2_000 });
  return createFeedSource({ http, parse: parser.parse, parserVersion, close: parser.close });
}

/** The chats that there are tokens for; the terminal when there are none. */
async function openChats(setup: Setup, clock: Clock, onQuit: () => void): Promise<Chat[]> {
  const { openTerminalChat } = await import('../adapters/chat/terminal/terminal.ts');
  const interactive = process.stdin.isTTY && process.stdout.isTTY && !setup.once;
  return [
    openTerminalChat({
      input: setup.once ? null : process.stdin,
      output: process.stdout,
      ledgerPath: join(setup.data, 'terminal.jsonl'),
      historyPath: join(setup.data, 'history'),
      interactive,
      color: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
      clock,
      onQuit,
    }),
  ];
}

/** Lines for people where people look, a file where a prompt would be disturbed, JSON otherwise. */
function logTarget({ data, once }: Setup, terminal: boolean): LogTarget {
  if (terminal && process.stdin.isTTY && !once) return { kind: 'file', path: join(data, 'newshound.log') };
  return process.stderr.isTTY ? { kind: 'people', color: (process.env['NO_COLOR'] ?? '') === '' } : { kind: 'json' };
}

// ----------------------------------------------------------------------------------------------------- the program

/** What differs between a start and the demo. */
interface Run {
  readonly setup: Setup;
  readonly store: Store;
  readonly onStarted?: (chats: readonly Chat[]) => Promise<void>;
}

/** Starts the program and resolves when it has stopped: after one round, by a signal, or because the terminal was left. */
async function runProgram({ setup, store, onStarted }: Run): Promise<void> {
  const { settings } = setup;
  const quit = Promise.withResolvers<void>();
  const log = createLogger(settings.log.level, logTarget(setup, true));
  const metrics = createMetrics();
  const clock = await openClock(log);
  const source = await openSource(setup);
  const chats = await openChats(setup, clock, quit.resolve);
  const terminal = chats.find(({ platform }) => platform === 'terminal');
  const newshound: Newshound = createNewshound({
    store,
    source,
    chats: setup.dryRun ? await withoutSending(chats, log) : chats,
    clock,
    settings,
    feeds: setup.feeds,
    log,
    metrics,
    worker: `${hostname()}:${process.pid}:${clock.now()}`,
    random: Math.random,
    hostDestination: terminal ? home : '',
    onLooked: firstRound(setup.feeds.length, (round) => void tellRound(round, terminal, log)),
    onStep: killAt(process.env['NEWSHOUND_KILL_AT']),
  });
  const { port, host } = settings.server;
  const server = port === 0 || setup.once ? null : await openServer(host, port, newshound, metrics.registry, log);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, quit.resolve);
  try {
    if (setup.once) await newshound.once();
    else {
      await newshound.start();
      await onStarted?.(chats);
      await quit.promise;
    }
  } finally {
    await newshound.stop();
    await server?.close();
    await source.close();
  }
}
