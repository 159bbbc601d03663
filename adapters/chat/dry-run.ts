import type { Message } from '../../src/delivery/card.ts';
import type { Chat } from '../../src/ports.ts';

/** A chat that reports what it would post and posts nothing; everything else is that of the chat it stands for. */
export function dryRun(chat: Chat, report: (destination: string, message: Message) => void): Chat {
  return {
    ...chat,
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
