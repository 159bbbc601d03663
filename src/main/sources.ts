import type { Logger } from '../log.ts';
import { lastTime } from '../newshound.ts';
import type { ArticleSource, Clock, FeedSource, HubSource, Store } from '../ports.ts';
import { version, type Setup } from './setup.ts';

/** What reads the Web, through one door. */
interface Sources {
  readonly feeds: FeedSource;
  readonly articles: ArticleSource | null;
  readonly hubs: HubSource;
  close(): Promise<void>;
}

export async function openSources({ settings }: Setup): Promise<Sources> {
  const { feeds } = settings;
  const [
    { createHttp },
    { createArticleSource },
    { createFeedSource },
    { createFeedParser, parserVersion },
    { createHubSource },
  ] = await Promise.all([
    import('../../adapters/feeds/http.ts'),
    import('../../adapters/articles/source.ts'),
    import('../../adapters/feeds/source.ts'),
    import('../../adapters/feeds/parser.ts'),
    import('../../adapters/feeds/hub.ts'),
  ]);
  const http = createHttp({
    timeoutMs: feeds.timeoutSeconds * 1000,
    maxBodyBytes: feeds.maxBodyBytes,
    maxRedirects: feeds.maxRedirects,
    allowPrivateHosts: feeds.allowPrivateHosts,
    allowPorts: feeds.allowPorts,
    userAgent: `Newshound/${version} (+${feeds.contactUrl})`,
    perHostConcurrency: feeds.perHostConcurrency,
    hostSpacingMs: feeds.hostSpacingMs,
    concurrency: feeds.concurrency,
  });
  const parser = createFeedParser({ workers: 1, deadlineMs: 2_000 });
  const parse: typeof parser.parse = async (bytes, about) => parser.parse(bytes, about);
  const source = createFeedSource({
    http,
    parse,
    parserVersion,
    close: async () => parser.close(),
  });
  const articles = settings.articles.fetch ? createArticleSource({ http, robot: 'Newshound' }) : null;
  return {
    feeds: source,
    articles,
    hubs: createHubSource({ http, parse }),
    async close() {
      await Promise.all([articles?.close(), source.close()]);
    },
  };
}

/** The clock; one that was set back since the program last ran is not followed at once. */
export async function openClock(log: Logger, store: Store): Promise<Clock> {
  const { createClock } = await import('../../adapters/clock/node-cron.ts');
  const from = await lastTime(store);
  return createClock((error) => log.error({ err: error }, 'a regular task failed'), { from });
}
