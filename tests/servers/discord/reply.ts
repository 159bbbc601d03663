import type { Finding } from './check.ts';

/** What a request is answered. */
export interface Reply {
  readonly status: number;
  /** JSON; bytes as they are; undefined for none. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Limits that the request broke. */
  readonly findings?: readonly Finding[];
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export const noContent: Reply = { status: 204 };

/** Discord's words for its codes. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const refusals = {
  10_003: [404, 'Unknown Channel'],
  10_004: [404, 'Unknown Guild'],
  10_007: [404, 'Unknown Member'],
  10_008: [404, 'Unknown Message'],
  10_013: [404, 'Unknown User'],
  10_015: [404, 'Unknown Webhook'],
  10_062: [404, 'Unknown interaction'],
  10_063: [404, 'Unknown application command'],
  40_005: [413, 'Request entity too large'],
  40_060: [400, 'Interaction has already been acknowledged.'],
  40_067: [400, 'A tag is required to create a forum post in this channel'],
  40_094: [400, 'This interaction has reached the maximum number of follow-up messages'],
  50_001: [403, 'Missing Access'],
  50_005: [403, 'Cannot edit a message authored by another user'],
  50_006: [400, 'Cannot send an empty message'],
  50_007: [403, 'Cannot send messages to this user'],
  50_008: [400, 'Cannot send messages in a non-text channel'],
  50_013: [403, 'Missing Permissions'],
  50_024: [400, 'Cannot execute action on this channel type'],
  50_027: [401, 'Invalid Webhook Token'],
  50_033: [400, 'Invalid Recipient(s)'],
  50_083: [400, 'Thread is archived'],
  50_109: [400, 'The request body contains invalid JSON.'],
  160_002: [400, 'Cannot reply without permission to read message history'],
  160_004: [400, 'A thread has already been created for this message'],
} as const;

export function refused(code: keyof typeof refusals): Reply {
  const [status, message] = refusals[code];
  return { status, body: { message, code } };
}

/** 401, 404, 405, 5xx without a code of Discord's own. */
export function failed(status: number, message: string): Reply {
  return { status, body: { message: `${status}: ${message}`, code: 0 } };
}

/** 400 with the tree of what is wrong where. https://discord.com/developers/docs/reference#error-messages */
export function invalidForm(findings: readonly Finding[]): Reply {
  const errors: Record<string, unknown> = {};
  for (const { path, code, message } of findings) {
    let at = errors;
    for (const step of path) at = (at[step] ??= {}) as Record<string, unknown>;
    const list = (at['_errors'] ??= []) as unknown[];
    list.push({ code, message });
  }
  return { status: 400, body: { code: 50_035, message: 'Invalid Form Body', errors }, findings };
}
