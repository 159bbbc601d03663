import { Command } from 'commander';
import { backup, exportStore, importStore, restore } from './carry.ts';
import { check } from './check.ts';
import { demo } from './demo.ts';
import { exportFeeds, listFeeds } from './feeds.ts';
import { say } from './say.ts';
import { defaultConfig, readSetup, Refused, version, type Options } from './setup.ts';
import { start } from './start.ts';
import { nearest } from '../commands/parse.ts';
import { ChatRefused, StoreError } from '../ports.ts';
import { printSettings } from '../settings.ts';

async function healthcheck(options: Options): Promise<void> {
  const { settings } = await readSetup(options, { withFeeds: false });
  const { askHealth } = await import('../../adapters/http/server.ts');
  const { ok, text } = await askHealth(settings.server.host, settings.server.port);
  say(text);
  if (!ok) process.exitCode = 1;
}

async function printConfig(options: Options): Promise<void> {
  const { settings, secrets } = await readSetup(options, { withFeeds: false });
  say(printSettings(settings, secrets));
}

function commandLine(): Command {
  const program = new Command('newshound')
    .description('A news-alert chatbot: feeds in, one clean message per story out, in Slack, Discord or the terminal.')
    .version(version)
    .option('--config <file>', `the settings (default: ${defaultConfig})`)
    .option('--data <folder>', 'the embedded store (default: ./data)')
    .option('--dry-run', 'do all but send, and keep nothing')
    .option('--once', 'look at every feed once, deliver what is due, and end')
    .option('--roles <list>', 'what this process does of: poll, deliver, chat (default: all of it)')
    .showSuggestionAfterError()
    .showHelpAfterError('(newshound --help shows what there is)');
  const options = (command: Command): Options => command.optsWithGlobals();
  const plain: readonly (readonly [string, string, (given: Options) => Promise<void>])[] = [
    ['start', 'watch the feeds, post alerts, answer commands', start],
    ['demo', 'try it without a network: sample feeds, two subscriptions, the prompt', demo],
    ['check', 'test settings, store and feeds, and say what would be done', check],
    ['print-config', 'print the settings in force, secrets hidden', printConfig],
    ['healthcheck', 'ask a running program how it does; ends with 1 when it is not well', healthcheck],
  ];
  for (const [name, description, run] of plain) {
    program
      .command(name, { isDefault: name === 'start' })
      .description(description)
      .allowExcessArguments(name === 'start')
      .action(async (_: Options, command: Command) => {
        refuseUnknown(command, program);
        return run(options(command));
      });
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

/** A word that names no command reaches the one that is run without a name. */
function refuseUnknown({ args }: Command, program: Command): void {
  const [word] = args;
  if (word === undefined) return;
  const near = nearest(
    word,
    program.commands.map((command) => command.name()),
  );
  const hint = near === '' ? '' : ` Did you mean ${near}?`;
  throw new Refused(`There is no command ${word}.${hint} (newshound --help shows what there is)`);
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

/** Does what the command line asks for; what goes wrong is said on standard error and in the exit code. */
export async function runCommandLine(): Promise<void> {
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
}
