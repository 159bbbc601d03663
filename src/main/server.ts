import { CALLBACK_PATH } from '../feeds/push.ts';
import type { Logger } from '../log.ts';
import type { Newshound } from '../newshound.ts';
import type { Settings } from '../settings.ts';
import type { Chats } from './chats.ts';
import { messageOf, Refused, type Setup } from './setup.ts';

/** Serves health, figures and what a chat is called by; null where the port is taken and nothing but figures is lost. */
export async function openServer(
  { settings }: Setup,
  newshound: Newshound,
  registry: { readonly contentType: string; metrics(): Promise<string> },
  log: Logger,
  routes: Chats['routes'],
): Promise<{ close(): Promise<void> } | null> {
  const { serve } = await import('../../adapters/http/server.ts');
  const { host, port } = settings.server;
  try {
    const server = await serve({
      host,
      port,
      routes: await withHubs(settings, newshound, log, routes),
      told: {
        metrics: async () => ({ type: registry.contentType, text: await registry.metrics() }),
        health: async () => newshound.health(),
        ready: () => newshound.ready,
      },
    });
    log.info({ host, port: server.port }, 'serving /metrics, /healthz and /readyz');
    return server;
  } catch (error) {
    if (routes.size > 0) throw new Refused(`Slack cannot reach port ${port} of ${host}: ${messageOf(error)}`);
    // News matter more than figures about them: a taken port does not stop the program.
    log.warn({ host, port, reason: messageOf(error) }, 'metrics and health are not served; server.port sets the port');
    return null;
  }
}

/** The routes with that of hubs, where the settings say how these reach the server. */
async function withHubs(
  settings: Settings,
  newshound: Newshound,
  log: Logger,
  routes: Chats['routes'],
): Promise<Chats['routes']> {
  if (settings.server.publicUrl === '' || !settings.roles.includes('poll')) return routes;
  const { hubRoute } = await import('../../adapters/http/websub.ts');
  const route = hubRoute({
    callback: () => newshound.push,
    maxBodyBytes: settings.feeds.maxBodyBytes,
    onError: (error) => log.error({ err: error }, 'what a hub sent could not be taken in'),
  });
  return new Map([...routes, [CALLBACK_PATH, route]]);
}
