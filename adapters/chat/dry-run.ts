import type { Message } from '../../src/delivery/card.ts';
import type { Chat } from '../../src/ports.ts';

/**
 * A chat that reports what it would post and posts nothing; everything else is that of the chat it stands for. Only at
 * the terminal is anybody heard: elsewhere members speak to the program that runs in earnest, and what this one took from
 * them would be lost with its copy of the store.
 */
export function dryRun(chat: Chat, report: (destination: string, message: Message) => void): Chat {
  return {
    ...chat,
    async start(counter) {
      if (chat.platform === 'terminal') await chat.start(counter);
    },
    async post({ destination, message, key }) {
      report(destination, message);
      return { kind: 'sent', remoteId: key };
    },
    async edit({ destination, message, remoteId }) {
      report(destination, message);
      return { kind: 'sent', remoteId };
    },
    async follow({ destination, card, remoteId }) {
      report(destination, { kind: 'alert', heading: '', cards: [card] });
      return { kind: 'sent', remoteId };
    },
  };
}
