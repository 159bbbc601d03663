import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../../src/log.ts';

/** Slack's tokens of all kinds (xoxb-, xoxp-, xoxe-, xoxe.xoxb-, xapp-) and addresses that carry a secret. */
const SECRETS =
  /\b(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w-]+|(?<=hooks\.slack\.com\/)\S+|(?<=[?&](?:ticket|code|state)=)[^&\s]+/gu;

/** The text with whatever could be a secret struck out. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, '(hidden)');
}

/** What an error says, for the log; never its payload, which may hold tokens or messages. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return withoutSecrets(String(error));
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return withoutSecrets(`${error.message}${cause}`);
}

/** The program's log as the vendor's clients want one. Their debug lines hold whole messages and are dropped. */
export function slackLogger(log: Logger): SlackLogger {
  const said = (parts: unknown[]): string => parts.map(reasonOf).join(' ');
  return {
    debug: () => undefined,
    // What the clients tell of each connection and request is of interest only when something is looked for.
    info: (...parts) => log.debug(said(parts)),
    warn: (...parts) => log.warn(said(parts)),
    error: (...parts) => log.warn(said(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
