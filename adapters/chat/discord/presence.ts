import { Events, type Client } from 'discord.js';
import type { Logger } from '../../../src/log.ts';
import type { Clock, Counter } from '../../../src/ports.ts';
import { guildAddress } from './addresses.ts';
import { reasons } from '../../../src/delivery/reasons.ts';

/** A bot that was put out by mistake is often let in again at once. */
const GRACE_MS = 600_000;

/**
 * Tells the counter of servers that the bot is put out of, after a time of grace, and of those it is in again. An outage
 * of a server is no leave.
 */
export function watchGuilds(
  client: Client<true>,
  {
    counter,
    clock,
    log,
    signal,
  }: { readonly counter: Counter; readonly clock: Clock; readonly log: Logger; readonly signal: AbortSignal },
  graceMs = GRACE_MS,
): void {
  const leaving = new Map<string, AbortController>();

  async function left(guild: string): Promise<void> {
    const back = new AbortController();
    leaving.set(guild, back);
    log.info({ guild }, 'the bot was put out of a server');
    await clock.sleep(graceMs, AbortSignal.any([back.signal, signal]));
    if (back.signal.aborted || signal.aborted) return;
    leaving.delete(guild);
    await counter.reach({ prefix: guildAddress(guild), reachable: false, reason: reasons.putOut });
  }

  async function joined(guild: string): Promise<void> {
    leaving.get(guild)?.abort();
    leaving.delete(guild);
    await counter.reach({ prefix: guildAddress(guild), reachable: true, reason: '' });
  }

  /** While the program was away the bot may have been let in again. */
  async function present(): Promise<void> {
    for (const guild of client.guilds.cache.keys()) await joined(guild);
  }

  const failed = (error: unknown): void => log.error({ err: error }, 'a server’s coming or going could not be noted');
  client.on(Events.GuildDelete, ({ id }) => void left(id).catch(failed));
  client.on(Events.GuildCreate, ({ id }) => void joined(id).catch(failed));
  void present().catch(failed);
}
