import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

const topics = ['feeds', 'deliveries', 'subscriptions'] as const;
export type Topic = (typeof topics)[number];

/** Word from one process to the others that something changed. A word that gets lost is made good by the next tick. */
export interface Hints {
  readonly tell: (topic: Topic) => void;
  readonly watch: (listener: (topic: Topic) => void) => () => void;
  /** Sends what is not sent yet, and stops listening; resolves when it is sent or cannot be. */
  readonly close: () => Promise<void>;
}

/** Of many changes in a row one word is sent in this time. */
const PAUSE_MS = 20;

/**
 * @param open gives a connection of its own for listening, made with the first listener
 * @param publish sends a message to all who listen
 */
export function createHints(channel: string, open: () => Redis, publish: (message: string) => Promise<void>): Hints {
  const me = randomUUID();
  const listeners = new Set<(topic: Topic) => void>();
  const untold = new Set<Topic>();
  let subscriber: Redis | null = null;
  let timer: NodeJS.Timeout | null = null;

  function hear(topic: Topic): void {
    for (const listener of listeners) listener(topic);
  }

  async function send(): Promise<void> {
    timer = null;
    const told = [...untold].map(async (topic) => publish(`${topic} ${me}`));
    untold.clear();
    await Promise.allSettled(told);
  }

  function listen(): Redis {
    const opened = open();
    opened.on('error', () => undefined);
    opened.on('message', (_: string, message: string) => {
      const [name, sender] = message.split(' ');
      const topic = topics.find((one) => one === name);
      if (topic && sender !== me) hear(topic);
    });
    // Subscribed again by ioredis after each new connection.
    opened.subscribe(channel).catch(() => undefined);
    return opened;
  }

  return {
    tell(topic) {
      hear(topic);
      untold.add(topic);
      timer ??= setTimeout(() => void send(), PAUSE_MS);
    },

    watch(listener) {
      listeners.add(listener);
      subscriber ??= listen();
      return () => void listeners.delete(listener);
    },

    async close() {
      subscriber?.disconnect();
      if (timer === null) return;
      clearTimeout(timer);
      await send();
    },
  };
}
