import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What the server's feeds do from look to look; its address is `/KIND/NUMBER`. */
export type FeedKind =
  /** Says that nothing has changed, once its validator is known. */
  | 'unmodified'
  /** Always the same document, without a validator. */
  | 'same'
  /** One item is new each time, the oldest is gone, and the document says when it was built. */
  | 'growing'
  /** Every item is new each time. */
  | 'fresh';

/**
 * A server on a thread of its own. What is there at first is ten days old, so that it is learnt and not grouped; what comes
 * later is an hour old. What does not change is made once: the server takes as little of the machine as it can.
 */
const SERVER = `
  const { createServer } = require('node:http');
  const { parentPort, workerData: itemsAFeed } = require('node:worker_threads');
  const words = 'harbour council ferry reopens after long repair works while traders wait for word from minister on new tariff rules in spring'.split(' ');
  const begun = Date.now() - 3_600_000;
  const old = begun - 10 * 86_400_000;
  const text = (seed, count) => { let s = seed * 2654435761 >>> 0, out = ''; for (let i = 0; i < count; i++) { s = s * 1664525 + 1013904223 >>> 0; out += words[s % words.length] + s % 97 + ' '; } return out; };
  const item = (feed, i) => '<item><title>' + text(feed * 1000 + i, 8) + '</title><link>http://site' + feed + '.example/' + i + '</link><guid isPermaLink="false">' + feed + '-' + i + '</guid><pubDate>' + new Date((i > itemsAFeed ? begun : old) + i * 1000).toUTCString() + '</pubDate><description>' + text(feed * 1000 + i + 7, 25) + '</description></item>';
  const items = new Map();
  const made = (feed, i) => { const key = feed * 100000 + i; let one = items.get(key); if (!one) items.set(key, one = item(feed, i)); return one; };
  const steps = { unmodified: 0, same: 0, growing: 1, fresh: itemsAFeed };
  const kept = new Map();
  const asked = new Map();
  const document = (kind, feed, first) => {
    let list = '';
    for (let i = first + itemsAFeed; i > first; i--) list += made(feed, i);
    const built = steps[kind] === 0 ? '' : '<lastBuildDate>' + new Date().toUTCString() + '</lastBuildDate>';
    return Buffer.from('<?xml version="1.0"?><rss version="2.0"><channel><title>Feed ' + feed + '</title><link>http://site' + feed + '.example/</link>' + built + list + '</channel></rss>');
  };
  const bodyOf = (url, kind, feed) => {
    if (steps[kind] === 0) { let body = kept.get(url); if (!body) kept.set(url, body = document(kind, feed, 0)); return body; }
    const nth = asked.get(url) ?? 0;
    asked.set(url, nth + 1);
    return document(kind, feed, nth * steps[kind]);
  };
  const server = createServer((request, response) => {
    const [, kind, feed] = request.url.split('/');
    if (request.headers['if-none-match'] === '"v1"') return response.writeHead(304, { etag: '"v1"' }).end();
    const body = bodyOf(request.url, kind, Number(feed));
    response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-length': body.length, ...(kind === 'unmodified' ? { etag: '"v1"' } : {}) }).end(body);
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/** Starts the server on a free port of the loopback. */
export async function startFeedServer(
  itemsAFeed: number,
): Promise<{ readonly port: number; readonly stop: () => Promise<unknown> }> {
  const worker = new Worker(SERVER, { eval: true, workerData: itemsAFeed });
  const [port] = (await once(worker, 'message')) as [number];
  return { port, stop: async () => worker.terminate() };
}
