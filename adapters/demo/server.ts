import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { fillTemplate, type DateDialect, type Moment } from './template.ts';

/** A sample feed of `config/demo`: an invented outlet on an example domain. */
interface Outlet {
  readonly title: string;
  readonly file: string;
  readonly contentType: string;
  readonly dates: DateDialect;
}

const outlets: readonly Outlet[] = [
  { title: 'The Harbour Times', file: 'harbour-times.xml', contentType: 'application/rss+xml', dates: 'rfc822' },
  { title: 'Meridian Wire', file: 'meridian-wire.xml', contentType: 'application/atom+xml', dates: 'rfc3339' },
  { title: 'Pacific Ledger', file: 'pacific-ledger.json', contentType: 'application/feed+json', dates: 'rfc3339' },
  { title: '東都日報', file: 'toto-nippo.xml', contentType: 'application/rdf+xml', dates: 'rfc3339' },
  { title: '한빛신문', file: 'hanbit-sinmun.xml', contentType: 'application/rss+xml', dates: 'rfc822' },
  { title: 'Rheinkurier', file: 'rheinkurier.xml', contentType: 'application/atom+xml', dates: 'rfc3339' },
];

/** How many versions of themselves the sample feeds have. */
const WAVES = 3;

export interface DemoFeeds {
  /** The list of the feeds, as a reader would import it. */
  readonly opml: string;
  /** `host:port` of each outlet's server, to be allowed although they are private addresses. */
  readonly hosts: readonly string[];
  /** Serves the next version of the feeds from now on: new items, one re-dated, one with another guid. After the last: nothing. */
  advance(): void;
  close(): Promise<void>;
}

/**
 * Serves the sample feeds on 127.0.0.1, each outlet from a port of its own, with ETag, Last-Modified and 304 as a news site would.
 * Dates are told from `now` (epoch ms). The sockets keep no process alive by themselves.
 */
export async function startDemoFeeds({ now }: { readonly now: number }): Promise<DemoFeeds> {
  const opened = performance.now();
  const startedAt = [now];
  const moment = (): Moment => ({ wave: startedAt.length, startedAt });
  const sites = await Promise.all(outlets.map(async (outlet) => openSite(outlet, moment)));

  return {
    opml: opmlOf(sites),
    hosts: sites.map(({ host }) => host),
    advance() {
      if (startedAt.length < WAVES) startedAt.push(now + Math.round(performance.now() - opened));
    },
    async close() {
      await Promise.all(sites.map(async ({ server }) => closeServer(server)));
    },
  };
}

interface Site {
  readonly outlet: Outlet;
  readonly server: Server;
  readonly host: string;
}

async function openSite(outlet: Outlet, moment: () => Moment): Promise<Site> {
  const path = fileURLToPath(new URL(`../../config/demo/${outlet.file}`, import.meta.url));
  const template = await readFile(path, 'utf8');
  const server = createServer((request, response) => {
    const now = moment();
    const body = Buffer.from(fillTemplate(template, outlet.dates, now));
    serve(request, response, outlet, { body, modifiedAt: now.startedAt.at(-1) ?? 0 });
  });
  server.unref();
  const port = await listen(server);
  return { outlet, server, host: `127.0.0.1:${port}` };
}

function serve(
  request: IncomingMessage,
  response: ServerResponse,
  outlet: Outlet,
  { body, modifiedAt }: { readonly body: Buffer; readonly modifiedAt: number },
): void {
  if (request.url !== `/${outlet.file}`) return void response.writeHead(404).end();
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  const headers = { etag, 'last-modified': new Date(modifiedAt).toUTCString(), 'cache-control': 'max-age=0' };
  if (isFresh(request, etag, modifiedAt)) return void response.writeHead(304, headers).end();
  response.writeHead(200, {
    ...headers,
    'content-type': `${outlet.contentType}; charset=utf-8`,
    'content-length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** RFC 9110, 13.1: If-None-Match counts before If-Modified-Since, which knows whole seconds only. */
function isFresh({ headers }: IncomingMessage, etag: string, modifiedAt: number): boolean {
  const match = headers['if-none-match'];
  if (match !== undefined) return match.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(modifiedAt / 1000) * 1000 <= since;
}

async function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function opmlOf(sites: readonly Site[]): string {
  const outlines = sites.map(
    ({ outlet, host }) =>
      `    <outline type="rss" text="${outlet.title}" title="${outlet.title}" xmlUrl="http://${host}/${outlet.file}"/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    '  <head><title>Newshound demo</title></head>',
    '  <body>',
    ...outlines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}
