import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes as Code } from 'discord.js';
import type { PostAnswer } from '../../../src/ports.ts';
import { reasons } from '../../../src/delivery/reasons.ts';

/** Nothing can be posted there until somebody changes something. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const gone: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Code.UnknownChannel, reasons.channelGone],
  [Code.UnknownGuild, reasons.serverGone],
  [Code.UnknownUser, reasons.memberGone],
  [Code.MissingAccess, reasons.channelHidden],
  [Code.MissingPermissions, reasons.permissionMissing],
  [Code.CannotSendMessagesToThisUser, reasons.directMessagesRefused],
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, reasons.noServerShared],
  [Code.CannotSendMessagesInNonTextChannel, reasons.channelNoMessages],
  [Code.CannotExecuteActionOnThisChannelType, reasons.channelNoMessages],
  [Code.InvalidActionOnArchivedThread, reasons.threadArchived],
  [Code.ThreadLocked, reasons.threadLocked],
]);

/** Slow mode and limits on writing that come as a refusal. */
const tooFast: ReadonlySet<unknown> = new Set([
  Code.ActionCannotBePerformedDueToSlowmodeRateLimit,
  Code.ChannelSendRateLimit,
  Code.ServerSendRateLimit,
  Code.OpeningDirectMessagesTooFast,
]);

/** The message itself is gone or cannot be changed any more; the channel is well. */
const messageGone: ReadonlySet<unknown> = new Set([
  Code.UnknownMessage,
  Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached,
]);

/** Refused before anything was sent. */
const neverSent: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A token that is not taken is not tried again at once: ten thousand invalid requests in ten minutes are a ban. */
export const NO_TOKEN_WAIT_MS = 600_000;

/** What a failed request means for what was to be posted. */
export function outcomeOf(error: unknown): PostAnswer {
  if (error instanceof RateLimitError) return retry(reasons.rateLimited, Math.ceil(error.retryAfter));
  if (error instanceof DiscordAPIError) return refusalOf(error);
  // Whether the work was done before the answer failed is not known.
  if (error instanceof HTTPError) return retry(`Discord answered ${error.status}`, null, true);
  const { name, message, code } = faultOf(error);
  if (/Expected token/u.test(message)) return retry(reasons.tokenRefused, NO_TOKEN_WAIT_MS);
  if (neverSent.has(code)) return retry(`Discord cannot be reached (${String(code)})`);
  return retry(name === 'AbortError' ? reasons.silent : `the connection failed: ${message}`, null, true);
}

function refusalOf({ code, status, message }: DiscordAPIError): PostAnswer {
  if (status === 401) return retry(reasons.tokenRefused, NO_TOKEN_WAIT_MS);
  if (tooFast.has(code)) return retry(reasons.channelSlow);
  if (messageGone.has(code)) return { kind: 'refused', reason: reasons.messageGone };
  const known = gone.get(code);
  if (known !== undefined) return { kind: 'gone', reason: known };
  // What is forbidden or not found stays so: asking again would only add to the invalid requests.
  if (status === 403 || status === 404) return { kind: 'gone', reason: `Discord says: ${message}` };
  return { kind: 'refused', reason: `Discord says: ${message}` };
}

function retry(reason: string, retryAfterMs: number | null = null, ambiguous = false): PostAnswer {
  return { kind: 'retry', retryAfterMs, reason, ambiguous };
}

function faultOf(error: unknown): { readonly name: string; readonly message: string; readonly code: unknown } {
  if (!(error instanceof Error)) return { name: '', message: String(error), code: undefined };
  return { name: error.name, message: error.message, code: Reflect.get(error, 'code') };
}
