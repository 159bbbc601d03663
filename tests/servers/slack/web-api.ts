import { Refusal, text, type Methods } from './ask.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { faultName, type Faults } from './faults.ts';
import { jsonReply, meet, resetReply, type Reply } from './http.ts';
import { string, type Json } from './json.ts';
import { access, tokenMethods } from './oauth.ts';
import { peopleMethods } from './people.ts';
import { createRates } from './rates.ts';
import { viewMethods } from './views.ts';
import { identity, type Token, type World } from './world.ts';

/** More than any test asks for: whoever runs wild finds nobody. */
const CALLS_MAX = 200_000;
/** What never goes into the list of calls. */
const secrets = new Set(['token', 'client_secret', 'code', 'refresh_token']);

export interface WebApi {
  /** One call, its bearer token (or '') and its arguments. */
  call(method: string, bearer: string, args: Json): Reply;
  /** Notes and answers something that is no method but counts as a call: an upload, a response address. */
  noted(
    method: string,
    about: { readonly workspace: string; readonly channel: string },
    args: Json,
    work: () => Reply,
  ): Reply;
}

/** The Web API: tokens and scopes, faults, and the methods of each family. */
export function createWebApi(world: World, faults: Faults, openSocket: () => string, files: Methods): WebApi {
  const rates = createRates(world);
  const methods: Methods = {
    ...chatMethods(rates),
    ...conversationMethods(),
    ...viewMethods(),
    ...peopleMethods(),
    ...tokenMethods(),
    ...files,
  };

  /** Methods that need no bot token. */
  const open: Readonly<Record<string, (bearer: string, args: Json) => Json>> = {
    'api.test': () => ({}),
    'oauth.v2.access': (_bearer, args) => access(world, args),
    'apps.connections.open': (bearer) => {
      if (bearer === '') throw new Refusal('not_authed');
      if (bearer !== identity.token)
        throw new Refusal(world.tokens.has(bearer) ? 'not_allowed_token_type' : 'invalid_auth');
      return { url: openSocket() };
    },
  };

  function work(method: string, bearer: string, args: Json): Reply {
    try {
      const free = open[method];
      if (free) {
        rates.call(method, '');
        return jsonReply({ ok: true, ...free(bearer, args) });
      }
      const run = methods[method];
      if (!run) throw new Refusal('unknown_method');
      const token = tokenOf(world, bearer);
      rates.call(method, token.team.id);
      const body = run({ world, method, args, token, team: token.team });
      return jsonReply({ ok: true, ...body }, 200, { 'x-oauth-scopes': [...token.scopes].join(',') });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { word, extras, retryAfterS } = error;
      const body = { ok: false, error: word, ...extras };
      return retryAfterS === 0 ? jsonReply(body) : jsonReply(body, 429, { 'retry-after': String(retryAfterS) });
    }
  }

  const noted: WebApi['noted'] = (method, { workspace, channel }, args, run) => {
    if (world.calls.length >= CALLS_MAX) return resetReply;
    const how = faults.next({ method, channel, workspace });
    const at = world.now();
    const reply = meet(how, run);
    const said = reply.status === 200 ? wordOf(reply.body) : String(reply.status);
    const kept = Object.fromEntries(Object.entries(args).filter(([name]) => !secrets.has(name)));
    world.calls.push({ method, workspace, channel, args: kept, at, answer: how === null ? said : faultName(how) });
    return reply;
  };

  return {
    noted,
    call(method, bearer, args) {
      const token = bearer === '' ? string(args['token']) : bearer;
      const workspace = world.tokens.get(token)?.team.id ?? '';
      const about = { workspace, channel: text(args, 'channel') };
      return noted(method, about, args, () => work(method, token, args));
    },
  };
}

function tokenOf(world: World, bearer: string): Token {
  if (bearer === '') throw new Refusal('not_authed');
  if (bearer === identity.token) throw new Refusal('not_allowed_token_type');
  const token = world.tokens.get(bearer);
  if (!token) throw new Refusal('invalid_auth');
  if (token.revoked) throw new Refusal(token.team.token === null ? 'account_inactive' : 'token_revoked');
  if (world.now() > token.expiresAt) throw new Refusal('token_expired');
  return token;
}

/** `ok`, or the error word of an answer. */
function wordOf(body: string): string {
  return /^\{"ok":false,"error":"([^"]*)"/u.exec(body)?.[1] ?? 'ok';
}
