import { isObject, listIn, textIn, type Body } from './body.ts';
import { createCheck } from './check.ts';
import { checkCommand, checkCommands } from './command-check.ts';
import type { Ask, Core, Route } from './core.ts';
import { applicationPayload, channelPayload, userPayload } from './payloads.ts';
import { invalidForm, noContent, ok, refused, type Reply } from './reply.ts';
import { isSnowflake } from './snowflake.ts';

/** The gateway's address, the bot itself, its application and its commands. */
export function applicationRoutes(core: Core): readonly Route[] {
  const { world, shards, origin } = core;
  const gatewayUrl = (): string => `${origin().replace('http', 'ws')}/gateway`;
  return [
    { method: 'GET', path: '/gateway', open: true, handle: () => ok({ url: gatewayUrl() }) },
    {
      method: 'GET',
      path: '/gateway/bot',
      handle: () =>
        ok({
          url: gatewayUrl(),
          shards,
          session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 16 },
        }),
    },
    { method: 'GET', path: '/users/@me', handle: () => ok(userPayload(world.bot)) },
    { method: 'GET', path: '/users/:user', handle: ({ params }) => user(core, params['user'] ?? '') },
    { method: 'POST', path: '/users/@me/channels', handle: ({ body }) => directChannel(core, body) },
    { method: 'GET', path: '/oauth2/applications/@me', handle: () => ok(applicationPayload(world)) },
    { method: 'GET', path: '/applications/@me', handle: () => ok(applicationPayload(world)) },
    ...commandRoutes(core, '/applications/:application/commands'),
    ...commandRoutes(core, '/applications/:application/guilds/:guild/commands'),
  ];
}

function commandRoutes(core: Core, path: string): readonly Route[] {
  const one = `${path}/:command`;
  return [
    { method: 'GET', path, handle: (ask) => inBook(core, ask, (guildId) => list(core, guildId, ask)) },
    { method: 'PUT', path, handle: (ask) => inBook(core, ask, (guildId) => overwrite(core, guildId, ask)) },
    { method: 'POST', path, handle: (ask) => inBook(core, ask, (guildId) => put(core, guildId, ask.body)) },
    { method: 'GET', path: one, handle: (ask) => inBook(core, ask, (guildId) => get(core, guildId, ask)) },
    { method: 'PATCH', path: one, handle: (ask) => inBook(core, ask, (guildId) => change(core, guildId, ask)) },
    { method: 'DELETE', path: one, handle: (ask) => inBook(core, ask, (guildId) => remove(core, guildId, ask)) },
  ];
}

function inBook(core: Core, { params }: Ask, then: (guildId: string | null) => Reply): Reply {
  if (params['application'] !== core.world.bot.id) return refused(50_001);
  const guildId = params['guild'] ?? null;
  if (guildId !== null && core.world.guilds.get(guildId)?.botIn !== true) return refused(50_001);
  return then(guildId);
}

function list({ commands }: Core, guildId: string | null, { query }: Ask): Reply {
  const full = query.get('with_localizations') === 'true';
  return ok(commands.all(guildId).map((command) => (full ? command : withoutLocalizations(command))));
}

function overwrite(core: Core, guildId: string | null, { json }: Ask): Reply {
  const asked = listIn(json);
  const findings = checkCommands(asked);
  if (findings.length > 0 || !Array.isArray(json)) return invalidForm(findings);
  const written = core.commands.replaceAll(guildId, asked.filter(isObject));
  note(core, guildId);
  return ok(written);
}

function put(core: Core, guildId: string | null, command: Body): Reply {
  const check = createCheck();
  checkCommand(check, [], command);
  if (check.findings.length > 0) return invalidForm(check.findings);
  const written = core.commands.put(guildId, command);
  note(core, guildId);
  return ok(written);
}

function get({ commands }: Core, guildId: string | null, { params }: Ask): Reply {
  const found = commands.all(guildId).find(({ id }) => id === params['command']);
  return found ? ok(found) : refused(10_063);
}

function change(core: Core, guildId: string | null, { params, body }: Ask): Reply {
  const found = core.commands.all(guildId).find(({ id }) => id === params['command']);
  return found ? put(core, guildId, { ...found, ...body }) : refused(10_063);
}

function remove(core: Core, guildId: string | null, { params }: Ask): Reply {
  if (!core.commands.remove(guildId, params['command'] ?? '')) return refused(10_063);
  note(core, guildId);
  return noContent;
}

function note({ commands, recorder }: Core, guildId: string | null): void {
  recorder.registrations.push({ guildId, names: commands.all(guildId).map(({ name }) => name), at: Date.now() });
}

function user({ world }: Core, id: string): Reply {
  return isSnowflake(id) ? ok(userPayload(world.user(id))) : refused(10_013);
}

/** A DM channel can be opened with anybody; only a message shows that they take none. */
function directChannel({ world }: Core, body: Body): Reply {
  const id = textIn(body['recipient_id']);
  if (!isSnowflake(id) || id === world.bot.id) return refused(50_033);
  return ok(channelPayload(world, world.directChannel(id)));
}

function withoutLocalizations(command: Body): Body {
  const kept = Object.entries(command).filter(([name]) => !name.endsWith('_localizations'));
  const inner = (value: unknown): unknown =>
    Array.isArray(value) ? value.map((part: unknown) => (isObject(part) ? withoutLocalizations(part) : part)) : value;
  return Object.fromEntries(kept.map(([name, value]) => [name, inner(value)]));
}
