import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import { Command } from 'commander';
import type { SlackCredentials } from '../adapters/chat/slack/credentials.ts';
import type { SlackChat } from '../adapters/chat/slack/slack.ts';
import { card, type Line } from './commands/card.ts';
import { firstRound, type FirstRound } from './feeds/first-round.ts';
import { parseOpml, printOpml, type OpmlFeed } from './feeds/opml.ts';
import { syncFeeds } from './feeds/sync.ts';
import { createLogger, type Logger, type LogTarget } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createNewshound, type Newshound } from './newshound.ts';
import {
  ChatRefused,
  StoreError,
  type ArticleSource,
  type Chat,
  type Clock,
  type FeedSource,
  type Store,
} from './ports.ts';
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
/** The host's own list of feeds may be as long as this: some hundred thousand of them. */
const hostFileCharacters = 67_108_864;

/** What the command line and the environment come to. */
interface Setup {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly slack: SlackCredentials | null;
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
    slack: await readSlack(secrets, settings),
    data: options.data ?? env['NEWSHOUND_DATA'] ?? './data',
    feeds: withFeeds ? await readFeeds(settings.feeds.opml) : [],
    once: options.once ?? false,
    dryRun: options.dryRun ?? false,
  };
}

/** What Slack is reached with, or null when nothing of it is set; half of it is refused. */
async function readSlack(secrets: Secrets, { server }: Settings): Promise<SlackCredentials | null> {
  const { readCredentials } = await import('../adapters/chat/slack/credentials.ts');
  const read = readCredentials(secrets);
  const listens =
    read.ok && (read.credentials?.transport.kind === 'http' || read.credentials?.install.kind === 'oauth');
  const problems = read.ok ? [] : [...read.problems];
  if (listens && server.port === 0) problems.push('Slack calls over HTTP, so server.port (PORT) must not be 0.');
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

// ------------------------------------------------------------------------------------------- adapters, by setting

/** The shared Store where there is an address for it, else the embedded one. */
async function openStore(setup: Setup, log?: Logger): Promise<Store> {
  if (setup.secrets.redisUrl !== '') return openShared(setup, log);
  const { settings, data } = setup;
  const { openSqliteStore } = await import('../adapters/store/sqlite/store.ts');
  return openSqliteStore({ path: join(data, 'newshound.db'), synchronous: settings.store.synchronous });
}

async function openShared({ settings: { store }, secrets }: Setup, log?: Logger): Promise<Store> {
  const { openRedisStore } = await import('../adapters/store/redis/store.ts');
  return openRedisStore({
    url: secrets.redisUrl,
    prefix: store.redisPrefix,
    unsafe: store.redisUnsafe,
    connectMs: store.redisTimeoutSeconds * 1000,
    commandMs: store.redisTimeoutSeconds * 1000,
    onFound({ where, version, nodes, problems }) {
      if (!log) say(`redis      version ${version} at ${where}${nodes > 1 ? `, ${nodes} nodes` : ''}`);
      for (const problem of problems) {
        if (log) log.warn({ where, problem }, 'Redis may lose what it is given');
        else say(`redis      not safe: ${problem}`);
      }
    },
    onConnection({ connected, reason }) {
      if (connected) log?.info('connected to Redis');
      else log?.error({ reason }, 'the connection to Redis is lost; it is tried again until it is back');
    },
  });
}

async function openClock(log: Logger): Promise<Clock> {
  const { createClock } = await import('../adapters/clock/node-cron.ts');
  return createClock((error) => log.error({ err: error }, 'a regular task failed'));
}

/** What reads the Web, through one door. */
interface Sources {
  readonly feeds: FeedSource;
  readonly articles: ArticleSource | null;
  close(): Promise<void>;
}

async function openSources({ settings }: Setup): Promise<Sources> {
  const { feeds } = settings;
  const [{ createHttp }, { createArticleSource }, { createFeedSource }, { createFeedParser, parserVersion }] =
    await Promise.all([
      import('../adapters/feeds/http.ts'),
      import('../adapters/articles/source.ts'),
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
  const source = createFeedSource({
    http,
    parse: async (bytes, about) => parser.parse(bytes, about),
    parserVersion,
    close: async () => parser.close(),
  });
  const articles = settings.articles.fetch ? createArticleSource({ http, robot: 'Newshound' }) : null;
  return {
    feeds: source,
    articles,
    async close() {
      await Promise.all([articles?.close(), source.close()]);
    },
  };
}

/** What a chat is made of besides its own settings. */
interface ChatParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onQuit: () => void;
}

/** Chats, and what they want served by path. */
interface Chats {
  readonly chats: readonly Chat[];
  readonly routes: ReadonlyMap<string, RequestListener>;
}

/** The chats that there are tokens for; the terminal when there are none. */
async function openChats(setup: Setup, parts: ChatParts): Promise<Chats> {
  if (usesTerminal(setup)) return { chats: [await openTerminal(setup, parts)], routes: new Map() };
  const slack = setup.slack === null ? null : await openSlack(setup.slack, setup.settings, parts);
  const discord = setup.secrets.discordToken === '' ? null : await openDiscord(setup, parts);
  return { chats: [slack, discord].filter((chat) => chat !== null), routes: slack?.routes ?? new Map() };
}

function usesTerminal({ secrets, slack }: Setup): boolean {
  return secrets.discordToken === '' && slack === null;
}

async function openSlack(
  credentials: SlackCredentials,
  { slack }: Settings,
  { store, clock, log }: ChatParts,
): Promise<SlackChat> {
  const { openSlackChat } = await import('../adapters/chat/slack/slack.ts');
  return openSlackChat({ credentials, ...slack, store, clock, log });
}

async function openDiscord({ secrets, settings }: Setup, { store, clock, log }: ChatParts): Promise<Chat> {
  const { openDiscordChat } = await import('../adapters/chat/discord/discord.ts');
  return openDiscordChat({ token: secrets.discordToken, ...settings.discord, store, clock, log });
}

async function openTerminal(setup: Setup, { clock, log, onQuit }: ChatParts): Promise<Chat> {
  const [{ openTerminalChat }, { abilitiesOf }] = await Promise.all([
    import('../adapters/chat/terminal/terminal.ts'),
    import('../adapters/chat/terminal/abilities.ts'),
  ]);
  const interactive = process.stdin.isTTY && process.stdout.isTTY && !setup.once;
  return openTerminalChat({
    input: setup.once ? null : process.stdin,
    output: process.stdout,
    ledgerPath: join(setup.data, 'terminal.jsonl'),
    historyPath: join(setup.data, 'history'),
    interactive,
    ...abilitiesOf(process.env, process.stdout.isTTY),
    clock,
    onQuit,
    onError: (error) => log.error({ err: error }, 'an answer could not be given'),
  });
}

function openLog(setup: Setup): Logger {
  return createLogger(setup.settings.log.level, logTarget(setup));
}

/** Lines for people where people look, a file where a prompt would be disturbed, JSON otherwise. */
function logTarget(setup: Setup): LogTarget {
  if (usesTerminal(setup) && process.stdin.isTTY && !setup.once) {
    return { kind: 'file', path: join(setup.data, 'newshound.log') };
  }
  return process.stderr.isTTY ? { kind: 'people', color: (process.env['NO_COLOR'] ?? '') === '' } : { kind: 'json' };
}

// ----------------------------------------------------------------------------------------------------- the program

/** What differs between a start and the demo. */
interface Run {
  readonly setup: Setup;
  readonly store: Store;
  readonly log: Logger;
  readonly onStarted?: (chats: readonly Chat[]) => Promise<void>;
}

/** Starts the program and resolves when it has stopped: after one round, by a signal, or because the terminal was left. */
async function runProgram({ setup, store, log, onStarted }: Run): Promise<void> {
  const { settings } = setup;
  const quit = Promise.withResolvers<void>();
  const metrics = createMetrics();
  const clock = await openClock(log);
  const sources = await openSources(setup);
  const { chats, routes } = await openChats(setup, { store, clock, log, onQuit: quit.resolve });
  const terminal = chats.find(({ platform }) => platform === 'terminal');
  const newshound: Newshound = createNewshound({
    store,
    source: sources.feeds,
    articles: sources.articles,
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
  const server =
    settings.server.port === 0 || setup.once ? null : await openServer(setup, newshound, metrics.registry, log, routes);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, quit.resolve);
  try {
    if (setup.once) await newshound.once();
    else {
      // A chat that cannot be reached is waited for, but not beyond a stop.
      await Promise.race([newshound.start(), quit.promise]);
      await onStarted?.(chats);
      await quit.promise;
    }
  } finally {
    await newshound.stop();
    await server?.close();
    await sources.close();
  }
}

async function openServer(
  { settings }: Setup,
  newshound: Newshound,
  registry: { readonly contentType: string; metrics(): Promise<string> },
  log: Logger,
  routes: Chats['routes'],
): Promise<{ close(): Promise<void> } | null> {
  const { serve } = await import('../adapters/http/server.ts');
  const { host, port } = settings.server;
  try {
    const server = await serve({
      host,
      port,
      routes,
      told: {
        metrics: async () => ({ type: registry.contentType, text: await registry.metrics() }),
        health: async () => newshound.health(),
        ready: () => newshound.ready,
      },
    });
    log.info({ host, port: server.port }, 'serving /metrics, /healthz and /readyz');
    return server;
  } catch (error) {
    if (routes.size > 0) throw new Refused(`Slack cannot reach port ${port} of ${host}: ${messageOf(error)}`);
    // News matter more than figures about them: a taken port does not stop the program.
    log.warn({ host, port, reason: messageOf(error) }, 'metrics and health are not served; server.port sets the port');
    return null;
  }
}

/** Says how the first look at the feeds went: above the prompt where there is one, in the log otherwise. */
async function tellRound({ read, failed }: FirstRound, terminal: Chat | undefined, log: Logger): Promise<void> {
  for (const { name, reason } of failed) log.warn({ feed: name, reason }, 'a feed could not be read');
  log.info({ read, failed: failed.length }, 'all feeds have been looked at');
  if (!terminal) return;
  const lines: Line[] = failed.slice(0, 10).map(({ name, reason }) => [{ bold: name }, `  ${reason}`]);
  if (failed.length > 10) lines.push([`and ${failed.length - 10} more`]);
  const advice: Line[] =
    read === 0 && failed.length > 1
      ? [['No feed could be read. Is there a network? They are all tried again, nothing else is to be done.']]
      : [];
  const title =
    failed.length > 0
      ? `${read} feeds are read, ${failed.length} failed`
      : read === 1
        ? 'The feed is read'
        : `All ${read} feeds are read`;
  await terminal.tell(
    home,
    card({ tone: failed.length === 0 ? 'good' : 'warning', title, lines: [...lines, ...advice] }),
  );
}

/** Chats that say in the log what they would post, and post nothing. */
async function withoutSending(chats: readonly Chat[], log: Logger): Promise<Chat[]> {
  const { dryRun } = await import('../adapters/chat/dry-run.ts');
  return chats.map((chat) =>
    dryRun(chat, (destination, message) => {
      const titles = message.cards.map(({ title }) => title);
      log.info({ destination, kind: message.kind, heading: message.heading, titles }, 'would be posted');
    }),
  );
}

/**
 * For tests of crashes: `offered:3` ends the process, as kill -9 would, the third time the program comes to that step.
 */
function killAt(place: string | undefined): (step: string) => void {
  const [step = '', times = '1'] = (place ?? '').split(':');
  let left = Number(times);
  return (at) => {
    if (at === step && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// -------------------------------------------------------------------------------------------------- command line

async function start(options: Options): Promise<void> {
  const setup = await readSetup(options);
  if (setup.dryRun) return startDry(setup);
  const log = openLog(setup);
  await using store = closing(await openStore(setup, log));
  // Awaited here: the store is closed when this function is left.
  await runProgram({ setup, store: store.it, log });
}

/** What would be sent is worked out on a copy: nothing is marked as seen or sent. */
async function startDry(setup: Setup): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'newshound-dry-run-'));
  const copy = { ...setup, data: folder, secrets: { ...setup.secrets, redisUrl: '' } };
  try {
    const log = openLog(copy);
    await using original = closing(await openStore(setup, log));
    await using fresh = closing(await openStore(copy, log));
    await fresh.it.load(original.it.dump());
    await runProgram({ setup: copy, store: fresh.it, log });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function closing<T extends { close(): Promise<void> }>(it: T): { readonly it: T } & AsyncDisposable {
  return {
    it,
    async [Symbol.asyncDispose]() {
      await it.close();
    },
  };
}

async function check(options: Options): Promise<void> {
  const setup = await readSetup(options);
  say(`settings   right`);
  await using store = closing(await openStore(setup));
  await store.it.probe();
  const depths = await store.it.depths(Date.now());
  say(`store      right: alerts ${depths.subscriptions}, stories ${depths.stories}, messages waiting ${depths.queued}`);
  await checkChats(setup);
  await using sources = closing(await openSources(setup));
  const read = await Promise.all(setup.feeds.map(async (feed) => checkFeed(sources.it.feeds, feed)));
  const failed = read.filter((one) => !one).length;
  say(
    failed === 0
      ? 'All is right.'
      : `${failed} of ${setup.feeds.length} feeds cannot be read now; they would be tried again.`,
  );
}

/** Says which chats there are and whether they let the program in. */
async function checkChats(setup: Setup): Promise<void> {
  if (usesTerminal(setup)) return say('chat       the terminal, since no token is set');
  if (setup.slack !== null) {
    const { checkSlack } = await import('../adapters/chat/slack/check.ts');
    say(
      `chat       right: ${await checkSlack(setup.slack, setup.settings.slack.apiUrl, createLogger('silent', { kind: 'json' }))}`,
    );
  }
  if (setup.secrets.discordToken !== '') await checkDiscordToken(setup);
}

async function checkDiscordToken(setup: Setup): Promise<void> {
  const { checkDiscord } = await import('../adapters/chat/discord/check.ts');
  const found = await checkDiscord({ token: setup.secrets.discordToken, apiUrl: setup.settings.discord.apiUrl });
  if (!found.ok) throw new Refused(found.message);
  const servers = found.servers === null ? '' : `, servers ${found.servers}`;
  say(`chat       right: Discord, as ${found.name}${servers}`);
  say(`           to invite it: ${found.invite}`);
}

/** Says how a feed reads as soon as it is known; true when it reads. */
async function checkFeed(source: FeedSource, { url, title }: OpmlFeed): Promise<boolean> {
  const answer = await source.fetch({ url, validators: { etag: '', lastModified: '' }, bodyHash: '' });
  const how = { document: 'right', unchanged: 'right', failed: 'failed' }[answer.kind];
  const what =
    answer.kind === 'failed'
      ? answer.message
      : `${answer.kind === 'document' ? answer.document.items.length : 0} items`;
  say(`feed       ${how}: ${title === '' ? url : title}, ${what}`);
  return answer.kind !== 'failed';
}

async function demo(options: Options): Promise<void> {
  const { startDemoFeeds } = await import('../adapters/demo/server.ts');
  const folder = await mkdtemp(join(tmpdir(), 'newshound-demo-'));
  const feeds = await startDemoFeeds({ now: Date.now() });
  try {
    const base = await readSetup(options, { withFeeds: false });
    const opml = parseOpml(feeds.opml);
    if (!opml.ok) throw new Error(opml.message);
    const setup: Setup = {
      ...base,
      data: folder,
      feeds: opml.feeds,
      secrets: noSecrets(base.secrets),
      settings: demoSettings(base.settings, feeds.hosts),
    };
    await using store = closing(await openStore(setup));
    await store.it.putSubscriptions(['Japan South Korea', '"asset seizure"'].map(demoSubscription));
    const more = setup.once ? undefined : setInterval(() => feeds.advance(), 20_000);
    await runProgram({ setup, store: store.it, log: openLog(setup) });
    clearInterval(more);
  } finally {
    await feeds.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function noSecrets(secrets: Secrets): Secrets {
  return Object.fromEntries(Object.keys(secrets).map((key) => [key, ''])) as unknown as Secrets;
}

/** The demo announces what its feeds hold at once, looks often, and serves nothing but the prompt. */
function demoSettings(settings: Settings, hosts: readonly string[]): Settings {
  return {
    ...settings,
    feeds: {
      ...settings.feeds,
      allowPrivateHosts: [...hosts],
      intervalSeconds: 3,
      minIntervalSeconds: 1,
      maxIntervalSeconds: 3,
      hostSpacingMs: 0,
      perHostConcurrency: 8,
    },
    // The pages that the sample stories link to do not exist.
    articles: { fetch: false },
    stories: { ...settings.stories, announceFirstPollMinutes: 2 * 24 * 60 },
    server: { ...settings.server, port: 0 },
    log: { level: settings.log.level === 'info' ? 'error' : settings.log.level },
  };
}

function demoSubscription(text: string): Subscription {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(read.error.message);
  return {
    id: 0,
    destination: home,
    scope: home,
    owner: home,
    name: '',
    query: printQuery(read.query),
    when: { kind: 'instant' },
    quiet: null,
    timeZone: null,
    state: 'active',
    pausedUntil: null,
    removedAt: null,
    createdAt: Date.now(),
  };
}

async function backup(path: string, options: Options): Promise<void> {
  await using store = closing(await openStore(await readSetup(options, { withFeeds: false })));
  await store.it.backup(path);
  say(`The store is copied to ${path}.`);
}

async function restore(path: string, options: Options): Promise<void> {
  const setup = await readSetup(options, { withFeeds: false });
  if (setup.secrets.redisUrl !== '') throw new Refused('Redis keeps its own backups; an export can be imported.');
  const { restoreSqliteStore } = await import('../adapters/store/sqlite/backup.ts');
  await restoreSqliteStore(path, join(setup.data, 'newshound.db'));
  say(`The store is as it was when ${path} was made.`);
}

async function exportStore(path: string, options: Options): Promise<void> {
  await using store = closing(await openStore(await readSetup(options, { withFeeds: false })));
  const { writeDump } = await import('../adapters/store/dump-file.ts');
  say(`${await writeDump(path, store.it.dump())} records are written to ${path}.`);
}

async function importStore(path: string, options: Options): Promise<void> {
  await using store = closing(await openStore(await readSetup(options, { withFeeds: false })));
  const { readDump } = await import('../adapters/store/dump-file.ts');
  say(`${await store.it.load(readDump(path))} records are read from ${path}.`);
}

async function healthcheck(options: Options): Promise<void> {
  const { settings } = await readSetup(options, { withFeeds: false });
  const { askHealth } = await import('../adapters/http/server.ts');
  const { ok, text } = await askHealth(settings.server.host, settings.server.port);
  say(text);
  if (!ok) process.exitCode = 1;
}

async function printConfig(options: Options): Promise<void> {
  const { settings, secrets } = await readSetup(options, { withFeeds: false });
  say(printSettings(settings, secrets));
}

async function listFeeds(options: Options): Promise<void> {
  const setup = await readSetup(options);
  await using store = closing(await openStore(setup));
  await syncFeeds(store.it, setup.feeds, Date.now());
  for (const { feed, state } of await store.it.listFeeds('', 100_000)) {
    const how = state.lastError
      ? `failing: ${state.lastError.message}`
      : state.lastSuccessAt === null
        ? 'not read yet'
        : 'read';
    say(`${feed.url}  ${feed.title}  ${how}`);
  }
}

async function exportFeeds(options: Options): Promise<void> {
  await using store = closing(await openStore(await readSetup(options, { withFeeds: false })));
  const all = await store.it.listFeeds('', 100_000);
  say(
    printOpml(
      all.map(({ feed }) => feed),
      'Newshound',
    ),
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function commandLine(): Command {
  const program = new Command('newshound')
    .description('A news-alert chatbot: feeds in, one clean message per story out, in Slack, Discord or the terminal.')
    .version(version)
    .option('--config <file>', `the settings (default: ${defaultConfig})`)
    .option('--data <folder>', 'the embedded store (default: ./data)')
    .option('--dry-run', 'do all but send, and keep nothing')
    .option('--once', 'look at every feed once, deliver what is due, and end')
    .showSuggestionAfterError()
    .showHelpAfterError('(newshound --help shows what there is)');
  const options = (command: Command): Options => command.optsWithGlobals();
  const plain: readonly (readonly [string, string, (given: Options) => Promise<void>])[] = [
    ['start', 'watch the feeds, post alerts, answer commands', start],
    ['demo', 'try it without a network: sample feeds, two alerts, the prompt', demo],
    ['check', 'test settings, store and feeds, and say what would be done', check],
    ['print-config', 'print the settings in force, secrets hidden', printConfig],
    ['healthcheck', 'ask a running program how it does; ends with 1 when it is not well', healthcheck],
  ];
  for (const [name, description, run] of plain) {
    program
      .command(name, { isDefault: name === 'start' })
      .description(description)
      .action(async (_: Options, command: Command) => run(options(command)));
  }
  const withFile: readonly (readonly [string, string, (path: string, given: Options) => Promise<void>])[] = [
    ['backup', 'copy the embedded store to a file, also while it is in use', backup],
    ['restore', 'put such a copy in the place of the embedded store', restore],
    ['export', 'write everything in the store to a file that any store can import', exportStore],
    ['import', 'read such a file into an empty store', importStore],
  ];
  for (const [name, description, run] of withFile) {
    program
      .command(`${name} <file>`)
      .description(description)
      .action(async (path: string, _: Options, command: Command) => run(path, options(command)));
  }
  const feeds = program.command('feeds').description('the feeds that are watched');
  feeds
    .command('list', { isDefault: true })
    .description('each feed and how it does')
    .action(async (_: Options, command: Command) => listFeeds(options(command)));
  feeds
    .command('export')
    .description('print all feeds as OPML')
    .action(async (_: Options, command: Command) => exportFeeds(options(command)));
  return program;
}

/** What stopped a command, in words where it is the host's or the world's doing, with its stack where it is ours. */
function explain(error: unknown): string {
  if (error instanceof Refused || error instanceof ChatRefused) return error.message;
  if (error instanceof StoreError) {
    return error.cause instanceof Error && !error.message.includes(error.cause.message)
      ? `${error.message}: ${error.cause.message}`
      : error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// A reader that has gone away (`newshound feeds list | head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await commandLine().parseAsync();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = error instanceof Refused || error instanceof ChatRefused ? 2 : 1;
}
