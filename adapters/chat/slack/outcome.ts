import { webApi } from '@slack/bolt';
import type { PostAnswer } from '../../../src/ports.ts';
import { reasons } from '../../../src/delivery/reasons.ts';

/** What Slack's error words mean for a post (docs.slack.dev/reference/methods/chat.postMessage). */
const GONE: Readonly<Record<string, string>> = {
  channel_not_found: reasons.channelPrivateOrGone,
  not_in_channel: reasons.notInChannel,
  is_archived: reasons.channelArchived,
  restricted_action: reasons.workspaceForbids,
  restricted_action_read_only_channel: reasons.channelReadOnly,
  restricted_action_thread_only_channel: reasons.channelRepliesOnly,
  restricted_action_non_threadable_channel: reasons.channelNoReplies,
  ekm_access_denied: reasons.workspaceSuspended,
  team_access_not_granted: reasons.workspaceRefuses,
  cannot_dm_bot: reasons.memberIsBot,
  user_not_found: reasons.memberGone,
  user_disabled: reasons.memberDeactivated,
  messages_tab_disabled: reasons.directMessagesOff,
  missing_scope: reasons.scopeMissing,
};

/** The token is void: nothing can be posted anywhere in the workspace. */
const REVOKED = new Set([
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'not_authed',
  'team_disabled',
  'app_uninstalled',
]);

const REFUSED = new Set([
  'msg_too_long',
  'msg_blocks_too_long',
  'invalid_blocks',
  'invalid_blocks_format',
  'no_text',
  'too_many_attachments',
  'invalid_arguments',
  'invalid_arg_name',
  'metadata_too_large',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'metadata_must_be_sent_from_app',
  'cannot_reply_to_message',
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/** Slack says of these that part of the work may have been done. */
const HALF_DONE = new Set(['internal_error', 'fatal_error']);

/** Failures to connect: the request was never sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'ERR_INVALID_URL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Slack's error word, or '' when it did not answer with one. */
export function slackError(error: unknown): string {
  const word: unknown = error instanceof webApi.WebAPIPlatformError ? error.data.error : '';
  return typeof word === 'string' && /^[a-z0-9_-]{1,80}$/u.test(word) ? word : '';
}

/** The installation is no longer valid. */
export function isRevoked(error: unknown): boolean {
  return REVOKED.has(slackError(error));
}

/** For how long Slack wants to be left alone (ms) where that is why a call failed, else null. */
export function rateLimitOf(error: unknown): number | null {
  return error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1000 : null;
}

/** A failed call of a method that posts, as the outbox takes it. */
export function outcomeOf(error: unknown): Exclude<PostAnswer, { kind: 'sent' }> {
  const limitedMs = rateLimitOf(error);
  if (limitedMs !== null) {
    return { kind: 'retry', retryAfterMs: limitedMs, reason: reasons.rateLimited, ambiguous: false };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const { statusCode } = error;
    return later(`Slack answered ${statusCode}`, statusCode >= 500);
  }
  if (error instanceof webApi.WebAPIPlatformError) return fromWord(slackError(error));
  if (error instanceof webApi.WebAPIRequestError) {
    const code = codeOf(error.original);
    return NEVER_SENT.has(code) ? later(reasons.unreachable, false) : later(`no answer from Slack (${code})`, true);
  }
  // A 429 that does not say for how long is the one plain error that comes without work having been done.
  const limited = error instanceof Error && error.message.startsWith('Retry header');
  return later(limited ? reasons.rateLimited : reasons.unreadable, !limited);
}

function fromWord(word: string): Exclude<PostAnswer, { kind: 'sent' }> {
  const gone = GONE[word];
  if (gone !== undefined) return { kind: 'gone', reason: gone };
  if (REFUSED.has(word)) return { kind: 'refused', reason: `Slack did not take the message (${word})` };
  if (word === '') return later(reasons.unreadable, true);
  return later(`Slack answered ${word}`, HALF_DONE.has(word));
}

function later(reason: string, ambiguous: boolean): Extract<PostAnswer, { kind: 'retry' }> {
  return { kind: 'retry', retryAfterMs: null, reason, ambiguous };
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return error instanceof Error ? error.name : 'unknown';
}
