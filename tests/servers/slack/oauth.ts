import { Refusal, text, type Methods } from './ask.ts';
import type { Json } from './json.ts';
import { identity, issueToken, type Grant, type Team, type Token, type World } from './world.ts';

/** Methods that need a token and end it. */
export function tokenMethods(): Methods {
  return {
    'auth.revoke': ({ world, token, args }) => {
      if (text(args, 'test') === 'true') return { revoked: false };
      revoke(world, token);
      return { revoked: true };
    },
  };
}

/** `oauth.v2.access`: a code, or a refresh token, for a token. Wants the client's secret in place of a token. */
export function access(world: World, args: Json): Json {
  if (text(args, 'client_id') !== identity.clientId) throw new Refusal('invalid_client_id');
  if (text(args, 'client_secret') !== identity.clientSecret) throw new Refusal('bad_client_secret');
  if (text(args, 'grant_type') === 'refresh_token') return renewed(world, text(args, 'refresh_token'));
  const grant = world.grants.get(text(args, 'code'));
  if (!grant) throw new Refusal('invalid_code');
  if (grant.used) throw new Refusal('code_already_used');
  if (grant.redirectUri !== text(args, 'redirect_uri')) throw new Refusal('bad_redirect_uri');
  grant.used = true;
  return { ...wireToken(world, issueToken(world, grant.team, grant.scopes)), authed_user: { id: grant.user } };
}

/** A code for an authorize page that was agreed to; it is good for one exchange. */
export function grantCode(world: World, grant: Omit<Grant, 'used'>): string {
  const code = world.id('code.');
  world.grants.set(code, { ...grant, used: false });
  return code;
}

/** The app is gone from a workspace: its tokens are void, and it is told. */
export function uninstall(world: World, team: Team): void {
  for (const token of world.tokens.values()) if (token.team === team) token.revoked = true;
  team.token = null;
  world.happened(team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [team.botUserId] } });
  world.happened(team, { type: 'app_uninstalled' });
}

function revoke(world: World, token: Token): void {
  token.revoked = true;
  if (token.team.token === token) token.team.token = null;
  world.happened(token.team, { type: 'tokens_revoked', tokens: { oauth: [], bot: [token.team.botUserId] } });
}

/** A refresh token is good for one use; the access token it came with stays good until it expires. */
function renewed(world: World, refresh: string): Json {
  const old = [...world.tokens.values()].find((token) => token.refresh !== '' && token.refresh === refresh);
  if (!old || old.revoked || old.renewed) throw new Refusal('invalid_refresh_token');
  old.renewed = true;
  return wireToken(world, issueToken(world, old.team, old.scopes));
}

function wireToken(world: World, { token, team, scopes, refresh }: Token): Json {
  return {
    access_token: token,
    token_type: 'bot',
    scope: [...scopes].join(','),
    bot_user_id: team.botUserId,
    app_id: identity.id,
    team: { id: team.id, name: team.name },
    enterprise: null,
    is_enterprise_install: false,
    ...(refresh === '' ? {} : { refresh_token: refresh, expires_in: world.options.rotation?.expiresInS ?? 0 }),
  };
}
