import type { SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../../../src/log.ts';
import { ChatRefused, type Clock } from '../../../src/ports.ts';
import { reasonOf } from './log.ts';
import { isRevoked } from './outcome.ts';

const CONNECT_MS = 15_000;
/** A connection that lasted this long was a good one: the next is made at once. */
const GOOD_MS = 10_000;
const BACKOFF_MS = 1_000;
const BACKOFF_MAX_MS = 30_000;
const CLOSE_MS = 1_000;

/** Keeps one Socket Mode connection open. */
export interface SocketKeeper {
  /** Resolves with the first connection. Rejects when Slack does not accept the app token; goes on trying when it cannot be reached. */
  begin(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The vendor's own reconnecting ends the process when the network is away at the wrong moment (an unhandled rejection), and
 * waits five seconds before each connection; this one does neither. `firstMs`: after this long begin() resolves all the same.
 */
export function keepSocket(
  client: SocketModeReceiver['client'],
  { clock, log, firstMs }: { readonly clock: Clock; readonly log: Logger; readonly firstMs: number },
): SocketKeeper {
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  // A refusal that comes after the start has given up waiting is in the log.
  first.promise.catch(() => undefined);
  let failures = 0;
  let running: Promise<void> = Promise.resolve();

  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      const began = clock.now();
      const closed = Promise.withResolvers<void>();
      client.once('disconnected', closed.resolve);
      try {
        await connect();
        log.info('connected to Slack');
        first.resolve();
        await closed.promise;
        failures = clock.now() - began < GOOD_MS ? failures + 1 : 0;
        if (!stopping.signal.aborted) log.info('the connection to Slack has ended, it is made again');
      } catch (error) {
        failures++;
        if (isRevoked(error))
          first.reject(new ChatRefused(`Slack does not accept SLACK_APP_TOKEN: ${reasonOf(error)}`));
        log.warn({ reason: reasonOf(error), failures }, 'Slack cannot be connected to');
      }
      client.removeListener('disconnected', closed.resolve);
      // The first loss of a young connection may be Slack moving it elsewhere; only the next ones are waited for.
      if (failures > 1) await clock.sleep(Math.min(BACKOFF_MS * 2 ** (failures - 2), BACKOFF_MAX_MS), stopping.signal);
    }
  }

  /** Rejects when there is no greeting from Slack in time: a socket may stand open and be dead. */
  async function connect(): Promise<void> {
    const ended = new AbortController();
    const late = clock.sleep(CONNECT_MS, ended.signal).then(() => {
      if (!ended.signal.aborted) throw new Error('no greeting from Slack');
    });
    const started = client.start();
    // Whichever comes second has nobody waiting for it.
    started.catch(() => undefined);
    late.catch(() => undefined);
    try {
      await Promise.race([started, late]);
    } catch (error) {
      void client.disconnect();
      throw error ?? new Error('the connection was closed at once');
    } finally {
      ended.abort();
    }
  }

  return {
    async begin() {
      running = keep();
      const ended = new AbortController();
      await Promise.race([first.promise, clock.sleep(firstMs, ended.signal)]);
      ended.abort();
    },

    async stop() {
      stopping.abort();
      const ended = new AbortController();
      // Slack may take its time over closing; the process does not wait for that.
      await Promise.race([client.disconnect(), clock.sleep(CLOSE_MS, ended.signal)]);
      client.emit('disconnected');
      await Promise.race([running, clock.sleep(CLOSE_MS, ended.signal)]);
      ended.abort();
    },
  };
}
