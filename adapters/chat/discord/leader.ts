import type { Logger } from '../../../src/log.ts';
import type { Clock, Store } from '../../../src/ports.ts';
import { isGone, newHolder } from './holder.ts';

/** Of all processes that share a Store one leads at a time: it holds open what may be open only once. */
export interface Leader {
  /** Resolves when another leads, or when this one does and all is open; rejects when it cannot be opened. */
  begin(): Promise<void>;
  /** Closes what is open and lets another lead. */
  stop(): Promise<void>;
}

/** So often it is looked whether anybody leads, and at least four times in a lease; who leads prolongs the lease by that. */
const LOOK_MS = 1000;
const DROP_MS = 500;

interface Term {
  readonly ending: AbortController;
  /** Resolves with what closes it again. */
  readonly opened: Promise<() => Promise<void>>;
}

/**
 * The lease is a named one in the Store. While the Store is away nobody can take it: who leads goes on, and those who stand by
 * give it a whole lease to come back first. Who is cut off from a Store that others reach leads beside them as long as that
 * lasts.
 * @param deps `open` is given a signal that ends the opening
 */
export function createLeader(deps: {
  readonly store: Pick<Store, 'takeLease' | 'dropLease'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly name: string;
  readonly leaseMs: number;
  readonly open: (ending: AbortSignal) => Promise<() => Promise<void>>;
  /** Names this process; made unless given. */
  readonly holder?: string;
}): Leader {
  const { store, clock, log, name, leaseMs } = deps;
  const holder = deps.holder ?? newHolder();
  const lookMs = Math.min(LOOK_MS, leaseMs / 4);
  const stopping = new AbortController();
  /** The Store was away at the last look. */
  let apart = false;
  let term: Term | null = null;
  let keeping: Promise<void> = Promise.resolve();

  /** True when the lease is ours now, null when the Store cannot say. */
  async function ask(): Promise<boolean | null> {
    try {
      const held = await store.takeLease(name, holder, clock.now(), leaseMs);
      if (held === holder) return true;
      if (!isGone(held)) return false;
      await store.dropLease(name, held);
      return (await store.takeLease(name, holder, clock.now(), leaseMs)) === holder;
    } catch (error) {
      log.debug({ err: error, name }, 'a lease could not be asked for');
      return null;
    }
  }

  /** Whether the Store can be used, asked without taking anything. */
  async function reached(): Promise<boolean> {
    return store.dropLease(name, holder).then(
      () => true,
      () => false,
    );
  }

  /** Looks once; returns when to look again (ms). */
  async function look(): Promise<number> {
    if (apart && term === null) {
      apart = !(await reached());
      return apart ? lookMs : leaseMs;
    }
    const ours = await ask();
    apart = ours === null;
    if (ours === null) return lookMs;
    if (ours && term === null && !stopping.signal.aborted) lead();
    if (!ours && term !== null) {
      log.warn({ name }, 'another process has taken over');
      await end();
    }
    return lookMs;
  }

  function lead(): void {
    const ending = new AbortController();
    const opened = deps.open(ending.signal);
    term = { ending, opened };
    // What could not be opened is left to the next who asks, which may be this one.
    opened.catch(async (error: unknown) => {
      if (term?.opened !== opened) return;
      term = null;
      if (!stopping.signal.aborted) log.error({ err: error, name }, 'what one process holds open could not be opened');
      await drop();
    });
  }

  async function end(): Promise<void> {
    const ended = term;
    term = null;
    ended?.ending.abort();
    const close = await ended?.opened.catch(() => undefined);
    await close?.();
  }

  async function drop(): Promise<void> {
    const dropped = store.dropLease(name, holder).catch(() => undefined);
    const enough = new AbortController();
    await Promise.race([dropped, clock.sleep(DROP_MS, enough.signal)]);
    enough.abort();
  }

  async function keep(firstMs: number): Promise<void> {
    for (let waitMs = firstMs; ; waitMs = await look()) {
      await clock.sleep(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
    }
  }

  return {
    async begin() {
      const waitMs = await look();
      keeping = keep(waitMs);
      await term?.opened;
    },

    async stop() {
      stopping.abort();
      const led = term !== null;
      // An opening that waits for the world ends with this, so that the last look does.
      term?.ending.abort();
      await keeping;
      await end();
      if (led) await drop();
    },
  };
}
