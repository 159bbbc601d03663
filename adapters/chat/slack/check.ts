import { webApi } from '@slack/bolt';
import type { Logger } from '../../../src/log.ts';
import { ChatRefused } from '../../../src/ports.ts';
import type { Result } from './api.ts';
import type { SlackCredentials } from './credentials.ts';
import { reasonOf, slackLogger } from './log.ts';

const CALL_MS = 10_000;

/** Whether Slack knows the tokens, and where they lead, in words for the host. Rejects with `ChatRefused` when it does not. */
export async function checkSlack(
  { install, transport }: SlackCredentials,
  apiUrl: string,
  log: Logger,
): Promise<string> {
  const ask = async (token: string, method: string, name: string): Promise<Result> => {
    const options = {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: CALL_MS,
    };
    try {
      return { ...(await new webApi.WebClient(token, { ...options, logger: slackLogger(log) }).apiCall(method)) };
    } catch (error) {
      throw new ChatRefused(`Slack does not take ${name}: ${reasonOf(error)}`);
    }
  };
  const over =
    transport.kind === 'socket' ? 'Socket Mode' : 'HTTP (the signing secret is tried with the first request)';
  if (transport.kind === 'socket') await ask(transport.appToken, 'apps.connections.open', 'SLACK_APP_TOKEN');
  if (install.kind === 'oauth') return `Slack, any workspace by installation, over ${over}`;
  const { team, user } = await ask(install.botToken, 'auth.test', 'SLACK_BOT_TOKEN');
  return `Slack, workspace ${String(team)} as ${String(user)}, over ${over}`;
}
