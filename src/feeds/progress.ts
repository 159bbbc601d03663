import type { FetchAnswer } from '../ports.ts';
import type { FeedDocument } from '../story/item.ts';
import { feedAt, type DocumentHints, type Feed, type FeedState } from './feed.ts';
import { afterFailure, nextLook, type ScheduleRules } from './schedule.ts';

export interface ProgressRules {
  readonly schedule: ScheduleRules;
  /** A permanent redirect is believed after it stood this long. */
  readonly moveAfterMs: number;
  /** Those concerned hear of a feed that has failed this long. */
  readonly tellAfterMs: number;
}

/** What a look has come to: the feed and its state as they are to be written, and what is to be said about it. */
export interface Progress {
  readonly feed: Feed;
  readonly state: FeedState;
  readonly say: 'dead' | 'back' | null;
}

type Failed = Extract<FetchAnswer, { kind: 'failed' }>;
type Read = Exclude<FetchAnswer, { kind: 'failed' }>;

interface Looked {
  readonly feed: Feed;
  readonly state: FeedState;
}

/** After an answer that was no feed: when to try again, and whether it has failed for so long that it must be said. */
export function afterFailed(
  { feed, state }: Looked,
  answer: Failed,
  rules: ProgressRules,
  now: number,
  random: () => number,
): Progress {
  const { retryAfterMs } = answer;
  // A redirect to a host that asked for rest: the feed itself has done nothing wrong.
  if (answer.code === 'host_held') {
    const nextAt = afterFailure({ failures: 1, retryAfterMs, rules: rules.schedule, now, random });
    return { feed, say: null, state: { ...state, nextAt } };
  }
  const failures = state.failures + 1;
  const failingSince = state.failingSince ?? now;
  const say = !state.told && (answer.gone || now - failingSince >= rules.tellAfterMs) ? 'dead' : null;
  return {
    feed,
    say,
    state: {
      ...state,
      failures,
      failingSince,
      nextAt: afterFailure({ failures, retryAfterMs, rules: rules.schedule, now, random }),
      lastError: { code: answer.code, message: answer.message, at: now },
      stopped: answer.gone ? answer.message : state.stopped,
      told: state.told || say !== null,
    },
  };
}

/**
 * After a document, or word that it has not changed.
 * @param learnt what the document's items came to; null when there was nothing to read
 */
export function afterRead(
  { feed, state }: Looked,
  answer: Read,
  learnt: Pick<FeedState, 'learnt' | 'guidOffUntil' | 'recent'> | null,
  rules: ProgressRules,
  parserVersion: number,
  now: number,
  random: () => number,
): Progress {
  const document = answer.kind === 'document' ? answer.document : null;
  const moving = redirection(feed, state, answer.movedTo, now);
  const arrived = moving !== null && now - moving.since >= rules.moveAfterMs;
  const next: FeedState = {
    ...state,
    ...learnt,
    validators: answer.validators,
    bodyHash: answer.kind === 'document' ? answer.bodyHash : state.bodyHash,
    parserVersion,
    hints: document === null ? state.hints : hintsOf(document),
    failures: 0,
    failingSince: null,
    lastError: null,
    lastSuccessAt: now,
    told: false,
    moving: arrived ? null : moving,
  };
  const said = { state: next, hints: answer.hints, document: next.hints };
  const nextAt = nextLook({ ...said, feed, rules: rules.schedule, now, random });
  return {
    feed: titled(arrived ? relocated(feed, moving.url) : feed, document),
    state: { ...next, nextAt },
    say: state.told ? 'back' : null,
  };
}

function hintsOf({ ttlMinutes, updatePeriodMs, skipHours, skipDays }: FeedDocument): DocumentHints {
  return {
    ...(ttlMinutes === undefined ? {} : { ttlMinutes }),
    ...(updatePeriodMs === undefined ? {} : { updatePeriodMs }),
    ...(skipHours === undefined ? {} : { skipHours }),
    ...(skipDays === undefined ? {} : { skipDays }),
  };
}

/** The permanent redirect being watched: the same one for as long as it stands, null when there is none. */
function redirection(feed: Feed, state: FeedState, movedTo: string, now: number): FeedState['moving'] {
  if (movedTo === '' || movedTo === feed.url) return null;
  return state.moving?.url === movedTo ? state.moving : { url: movedTo, since: now };
}

/** The feed at its new address, under the id it has always had. */
function relocated(feed: Feed, url: string): Feed {
  return { ...feed, url, host: feedAt(url).host };
}

function titled(feed: Feed, document: FeedDocument | null): Feed {
  return feed.title === '' && document !== null && document.title !== '' ? { ...feed, title: document.title } : feed;
}
