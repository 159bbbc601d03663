import type { Clock, Store } from '../../../src/ports.ts';
import type { Arguments, Result, SlackApi } from './api.ts';
import { outcomeOf, slackError } from './outcome.ts';
import type { SlackPayload } from './render.ts';
import { NotConnected, NotInstalled } from './workspaces.ts';

/** Name of our metadata on messages: by it a message whose answer was lost is found again. */
const EVENT_TYPE = 'newshound_delivery';
const KIND = 'slack-try';
/** Longer than a host is away. */
const KEPT_MS = 3 * 86_400_000;
const HISTORY_PAGE = 100;
const HISTORY_PAGES = 3;

/** The parts of one delivery that stand in Slack, by their place: the timestamp of each. */
export type Parts = Map<number, string>;

/** One try at posting a delivery. */
export interface Try {
  readonly parts: Parts;
  /** A part was posted: should a later one fail, it is not posted again. */
  sent(part: number, ts: string): Promise<void>;
  /** It failed without anything having been posted: the next try need not look. */
  failed(error: unknown): Promise<void>;
}

/** The channel could not be read back: whether the message stands there is still open. */
export class NotReadable extends Error {
  constructor(cause: unknown) {
    super('the channel could not be read back', { cause });
    this.name = 'NotReadable';
  }
}

/**
 * Remembers which deliveries have been tried, also by a process that was killed before it could say what came of it, and
 * looks for their messages in the channel before they are posted again. Slack has no idempotency key for posts.
 */
export function createTries(
  api: SlackApi,
  store: Pick<Store, 'getDocument' | 'putDocument' | 'deleteDocument'>,
  clock: Clock,
) {
  /** Our messages of a delivery among the latest; none where the app may not read the channel. */
  async function lookBack(
    team: string,
    method: string,
    where: Arguments,
    key: string,
    signal: AbortSignal | undefined,
  ): Promise<Parts> {
    let cursor = '';
    for (let page = 0; page < HISTORY_PAGES; page++) {
      const ask = { ...where, limit: HISTORY_PAGE, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) };
      const result = await read(team, method, ask, signal);
      const found = new Map(result === null ? [] : ours(result, key));
      cursor = result === null ? '' : cursorOf(result);
      if (found.size > 0 || cursor === '') return found;
    }
    return new Map();
  }

  async function read(team: string, method: string, ask: Arguments, signal?: AbortSignal): Promise<Result | null> {
    try {
      return await api.call(team, method, ask, signal);
    } catch (error) {
      if (slackError(error) === 'missing_scope') return null;
      if (error instanceof NotInstalled || error instanceof NotConnected) throw error;
      throw new NotReadable(error);
    }
  }

  return {
    /** Begins a try at a delivery of `count` parts. `where` is a channel, and with `ts` the thread under a message. Rejects with `NotReadable`. */
    async begin(
      team: string,
      where: { readonly channel: string; readonly ts?: string },
      about: { readonly key: string; readonly ambiguous: boolean; readonly count: number },
      signal?: AbortSignal,
    ): Promise<Try> {
      const { key, ambiguous, count } = about;
      const kept = await store.getDocument(KIND, key);
      const parts: Parts = new Map(Array.isArray(kept) ? (kept as [number, string][]) : []);
      if (parts.size < count && (ambiguous || kept !== null)) {
        const method = where.ts === undefined ? 'conversations.history' : 'conversations.replies';
        for (const [part, ts] of await lookBack(team, method, where, key, signal)) parts.set(part, ts);
      }
      const remember = async (): Promise<void> => store.putDocument(KIND, key, [...parts], clock.now() + KEPT_MS);
      if (kept === null) await remember();
      return {
        parts,

        async sent(part, ts) {
          parts.set(part, ts);
          await remember();
        },

        async failed(error) {
          const outcome = outcomeOf(error);
          if (parts.size === 0 && !(outcome.kind === 'retry' && outcome.ambiguous))
            await store.deleteDocument(KIND, key);
        },
      };
    },
  };
}

export type Tries = ReturnType<typeof createTries>;

/** What marks a message as one part of a delivery. */
export function markOf(key: string, part: number): Arguments {
  return { event_type: EVENT_TYPE, event_payload: { key, part } };
}

/** The arguments of chat.postMessage for one part. */
export function partArguments(channel: string, payload: SlackPayload, key: string, part: number): Arguments {
  return { channel, ...payload, metadata: markOf(key, part) };
}

/** Where the next page begins, '' after the last. */
export function cursorOf({ response_metadata }: Result): string {
  const next = (response_metadata as { readonly next_cursor?: unknown } | undefined)?.next_cursor;
  return typeof next === 'string' ? next : '';
}

function ours({ messages }: Result, key: string): [number, string][] {
  if (!Array.isArray(messages)) return [];
  return (messages as readonly Readonly<Record<string, unknown>>[]).flatMap(({ ts, metadata }) => {
    const { event_type, event_payload } = (metadata ?? {}) as Readonly<Record<string, unknown>>;
    const payload = (event_payload ?? {}) as { readonly key?: unknown; readonly part?: unknown };
    if (event_type !== EVENT_TYPE || payload.key !== key || typeof ts !== 'string') return [];
    return [[typeof payload.part === 'number' ? payload.part : 0, ts] satisfies [number, string]];
  });
}
