import { webApi } from '@slack/bolt';
import { expect, test } from 'vitest';
import { isRevoked, outcomeOf } from '../../../../adapters/chat/slack/outcome.ts';

function platform(error: string): Error {
  return new webApi.WebAPIPlatformError({ ok: false, error });
}

function request(code: string): Error {
  return new webApi.WebAPIRequestError(
    new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }),
  );
}

test.each([
  ['not_in_channel', 'gone'],
  ['channel_not_found', 'gone'],
  ['is_archived', 'gone'],
  ['msg_too_long', 'refused'],
  ['invalid_blocks', 'refused'],
  ['thread_not_found', 'refused'],
  ['service_unavailable', 'retry'],
  ['some_word_of_tomorrow', 'retry'],
])('the answer %s means %s', (word, kind) => {
  expect(outcomeOf(platform(word)).kind).toBe(kind);
});

test('a 429 is waited for exactly as long as it says', () => {
  expect(outcomeOf(new webApi.WebAPIRateLimitedError(7))).toMatchObject({
    kind: 'retry',
    retryAfterMs: 7_000,
    ambiguous: false,
  });
});

test.each([
  ['a refused connection', request('ECONNREFUSED'), false],
  ['an unknown host', request('ENOTFOUND'), false],
  ['a reset', request('ECONNRESET'), true],
  ['a socket closed by the other side', request('UND_ERR_SOCKET'), true],
  ['a time-out', new webApi.WebAPIRequestError(new DOMException('x', 'TimeoutError')), true],
  ['a 500', new webApi.WebAPIHTTPError(500, '', {}, ''), true],
  ['a 403 of a proxy', new webApi.WebAPIHTTPError(403, '', {}, ''), false],
  ['internal_error', platform('internal_error'), true],
  ['service_unavailable', platform('service_unavailable'), false],
  ['an answer that is no JSON', platform('<html>bad gateway</html>'), true],
  ['an answer cut within its body', new TypeError('terminated'), true],
])('%s leaves open whether the message stands: %o', (_, error, ambiguous) => {
  expect(outcomeOf(error)).toMatchObject({ kind: 'retry', ambiguous });
});

test('no reason holds what Slack or a proxy wrote', () => {
  const secret = 'xoxb-1-secret <html>';
  for (const error of [platform(secret), new webApi.WebAPIHTTPError(502, secret, {}, secret), new Error(secret)]) {
    expect(JSON.stringify(outcomeOf(error))).not.toContain('secret');
  }
});

test('a void token is known for what it is', () => {
  expect([platform('invalid_auth'), platform('not_in_channel'), request('ECONNRESET')].map(isRevoked)).toEqual([
    true,
    false,
    false,
  ]);
});
