import { describe, expect, test } from 'vitest';
import { feedAt, newFeedState, type FeedState } from '../../../src/feeds/feed.ts';
import { afterFailed, afterRead, type ProgressRules } from '../../../src/feeds/progress.ts';
import type { FetchAnswer } from '../../../src/ports.ts';
import type { FeedDocument } from '../../../src/story/item.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Thursday. */
const now = Date.UTC(2026, 0, 1, 12);
const rules: ProgressRules = {
  schedule: {
    intervalMs: 10 * minute,
    minIntervalMs: minute,
    maxIntervalMs: 5 * hour,
    quietMaxIntervalMs: day,
    jitter: 0,
    backoffBaseMs: 2 * minute,
    backoffMaxMs: 6 * hour,
  },
  moveAfterMs: 3 * day,
  tellAfterMs: day,
};
const feed = feedAt('https://harbour.example/feed');
const known: FeedState = { ...newFeedState(now), learnt: true, parserVersion: 1 };
const kept = { validators: { etag: '', lastModified: '' }, hints: { maxAgeMs: null }, movedTo: '' };

function failed(parts: Partial<Extract<FetchAnswer, { kind: 'failed' }>>): Extract<FetchAnswer, { kind: 'failed' }> {
  return {
    kind: 'failed',
    code: 'http_500',
    message: 'harbour.example has a problem of its own (500)',
    retryAfterMs: null,
    wholeHost: false,
    gone: false,
    discovered: [],
    ...parts,
  };
}

function afterFailureOf(parts: Partial<Extract<FetchAnswer, { kind: 'failed' }>>, state = known) {
  return afterFailed({ feed, state }, failed(parts), rules, now, () => 0.5);
}

function afterDocument(parts: Partial<FeedDocument>, state = known) {
  const document: FeedDocument = { title: '', link: '', language: '', items: [], ...parts };
  const answer = { kind: 'document', document, bodyHash: 'b', finalUrl: feed.url, ...kept } as const;
  return afterRead({ feed, state }, answer, null, rules, 1, now, () => 0.5);
}

function afterUnchanged(state: FeedState, movedTo = '', at = now) {
  return afterRead({ feed, state }, { kind: 'unchanged', ...kept, movedTo }, null, rules, 1, at, () => 0.5);
}

describe('what a document says about when to look', () => {
  test('stands while it does not change', () => {
    const { state } = afterDocument({ ttlMinutes: 90 });
    expect(state.nextAt).toBe(now + 90 * minute);
    expect(afterUnchanged(state).state.nextAt).toBe(now + 90 * minute);
  });

  test('keeps the hours to be skipped', () => {
    const { state } = afterDocument({ skipHours: [12, 13] });
    expect(new Date(state.nextAt).getUTCHours()).toBe(14);
    expect(new Date(afterUnchanged(state).state.nextAt).getUTCHours()).toBe(14);
  });

  test('ends with a document that says nothing of it', () => {
    const { state } = afterDocument({ ttlMinutes: 90 });
    expect(afterDocument({}, state).state.nextAt).toBe(now + 10 * minute);
  });
});

describe('a failure', () => {
  test('is counted, remembered in words and tried again later each time', () => {
    const first = afterFailureOf({});
    expect(first.state).toMatchObject({ failures: 1, failingSince: now, nextAt: now + 2 * minute });
    expect(first.state.lastError?.code).toBe('http_500');
    expect(afterFailureOf({}, first.state).state).toMatchObject({ failures: 2, nextAt: now + 4 * minute });
  });

  test('is told once, when it has lasted long enough', () => {
    const long = { ...known, failures: 9, failingSince: now - day };
    expect(afterFailureOf({}, { ...long, failingSince: now - day + 1 }).say).toBeNull();
    const told = afterFailureOf({}, long);
    expect(told.say).toBe('dead');
    expect(afterFailureOf({}, told.state).say).toBeNull();
    expect(afterUnchanged(told.state).say).toBe('back');
  });

  test('that ends the feed for good stops it and is told at once', () => {
    const { say, state } = afterFailureOf({ code: 'http_410', gone: true });
    expect(say).toBe('dead');
    expect(state.stopped).not.toBe('');
  });

  test('is forgotten by an answer', () => {
    const { state } = afterUnchanged(afterFailureOf({}).state);
    expect(state).toMatchObject({ failures: 0, failingSince: null, lastError: null, lastSuccessAt: now });
  });

  test('of another host that asked for rest is not the feed’s', () => {
    const long = { ...known, failingSince: null, failures: 0 };
    const { state, say } = afterFailureOf({ code: 'host_held', retryAfterMs: 3 * hour }, long);
    expect(say).toBeNull();
    expect(state).toEqual({ ...long, nextAt: now + 3 * hour });
  });
});

describe('a permanent redirect', () => {
  const there = 'https://news.harbour.example/feed';

  test('is followed for good once it has stood for days, and the feed keeps its id', () => {
    const first = afterUnchanged(known, there);
    expect(first.feed.url).toBe(feed.url);
    expect(afterUnchanged(first.state, there, now + 3 * day - 1).feed.url).toBe(feed.url);
    const moved = afterUnchanged(first.state, there, now + 3 * day);
    expect(moved.feed).toEqual({ ...feed, url: there, host: 'news.harbour.example' });
    expect(moved.state.moving).toBeNull();
  });

  test('starts anew when it leads elsewhere or was taken back in between', () => {
    const first = afterUnchanged(known, there);
    const elsewhere = afterUnchanged(first.state, 'https://other.example/feed', now + 3 * day);
    expect(elsewhere.feed.url).toBe(feed.url);
    expect(elsewhere.state.moving?.since).toBe(now + 3 * day);
    expect(afterUnchanged(first.state, '', now + day).state.moving).toBeNull();
  });
});
