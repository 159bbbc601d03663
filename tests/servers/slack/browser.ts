import { identity, memberOf, teamOf, type World } from './world.ts';
import { exchange, type Reply } from './http.ts';
import { grantCode } from './oauth.ts';

const STEP_MS = 10_000;

export interface Choice {
  readonly workspace: string;
  readonly user?: string;
  readonly deny?: boolean;
  readonly cookies?: boolean;
}

/**
 * The authorize page: sends the browser back with a code and the state it came with. Which workspace, and who agrees,
 * stand in the parameters `team` and `user` (a person would choose them on the page). Without a redirect address in the
 * request it is the first that is registered, or `usual`.
 */
export function authorizePage(world: World, address: URL, usual = ''): Reply {
  const asked = address.searchParams;
  const back = asked.get('redirect_uri') ?? world.app.redirectUrls?.[0] ?? usual;
  if (asked.get('client_id') !== identity.clientId) return page(400, 'invalid_client_id');
  if (!allowed(world, back)) return page(400, 'bad_redirect_uri');
  const scopes = (asked.get('scope') ?? '').split(',').filter((scope) => scope !== '');
  if (scopes.length === 0) return page(400, 'invalid_scope');
  const team = teamOf(world, asked.get('team') ?? undefined);
  const someone = [...world.members.values()].find((member) => member.team === team);
  const target = new URL(back);
  const state = asked.get('state');
  if (state !== null) target.searchParams.set('state', state);
  if (asked.get('deny') === 'true') target.searchParams.set('error', 'access_denied');
  else {
    const user = memberOf(world, asked.get('user') ?? someone?.id ?? '').id;
    const code = grantCode(world, { team, user, scopes, redirectUri: asked.get('redirect_uri') ?? '' });
    target.searchParams.set('code', code);
  }
  return { status: 302, headers: { location: target.href }, body: '' };
}

/** Installs the app as a person would with a browser: to the app, to Slack, and back to the app, cookies in hand. */
export async function browse(
  world: World,
  installUrl: string,
  choice: Choice,
): Promise<{ status: number; body: string }> {
  const shown = await exchange(installUrl, { method: 'GET', headers: {}, withinMs: STEP_MS });
  const given = (shown.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? '');
  const link = shown.headers.location ?? /href="([^"]*oauth\/v2\/authorize[^"]*)"/u.exec(shown.body)?.[1];
  if (link === undefined) return { status: shown.status, body: shown.body };
  const authorize = new URL(link.replaceAll('&amp;', '&'));
  authorize.searchParams.set('team', choice.workspace);
  if (choice.user !== undefined) authorize.searchParams.set('user', choice.user);
  if (choice.deny === true) authorize.searchParams.set('deny', 'true');
  const agreed = authorizePage(world, authorize, new URL('/slack/oauth_redirect', installUrl).href);
  const back = agreed.headers['location'];
  if (back === undefined) return { status: agreed.status, body: agreed.body };
  const headers = choice.cookies === false ? {} : { cookie: given.join('; ') };
  const { status, body } = await exchange(back, { method: 'GET', headers, withinMs: STEP_MS });
  return { status, body };
}

/** A registered address, or one below it; without any, all of the loopback. */
function allowed({ app: { redirectUrls } }: World, back: string): boolean {
  if (!URL.canParse(back)) return false;
  if (redirectUrls) return redirectUrls.some((registered) => back.startsWith(registered));
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(back).hostname);
}

function page(status: number, body: string): Reply {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
