import { pathText, type Finding } from './check.ts';

/** A body that broke a documented limit: what was asked, where in the body, and how. */
export interface Violation {
  readonly route: string;
  /** As in Discord's own errors: `embeds[0].title`. */
  readonly path: string;
  readonly message: string;
}

/** A request that was refused; `code` is Discord's own, 0 for none. */
export interface RefusedRequest {
  readonly route: string;
  readonly status: number;
  readonly code: number;
  /** Epoch ms. */
  readonly at: number;
}

/** A mention in a message that would have called somebody: `@everyone`, `@here`, `<@1>`, `<@&1>`. */
export interface Ping {
  readonly channelId: string;
  readonly messageId: string;
  readonly mention: string;
}

/** One writing of the application's commands. */
export interface Registration {
  /** Null for the global ones. */
  readonly guildId: string | null;
  readonly names: readonly string[];
  readonly at: number;
}

export interface SeenRequest {
  readonly method: string;
  /** Without `/api/v10`, with its query. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  readonly at: number;
}

/** Answers to interactions that are over, unknown or answered already. */
const lateCodes: readonly number[] = [10_015, 10_062, 40_060, 50_027];
const invalidStatuses: readonly number[] = [401, 403, 404, 405];

export type Recorder = ReturnType<typeof createRecorder>;

/** What was seen, for tests to look at. */
export function createRecorder() {
  const requests: SeenRequest[] = [];
  const violations: Violation[] = [];
  const invalidRequests: RefusedRequest[] = [];
  const lateAnswers: RefusedRequest[] = [];
  const rateLimited: RefusedRequest[] = [];
  const pings: Ping[] = [];
  const registrations: Registration[] = [];

  return {
    requests,
    violations,
    invalidRequests,
    lateAnswers,
    rateLimited,
    pings,
    registrations,
    /** `route` without ids and tokens of interactions is not needed: the path tells. */
    request(seen: SeenRequest, code: number, findings: readonly Finding[]): void {
      requests.push(seen);
      const { method, path, status, at } = seen;
      const route = `${method} ${path}`;
      const refused = { route, status, code, at };
      if (status === 429) rateLimited.push(refused);
      else if (lateCodes.includes(code)) lateAnswers.push(refused);
      else if (invalidStatuses.includes(status)) invalidRequests.push(refused);
      for (const { path: where, message } of findings) {
        violations.push({ route, path: pathText(where), message });
      }
    },
  };
}
