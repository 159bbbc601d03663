/** What Slack is reached with, as the environment gives it; '' for what is not set. */
export interface SlackEnvironment {
  readonly slackBotToken: string;
  readonly slackAppToken: string;
  readonly slackSigningSecret: string;
  readonly slackClientId: string;
  readonly slackClientSecret: string;
  readonly slackStateSecret: string;
  readonly encryptionKey: string;
}

/** Complete credentials: whose name is spoken in, and how Slack reaches us. */
export interface SlackCredentials {
  readonly install:
    | { readonly kind: 'token'; readonly botToken: string }
    | {
        readonly kind: 'oauth';
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
        readonly encryptionKey: string;
      };
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string };
}

const KEY_MIN = 32;

/** Complete credentials; null when nothing of Slack is set; else what is missing or wrong, in words for the host. */
export function readCredentials(
  env: SlackEnvironment,
):
  | { readonly ok: true; readonly credentials: SlackCredentials | null }
  | { readonly ok: false; readonly problems: readonly string[] } {
  const { slackBotToken, slackAppToken, slackSigningSecret, slackClientId, slackClientSecret, slackStateSecret } = env;
  const oauth = [slackClientId, slackClientSecret, slackStateSecret];
  const anyOauth = oauth.some((one) => one !== '');
  if (!anyOauth && slackBotToken === '' && slackAppToken === '' && slackSigningSecret === '') {
    return { ok: true, credentials: null };
  }
  const problems = [
    ...(anyOauth ? oauthProblems(env) : tokenProblems(env)),
    ...(slackAppToken === '' && slackSigningSecret === ''
      ? ['SLACK_APP_TOKEN (Socket Mode, no public address needed) or SLACK_SIGNING_SECRET (HTTP) is missing.']
      : []),
    ...(slackAppToken !== '' && !slackAppToken.startsWith('xapp-') ? ['SLACK_APP_TOKEN must begin with xapp-.'] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    credentials: {
      install: anyOauth
        ? {
            kind: 'oauth',
            clientId: slackClientId,
            clientSecret: slackClientSecret,
            stateSecret: slackStateSecret,
            encryptionKey: env.encryptionKey,
          }
        : { kind: 'token', botToken: slackBotToken },
      // With both, Socket Mode: who has made an app token wants it, and the signing secret stands on every app's page.
      transport:
        slackAppToken === ''
          ? { kind: 'http', signingSecret: slackSigningSecret }
          : { kind: 'socket', appToken: slackAppToken },
    },
  };
}

function tokenProblems({ slackBotToken }: SlackEnvironment): string[] {
  if (slackBotToken === '') {
    return ['SLACK_BOT_TOKEN is missing (for one workspace; for many, SLACK_CLIENT_ID and what belongs to it).'];
  }
  if (slackBotToken.startsWith('xoxb-')) return [];
  return [
    'SLACK_BOT_TOKEN must begin with xoxb-; tokens that are rotated need SLACK_CLIENT_ID and what belongs to it.',
  ];
}

function oauthProblems(env: SlackEnvironment): string[] {
  const needed = [
    ['SLACK_CLIENT_ID', env.slackClientId],
    ['SLACK_CLIENT_SECRET', env.slackClientSecret],
    ['SLACK_STATE_SECRET', env.slackStateSecret],
    ['NEWSHOUND_ENCRYPTION_KEY', env.encryptionKey],
  ] as const;
  const missing = needed.filter(([, value]) => value === '').map(([name]) => name);
  return [
    ...(missing.length > 0 ? [`To be installed in many workspaces it also needs ${missing.join(' and ')}.`] : []),
    ...(env.slackBotToken === ''
      ? []
      : ['SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many: set one of them only.']),
    ...(env.encryptionKey !== '' && env.encryptionKey.length < KEY_MIN
      ? [
          `NEWSHOUND_ENCRYPTION_KEY is too short: ${KEY_MIN} characters or more, such as "openssl rand -base64 32" prints.`,
        ]
      : []),
  ];
}
