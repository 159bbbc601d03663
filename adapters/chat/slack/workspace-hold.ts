import type { Clock } from '../../../src/ports.ts';

/**
 * Slack limits posts for each channel and, some hundred a minute, for the whole workspace, and its 429 does not say which of
 * the two it means. One channel that is limited is its own matter; when a second one is while the first still waits, it is
 * the workspace, and the others need not find out one by one.
 */
export interface WorkspaceHold {
  /** How long nothing is to be posted in a workspace (ms), 0 when it may be. */
  remaining(team: string): number;
  limited(team: string, channel: string, retryAfterMs: number): void;
}

export function createWorkspaceHold(clock: Pick<Clock, 'now'>): WorkspaceHold {
  const waiting = new Map<string, { readonly channel: string; readonly until: number }>();
  const held = new Map<string, number>();
  return {
    remaining(team) {
      const left = (held.get(team) ?? 0) - clock.now();
      if (left <= 0) held.delete(team);
      return Math.max(0, left);
    },

    limited(team, channel, retryAfterMs) {
      const until = clock.now() + retryAfterMs;
      const before = waiting.get(team);
      if (before !== undefined && before.channel !== channel && before.until > clock.now()) {
        held.set(team, Math.max(before.until, until));
      }
      waiting.set(team, { channel, until });
    },
  };
}
