export interface PolitenessRules {
  /** Requests at once in all. */
  readonly concurrency: number;
  /** Requests at once to one host. */
  readonly perHostConcurrency: number;
  /** Between the end of one request to a host and the start of the next. */
  readonly hostSpacingMs: number;
  /** Epoch ms: what holds go by. Spacing is waited out in real time, whatever this clock says. */
  readonly now: () => number;
}

export interface Politeness {
  /** Takes a place at once if there is one. Whoever got one gives it back with `leave`. */
  tryEnter(host: string): boolean;
  /** Waits for a place; false when the signal aborted or everything was closed first. */
  enter(host: string, signal?: AbortSignal): Promise<boolean>;
  leave(host: string): void;
  /** No request to this host before `until` (epoch ms); an earlier hold is never shortened. */
  hold(host: string, until: number): void;
  /** How long the host is still to be left alone (ms); 0 when it is not. */
  heldMs(host: string): number;
  close(): void;
}

interface HostQueue {
  active: number;
  /** Not before this time (on the clock of `performance`). */
  nextAt: number;
  /** Whoever waits, in order. */
  readonly waiting: Set<(entered: boolean) => void>;
  timer: NodeJS.Timeout | null;
}

/** Idle hosts and ended holds are forgotten each time this many requests were made. */
const SWEEP_EVERY = 1024;

/**
 * Who may ask whom, and when. Waiting for a slow host takes up no place of the others, and hosts that wait for a place
 * get them in turn.
 */
export function createPoliteness({ concurrency, perHostConcurrency, hostSpacingMs, now }: PolitenessRules): Politeness {
  const hosts = new Map<string, HostQueue>();
  const holds = new Map<string, number>();
  /** Hosts with somebody waiting whom only the limit of all requests keeps. */
  const ready = new Set<string>();
  let active = 0;
  let entered = 0;
  let closed = false;

  function queueOf(host: string): HostQueue {
    let queue = hosts.get(host);
    if (queue === undefined) {
      queue = { active: 0, nextAt: 0, waiting: new Set(), timer: null };
      hosts.set(host, queue);
    }
    return queue;
  }

  function take(queue: HostQueue): void {
    queue.active++;
    active++;
    if (hostSpacingMs > 0) queue.nextAt = performance.now() + hostSpacingMs;
    if (++entered % SWEEP_EVERY === 0) sweep();
  }

  /** Puts a host with somebody waiting where it belongs: ready, or waiting for its time. */
  function arrange(host: string, queue: HostQueue): void {
    if (queue.waiting.size === 0) {
      if (queue.active === 0 && hostSpacingMs === 0) hosts.delete(host);
      return;
    }
    if (queue.active >= perHostConcurrency || queue.timer !== null) return;
    const wait = hostSpacingMs > 0 ? queue.nextAt - performance.now() : 0;
    if (wait <= 0) {
      ready.add(host);
      return;
    }
    queue.timer = setTimeout(() => {
      queue.timer = null;
      arrange(host, queue);
      admit();
    }, wait);
  }

  function admit(): void {
    for (const host of ready) {
      if (active >= concurrency) return;
      ready.delete(host);
      const queue = queueOf(host);
      const [first] = queue.waiting;
      if (first === undefined || queue.active >= perHostConcurrency) continue;
      queue.waiting.delete(first);
      take(queue);
      first(true);
      arrange(host, queue);
    }
  }

  function sweep(): void {
    const rested = performance.now();
    for (const [host, { active, waiting, nextAt }] of hosts) {
      if (active === 0 && waiting.size === 0 && nextAt <= rested) hosts.delete(host);
    }
    const time = now();
    for (const [host, until] of holds) if (until <= time) holds.delete(host);
  }

  return {
    tryEnter(host) {
      if (closed || active >= concurrency) return false;
      const queue = queueOf(host);
      if (queue.active >= perHostConcurrency || queue.waiting.size > 0) return false;
      if (hostSpacingMs > 0 && queue.nextAt > performance.now()) return false;
      take(queue);
      return true;
    },

    enter(host, signal) {
      return new Promise((resolve) => {
        if (closed || signal?.aborted === true) {
          resolve(false);
          return;
        }
        const queue = queueOf(host);
        const settle = (entered: boolean): void => {
          signal?.removeEventListener('abort', giveUp);
          resolve(entered);
        };
        function giveUp(): void {
          queue.waiting.delete(settle);
          resolve(false);
        }
        signal?.addEventListener('abort', giveUp, { once: true });
        queue.waiting.add(settle);
        arrange(host, queue);
        admit();
      });
    },

    leave(host) {
      const queue = queueOf(host);
      queue.active--;
      active--;
      if (hostSpacingMs > 0) queue.nextAt = performance.now() + hostSpacingMs;
      arrange(host, queue);
      admit();
    },

    hold(host, until) {
      if (until > (holds.get(host) ?? 0)) holds.set(host, until);
    },

    heldMs(host) {
      return holds.size === 0 ? 0 : Math.max(0, (holds.get(host) ?? 0) - now());
    },

    close() {
      closed = true;
      for (const { waiting, timer } of hosts.values()) {
        if (timer !== null) clearTimeout(timer);
        for (const settle of waiting) settle(false);
        waiting.clear();
      }
      ready.clear();
    },
  };
}
