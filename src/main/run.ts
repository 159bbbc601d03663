import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { card, type Line } from '../commands/card.ts';
import { firstRound, type FirstRound } from '../feeds/first-round.ts';
import type { Logger } from '../log.ts';
import { createMetrics } from '../metrics.ts';
import { createNewshound, type Newshound } from '../newshound.ts';
import type { Chat, Store } from '../ports.ts';
import { home, openChats, withoutSending } from './chats.ts';
import { openServer } from './server.ts';
import type { Setup } from './setup.ts';
import { openClock, openSources } from './sources.ts';

/** Who stops a service waits about so long before killing it. */
const STOP_WITHIN_MS = 4_800;

/** What differs between a start and the demo. */
interface Run {
  readonly setup: Setup;
  readonly store: Store;
  readonly log: Logger;
}

/** Starts the program and resolves when it has stopped: after one round, by a signal, or because the terminal was left. */
export async function runProgram({ setup, store, log }: Run): Promise<void> {
  const { settings } = setup;
  const quit = Promise.withResolvers<void>();
  const metrics = createMetrics();
  const clock = await openClock(log, store);
  const sources = await openSources(setup);
  const { chats, routes } = await openChats(setup, { store, clock, log, onQuit: quit.resolve });
  const terminal = chats.find(({ platform }) => platform === 'terminal');
  const newshound: Newshound = createNewshound({
    store,
    source: sources.feeds,
    articles: sources.articles,
    hubs: { source: sources.hubs, newSecret: () => randomBytes(24).toString('hex') },
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
    // A chat that cannot be reached is waited for, but not beyond a stop.
    if (setup.once) await Promise.race([newshound.once(), quit.promise]);
    else {
      await Promise.race([newshound.start(), quit.promise]);
      await quit.promise;
    }
  } finally {
    endInTime(log);
    await newshound.stop();
    await server?.close();
    await sources.close();
  }
}

/** A stop that hangs on something is cut short: whatever was under way is taken up by the next process, as after a crash. */
function endInTime(log: Logger): void {
  const cut = setTimeout(() => {
    log.warn('the stop took too long and was cut short; nothing is lost');
    process.exit();
  }, STOP_WITHIN_MS);
  cut.unref();
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
