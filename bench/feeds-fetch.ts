import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Agent, request } from 'undici';
import { createHttp, type Http } from '../adapters/feeds/http.ts';
import { createFeedSource } from '../adapters/feeds/source.ts';
import type { FeedSource } from '../src/ports.ts';

const FEEDS = 20_000;
const AT_ONCE = 64;
const ETAG = '"abcdefgh"';
const BODY_BYTES = 20_000;

/** A server of its own thread that answers 304 to whoever has the validator, and the same body to everybody else. */
const SERVER = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const body = Buffer.alloc(${BODY_BYTES}, 'x');
  const server = createServer((request, response) => {
    if (request.headers['if-none-match'] === '${ETAG}') response.writeHead(304, { etag: '${ETAG}' }).end();
    else response.writeHead(200, { etag: '${ETAG}', 'content-length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

/**
 * Feeds a minute on the loopback, one process, for feeds that answer 304 and for feeds that answer with the body they
 * had last time, beside the same requests made with undici alone. The server shares the machine.
 */
export async function benchFeedFetching(): Promise<void> {
  const worker = new Worker(SERVER, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const url = `http://127.0.0.1:${port}/feed`;
  const http = createHttp({
    timeoutMs: 20_000,
    maxBodyBytes: 15_728_640,
    maxRedirects: 5,
    allowPrivateHosts: [`127.0.0.1:${port}`],
    allowPorts: [80],
    userAgent: 'Newshound/bench (+https://news.example/)',
    perHostConcurrency: AT_ONCE,
    hostSpacingMs: 0,
    concurrency: AT_ONCE,
  });
  const source = createFeedSource({
    http,
    parse: () => Promise.resolve({ title: '', link: '', language: '', items: [] }),
    parserVersion: 1,
  });
  const agent = new Agent({ connections: AT_ONCE });
  try {
    const bodyHash = await hashOf(source, url);
    const runs: readonly [name: string, ask: () => Promise<void>][] = [
      ['304, undici alone', () => askPlainly(agent, url, ETAG)],
      ['304, http.get', () => askHttp(http, url)],
      ['304, source.fetch', () => fetchUnchanged(source, url, ETAG, bodyHash)],
      ['200 as before, undici alone', () => askPlainly(agent, url, '')],
      ['200 as before, source.fetch', () => fetchUnchanged(source, url, '', bodyHash)],
    ];
    for (const [, ask] of runs) await repeat(2000, ask);
    for (const [name, ask] of runs) {
      const ms = await repeat(FEEDS, ask);
      console.log(`${name.padEnd(30)} ${Math.round((FEEDS / ms) * 60_000).toLocaleString('en')} feeds a minute`);
    }
  } finally {
    await source.close();
    await agent.close();
    await worker.terminate();
  }
}

async function hashOf(source: FeedSource, url: string): Promise<string> {
  const answer = await source.fetch({ url, validators: { etag: '', lastModified: '' }, bodyHash: '' });
  if (answer.kind !== 'document') throw new Error(`the server answered ${answer.kind}`);
  return answer.bodyHash;
}

async function fetchUnchanged(source: FeedSource, url: string, etag: string, bodyHash: string): Promise<void> {
  const { kind } = await source.fetch({ url, validators: { etag, lastModified: '' }, bodyHash });
  if (kind !== 'unchanged') throw new Error(`expected unchanged, got ${kind}`);
}

async function askHttp(http: Http, url: string): Promise<void> {
  const answer = await http.get(url, { headers: { 'if-none-match': ETAG } });
  if (answer.kind === 'failed') throw new Error(answer.message);
}

async function askPlainly(dispatcher: Agent, url: string, etag: string): Promise<void> {
  const { body } = await request(url, { dispatcher, headers: etag === '' ? {} : { 'if-none-match': etag } });
  await body.arrayBuffer();
}

/** Runs `ask` so many times, `AT_ONCE` of them side by side; how long it took (ms). */
async function repeat(times: number, ask: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  let left = times;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return performance.now() - begun;
}
