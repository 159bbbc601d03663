import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseOpml } from '../feeds/opml.ts';
import { roles, type Secrets, type Settings } from '../settings.ts';
import { parseQuery, printQuery } from '../subscription/query.ts';
import type { Subscription } from '../subscription/subscription.ts';
import { home } from './chats.ts';
import { openLog } from './logging.ts';
import { runProgram } from './run.ts';
import { readSetup, type Options, type Setup } from './setup.ts';
import { closing, openStore } from './store.ts';

export async function demo(options: Options): Promise<void> {
  const { startDemoFeeds } = await import('../../adapters/demo/server.ts');
  const folder = await mkdtemp(join(tmpdir(), 'newshound-demo-'));
  const feeds = await startDemoFeeds({ now: Date.now() });
  let more: NodeJS.Timeout | undefined;
  try {
    const base = await readSetup(options, { withFeeds: false });
    const opml = parseOpml(feeds.opml);
    if (!opml.ok) throw new Error(opml.message);
    const setup: Setup = {
      ...base,
      data: folder,
      feeds: opml.feeds,
      secrets: noSecrets(base.secrets),
      slack: null,
      settings: demoSettings(base.settings, feeds.hosts),
    };
    await using store = closing(await openStore(setup));
    await store.it.putSubscriptions(['Japan South Korea', '"asset seizure"'].map(demoSubscription));
    if (!setup.once) more = setInterval(() => feeds.advance(), 20_000);
    await runProgram({ setup, store: store.it, log: openLog(setup) });
  } finally {
    clearInterval(more);
    await feeds.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function noSecrets(secrets: Secrets): Secrets {
  return Object.fromEntries(Object.keys(secrets).map((key) => [key, ''])) as unknown as Secrets;
}

/** The demo announces what its feeds hold at once, looks often, and serves nothing but the prompt. */
function demoSettings(settings: Settings, hosts: readonly string[]): Settings {
  return {
    ...settings,
    roles: [...roles],
    feeds: {
      ...settings.feeds,
      allowPrivateHosts: [...hosts],
      intervalSeconds: 3,
      minIntervalSeconds: 1,
      maxIntervalSeconds: 3,
      hostSpacingMs: 0,
      perHostConcurrency: 8,
    },
    // The pages that the sample stories link to do not exist.
    articles: { fetch: false },
    stories: { ...settings.stories, announceFirstPollMinutes: 2 * 24 * 60 },
    server: { ...settings.server, port: 0 },
    log: { level: settings.log.level === 'info' ? 'error' : settings.log.level },
  };
}

function demoSubscription(text: string): Subscription {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(read.error.message);
  return {
    id: 0,
    destination: home,
    scope: home,
    owner: home,
    name: '',
    query: printQuery(read.query),
    when: { kind: 'instant' },
    quiet: null,
    timeZone: null,
    state: 'active',
    pausedUntil: null,
    removedAt: null,
    createdAt: Date.now(),
  };
}
