import type { Card } from '../../src/commands/card.ts';
import type { Chat, ChatLimits, Posting, PostAnswer } from '../../src/ports.ts';
import type { StoryCard } from '../../src/delivery/card.ts';

/** A chat platform within the test: it keeps what reaches it and answers as it is told. */
export interface TestChat extends Chat {
  /** Everything that was asked of it, also what it refused. */
  readonly asked: readonly Asked[];
  /** What stands there now: a post with the same key within the promised time stands once. */
  readonly standing: readonly Posting[];
  readonly told: readonly { readonly member: string; readonly card: Card }[];
  /** The next requests get these answers, whatever they ask; `reset after` does the work and loses the answer. */
  answerNext(...answers: (PostAnswer | 'reset after')[]): void;
}

export interface Asked {
  readonly kind: 'post' | 'edit' | 'follow';
  readonly destination: string;
  readonly key: string;
  readonly ambiguous: boolean;
  readonly heading: string;
  readonly cards: readonly StoryCard[];
  /** The message edited or followed; '' for a post. */
  readonly remoteId: string;
  readonly language: string;
}

const usual: ChatLimits = {
  edits: true,
  threads: true,
  buttons: true,
  forms: true,
  idempotencyMs: 60_000,
  readBack: true,
  paceMs: 0,
  cardsPerMessage: 10,
};

export function openTestChat(platform = 'slack', limits: Partial<ChatLimits> = {}): TestChat {
  const asked: Asked[] = [];
  const standing: Posting[] = [];
  const told: { member: string; card: Card }[] = [];
  const answers: (PostAnswer | 'reset after')[] = [];

  function answer(work: () => string): PostAnswer {
    const next = answers.shift();
    if (next === undefined) return { kind: 'sent', remoteId: work() };
    if (next !== 'reset after') return next;
    work();
    return { kind: 'retry', retryAfterMs: null, reason: 'reset', ambiguous: true };
  }

  return {
    platform,
    limits: { ...usual, ...limits },
    asked,
    standing,
    told,
    answerNext: (...next) => answers.push(...next),
    async start() {},
    async stop() {},

    async post(posting) {
      const { destination, key, ambiguous, message } = posting;
      const { heading, cards, language = '' } = message;
      asked.push({ kind: 'post', destination, key, ambiguous, heading, cards, remoteId: '', language });
      return answer(() => {
        const stands = standing.findIndex((one) => one.key === key);
        return `m${stands >= 0 ? stands + 1 : standing.push(posting)}`;
      });
    },

    async edit({ destination, key, ambiguous, message, remoteId }) {
      const { heading, cards, language = '' } = message;
      asked.push({ kind: 'edit', destination, key, ambiguous, heading, cards, remoteId, language });
      return answer(() => remoteId);
    },

    async follow({ destination, key, card, remoteId, ambiguous, language = '' }) {
      asked.push({ kind: 'follow', destination, key, ambiguous, heading: '', cards: [card], remoteId, language });
      return answer(() => `${remoteId}.1`);
    },

    async refusal() {
      return '';
    },

    async tell(member, card) {
      told.push({ member, card });
      return { kind: 'sent', remoteId: '' };
    },
  };
}
